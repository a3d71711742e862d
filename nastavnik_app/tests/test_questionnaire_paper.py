"""The questionnaire on paper: a sheet to fill in by hand, then the answers."""

from __future__ import annotations

import frappe

from nastavnik_app.rules.questionnaires import AFTER_MEETING, CHOICE, OPEN, PERSONS, SCALE
from nastavnik_app.tests.builders import as_user, make_school
from nastavnik_app.tests.papers import printed
from nastavnik_app.tests.test_questionnaires import QuestionnaireTestCase

SHEET = "Questionnaire Sheet"


class TestSheet(QuestionnaireTestCase):
	def test_a_blank_sheet_and_an_answered_one(self) -> None:
		rows = [
			{"question": "Насколько полезно?", "answer_kind": SCALE},
			{"question": "Как часто?", "answer_kind": CHOICE, "options": "Раз в неделю\nРаз в месяц"},
			{"question": "Чего Вы ждёте?", "answer_kind": OPEN},
		]
		mentee = self.school.mentee()
		response = self.response(
			self.questionnaire(questions=rows, introduction="Отвечайте как есть."), mentee
		)
		with as_user(self.school.curator):
			blank = printed(response, SHEET)
			for words in (
				"Анкета школы",
				mentee.full_name,
				"Отвечайте как есть.",
				"Раз в неделю / Раз в месяц",
			):
				self.assertIn(words, blank)
			self.assertIn("1   2   3", blank)
			self.assertIn("____", blank)
			answered = printed(self.answer(response, 9, "Раз в месяц", "Поддержки"), SHEET)
		self.assertIn("Поддержки", answered)
		self.assertNotIn("обведите", answered)
		self.assertNotIn("Раз в неделю", answered)

	def test_names_to_choose_from_are_not_on_paper(self) -> None:
		mentor = self.in_bank("Mentor", last_name="Осокин")
		rows = [{"question": "С кем?", "answer_kind": PERSONS, "used_for": "Wishes"}]
		response = self.response(
			self.questionnaire(purpose=AFTER_MEETING, questions=rows), self.school.mentee()
		)
		self.assertNotIn(mentor.last_name, printed(response, SHEET))

	def test_what_was_written_is_printed_as_text(self) -> None:
		rows = [{"question": "Что <b>важно</b>?", "answer_kind": OPEN}]
		response = self.response(self.questionnaire(questions=rows), self.school.mentee())
		self.answer(response, "<i>косая</i> & прямая")
		html = frappe.get_print(response.doctype, response.name, SHEET)
		self.assertNotIn("<b>важно</b>", html)
		self.assertNotIn("<i>косая</i>", html)

	def test_another_school_prints_none(self) -> None:
		response = self.response(self.questionnaire(), self.school.mentee())
		stranger = make_school("Чужая")
		with as_user(stranger.curator), self.assertRefused(error=frappe.PermissionError):
			frappe.get_print(response.doctype, response.name, SHEET)
