"""The review of a programme: the card's points and level, the SWOT analysis from the answers, and its paper."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app import api
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.tests.builders import SchoolTestCase, as_user
from nastavnik_app.tests.builders_answers import answered
from nastavnik_app.tests.test_prints import page_of


class TestProgramReview(SchoolTestCase):
	def review(self, **values) -> Document:
		return self.school.record(
			"Program Review", **{"card": "nine-criteria", "reviewed_on": "2026-11-20", **values}
		)

	def answered(self, *answers: dict, days_ago: int = 0, **values) -> Document:
		at = f"{add_days(getdate(), -days_ago)} 10:00:00"
		return answered(self.school, *answers, at=at, **values)

	def test_the_card_is_copied_into_a_new_review(self) -> None:
		review = self.review()
		self.assertEqual((len(review.criteria), len(review.conditions) > 5), (9, True))
		self.assertEqual({row.max_points for row in review.criteria}, {2})
		self.assertEqual((review.total, review.level or ""), (0, ""))

	def test_points_add_up_to_a_level(self) -> None:
		review = self.review()
		for row in review.criteria:
			row.points = 2
		review.criteria[0].points = review.criteria[1].points = 1
		review.save()
		self.assertEqual((review.total, review.level), (16, "Оптимальный"))

	def test_more_points_than_the_card_gives_are_refused(self) -> None:
		review = self.review()
		review.criteria[3].update({"points": 5, "max_points": 10})
		with self.assertRefused("Row 4", "from 0 to 2"):
			review.save()

	def test_a_school_may_move_the_bounds_of_levels(self) -> None:
		card = frappe.get_doc("Program Review Card", "nine-criteria")
		card.levels[0].from_points = 17
		card.save()
		review = self.review()
		for row in review.criteria:
			row.points = 2
		review.criteria[0].points = review.criteria[1].points = 1
		review.save()
		self.assertEqual(review.level, "Допустимый")

	def test_answers_of_the_period_fill_what_is_empty(self) -> None:
		open_answer = {"question": "Что мешает?", "answer_kind": "Open", "used_for": "Weakness"}
		self.answered(
			{"question": "Комфорт", "answer_kind": "Scale 1-10", "used_for": "Satisfaction", "number": 9},
			{**open_answer, "answer": "Мало времени"},
			days_ago=1,
		)
		self.answered({**open_answer, "answer": "мало времени"})
		self.answered({**open_answer, "answer": "Давно прошло"}, days_ago=90)
		self.answered({**open_answer, "answer": "Не отправлено"}, status="Invited")
		review = self.review(period_start=str(add_days(getdate(), -30)), threats="Написано от руки")
		with as_user(self.school.curator):
			self.assertEqual(api.assemble_swot(review.name), 3)
		review.reload()
		self.assertEqual(
			(review.strengths, review.weaknesses, review.threats),
			("Комфорт: mean 9 of 10", "Мало времени (2)", "Написано от руки"),
		)
		review.weaknesses = "Исправлено куратором"
		review.save()
		with as_user(self.school.curator):
			api.assemble_swot(review.name)
		self.assertEqual(
			frappe.db.get_value("Program Review", review.name, "weaknesses"), "Исправлено куратором"
		)

	def test_only_who_may_write_the_review_assembles_it(self) -> None:
		review = self.review()
		with as_user(self.school.director), self.assertRefused(error=frappe.PermissionError):
			api.assemble_swot(review.name)

	def test_the_paper_prints_as_pdf_and_as_word(self) -> None:
		review = self.review(strengths="Доверие <в парах>", conclusion="Продолжать.")
		for row in review.criteria:
			row.points = 2
		review.conditions[0].met = "Partly"
		review.save()
		html = page_of(review, "Program Review")
		for text in ("SWOT-анализ", "Доверие &lt;в парах&gt;", "Частично", "Оптимальный", "15–18", "0–8"):
			self.assertIn(text, html)
		self.assertTrue(html_to_pdf(html).startswith(b"%PDF"))
		self.assertTrue(html_to_docx(html).startswith(b"PK"))
		self.assertIn("Слабые стороны", page_of(self.review(), "Program Review"), "a blank one to fill in")
