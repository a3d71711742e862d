"""What the answers come to: analysis of a questionnaire, requests against resources, satisfaction."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.desk import query_report

from nastavnik_app.rules.questionnaires import CHOICE, OPEN, SCALE, YES_NO
from nastavnik_app.tests.builders import as_user, make_school
from nastavnik_app.tests.test_questionnaires import QuestionnaireTestCase

ROWS = (
	{"question": "Довольны ли Вы?", "answer_kind": YES_NO, "used_for": "Satisfaction"},
	{"question": "Насколько довольны?", "answer_kind": SCALE, "used_for": "Satisfaction"},
	{"question": "Как часто?", "answer_kind": CHOICE, "options": "Часто\nРедко"},
	{"question": "Что запомнилось?", "answer_kind": OPEN, "used_for": "Strength"},
)


def run(report: str, **filters: Any) -> dict:
	return query_report.run(report, filters=filters)


class TestReports(QuestionnaireTestCase):
	def answered(self, *sheets: tuple, audience: str = "Mentee") -> str:
		questionnaire = self.questionnaire(audience=audience, purpose="Exit", questions=ROWS)
		for sheet in sheets:
			person = getattr(self.school, audience.lower())()
			self.answer(self.response(questionnaire, person), *sheet)
		return questionnaire.name

	def test_analysis_counts_each_question(self) -> None:
		questionnaire = self.answered(("Yes", 10, "Часто", "Поход"), ("No", 7, "Часто"), (None, 7, "Редко"))
		self.response(frappe.get_doc("Mentoring Questionnaire", questionnaire), self.school.mentee())
		with as_user(self.school.curator):
			result = run("Questionnaire Analysis", questionnaire=questionnaire, program=self.school.program)
		rows = result["result"]
		self.assertEqual([row.get("answers") for row in rows], [2, 3, 3, 1, None])
		self.assertEqual((rows[0]["yes"], rows[1]["mean"]), (50.0, 8.0))
		self.assertEqual(rows[1]["distribution"], "10 — 1; 7 — 2")
		self.assertEqual(rows[2]["distribution"], "Часто — 2; Редко — 1")
		self.assertEqual(rows[4]["distribution"], "Поход")
		self.assertEqual(result["chart"]["data"]["labels"], ["Насколько довольны?"])
		self.assertEqual([one["value"] for one in result["report_summary"]], [4, 3, 75.0])

	def test_analysis_shows_the_own_schools_answers_alone(self) -> None:
		stranger = make_school("Чужая")
		mentee = self.school.mentee()
		response = self.school.record(
			"Mentoring Questionnaire Response",
			questionnaire="exit-mentee",
			party_type="Mentee",
			party=mentee.name,
		)
		rows = frappe.get_doc("Mentoring Questionnaire", "exit-mentee").questions
		given = [
			{"Scale 1-10": 9, "Yes or No": "Yes"}.get(row.answer_kind) if row.required else None
			for row in rows
		]
		self.answer(response, *given)
		with as_user(self.school.curator):
			self.assertEqual(
				run("Questionnaire Analysis", questionnaire="exit-mentee")["result"][0]["answers"], 1
			)
			self.assertEqual(run("Satisfaction")["result"][0]["respondents"], 1)
		with as_user(stranger.curator):
			self.assertEqual(
				run("Questionnaire Analysis", questionnaire="exit-mentee")["result"][0]["answers"], 0
			)
			self.assertEqual(run("Satisfaction")["result"], [])

	def test_satisfaction_by_part(self) -> None:
		self.answered(("Yes", 3), ("No", 10), (None, 7), (None, 6), (None, None, "Часто"))
		self.answered(("Yes", 9), audience="Mentor")
		with as_user(self.school.curator):
			result = run("Satisfaction", program=self.school.program)
		found = [(row["respondents"], row["satisfied"], row["share"]) for row in result["result"]]
		self.assertEqual(found, [(4, 2, 50.0), (1, 1, 100.0)])
		self.assertIn("7", result["message"])

	def test_requests_against_resources(self) -> None:
		for number in range(3):
			self.school.mentee(needs=[{"competency": "sport"}], last_name=f"Первый{number}")
		self.school.mentee(needs=[{"competency": "leadership"}])
		busy = self.school.consenting("Mentor", capacity=2, competencies=[{"competency": "sport"}])
		self.school.pair(busy)
		self.school.mentor(capacity=2, competencies=[{"competency": "leadership"}])
		with as_user(self.school.curator):
			result = run("Requests and Resources", organization=self.school.organization)
		found = {
			row["title"]: (row["asked"], row["offered"], row["free"], row["gap"]) for row in result["result"]
		}
		self.assertEqual(found["Спорт и здоровье"], (3, 1, 1, 2))
		self.assertEqual(found["Лидерство и организация"], (1, 1, 2, 0))
		self.assertEqual(result["result"][0]["title"], "Спорт и здоровье")
