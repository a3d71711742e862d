"""Where the answers to a questionnaire go on to: the person's file, wishes, what others say."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow

from nastavnik_app.questionnaires import questions
from nastavnik_app.rules.questionnaires import AFTER_MEETING, OPEN, PERSONS, SEVERAL
from nastavnik_app.tests.builders import PUPIL_FORM, as_user
from nastavnik_app.tests.test_questionnaires import QuestionnaireTestCase
from nastavnik_app.tests.test_registers import queries


class TestPersonFiles(QuestionnaireTestCase):
	ROWS = (
		{"question": "Чего вы хотите?", "answer_kind": OPEN, "used_for": "Request"},
		{"question": "Чем увлекаетесь?", "answer_kind": OPEN, "used_for": "Interests"},
		{"question": "Темы?", "answer_kind": SEVERAL, "used_for": "Competencies"},
		{"question": "Когда?", "answer_kind": SEVERAL, "used_for": "Time"},
	)
	GIVEN = ("Сдать экзамен", "Шахматы", ["exam-preparation", "sport"], ["Monday Morning", "Friday Evening"])

	def test_answers_fill_what_is_empty(self) -> None:
		for doctype, table in (("Mentee", "needs"), ("Mentor", "competencies")):
			person = getattr(self.school, doctype.lower())()
			response = self.response(self.questionnaire(audience=doctype, questions=self.ROWS), person)
			self.answer(response, *self.GIVEN)
			person.reload()
			self.assertEqual({row.competency for row in person.get(table)}, {"exam-preparation", "sport"})
			self.assertEqual(
				[(row.weekday, row.part) for row in person.times],
				[("Monday", "Morning"), ("Friday", "Evening")],
			)
			self.assertEqual(person.interests, "Шахматы")
		self.assertEqual(
			frappe.get_all("Mentee", {"interests": "Шахматы"}, pluck="main_request"), ["Сдать экзамен"]
		)

	def test_what_is_written_stays(self) -> None:
		mentee = self.school.mentee(
			main_request="Записано на собеседовании",
			interests="Футбол",
			needs=[{"competency": "leadership"}],
			times=[{"weekday": "Sunday", "part": "Morning"}],
		)
		self.answer(self.response(self.questionnaire(questions=self.ROWS), mentee), *self.GIVEN)
		mentee.reload()
		self.assertEqual((mentee.main_request, mentee.interests), ("Записано на собеседовании", "Футбол"))
		self.assertEqual([row.competency for row in mentee.needs], ["leadership"])
		self.assertEqual([row.weekday for row in mentee.times], ["Sunday"])

	def test_wishes_after_the_general_meeting(self) -> None:
		rows = [{"question": "С кем?", "answer_kind": PERSONS, "used_for": "Wishes"}]
		met = [self.in_bank("Mentor", last_name=name) for name in ("Астров", "Берёзов")]
		candidate = self.school.mentor(last_name="Вязов")
		mentee = self.school.mentee()
		response = self.response(self.questionnaire(purpose=AFTER_MEETING, questions=rows), mentee)
		choices = questions.questions_for(response)[0].choices
		self.assertEqual(choices, tuple((mentor.name, mentor.full_name) for mentor in met))
		with self.assertRefused("none of the choices"):
			self.answer(response, [candidate.name])
		response = self.answer(response, [met[1].name, met[0].full_name])
		self.assertEqual([row.mentor for row in mentee.reload().wishes], [met[1].name, met[0].name])
		self.assertEqual(response.answers[0].answer, f"{met[1].full_name}\n{met[0].full_name}")

	def test_as_many_queries_for_ten_people_to_choose_from_as_for_two(self) -> None:
		rows = [{"question": "С кем?", "answer_kind": PERSONS, "used_for": "Wishes"}]
		asked = self.questionnaire(purpose=AFTER_MEETING, form=PUPIL_FORM, questions=rows)
		response = self.response(asked, self.school.mentee())
		counted = {}
		for count in (2, 10):
			while len(questions.persons_to_choose(asked, response)) < count:
				self.in_bank("Mentor")
			counted[count] = queries(lambda: questions.persons_to_choose(asked, response))
		self.assertEqual(counted[10], counted[2])

	def test_no_more_wishes_than_the_settings_allow(self) -> None:
		rows = [{"question": "С кем?", "answer_kind": PERSONS, "used_for": "Wishes"}]
		people = [self.in_bank("Mentee", last_name=f"Первый{number}") for number in range(4)]
		response = self.response(
			self.questionnaire(audience="Mentor", purpose=AFTER_MEETING, questions=rows), self.school.mentor()
		)
		with self.assertRefused("choose 3 at most"):
			self.answer(response, [person.name for person in people])

	def test_without_a_limit_in_the_settings_the_question_and_the_file_take_three(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "wish_limit", 0)
		mentors = [self.in_bank("Mentor").name for _number in range(4)]
		rows = [{"question": "С кем?", "answer_kind": PERSONS, "used_for": "Wishes"}]
		mentee = self.school.mentee()
		response = self.response(self.questionnaire(purpose=AFTER_MEETING, questions=rows), mentee)
		with self.assertRefused("choose 3 at most"):
			self.answer(response, mentors)
		self.answer(response, mentors[:3])
		mentee.reload()
		self.assertEqual([row.mentor for row in mentee.wishes], mentors[:3])

	def test_what_others_say_stands_with_its_source(self) -> None:
		rows = [{"question": "Сильные стороны?", "answer_kind": OPEN, "used_for": "Request"}]
		mentee = self.school.mentee()
		third = self.questionnaire(audience="Third Party", questions=rows)
		for source in ("Psychologist", "Тренер секции"):
			self.answer(self.response(third, mentee, source=source), "Упорство")
		mentee.reload()
		self.assertEqual([row.source for row in mentee.information], ["Psychologist", "Other"])
		self.assertIn("Упорство", mentee.information[0].information)
		self.assertIn("Тренер секции", mentee.information[1].information)
		self.assertFalse(mentee.main_request)

	def test_every_source_of_information_is_there(self) -> None:
		sources = frappe.get_meta("Mentee Information").get_field("source").options.split("\n")
		for source in ("Class Teacher", "Psychologist", "Social Teacher", "Parents", "Attestation"):
			self.assertIn(source, sources)
		for doctype in ("Mentor", "Mentee"):
			for field in ("interviewed_on", "interview_notes"):
				self.assertTrue(frappe.get_meta(doctype).has_field(field), (doctype, field))

	def test_an_archived_file_is_left_alone_and_the_answer_is_kept(self) -> None:
		mentee = self.school.mentee()
		response = self.response(self.questionnaire(questions=self.ROWS), mentee)
		with as_user(self.school.curator):
			apply_workflow(mentee, "Archive")
		self.assertEqual(self.answer(response, *self.GIVEN).status, "Answered")
		self.assertFalse(frappe.db.get_value("Mentee", mentee.name, "main_request"))

	def test_a_file_that_refuses_does_not_lose_the_answer(self) -> None:
		mentee = self.school.mentee()
		frappe.db.set_value("Mentee", mentee.name, "birth_date", "2999-01-01")
		response = self.response(self.questionnaire(questions=self.ROWS), mentee)
		self.assertEqual(self.answer(response, *self.GIVEN).status, "Answered")
		self.assertFalse(frappe.db.get_value("Mentee", mentee.name, "main_request"))
