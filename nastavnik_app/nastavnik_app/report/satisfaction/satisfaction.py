"""How many of those who answered are satisfied, by their part in the programme."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _

from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.questionnaires import SATISFACTION, SATISFIED_FROM, YES_NO, is_satisfied

RESPONSE = "Mentoring Questionnaire Response"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_rows(frappe._dict(filters or {}))
	message = _(
		"Satisfied: whoever says so outright (yes to every question about satisfaction); of those who are not asked outright, whoever gives {0} or more on average on the scale from 1 to 10. Each person counts once, by all the answers in the program."
	).format(SATISFIED_FROM)
	return get_columns(), rows, message, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "role", "label": _("Takes Part As"), "fieldtype": "Data", "width": 200},
		{"fieldname": "respondents", "label": _("Respondents"), "fieldtype": "Int", "width": 140},
		{"fieldname": "satisfied", "label": _("Satisfied"), "fieldtype": "Int", "width": 140},
		{"fieldname": "share", "label": _("Satisfied, %"), "fieldtype": "Percent", "width": 140},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	verdicts = satisfaction_of(
		{field: filters[field] for field in ("organization", "program") if filters.get(field)}
	)
	return [
		{
			"role": _(role),
			"respondents": len(verdicts[role]),
			"satisfied": sum(verdicts[role]),
			"share": percent(sum(verdicts[role]), len(verdicts[role])),
		}
		for role in ("Mentee", "Mentor", "Curator", "Third Party")
		if verdicts[role]
	]


def satisfaction_of(filters: dict) -> dict[str, list[bool]]:
	"""For each part in the programme, whether each respondent is satisfied; of responses that the reader sees."""
	responses = frappe.get_list(
		RESPONSE,
		filters={**filters, "status": "Answered"},
		fields=["name", "questionnaire", "program", "party", "person_name", "source"],
		limit_page_length=0,
	)
	audiences = dict(frappe.get_all("Mentoring Questionnaire", fields=["name", "audience"], as_list=True))
	persons = {
		row.name: (audiences[row.questionnaire], row.program, row.party or row.person_name, row.source)
		for row in responses
	}
	scales, words = defaultdict(list), defaultdict(list)
	for answer in frappe.get_all(
		"Questionnaire Answer",
		filters={
			"parent": ["in", [*persons, ""]],
			"parenttype": RESPONSE,
			"used_for": SATISFACTION,
		},
		fields=["parent", "answer_kind", "number"],
	):
		(words if answer.answer_kind == YES_NO else scales)[persons[answer.parent]].append(answer.number)
	found = defaultdict(list)
	for person in dict.fromkeys(persons.values()):
		verdict = is_satisfied(scales[person], words[person])
		if verdict is not None:
			found[person[0]].append(verdict)
	return found


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row["role"] for row in rows],
			"datasets": [
				{"name": _("Satisfied"), "values": [row["satisfied"] for row in rows]},
				{"name": _("Others"), "values": [row["respondents"] - row["satisfied"] for row in rows]},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	respondents = sum(row["respondents"] for row in rows)
	satisfied = sum(row["satisfied"] for row in rows)
	return [
		{"label": _("Respondents"), "value": respondents, "datatype": "Int"},
		{
			"label": _("Satisfied, %"),
			"value": percent(satisfied, respondents),
			"datatype": "Percent",
			"indicator": "Green",
		},
	]
