"""Where answers go on to: the person's own file. What somebody has written there before stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.people.wishes import WISHED
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.rules.questionnaires import Answer, Question
from nastavnik_app.rules.states import ARCHIVED

STEP = "person_file"  # savepoint
OTHER = "Other"  # source of information that is none of the listed ones
# what a question is used for → the field of a mentor, of a mentee
TEXTS = {
	rules.REQUEST: {"Mentee": "main_request"},
	rules.INTERESTS: {"Mentor": "interests", "Mentee": "interests"},
}
COMPETENCY_TABLES = {"Mentor": "competencies", "Mentee": "needs"}


def pass_on(response: Document, questions: Sequence[Question], answers: Mapping[str, Answer]) -> None:
	"""Writes what the answers say about a person into the file. Where the file refuses it, the answers stay all the
	same and the Error Log says why."""
	if not response.party:
		return
	person = frappe.get_doc(response.party_type, response.party, for_update=True)
	if person.workflow_state == ARCHIVED or person.organization != response.organization:
		return
	given = [(question, answers[question.name]) for question in questions if question.name in answers]
	is_third_party = (
		frappe.db.get_value("Mentoring Questionnaire", response.questionnaire, "audience")
		== rules.THIRD_PARTY
	)
	frappe.db.savepoint(STEP)
	try:
		changed = _inform(person, response, given) if is_third_party else _fill(person, given)
		if changed:
			person.save(ignore_permissions=True)
	except frappe.ValidationError:
		frappe.db.rollback(save_point=STEP)
		frappe.clear_messages()
		frappe.log_error(title="Answers were not passed on to a person's file")


def _fill(person: Document, given: list[tuple[Question, Answer]]) -> bool:
	"""Whether anything was written."""
	return any([_fill_one(person, question, answer) for question, answer in given])


def _fill_one(person: Document, question: Question, answer: Answer) -> bool:
	if question.used_for == rules.WISHES:
		# the person's own latest word, in its order
		person.set("wishes", [{WISHED[person.doctype]: name} for name in answer.values])
		return True
	if question.used_for == rules.COMPETENCIES:
		return _fill_table(person, COMPETENCY_TABLES[person.doctype], _competencies(answer))
	if question.used_for == rules.TIME:
		return _fill_table(person, "times", _times(answer))
	field = TEXTS.get(question.used_for, {}).get(person.doctype)
	if not field or person.get(field):
		return False
	person.set(field, answer.text)
	return True


def _fill_table(person: Document, field: str, rows: list[dict]) -> bool:
	if person.get(field) or not rows:
		return False
	person.set(field, rows)
	return True


def _competencies(answer: Answer) -> list[dict]:
	"""Of the dictionary, by name or by title; options of a questionnaire's own are in its words."""
	words = answer.values or tuple(rules.options_of(answer.text))
	found = frappe.get_all(
		"Mentoring Competency",
		filters={"disabled": 0},
		or_filters=[["name", "in", words], ["title", "in", words]],
		pluck="name",
		order_by="title asc",
	)
	return [{"competency": name} for name in found]


def _times(answer: Answer) -> list[dict]:
	meta = frappe.get_meta("Meeting Time")
	weekdays, parts = (meta.get_field(name).options.split("\n") for name in ("weekday", "part"))
	split = (value.partition(" ") for value in answer.values)
	return [
		{"weekday": weekday, "part": part}
		for weekday, _space, part in split
		if weekday in weekdays and part in parts
	]


def _inform(person: Document, response: Document, given: list[tuple[Question, Answer]]) -> bool:
	"""What others know of a mentee, with its source."""
	if person.doctype != "Mentee" or not given:
		return False
	sources = person.meta.get_field("information").options
	listed = frappe.get_meta(sources).get_field("source").options.split("\n")
	read_so = {words.casefold(): one for one in listed for words in (one, _(one))}
	source = read_so.get((response.source or "").casefold(), OTHER)
	lines = [f"{question.text} {answer.text}" for question, answer in given]
	if source == OTHER and response.source:
		lines.insert(0, f"{response.source}:")
	row = {"source": source, "received_on": getdate(), "information": "\n".join(lines)}
	person.append("information", row)
	return True
