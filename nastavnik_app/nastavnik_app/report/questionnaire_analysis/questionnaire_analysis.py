"""What a questionnaire says, question by question: how many answered, means, shares, distribution, open answers."""

from __future__ import annotations

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from pypika.functions import Min
from pypika.queries import Table
from pypika.terms import Criterion

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed, may
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.questionnaires import OPEN, SCALE, YES_NO

ANSWERED = "Answered"
RESPONSE = "Mentoring Questionnaire Response"
Answer = tuple[str, float, int]  # words, number, how many gave it


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	if not filters.questionnaire:
		frappe.throw(_("Choose a questionnaire."))
	if not may("read", "Mentoring Questionnaire", filters.questionnaire):
		frappe.throw(_("There is no such questionnaire."), frappe.PermissionError)
	rows = get_rows(filters)
	return get_columns(), rows, None, get_chart(rows), get_summary(count_responses(filters))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "question", "label": _("Question"), "fieldtype": "Data", "width": 340},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 120},
		{"fieldname": "answers", "label": _("Answers"), "fieldtype": "Int", "width": 90},
		{"fieldname": "mean", "label": _("Mean"), "fieldtype": "Float", "precision": 2, "width": 90},
		{"fieldname": "yes", "label": _("Yes, %"), "fieldtype": "Percent", "width": 90},
		{"fieldname": "distribution", "label": _("Answered"), "fieldtype": "Data", "width": 460},
	]


def count_responses(filters: frappe._dict) -> Counter[str]:
	"""How many were invited and how many answered."""
	response = frappe.qb.DocType(RESPONSE)
	query = frappe.qb.from_(response).select(response.status, Count(response.name)).groupby(response.status)
	return Counter(dict(listed(query.where(_asked(response, filters)), RESPONSE).run()))


def _asked(response: Table, filters: frappe._dict) -> Criterion:
	criterion = response.questionnaire == filters.questionnaire
	return criterion & (response.program == filters.program) if filters.program else criterion


def get_rows(filters: frappe._dict) -> list[dict]:
	"""A row for each question; below a question in the person's own words, a row for each answer."""
	given = _given(filters)
	questions = frappe.get_all(
		"Questionnaire Question",
		filters={"parent": filters.questionnaire, "parenttype": "Mentoring Questionnaire"},
		fields=["name", "question", "answer_kind"],
		order_by="idx asc",
	)
	rows = []
	for question in questions:
		answers = given[question.name]
		rows.append(_row(question, answers))
		if question.answer_kind == OPEN:
			rows += [
				{"question": "", "distribution": words, "indent": 1}
				for words, _number, times in answers
				for _time in range(times)
			]
	return rows


def _given(filters: frappe._dict) -> dict[str, list[Answer]]:
	"""The answers to each question in the order in which they came, equal ones together."""
	response, answer = frappe.qb.DocType(RESPONSE), frappe.qb.DocType("Questionnaire Answer")
	query = (
		frappe.qb.from_(answer)
		.join(response)
		.on((response.name == answer.parent) & (answer.parenttype == RESPONSE))
		.select(answer.question_row, answer.answer, answer.number, Count(answer.name))
		.where(_asked(response, filters) & (response.status == ANSWERED))
		.groupby(answer.question_row, answer.answer, answer.number)
		.orderby(Min(answer.creation))
	)
	given: dict[str, list[Answer]] = defaultdict(list)
	for question, *said in listed(query, RESPONSE).run():
		given[question].append(tuple(said))
	return given


def _row(question: frappe._dict, answers: list[Answer]) -> dict:
	number = sum(times for _words, _number, times in answers)
	total = sum(grade * times for _words, grade, times in answers)
	is_scale, is_word = question.answer_kind == SCALE, question.answer_kind == YES_NO
	return {
		"question": question.question,
		"kind": _(question.answer_kind),
		"answers": number,
		"mean": round(total / number, 2) if number and is_scale else None,
		"yes": percent(int(total), number) if number and is_word else None,
		"distribution": "" if question.answer_kind == OPEN else _distribution(question.answer_kind, answers),
		"indent": 0,
	}


def _distribution(kind: str, answers: list[Answer]) -> str:
	"""`10 — 3; 9 — 1`: grades from the highest, choices from the most frequent."""
	counted: Counter[str] = Counter()
	for words, _number, times in answers:
		for line in (words or "").splitlines():
			counted[line] += times
	if kind == SCALE:
		ordered = sorted(counted.items(), key=lambda item: -int(item[0]))
	else:
		ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
	return "; ".join(f"{words} — {count}" for words, count in ordered)


def get_chart(rows: list[dict]) -> dict | None:
	graded = [row for row in rows if row.get("mean") is not None]
	if not graded:
		return None
	return {
		"data": {
			"labels": [row["question"] for row in graded],
			"datasets": [{"name": _("Mean"), "values": [row["mean"] for row in graded]}],
		},
		"type": "bar",
	}


def get_summary(responses: Counter[str]) -> list[dict]:
	invited, answered = sum(responses.values()), responses[ANSWERED]
	return [
		{"label": _("Invited"), "value": invited, "datatype": "Int"},
		{"label": _("Answered"), "value": answered, "datatype": "Int", "indicator": "Green"},
		{"label": _("Answered, %"), "value": percent(answered, invited), "datatype": "Percent"},
	]
