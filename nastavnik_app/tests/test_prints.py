"""The school's papers as they come off the printer: wording, people, marks, and who may print them."""

from __future__ import annotations

from inspect import getmembers, isfunction
from types import ModuleType

import frappe
import pytest
from frappe.utils import add_days, getdate

from nastavnik_app.documents import order_methods, people_methods, program_methods, template_methods
from nastavnik_app.tests.builders import SchoolTestCase, as_user, consent_for, make_school
from nastavnik_app.tests.papers import printed

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}"


def page_of(doc, print_format: str) -> str:
	"""The HTML that the print door makes of a document."""
	return frappe.get_print(doc.doctype, doc.name, print_format)


class TestOrderOnPaper(SchoolTestCase):
	def test_wording_comes_from_the_type_and_what_is_written_stays(self) -> None:
		order = self.school.order(self.school.pair(), heading="Мой заголовок", points=[])
		self.assertEqual(order.heading, "Мой заголовок")
		self.assertIn("«Программа наставничества»", order.preamble)
		kind = frappe.get_doc("Mentoring Order Type", "assign-pairs")
		self.assertEqual(len(order.points), len(kind.points))
		self.assertNotIn("{{", "".join(row.text for row in order.points))
		self.assertEqual(order.annex_title, "Список наставнических пар и групп")

	def test_draft_is_marked_and_leaves_number_and_date_to_the_hand(self) -> None:
		text = printed(self.school.order(self.school.pair()), "Mentoring Order")
		self.assertIn("ПРОЕКТ", text)
		self.assertIn("№ ____", text.replace("\u200b", ""))

	def test_signed_order_carries_all_its_requisites(self) -> None:
		pair = self.school.pair()
		order = self.school.signed(self.school.order(pair), "12-од")
		text = printed(order, "Mentoring Order")
		for words in (
			"Вымышленная средняя школа",
			"ПРИКАЗ",
			"№ 12-од",
			"г. Вымышленск",
			"О закреплении наставнических пар",
			"ПРИКАЗЫВАЮ:",
			"1. Закрепить наставнические пары.",
			"2. Контроль за исполнением",
			"Директор",
			"П. И. Берёзова",
			"Подписано в системе",
			"Приложение 1 к приказу от",
			pair.mentor_name,
			pair.mentees[0].mentee_name,
			"15.09.2026 – 25.05.2027",
		):
			self.assertIn(words, text)
		self.assertNotIn("ПРОЕКТ", text)
		self.assertNotIn("на бумаге", text)

	def test_branch_prints_its_parents_letterhead_where_it_has_none(self) -> None:
		parent = self.school.organization
		frappe.db.set_value("Educational Organization", parent, "founder", "Вымышленский район")
		frappe.clear_document_cache("Educational Organization", parent)
		branch = make_school("Филиал", organization_type="Branch", parent_organization=parent, full_name="")
		text = printed(branch.order(branch.pair()), "Mentoring Order")
		self.assertIn("Вымышленский район Вымышленная средняя школа", text)

	def test_faulty_template_is_refused_with_its_place(self) -> None:
		kind = frappe.get_doc("Mentoring Order Type", "assign-pairs")
		kind.points[1].text = "{{ ''.__class__ }}"
		with self.assertRefused(kind.title, "2", "line 1"):
			kind.save()
		kind.reload()
		kind.preamble = "В целях\n{{ purpose }}"
		with self.assertRefused(kind.title, "line 2", "purpose"):
			kind.save()


class TestOtherPapers(SchoolTestCase):
	def test_consent_of_a_child_is_given_by_the_representative(self) -> None:
		representative = {"full_name": "Ромашкина Ольга Игоревна", "identity_document": "паспорт 00 00"}
		mentee = self.school.mentee(
			birth_date=add_days(getdate(), -366 * 9), representatives=[representative]
		)
		text = printed(consent_for(mentee, signed_on=None, representative_name=None), "Consent Sheet")
		for words in (mentee.full_name, "Ромашкина Ольга Игоревна", "паспорт 00 00", "представляемого лица"):
			self.assertIn(words, text)
		self.assertNotIn("Субъект персональных данных ____", text)

	def test_adult_signs_alone(self) -> None:
		text = printed(consent_for(self.school.mentor(), representative_name=None), "Consent Sheet")
		self.assertNotIn("редставител", text)
		self.assertIn("даю согласие", text)

	def test_each_kind_has_its_own_text(self) -> None:
		mentor = self.school.mentor()
		for kind, own in {
			"Personal Data Processing": "статьёй 9 Федерального закона",
			"Special Categories": "статьями 9 и 10",
			"Dissemination": "статьёй 10.1",
			"Additional Work": "статьёй 351.8 Трудового кодекса",
		}.items():
			self.assertIn(own, printed(consent_for(mentor, kind=kind), "Consent Sheet"), kind)

	def test_plan_names_the_order_that_approved_it(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		plan = self.school.plan(pair)
		self.assertIn("№ ____", printed(plan, "Individual Plan").replace("\u200b", ""))
		frappe.db.set_value("Individual Plan", plan.name, "order", self.signed_order("7-од").name)
		text = printed(plan.reload() or plan, "Individual Plan")
		for words in ("№ 7-од", pair.mentor_name, "Подготовиться к итоговому собеседованию", "Знакомство"):
			self.assertIn(words, text)

	def signed_order(self, number: str):
		return self.school.signed(self.school.order(self.school.pair()), number)

	def test_roadmap_says_what_was_done_in_time_and_what_late(self) -> None:
		self.task("Провести педсовет", due_date="2026-09-30", status="Done", completed_on="2026-09-20")
		self.task("Собрать согласия", due_date="2026-09-30", status="Done", completed_on="2026-10-03")
		first = self.task(
			"Провести диагностику", due_date="2026-12-31", status="Done", completed_on="2026-12-30"
		)
		self.task("Провести диагностику", due_date="2027-03-31", recurs_from=first)
		program = frappe.get_doc("Mentoring Program", self.school.program)
		text = printed(program, "Roadmap")
		for words in (
			"ДОРОЖНАЯ КАРТА",
			"Выполнено в срок 20.09.2026",
			"Выполнено с опозданием 03.10.2026",
			"Выполнено 1 из 2",
		):
			self.assertIn(words, text)
		self.assertEqual(text.count("Провести диагностику"), 1)

	def task(self, title: str, **values) -> str:
		status = {field: values.pop(field) for field in ("status", "completed_on") if field in values}
		task = frappe.get_doc(
			{"doctype": "Roadmap Task", "title": title, "program": self.school.program, **values}
		).insert()
		if status:
			frappe.db.set_value("Roadmap Task", task.name, status)
		return task.name


class TestSafety(SchoolTestCase):
	def test_whatever_somebody_types_is_printed_as_text(self) -> None:
		mentor, mentee = self.school.consenting("Mentor"), self.school.consenting("Mentee")
		pair = self.school.pair(mentor, [mentee])
		plan, order = self.school.plan(pair), self.school.order(pair)
		task = frappe.get_doc(
			{"doctype": "Roadmap Task", "title": "x", "program": self.school.program}
		).insert()
		kinds = ("Personal Data Processing", "Special Categories", "Dissemination", "Additional Work")
		consents = [consent_for(mentor, kind=kind) for kind in kinds]
		self.spoil("Educational Organization", self.school.organization, "founder", "full_name", "address")
		self.spoil("Mentor", mentor.name, "position", "phone")
		self.spoil("Pair", pair.name, "mentor_name", "role_model")
		self.spoil("Pair Mentee", pair.mentees[0].name, "mentee_name", "school_class")
		self.spoil("Individual Plan", plan.name, "goal", "deficits", "recommendations")
		self.spoil("Plan Activity", plan.activities[0].name, "activity", "expected_result", "actual_result")
		self.spoil("Mentoring Order", order.name, "heading", "preamble", "control", "annex_title")
		self.spoil("Mentoring Order Point", order.points[0].name, "text")
		self.spoil("Mentoring Order Pair", order.pairs[0].name, "mentor_name", "mentee_names")
		self.spoil(
			"Roadmap Task", task.name, "title", "section", "term_text", "responsible", "expected_result"
		)
		for consent in consents:
			self.spoil("Consent", consent.name, "purpose", "data_list", "subject_address", "party_name")
		program = frappe.get_doc("Mentoring Program", self.school.program)
		papers = [(order, "Mentoring Order"), (plan, "Individual Plan"), (program, "Roadmap")]
		papers += [(consent, "Consent Sheet") for consent in consents]
		for doc, print_format in papers:
			page = page_of(doc, print_format)
			self.assertGreater(page.count(ESCAPED), 3, print_format)
			self.assertNotIn("<script>alert", page, print_format)

	def spoil(self, doctype: str, name: str, *fields: str) -> None:
		"""Writes markup past the clean-up that Frappe does when a form is saved."""
		frappe.db.set_value(doctype, name, dict.fromkeys(fields, HOSTILE))
		frappe.clear_document_cache(doctype, name)

	def test_another_schools_curator_prints_nothing(self) -> None:
		order = self.school.order(self.school.pair())
		stranger = make_school("Чужая школа")
		with as_user(stranger.curator), self.assertRaises(frappe.PermissionError):
			frappe.get_print("Mentoring Order", order.name, "Mentoring Order", as_pdf=True)


@pytest.mark.parametrize("module", [order_methods, people_methods, program_methods, template_methods])
def test_templates_are_given_no_function_but_the_modules_own(module: ModuleType) -> None:
	"""Frappe hands every function of the module to Jinja, an imported one as well."""
	functions = getmembers(module, isfunction)
	assert functions
	assert [name for name, function in functions if function.__module__ != module.__name__] == []
