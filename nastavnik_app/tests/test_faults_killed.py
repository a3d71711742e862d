"""The process is killed in the middle: nothing half done, nothing lost, nothing sent twice; what takes it up again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from unittest import mock

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate
from freezegun import freeze_time

from nastavnik_app import api, tasks
from nastavnik_app.attachments import attach
from nastavnik_app.mailings import sending
from nastavnik_app.mailings.kinds import KINDS
from nastavnik_app.orders import signed_copies
from nastavnik_app.people import roster_import
from nastavnik_app.tests.builders import PUPIL_FORM, CommittedTestCase, as_user
from nastavnik_app.tests.dying import COMMITTED, killed, with_mail
from nastavnik_app.tests.test_roadmap_import import roadmap_document
from nastavnik_app.tests.test_roster_import import HEADINGS, PUPIL, book

ORDER = "Mentoring Order"


def sign(order: str, number: str | None = None, day: str | None = None) -> None:
	record = frappe.get_doc(ORDER, order)
	record.order_date, record.order_number = day or getdate(), number
	record.save()
	apply_workflow(record, "Sign")


def create_tasks(name: str) -> None:
	frappe.get_doc("Roadmap Import", name).create_tasks()


class KilledTestCase(CommittedTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		values = {"order_numbering": "Counted", "order_suffix": "-н"}
		frappe.db.set_value("Educational Organization", cls.school.organization, values)
		frappe.db.set_value("Mentoring Program", cls.school.program, "workflow_state", "Running")
		frappe.db.commit()  # nosemgrep: frappe-manual-commit (setUp rolls back)

	@classmethod
	def tearDownClass(cls) -> None:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		names = frappe.get_all(
			"File", filters={"owner": ["in", (cls.school.curator, cls.school.director)]}, pluck="name"
		)
		for doctype in (ORDER, "Roadmap Import", "Roster Import", "Mentoring Print Job"):
			records = frappe.get_all(doctype, filters={"organization": cls.school.organization}, pluck="name")
			attached = {"attached_to_doctype": doctype, "attached_to_name": ["in", [*records, ""]]}
			names += frappe.get_all("File", filters=attached, pluck="name")
			# a file shown in a signed order is nobody's to delete
			frappe.db.delete(doctype, {"name": ["in", [*records, ""]]})
		for name in dict.fromkeys(names):
			frappe.delete_doc("File", name, ignore_permissions=True, force=True)
		for doctype in ("ToDo", "Email Queue Recipient"):
			field = "allocated_to" if doctype == "ToDo" else "recipient"
			frappe.db.delete(doctype, {field: ["in", (cls.school.curator, cls.school.director)]})
		super().tearDownClass()

	def setUp(self) -> None:
		frappe.db.rollback()
		frappe.set_user("Administrator")

	def count(self, doctype: str, **filters: Any) -> int:
		return frappe.db.count(doctype, {"organization": self.school.organization, **filters})


class TestSigning(KilledTestCase):
	def sent(self) -> Document:
		pairs = [self.school.pair(), self.school.pair()]
		return self.school.sent(self.school.order(*pairs))

	def assertSigned(self, order: Document) -> None:
		order.reload()
		states = {frappe.db.get_value("Pair", row.pair, "workflow_state") for row in order.pairs}
		self.assertEqual((order.docstatus, states), (1, {"Assigned"}))

	def test_an_order_half_carried_out_is_not_signed_and_takes_no_number(self) -> None:
		order = self.sent()
		last = self.last_number()
		for at, call in (
			("nastavnik_app.orders.pair_effects.move", 2),  # between its two pairs
			("frappe.db.commit", 1),  # when all is written
		):
			killed(sign, order.name, at=at, before=call, user=self.school.director)
			order.reload()
			self.assertEqual((order.docstatus, order.workflow_state), (0, "On Approval"), at)
			self.assertFalse(order.order_number or order.journal_key or order.signed_at, at)
			for row in order.pairs:
				pair = frappe.get_doc("Pair", row.pair)
				self.assertEqual((pair.workflow_state, pair.order), ("Draft", None), at)
			self.assertEqual(self.last_number(), last, at)
		with as_user(self.school.director):
			sign(order.name)
		self.assertSigned(order)
		self.assertEqual(order.order_number, f"{last + 1}-н")

	def last_number(self) -> int:
		name = f"{self.school.organization}-{getdate().year}"
		return frappe.db.get_value("Mentoring Order Counter", name, "last_number") or 0

	def test_the_copy_that_nobody_printed_is_printed_the_next_day(self) -> None:
		order = self.sent()
		killed(sign, order.name, at=COMMITTED, user=self.school.director)
		self.assertSigned(order)
		self.assertIsNone(order.signed_copy)
		asked = []
		self.a_day_goes_by(asked)
		copies = [job for job in asked if job.get("order") == order.name]
		self.assertEqual(len(copies), 1)
		killed(
			signed_copies.keep, order.name, at="frappe.db.commit"
		)  # the file is written, the record is not
		order.reload()
		self.assertEqual((order.signed_copy, self.files_of(order)), (None, 0))
		signed_copies.keep(order.name)
		signed_copies.keep(order.name)
		order.reload()
		self.assertTrue(order.signed_copy_sha256)
		self.assertEqual(self.files_of(order), 1)
		asked.clear()
		self.a_day_goes_by(asked)
		self.assertNotIn(order.name, [job.get("order") for job in asked])

	def files_of(self, record: Document) -> int:
		return frappe.db.count("File", {"attached_to_name": record.name})

	def a_day_goes_by(self, asked: list[dict[str, Any]]) -> None:
		"""What the clock asks for; what else it does to the site is not this test's."""
		with mock.patch.object(frappe, "enqueue", lambda *method, **job: asked.append(job)):
			tasks.daily()
		frappe.db.rollback()


class TestImports(KilledTestCase):
	def test_nobody_of_a_list_is_in_and_the_curator_is_told_to_check_it_again(self) -> None:
		names = ("Ромашкин", "Тополев", "Липов", "Клёнов")
		rows = [[number, f"{name} Пример", *PUPIL[1:]] for number, name in enumerate(names, 1)]
		with as_user(self.school.curator):
			doc = self.list_of(rows)
			doc.import_list()
		before = self.count("Mentee")
		killed(roster_import.run, doc.name, at="nastavnik_app.people.roster_import._note")
		doc.reload()
		self.assertEqual((doc.status, self.count("Mentee")), ("Running", before))
		with freeze_time(datetime.now(timezone.utc) + timedelta(hours=3)):
			tasks.hourly()
		doc.reload()
		self.assertEqual(doc.status, "Failed")
		self.assertIn("again", doc.problems)
		with as_user(self.school.curator):
			doc.check_list()
			self.assertEqual((doc.status, doc.new_count), ("Checked", 4))
			doc.import_list()
		for _time in range(2):
			roster_import.run(doc.name)
		self.assertEqual(self.count("Mentee"), before + 4)

	def list_of(self, rows: list[list[Any]]) -> Document:
		values = {"doctype": "Roster Import", "organization": self.school.organization, "people": "Mentee"}
		doc = frappe.get_doc(values).insert()
		doc.file = attach("список.xlsx", book(HEADINGS, *rows), doc.doctype, doc.name).file_url
		doc.save()
		doc.check_list()
		return doc

	def test_no_task_of_a_roadmap_is_there_before_all_are(self) -> None:
		with as_user(self.school.curator):
			doc = frappe.get_doc({"doctype": "Roadmap Import", "program": self.school.program}).insert()
			doc.document = attach("карта.docx", roadmap_document(), doc.doctype, doc.name).file_url
			doc.save()
			doc.read_document()
			for row in doc.rows:
				row.checked = 1
			doc.save()
		at = "nastavnik_app.program.roadmap_tasks._create_tasks_of"
		killed(create_tasks, doc.name, at=at, before=3, user=self.school.curator)
		self.assertEqual(self.count("Roadmap Task", roadmap_import=doc.name), 0)
		self.assertEqual(frappe.db.get_value(doc.doctype, doc.name, "status"), "Rows Read")
		with as_user(self.school.curator):
			create_tasks(doc.name)
		quarters = self.count("Roadmap Task", roadmap_import=doc.name, source_row=3)
		self.assertEqual(self.count("Roadmap Task", roadmap_import=doc.name), 3 + quarters)


class TestMatching(KilledTestCase):
	def test_the_proposals_stand_as_they_did_and_pairs_come_all_or_none(self) -> None:
		for _number in range(2):
			for person in (self.school.consenting("Mentor"), self.school.consenting("Mentee")):
				apply_workflow(person, "Admit to Bank")
		matching = self.school.record(
			"Pair Matching", title="Осенний подбор", form=PUPIL_FORM, start_date="2026-09-15"
		)
		curator = self.school.curator
		with as_user(curator):
			api.propose_pairs(matching.name)
		matching.reload()
		stood = [row.name for row in matching.proposals]
		self.assertEqual(len(stood), 2)
		killed(api.propose_pairs, matching.name, at="frappe.db.bulk_insert", user=curator)
		matching.reload()
		self.assertEqual([row.name for row in matching.proposals], stood)
		before = self.count("Pair")
		at = "nastavnik_app.pairs.matching._pair_values"
		killed(api.create_pairs, matching.name, at=at, before=2, user=curator)
		matching.reload()
		self.assertEqual((self.count("Pair"), {row.pair for row in matching.proposals}), (before, {None}))
		with as_user(curator):
			for _time in range(2):
				api.create_pairs(matching.name)
		self.assertEqual(self.count("Pair"), before + 2)


class TestMailing(KilledTestCase):
	def test_a_report_comes_once_whenever_its_worker_died(self) -> None:
		mail = with_mail()
		mail.__enter__()
		self.addCleanup(mail.__exit__, None, None, None)
		self.school.task(due_date="2026-10-01")
		kind = next(iter(KINDS.values()))
		days = [getdate(), add_days(getdate(), -7)]
		# when the letter is in the queue of mail, and when that is committed
		for day, at in zip(days, ("nastavnik_app.mailings.sending.now_datetime", COMMITTED), strict=True):
			before = self.letters()
			row = sending._row(kind, self.school.organization, self.school.curator, day, f"проба {day}")
			row.insert(ignore_permissions=True)
			killed(sending.send, row.name, at=at)
			sent = at == COMMITTED
			row.reload()
			self.assertEqual((row.status, row.attempts), ("Sent", 1) if sent else ("Queued", 0))
			self.assertEqual(self.letters(), before + sent)
			for _time in range(2):
				sending.send(row.name)
			row.reload()
			self.assertEqual((row.status, self.letters()), ("Sent", before + 1))

	def letters(self) -> int:
		return frappe.db.count("Email Queue Recipient", {"recipient": self.school.curator})
