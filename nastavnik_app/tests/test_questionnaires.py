"""Questionnaires: versions, invitations, answers on paper, and where the answers go on to."""

from __future__ import annotations

from typing import Any
from unittest import mock

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow

from nastavnik_app import api
from nastavnik_app.questionnaires import answering, invitations, versions
from nastavnik_app.rules.questionnaires import OPEN, SCALE, SEVERAL, YES_NO
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user

RESPONSE = "Mentoring Questionnaire Response"
LOGIN = "Mentoring Specialist"


def make_questionnaire(organization: str | None, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Mentoring Questionnaire",
			"title": "Анкета школы",
			"organization": organization,
			"audience": "Mentee",
			"purpose": "Entry",
			"status": "Published",
			"questions": [
				{"question": "Насколько интересно?", "answer_kind": SCALE, "required": 1},
				{"question": "Чего вы хотите?", "answer_kind": OPEN, "used_for": "Request"},
			],
			**values,
		}
	).insert()


def answers_to(response: Document | str, *given: Any) -> dict[str, Any]:
	"""Answers in the order of the questions."""
	questionnaire = frappe.db.get_value(RESPONSE, getattr(response, "name", response), "questionnaire")
	rows = frappe.get_doc("Mentoring Questionnaire", questionnaire).questions
	return {row.name: value for row, value in zip(rows, given, strict=False) if value is not None}


class QuestionnaireTestCase(SchoolTestCase):
	def questionnaire(self, **values: Any) -> Document:
		return make_questionnaire(self.school.organization, **values)

	def response(self, questionnaire: Document, person: Document | None = None, **values: Any) -> Document:
		if person:
			values.update(party_type=person.doctype, party=person.name)
		return self.school.record(RESPONSE, questionnaire=questionnaire.name, **values)

	def in_bank(self, doctype: str, **values: Any) -> Document:
		with as_user(self.school.curator):
			return apply_workflow(self.school.consenting(doctype, **values), "Admit to Bank")

	def answer(self, response: Document, *given: Any) -> Document:
		api.record_answers(response.name, answers_to(response, *given))
		return frappe.get_doc(RESPONSE, response.name)


class TestVersions(QuestionnaireTestCase):
	def test_a_published_version_does_not_change(self) -> None:
		questionnaire = self.questionnaire()
		for change in (
			lambda doc: doc.questions[0].update({"question": "Другой вопрос?"}),
			lambda doc: doc.append("questions", {"question": "Ещё?", "answer_kind": OPEN}),
			lambda doc: doc.set("questions", doc.questions[:1]),
			lambda doc: doc.update({"audience": "Mentor"}),
			lambda doc: doc.update({"status": "Draft"}),
		):
			doc = frappe.get_doc("Mentoring Questionnaire", questionnaire.name)
			change(doc)
			with as_user(self.school.curator), self.assertRefused():
				doc.save()
		with as_user(self.school.curator), self.assertRefused("stays on file"):
			frappe.delete_doc("Mentoring Questionnaire", questionnaire.name)

	def test_a_new_version_takes_the_place_of_the_old_one(self) -> None:
		old = self.questionnaire()
		with as_user(self.school.curator):
			draft = frappe.get_doc("Mentoring Questionnaire", api.new_questionnaire_version(old.name))
			self.assertEqual(api.new_questionnaire_version(old.name), draft.name)
			self.assertEqual((draft.version, draft.previous_version, draft.status), (2, old.name, "Draft"))
			self.assertEqual(
				[row.question for row in draft.questions], [row.question for row in old.questions]
			)
			draft.append("questions", {"question": "Что ещё?", "answer_kind": OPEN})
			draft.status = "Published"
			draft.save()
		self.assertEqual(old.reload().status, "Retired")
		with self.assertRefused("not published"):
			self.response(old, self.school.mentee())

	def test_the_number_of_a_version_is_not_the_callers(self) -> None:
		other = self.questionnaire()
		with as_user(self.school.curator):
			doc = self.questionnaire(version=9, previous_version=other.name)
		self.assertEqual((doc.version, doc.previous_version), (1, None))
		self.assertEqual(other.reload().status, "Published")

	def test_unfit_questions_stay_a_draft(self) -> None:
		rows = [{"question": "Выберите", "answer_kind": "Choice", "options": "одно"}]
		draft = self.questionnaire(status="Draft", questions=rows)
		draft.status = "Published"
		with self.assertRefused("Выберите"):
			draft.save()

	def test_what_is_for_all_schools_is_written_by_system_managers(self) -> None:
		shared = frappe.get_doc("Mentoring Questionnaire", "entry-mentee")
		self.assertEqual((shared.status, shared.organization or ""), ("Published", ""))
		with as_user(self.school.curator):
			self.assertTrue(shared.has_permission("read"))
			self.assertIn(
				"entry-mentee", frappe.get_list("Mentoring Questionnaire", pluck="name", limit_page_length=0)
			)
			shared.status = "Retired"
			shared.organization = self.school.organization
			with self.assertRefused(error=frappe.PermissionError):
				shared.save()
			with self.assertRefused(error=frappe.PermissionError):
				make_questionnaire(None)
			own = versions.new_version(frappe.get_doc("Mentoring Questionnaire", "entry-mentee"))
			own.status = "Published"
			own.save()
		self.assertEqual(own.organization, self.school.organization)
		self.assertEqual(
			frappe.db.get_value("Mentoring Questionnaire", "entry-mentee", "status"), "Published"
		)

	def test_another_school_sees_none_of_it(self) -> None:
		questionnaire = self.questionnaire()
		stranger = make_school("Чужая")
		with as_user(stranger.curator):
			self.assertNotIn(
				questionnaire.name,
				frappe.get_list("Mentoring Questionnaire", pluck="name", limit_page_length=0),
			)
			with self.assertRefused(error=frappe.PermissionError):
				invitations.invite(questionnaire.name, stranger.program)
			with self.assertRefused(error=frappe.PermissionError):
				invitations.invite("entry-mentee", self.school.program)

	def test_every_seeded_questionnaire_can_be_published(self) -> None:
		seeded = frappe.get_all(
			"Mentoring Questionnaire", filters={"organization": ["is", "not set"]}, pluck="name"
		)
		self.assertGreaterEqual(len(seeded), 12)
		for name in seeded:
			doc = frappe.get_doc("Mentoring Questionnaire", name)
			doc.refuse_unfit_questions()
			self.assertEqual(doc.status, "Published", name)


class TestInvitations(QuestionnaireTestCase):
	def test_inviting_twice_makes_no_twin_and_ends_the_first_link(self) -> None:
		questionnaire = self.questionnaire()
		mentee = self.school.mentee()
		with as_user(self.school.curator):
			first = invitations.invite(questionnaire.name, self.school.program)
			second = invitations.invite(questionnaire.name, self.school.program, people=[mentee.name])
		self.assertEqual([row["name"] for row in first["links"]], [row["name"] for row in second["links"]])
		old, new = (result["links"][0]["link"].partition("#")[2] for result in (first, second))
		self.assertNotEqual(old, new)
		with self.assertRefused(error=answering.LinkRefused):
			answering.open_link(old)
		self.assertEqual(answering.open_link(new)["person"], mentee.full_name)

	def test_only_the_hash_of_a_link_is_kept(self) -> None:
		questionnaire = self.questionnaire()
		self.school.mentee()
		made = invitations.invite(questionnaire.name, self.school.program)["links"][0]
		token = made["link"].partition("#")[2]
		self.assertGreaterEqual(len(token), 43)
		stored = frappe.get_doc(RESPONSE, made["name"]).as_dict()
		self.assertNotIn(token, str(stored))
		self.assertEqual(stored.token_hash, answering.digest(token))

	def test_who_has_answered_is_asked_again_only_for_a_diagnosis(self) -> None:
		mentee = self.school.mentee()
		for purpose, again in (("Entry", 0), ("Diagnosis", 1)):
			questionnaire = self.questionnaire(purpose=purpose)
			made = invitations.invite(questionnaire.name, self.school.program, people=[mentee.name])
			self.answer(frappe.get_doc(RESPONSE, made["links"][0]["name"]), 7)
			result = invitations.invite(questionnaire.name, self.school.program, people=[mentee.name])
			self.assertEqual(len(result["links"]), again)
			self.assertEqual(result["answered"], [] if again else [mentee.full_name])

	def test_everybody_is_whom_the_questionnaire_is_for(self) -> None:
		pupil, teacher = self.school.mentee(), self.school.mentee(target_group="teachers")
		archived = self.school.mentee(last_name="Ушедший")
		with as_user(self.school.curator):
			apply_workflow(archived, "Archive")

		def invited(name: str) -> set[str]:
			made = invitations.invite(name, self.school.program)["links"]
			return set(
				frappe.get_all(
					RESPONSE, filters={"name": ["in", [row["name"] for row in made]]}, pluck="party"
				)
			)

		self.assertEqual(invited(self.questionnaire().name), {pupil.name, teacher.name})
		self.assertEqual(invited(self.questionnaire(form="teacher-teacher").name), {teacher.name})
		with self.assertRefused("archived", error=frappe.PermissionError):
			invitations.invite(self.questionnaire().name, self.school.program, people=[archived.name])

	def test_at_the_end_pairs_are_asked(self) -> None:
		pair = self.school.pair()
		questionnaire = self.questionnaire(purpose="Exit", audience="Mentor")
		self.assertEqual(invitations.invite(questionnaire.name, self.school.program)["links"], [])
		made = invitations.invite(questionnaire.name, self.school.program, pairs=[pair.name])["links"]
		response = frappe.get_doc(RESPONSE, made[0]["name"])
		self.assertEqual((response.party, response.pair), (pair.mentor, pair.name))

	def test_third_parties_and_curators(self) -> None:
		mentee = self.school.mentee()
		third = self.questionnaire(audience="Third Party")
		with self.assertRefused("who answers"):
			invitations.invite(third.name, self.school.program, people=[mentee.name])
		for source in ("Class Teacher", "Parents"):
			made = invitations.invite(third.name, self.school.program, people=[mentee.name], source=source)
			self.assertIn(mentee.full_name, made["links"][0]["person_name"])
		self.assertEqual(frappe.db.count(RESPONSE, {"questionnaire": third.name}), 2)
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.append("curators", {"user": self.school.curator, "person_name": "Липова Анна"})
		program.save()
		conditions = self.questionnaire(audience="Curator", purpose="Conditions")
		for _time in range(2):
			made = invitations.invite(conditions.name, self.school.program)
			self.assertEqual([row["person_name"] for row in made["links"]], ["Липова Анна"])
		self.assertEqual(frappe.db.count(RESPONSE, {"questionnaire": conditions.name}), 1)

	def test_a_link_by_mail_goes_to_one_person_alone(self) -> None:
		questionnaire = self.questionnaire()
		self.school.mentee(email="first@school.example")
		self.school.mentee()
		with mock.patch.object(frappe, "sendmail") as sent:
			made = invitations.invite(questionnaire.name, self.school.program, by_mail=True)["links"]
		self.assertEqual(sorted(row["mailed"] for row in made), [False, True])
		mail = sent.call_args.kwargs
		self.assertEqual(mail["recipients"], ["first@school.example"])
		link = next(row["link"] for row in made if row["mailed"])
		self.assertIn(link, mail["message"])
		self.assertEqual(mail["message"].count("#"), 2)  # the one link, as address and as text

	def test_links_are_given_out_by_the_curator(self) -> None:
		questionnaire = self.questionnaire()
		for user in (self.school.director, make_user("specialist", LOGIN)):
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				invitations.invite(questionnaire.name, self.school.program)


class TestAnswers(QuestionnaireTestCase):
	def test_the_curator_types_in_a_sheet(self) -> None:
		response = self.response(self.questionnaire(), self.school.mentee())
		with as_user(self.school.curator):
			response = self.answer(response, "8", "Сдать экзамен")
		self.assertEqual((response.status, response.way), ("Answered", "On Paper"))
		self.assertEqual(
			[(row.answer, row.number) for row in response.answers], [("8", 8), ("Сдать экзамен", 0)]
		)
		self.assertTrue(response.answered_at)
		with as_user(self.school.curator), self.assertRefused("already"):
			self.answer(response, 3)

	def test_who_has_a_login_answers_in_the_app(self) -> None:
		mentor = self.school.mentor(user=self.school.curator)
		response = self.response(self.questionnaire(audience="Mentor"), mentor)
		with as_user(self.school.curator):
			self.assertEqual(self.answer(response, 9).way, "In the App")

	def test_answers_are_not_written_past_the_questions(self) -> None:
		response = self.response(self.questionnaire(), self.school.mentee())
		with as_user(self.school.curator):
			doc = frappe.get_doc(RESPONSE, response.name)
			doc.update({"status": "Answered", "token_hash": answering.digest("мой"), "way": "By Link"})
			doc.append("answers", {"question": "Насколько?", "answer": "10", "number": 10})
			doc.save()
			made = self.response(self.questionnaire(), self.school.mentee(), status="Answered")
		stored = frappe.get_doc(RESPONSE, response.name)
		self.assertEqual(
			(stored.status, stored.token_hash, stored.way, stored.answers), ("Invited", None, None, [])
		)
		self.assertEqual(made.status, "Invited")

	def test_answers_stay_on_file(self) -> None:
		response = self.response(self.questionnaire(), self.school.mentee())
		self.answer(response, 9)
		with as_user(self.school.curator), self.assertRefused("stay on file"):
			frappe.delete_doc(RESPONSE, response.name)

	def test_a_refused_answer_is_told_with_its_question(self) -> None:
		response = self.response(self.questionnaire(), self.school.mentee())
		with self.assertRefused("Насколько интересно?"):
			self.answer(response, "11")
		with self.assertRefused("Насколько интересно?"):
			self.answer(response)

	def test_the_person_belongs_to_the_school(self) -> None:
		stranger = make_school("Чужая")
		questionnaire = self.questionnaire()
		with self.assertRefused(error=frappe.PermissionError):
			self.response(questionnaire, stranger.mentee())
		with self.assertRefused("Mentee"):
			self.response(questionnaire, self.school.mentor())
		with self.assertRefused("another organization", error=frappe.PermissionError):
			stranger.record(
				RESPONSE, questionnaire=questionnaire.name, party_type="Mentee", party=stranger.mentee().name
			)


class TestQuestionsOfAResponse(QuestionnaireTestCase):
	def test_choices_come_with_what_is_shown(self) -> None:
		rows = (
			{"question": "Довольны?", "answer_kind": YES_NO},
			{"question": "Темы?", "answer_kind": SEVERAL, "used_for": "Competencies"},
			{"question": "Когда?", "answer_kind": SEVERAL, "used_for": "Time"},
		)
		response = self.response(self.questionnaire(questions=rows), self.school.mentee())
		with as_user(self.school.curator):
			asked = api.questions_of_response(response.name)
		self.assertEqual([value for value, _label in asked[0]["choices"]], ["Yes", "No"])
		self.assertIn(("sport", "Спорт и здоровье"), asked[1]["choices"])
		self.assertEqual(len(asked[2]["choices"]), 21)
