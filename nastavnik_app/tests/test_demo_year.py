"""The demonstration's whole year: every row of its roadmap has what shows it, and the figures follow from records."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import formatdate, getdate

from demo import last_year
from demo.last_year_people import PEOPLE
from demo.outbox import Outbox
from demo.roster import read_roster
from demo.run import SCHOOL_FOLDER, found_school
from demo.staff import acting, headcounts
from nastavnik_app.documents import report_files
from nastavnik_app.nastavnik_app.report.competency_growth import competency_growth
from nastavnik_app.program import measures

ROWS = 26
# the school was too small a circle for a tenth of all pupils and teachers: its report says so
LEFT_OPEN = ("Собрать базу наставников",)


class TestDemoYear(FrappeTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.addClassCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		frappe.set_user("Administrator")
		cls.roster = read_roster(SCHOOL_FOLDER / "roster.xlsx")
		cls.school = found_school(cls.roster, say=lambda line: None)
		folder = TemporaryDirectory()
		cls.addClassCleanup(folder.cleanup)
		cls.outbox = Outbox(Path(folder.name))
		# each PDF takes longer than the week that it tells of
		with mock.patch.object(report_files, "to_pdf", lambda *runs, about: b"%PDF"):
			cls.year = last_year.replay(cls.school, cls.roster, cls.outbox.day)
		cls.outbox.close()
		cls.program = cls.year.school.program

	def count(self, doctype: str, **filters) -> int:
		return frappe.db.count(doctype, {"program": self.program, **filters})

	def tasks(self, **filters) -> list:
		return frappe.get_all(
			"Roadmap Task",
			filters={"program": self.program, **filters},
			fields=["title", "status", "evidence", "measure", "actual_value", "source_row", "completed_on"],
			order_by="source_row asc, due_date asc",
		)

	def value(self, beginning: str) -> float:
		return [task.actual_value for task in self.tasks(title=["like", f"{beginning}%"])][-1]

	def test_every_row_of_the_roadmap_is_done_and_says_what_shows_it(self) -> None:
		tasks = self.tasks()
		self.assertEqual({task.source_row for task in tasks if task.source_row}, set(range(1, ROWS + 1)))
		is_open = tuple(task.title for task in tasks if task.status != "Done")
		self.assertEqual(is_open, LEFT_OPEN)
		self.assertEqual([task.title for task in tasks if task.status == "Done" and not task.evidence], [])
		days = [getdate(task.completed_on) for task in tasks if task.completed_on]
		self.assertGreater(min(days), getdate("2025-08-01"))
		self.assertLess(max(days), getdate("2026-06-01"))

	def test_percentages_are_counted_again_by_hand(self) -> None:
		mentees = [one for one in PEOPLE if one.doctype == "Mentee"]
		paired = frappe.get_all("Pair Mentee", filters={"parent": ["in", self.year.pairs]}, pluck="mentee")
		self.assertEqual(len(paired), len(set(paired)))
		self.assertEqual(self.value("Подобрать пары"), 100 * len(paired) / len(mentees))
		plans = frappe.get_all("Individual Plan", filters={"program": self.program}, pluck="fulfilment")
		self.assertTrue(all(share >= 90 for share in plans), plans)
		self.assertEqual(self.value("Выполнять планы"), 100)
		present = len(self.year.roster.teachers) - 2
		counts = headcounts(self.roster)
		share = 100 * present / (counts["teachers"] + counts["young-specialists"])
		self.assertAlmostEqual(self.value("Представить программу"), share, delta=0.1)
		self.assertEqual(self.value("Рассказывать"), self.count("Mentoring Publication", status="Published"))
		share = self.coverage_of_class_hours()
		self.assertAlmostEqual(self.value("Провести классные часы"), share, delta=0.1)

	def coverage_of_class_hours(self) -> float:
		events = frappe.get_all(
			"Mentoring Event",
			filters={"program": self.program, "kind": "event-class-hour"},
			fields=["present_count", "invited_count"],
		)
		present, invited = (
			sum(event[field] for event in events) for field in ("present_count", "invited_count")
		)
		return 100 * present / invited

	def test_nothing_typed_into_a_measured_task_stays(self) -> None:
		name = frappe.db.get_value("Roadmap Task", {"program": self.program, "title": LEFT_OPEN[0]}, "name")
		frappe.db.set_value("Roadmap Task", name, "actual_value", 99)
		measures.measure_program(self.program)
		self.assertLess(frappe.db.get_value("Roadmap Task", name, "actual_value"), 10)

	def test_each_stage_left_its_records(self) -> None:
		pairs = len(self.year.pairs)
		self.assertEqual(pairs, 6)
		self.assertEqual(self.count("Pair", workflow_state="Completed"), pairs)
		self.assertEqual(self.count("Individual Plan", workflow_state="Completed"), pairs)
		self.assertEqual(self.count("Pair Meeting", status="Held"), pairs * 5)
		self.assertEqual(self.count("Mentoring Questionnaire Response", status="Invited"), 0)
		for kind, times in (("Entry", 1), ("Quarterly", 2), ("Exit", 1)):
			people = len(frappe.get_all("Pair Mentee", filters={"parent": ["in", self.year.pairs]})) + pairs
			self.assertEqual(self.count("Competency Assessment", kind=kind), people * times)
		self.assertEqual(self.count("Mentoring Order", docstatus=1), len(self.year.orders))
		self.assertEqual(self.count("Program Review"), 1)
		self.assertEqual(frappe.db.get_value("Mentoring Program", self.program, "workflow_state"), "Closed")

	def test_mutual_choice_came_first_and_the_rest_have_their_reasons(self) -> None:
		found = frappe.get_all(
			"Pair Matching Proposal",
			filters={"parenttype": "Pair Matching"},
			fields=["mentor_name", "mentee_name", "way", "reason", "mentor"],
		)
		found = [row for row in found if row.mentor in {mentor.name for mentor in self.year.of("Mentor")}]
		mutual = {(row.mentor_name, row.mentee_name) for row in found if row.way == "Mutual Choice"}
		self.assertEqual(
			mutual,
			{
				("Барвинкова Нонна Глебовна", "Мятлик Оскар Дмитриевич"),
				("Осокин Лев Маркович", "Ряскина Майя Антоновна"),
			},
		)
		self.assertTrue(all(row.reason for row in found))

	def test_its_mail_can_be_opened_letter_by_letter(self) -> None:
		letters = [
			message_from_bytes(file.read_bytes(), policy=policy.default)
			for file in sorted(self.outbox.folder.glob("*.eml"))
		]
		self.assertEqual(len(letters), len(self.outbox))
		sent = Counter(letter["To"] for letter in letters)
		logins = self.school.logins
		self.assertEqual(set(sent), {logins[duty] for duty in ("curator", "director", "officer")})
		self.assertEqual((sent[logins["director"]], sent[logins["officer"]]), (8, 2))
		self.assertGreater(sent[logins["curator"]], 35)
		for letter in letters:
			day = formatdate(letter["Date"].datetime.date())
			self.assertRegex(letter["Subject"], rf"^Наставничество .+: .+, {re.escape(day)}$")
			self.assertIn("Здравствуйте", letter.get_body(("html",)).get_content())
			self.assertTrue(any(part.get_filename().endswith(".xlsx") for part in letter.iter_attachments()))
		page = (self.outbox.folder / "index.html").read_text(encoding="utf-8")
		self.assertEqual(page.count("<details>"), len(letters))

	def test_the_authority_sees_its_rows_done(self) -> None:
		task = frappe.get_doc(
			"Roadmap Task", {"title": last_year.authority.ROWS[0][0], "municipal_task": ["is", "not set"]}
		)
		self.assertEqual([row.status for row in task.executors], ["Done"])

	def test_everybody_grew(self) -> None:
		with acting(self.school.logins["curator"]):
			rows = competency_growth.execute({"program": self.program})[1]
		self.assertTrue(rows)
		self.assertTrue(all(row["change"] > 0 for row in rows), rows[:3])

	def test_the_next_year_waits_with_its_terms_moved_on(self) -> None:
		program = frappe.get_doc("Mentoring Program", self.year.upcoming)
		self.assertEqual(program.workflow_state, "Draft")
		self.assertEqual(str(program.period_start), "2026-09-01")
		roadmap = frappe.get_doc("Roadmap Import", {"program": program.name})
		self.assertGreaterEqual(len(roadmap.rows), ROWS)
		dues = [getdate(row.due) for row in roadmap.rows if row.due]
		self.assertTrue(all(day > getdate("2026-08-01") for day in dues), dues)

	def test_whoever_has_left_is_in_the_archive(self) -> None:
		states = {
			frappe.db.get_value(person.doctype, person.name, "workflow_state")
			for _one, person in self.year.participants()
		}
		self.assertEqual(states, {"Archived"})
