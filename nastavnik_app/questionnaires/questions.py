"""The questions of a questionnaire as one person is asked them: with the choices that come from the school's records."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.people import wishes
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.rules.questionnaires import Choices, Question
from nastavnik_app.rules.states import IN_BANK

RESPONSE, QUESTIONNAIRE = "Mentoring Questionnaire Response", "Mentoring Questionnaire"


def questions_for(response: Document) -> list[Question]:
	"""What a person is asked, in its order."""
	questionnaire = frappe.get_doc(QUESTIONNAIRE, response.questionnaire)
	return [
		Question(
			name=row.name,
			text=row.question,
			kind=row.answer_kind,
			choices=_choices(row, questionnaire, response),
			required=bool(row.required),
			used_for=row.used_for or "",
			most=wishes.limit() if row.answer_kind == rules.PERSONS else 0,
		)
		for row in questionnaire.questions
	]


def _choices(row: Document, questionnaire: Document, response: Document) -> Choices:
	if row.answer_kind == rules.YES_NO:
		return (rules.YES, _("Yes")), (rules.NO, _("No"))
	if row.answer_kind == rules.PERSONS:
		return persons_to_choose(questionnaire, response)
	if row.answer_kind not in (rules.CHOICE, rules.SEVERAL):
		return ()
	options = rules.options_of(row.options)
	if options:
		return tuple((option, option) for option in options)
	return _competencies() if row.used_for == rules.COMPETENCIES else _times()


def persons_to_choose(questionnaire: Document, response: Document) -> Choices:
	"""Full names, and nothing else, of the other side's people in the bank; to those alone who have met them at the
	general meeting."""
	if questionnaire.purpose != rules.AFTER_MEETING or questionnaire.audience not in ("Mentor", "Mentee"):
		return ()
	other = "Mentee" if questionnaire.audience == "Mentor" else "Mentor"
	people = frappe.get_all(
		other,
		filters={"organization": response.organization, "workflow_state": IN_BANK},
		fields=["name", "full_name", "target_group"],
		order_by="full_name asc",
	)
	if questionnaire.form:
		in_form = of_form(other, people, questionnaire.form)
		people = [person for person in people if person.name in in_form]
	return tuple((person.name, person.full_name) for person in people)


def of_form(doctype: str, people: list, form: str) -> set[str]:
	"""Names of those of the people who take part in a form: mentors who list it, or no form at all; mentees who are
	pupils, or workers where the form is between workers. `people` have `name` and `target_group`."""
	if doctype == "Mentor":
		names = [person.name for person in people]
		rows = frappe.get_all(
			"Mentor Form",
			filters={"parenttype": "Mentor", "parent": ["in", [*names, ""]]},
			fields=["parent", "form"],
		)
		listing = {row.parent for row in rows}
		return {row.parent for row in rows if row.form == form} | (set(names) - listing)
	between_workers = bool(frappe.get_cached_value("Mentoring Form", form, "worker_to_worker"))
	pupils = set(frappe.get_all("Mentoring Target Group", filters={"is_pupil": 1}, pluck="name"))
	return {person.name for person in people if (person.target_group in pupils) != between_workers}


def _competencies() -> Choices:
	"""What pairs work on; a mentor's own readiness is assessed elsewhere."""
	titles = frappe.get_all(
		"Mentoring Competency",
		filters={"disabled": 0, "area": ["is", "not set"]},
		fields=["name", "title"],
		order_by="title asc",
	)
	return tuple((row.name, row.title) for row in titles)


def _times() -> Choices:
	"""A weekday and a part of the day, as the meeting times of a person list them."""
	meta = frappe.get_meta("Meeting Time")
	weekdays, parts = (meta.get_field(name).options.split("\n") for name in ("weekday", "part"))
	return tuple(
		(f"{weekday} {part}", f"{_(weekday)}, {_(part).lower()}") for weekday in weekdays for part in parts
	)
