"""The roadmap of the next year, made from this one's: terms moved on by a year, each change for the curator to check."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.program import roadmap_review
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import read_term
from nastavnik_app.tests.builders import SchoolTestCase, as_user


class TestNextYear(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.update({"title": "Наставничество 2026/2027", "aims": "Помочь каждому"})
		program.append("curators", {"user": self.school.curator, "person_name": "Липова Пример Игоревна"})
		program.append("leaders", {"person_name": "Клёнова Пример Ильинична", "duty": "Руководитель"})
		program.append("forms", {"form": "teacher-pupil"})
		program.append("targets", {"title": "Доля наставляемых", "target_year": 2026, "target_value": 70})
		program.save()

	def roadmap(self, *rows: dict, **values) -> Document:
		"""Tasks made of the rows of an import, as a curator makes them."""
		imported = self.school.record(
			"Roadmap Import",
			period_start="2026-09-01",
			period_end="2027-05-31",
			rows=[{"title": f"Строка {number}", **row} for number, row in enumerate(rows, 1)],
			**values,
		)
		for row in imported.rows:
			if not row.due:
				row.update(self.read(row.term_text))
		imported.status = "Rows Read"
		imported.save()
		imported.create_tasks()
		return imported

	def read(self, term_text: str) -> dict:
		return roadmap_review.term_values(read_term(term_text, Period(date(2026, 9, 1), date(2027, 5, 31))))

	def made(self) -> Document:
		with as_user(self.school.curator):
			return frappe.get_doc("Roadmap Import", api.make_next_roadmap(self.school.program))

	def test_the_program_goes_on_with_its_people_and_aims(self) -> None:
		self.roadmap({"term_text": "до 15 октября 2026"})
		program = frappe.get_doc("Mentoring Program", self.made().program)
		self.assertEqual(
			(program.title, program.workflow_state, program.aims, program.continues),
			("Наставничество 2027/2028", "Draft", "Помочь каждому", self.school.program),
		)
		self.assertEqual(
			(getdate(program.period_start), getdate(program.period_end)),
			(date(2027, 9, 1), date(2028, 5, 31)),
		)
		self.assertEqual(
			(program.curators[0].user, program.leaders[0].duty, program.forms[0].form),
			(self.school.curator, "Руководитель", "teacher-pupil"),
		)

	def test_terms_move_on_in_words_and_in_dates_and_are_for_the_curator_to_check(self) -> None:
		self.roadmap(
			{
				"term_text": "до 15 октября 2026",
				"responsible": "Куратор",
				"indicator": "не менее 5 публикаций",
			},
			{"term_text": "до 20 мая"},
			{"term_text": "1 раз в квартал"},
			{"term_text": "в течение года"},
		)
		imported = self.made()
		self.assertEqual(
			[(row.term_text, getdate(row.due), row.recurrence or "") for row in imported.rows],
			[
				("до 15 октября 2027", date(2027, 10, 15), ""),
				("до 20 мая", date(2028, 5, 20), ""),
				("1 раз в квартал", date(2028, 5, 31), "quarterly"),
				("в течение года", date(2028, 5, 31), "continuous"),
			],
		)
		first = imported.rows[0]
		self.assertEqual((first.responsible, first.indicator), ("Куратор", "не менее 5 публикаций"))
		doubts = roadmap_review.doubts_of(first, "term_text")
		self.assertIn("до 15 октября 2026", doubts[0]["text"])
		self.assertFalse(any(row.problems for row in imported.rows[1:]))
		with as_user(self.school.curator):
			with self.assertRefused("rows 1"):
				imported.create_tasks()
			imported.reload()
			imported.rows[0].checked = 1
			imported.indicators[0].skip = 1
			imported.save()
			self.assertEqual(imported.create_tasks(), 6)

	def test_dates_set_by_hand_move_on_by_a_year(self) -> None:
		self.roadmap({"term_text": "по плану", "due": "2027-02-28"})
		row = self.made().rows[0]
		self.assertEqual((row.term_text, getdate(row.due)), ("по плану", date(2028, 2, 28)))
		self.assertEqual(len(roadmap_review.doubts_of(row, "due")), 1)

	def test_the_school_year_in_other_cells_moves_on_and_is_doubted(self) -> None:
		self.roadmap({"title": "Разработать карту на 2027-2028 учебный год", "term_text": "май"})
		row = self.made().rows[0]
		self.assertEqual(row.title, "Разработать карту на 2028-2029 учебный год")
		self.assertEqual(len(roadmap_review.doubts_of(row, "title")), 1)

	def test_what_was_cancelled_is_skipped_and_what_was_added_by_hand_comes_last(self) -> None:
		self.roadmap({"term_text": "октябрь"}, {"term_text": "ноябрь"})
		task = frappe.get_doc("Roadmap Task", {"program": self.school.program, "title": "Строка 1"})
		task.update({"status": "Cancelled", "cancel_reason": "Не понадобилось"})
		task.save()
		self.school.task(title="Добавлено куратором", due_date="2027-03-01")
		rows = self.made().rows
		self.assertEqual(
			[(row.title, row.skip) for row in rows],
			[("Строка 1", 1), ("Строка 2", 0), ("Добавлено куратором", 0)],
		)

	def test_one_document_comes_after_the_other(self) -> None:
		self.roadmap(
			{"title": "Первая карта, 1", "term_text": "май"}, {"title": "Первая карта, 2", "term_text": "май"}
		)
		self.roadmap({"title": "Вторая карта, 1", "term_text": "май"}, template="municipality")
		self.assertEqual(
			[row.title for row in self.made().rows], ["Первая карта, 1", "Первая карта, 2", "Вторая карта, 1"]
		)

	def test_targets_wait_for_the_curator(self) -> None:
		self.roadmap({"term_text": "май"})
		indicator = self.made().indicators[0]
		self.assertEqual((indicator.target_year, indicator.target_value), (2027, 70))
		self.assertEqual(len(roadmap_review.doubts_of(indicator, "target_value")), 1)

	def test_a_second_time_is_refused(self) -> None:
		self.roadmap({"term_text": "май"})
		self.made()
		with self.assertRefused("Наставничество 2027/2028"):
			self.made()

	def test_a_program_without_tasks_is_refused(self) -> None:
		with self.assertRefused("no tasks"):
			self.made()
