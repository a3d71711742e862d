"""Small builders of what a test needs, and the class that takes it all back after each test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, getdate

from nastavnik_app.attachments import attach
from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.rules.states import CURATOR, DIRECTOR

PUPIL_FORM = "teacher-pupil"
WORKER_FORM = "teacher-teacher"


@contextmanager
def as_user(user: str):
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def make_user(name: str, *roles: str) -> str:
	email = f"{name}-{frappe.generate_hash(length=6)}@school.example"
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": name.title(),
			"send_welcome_email": 0,
			"user_type": "System User",
			"roles": [{"role": role} for role in roles],
		}
	)
	user.insert(ignore_permissions=True)
	return user.name


@dataclass
class School:
	"""An organization with its people in office and a running programme."""

	organization: str
	director: str
	curator: str
	program: str

	def mentor(self, **values) -> Document:
		return make_person("Mentor", self.organization, **values)

	def mentee(self, **values) -> Document:
		return make_person("Mentee", self.organization, **values)

	def consenting(self, doctype: str, **values) -> Document:
		person = make_person(doctype, self.organization, **values)
		record_consent(person)
		return person

	def pair(
		self, mentor: Document | None = None, mentees: list[Document] | None = None, **values
	) -> Document:
		mentor = mentor or self.consenting("Mentor")
		group = "teachers" if values.get("form") == WORKER_FORM else "pupils-10-14"
		mentees = mentees or [self.consenting("Mentee", target_group=group)]
		return frappe.get_doc(
			{
				"doctype": "Pair",
				"program": self.program,
				"form": PUPIL_FORM,
				"start_date": "2026-09-15",
				"end_date": "2027-05-25",
				"mentor": mentor.name,
				"mentees": [{"mentee": mentee.name} for mentee in mentees],
				**values,
			}
		).insert()

	def plan(self, pair: Document, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Individual Plan",
				"pair": pair.name,
				"start_date": "2026-09-15",
				"end_date": "2027-05-25",
				"goal": "Подготовиться к итоговому собеседованию",
				"activities": [{"activity": "Знакомство"}, {"activity": "Итоговая встреча"}],
				**values,
			}
		).insert()

	def order(self, *pairs: Document, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Mentoring Order",
				"program": self.program,
				"order_type": "assign-pairs",
				"heading": "О закреплении наставнических пар",
				"points": [{"text": "Закрепить наставнические пары."}],
				"pairs": [{"pair": pair.name} for pair in pairs],
				**values,
			}
		).insert()

	def plans_order(self, *plans: Document, **values) -> Document:
		plan_rows = [{"plan": plan.name} for plan in plans]
		return self.order(
			order_type="approve-plans", heading="Об утверждении планов", plans=plan_rows, **values
		)

	def task(self, **values) -> Document:
		return self.record("Roadmap Task", **{"title": "Провести педагогический совет", **values})

	def award(self, person: Document, **values) -> Document:
		return self.record(
			"Mentoring Award",
			party_type=person.doctype,
			party=person.name,
			**{"kind": "award-best-mentor", "reason": "помощь младшим", **values},
		)

	def event(self, **values) -> Document:
		return self.record(
			"Mentoring Event",
			**{"title": "Педагогический совет", "kind": "event-council", "held_on": "2026-09-10", **values},
		)

	def act(self, **values) -> Document:
		return self.record("Mentoring Local Act", **{"template": "regulation", **values})

	def support_profile(self, mentee: Document | None = None, **values) -> Document:
		mentee = mentee or self.mentee()
		record_consent(mentee, kind="Special Categories")
		return frappe.get_doc({"doctype": "Mentee Support Profile", "mentee": mentee.name, **values}).insert()

	def questionnaire(self) -> Document:
		"""What the school's mentees are asked at the entry, published."""
		return frappe.get_doc(
			{
				"doctype": "Mentoring Questionnaire",
				"title": "Анкета школы",
				"organization": self.organization,
				"audience": "Mentee",
				"status": "Published",
				"purpose": "Entry",
				"questions": [{"question": "Что для вас важно?", "answer_kind": "Open"}],
			}
		).insert()

	def destruction_act(self, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Data Destruction Act",
				"organization": self.organization,
				"act_date": "2026-10-10",
				"reason": "Consent Withdrawn",
				"method": "Удаление из информационной системы",
				"persons": [{"person_name": "Ромашкин Пример", "data_categories": "Имя, класс, телефон"}],
				"commission": [{"person_name": "Липова Пример Игоревна", "post": "Куратор"}],
				**values,
			}
		).insert()

	def record(self, doctype: str, **values) -> Document:
		"""A record of the programme."""
		return frappe.get_doc({"doctype": doctype, "program": self.program, **values}).insert()

	def sent(self, order: Document) -> Document:
		"""The order, sent for approval by the curator."""
		with as_user(self.curator):
			return apply_workflow(order, "Send for Approval")

	def signed(self, order: Document, number: str | None = None) -> Document:
		"""The order, sent by the curator and signed by the director."""
		self.sent(order)
		with as_user(self.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.order_number = number or frappe.generate_hash(length=5)
			order.order_date = getdate()
			order.save()
			return apply_workflow(order, "Sign")


def make_school(name: str = "Школа", **values) -> School:
	"""A school whose records are prepared by Administrator, with a director and a curator of its own."""
	director = make_user("director", DIRECTOR)
	curator = make_user("curator", CURATOR)
	organization = frappe.get_doc(
		{
			"doctype": "Educational Organization",
			"title": f"{name} {frappe.generate_hash(length=6)}",
			"full_name": "Вымышленная средняя школа",
			"organization_type": "School",
			"city": "г. Вымышленск",
			"director": director,
			"director_name": "Берёзова Полина Игоревна",
			"members": [{"user": curator, "duty": "Куратор"}],
			**values,
		}
	).insert()
	program = frappe.get_doc(
		{
			"doctype": "Mentoring Program",
			"title": "Программа наставничества",
			"organization": organization.name,
			"period_start": "2026-09-01",
			"period_end": "2027-05-31",
		}
	).insert()
	return School(organization.name, director, curator, program.name)


def make_person(doctype: str, organization: str, **values) -> Document:
	adult = doctype == "Mentor"
	record = {
		"doctype": doctype,
		"last_name": "Тополев" if adult else "Ромашкин",
		"first_name": "Пример",
		"middle_name": frappe.generate_hash(length=6).title(),
		"birth_date": "1980-03-01" if adult else "2012-03-01",
		"target_group": "teachers" if adult else "pupils-10-14",
		"organization": organization,
		**values,
	}
	return frappe.get_doc(record).insert()


def consent_for(person: Document, **values) -> Document:
	"""A consent of a person, still a draft."""
	return frappe.get_doc(
		{
			"doctype": "Consent",
			"party_type": person.doctype,
			"party": person.name,
			"kind": "Personal Data Processing",
			"signed_on": add_days(getdate(), -1),
			"representative_name": "Ромашкина Пример Игоревна",
			**values,
		}
	).insert()


def record_consent(person: Document, **values) -> Document:
	"""A signed consent of a person."""
	return apply_workflow(consent_for(person, **values), "Record Signature")


def attach_scan(record: Document) -> Document:
	"""A private file attached to a record."""
	content = b"%PDF-1.4\n" + frappe.generate_hash().encode()
	return attach("скан.pdf", content, record.doctype, record.name)


class SchoolTestCase(FrappeTestCase):
	"""One school for the class; whatever a test writes is taken back after it."""

	school: School

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.school = make_school()

	def setUp(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.savepoint("before_test")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="before_test")
		frappe.clear_messages()

	def assertRefused(self, *words: str, error: type[Exception] = frappe.ValidationError):
		"""A context in which the error must come and its message name these words."""
		return _Refusal(self, error, words)


class CommittedTestCase(FrappeTestCase):
	"""A school that other connections see too; everything of it is removed after the class."""

	school: School

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.school = make_school("Общая школа")
		# other connections must see the school
		frappe.db.commit()  # nosemgrep

	@classmethod
	def tearDownClass(cls) -> None:
		frappe.db.rollback()
		remove_school(cls.school)
		# what was committed is removed for good
		frappe.db.commit()  # nosemgrep
		super().tearDownClass()

	def at_once(self, work: Callable[[Any], Any], arguments: list) -> list:
		"""Results, or errors, of the same work done at one time on connections of their own, each committed."""
		site, sites_path = frappe.local.site, frappe.local.sites_path
		start = threading.Barrier(len(arguments))

		def worker(argument: Any) -> Any:
			frappe.init(site, sites_path=sites_path)
			frappe.connect()
			frappe.flags.in_test = True
			try:
				start.wait(timeout=30)
				result = work(argument)
				# each writer ends its own transaction
				frappe.db.commit()  # nosemgrep
				return result
			except Exception as error:
				frappe.db.rollback()
				return error
			finally:
				frappe.destroy()

		with ThreadPoolExecutor(len(arguments)) as pool:
			results = list(pool.map(worker, arguments))
		frappe.db.rollback()  # a new snapshot, so that this connection sees what the others wrote
		return results


def remove_school(school: School) -> None:
	"""Deletes whatever belongs to a school, past the guard, as only a test may."""
	remove_all_of(school.organization, [school.director, school.curator])


def remove_all_of(organization: str, users: list[str]) -> None:
	"""The same of any organization, and the users."""
	for doctype in reversed(list(SCOPE_FIELD)):
		names = frappe.get_all(doctype, filters={SCOPE_FIELD[doctype]: organization}, pluck="name")
		for table in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(table.options, {"parent": ["in", names], "parenttype": doctype})
		for about in ("Version", "Comment"):
			field = "ref_doctype" if about == "Version" else "reference_doctype"
			name_field = "docname" if about == "Version" else "reference_name"
			frappe.db.delete(about, {field: doctype, name_field: ["in", names]})
		frappe.db.delete(doctype, {"name": ["in", names]})
		attached = {"attached_to_doctype": doctype, "attached_to_name": ["in", [*names, ""]]}
		for file in frappe.get_all("File", filters=attached, pluck="name"):
			frappe.delete_doc("File", file, force=True, ignore_permissions=True)
	for user in users:
		frappe.delete_doc("User", user, force=True, ignore_permissions=True)


class _Refusal:
	def __init__(self, test: FrappeTestCase, error: type[Exception], words: tuple[str, ...]) -> None:
		self.test, self.error, self.words = test, error, words

	def __enter__(self) -> _Refusal:
		frappe.db.savepoint("before_refusal")
		return self

	def __exit__(self, kind, error, trace) -> bool:
		self.test.assertIsNotNone(error, "nothing was refused")
		if not isinstance(error, self.error):
			return False
		for word in self.words:
			self.test.assertIn(word, str(error))
		frappe.db.rollback(save_point="before_refusal")
		return True
