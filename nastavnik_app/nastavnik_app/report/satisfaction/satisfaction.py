"""How many of those who answered are satisfied, by their part in the programme."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from pypika import Case
from pypika.functions import Avg, Coalesce, Min, NullIf
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.questionnaires import SATISFACTION, SATISFIED_FROM, YES_NO

RESPONSE = "Mentoring Questionnaire Response"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_rows(filters_in(filters))
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
	counted = {audience: (said, int(satisfied or 0)) for audience, said, satisfied in _counted(filters)}
	return [
		{
			"role": _(role),
			"respondents": counted[role][0],
			"satisfied": counted[role][1],
			"share": percent(counted[role][1], counted[role][0]),
		}
		for role in ("Mentee", "Mentor", "Curator", "Third Party")
		if role in counted
	]


def _counted(filters: frappe._dict) -> tuple:
	"""Part in the programme, how many were asked outright or by grades, how many of them are satisfied: as
	rules.questionnaires.is_satisfied has it."""
	said = _said(filters).as_("said")
	by_words = Case().when(said.least > 0, 1).else_(0)
	verdict = Case().when(said.words > 0, by_words).when(said.mean >= SATISFIED_FROM, 1).else_(0)
	query = frappe.qb.from_(said).select(said.audience, Count("*"), Sum(verdict))
	return query.groupby(said.audience).run()


def _said(filters: frappe._dict) -> QueryBuilder:
	"""All that a person said about satisfaction in a programme."""
	response, answer, questionnaire = (
		frappe.qb.DocType(name) for name in (RESPONSE, "Questionnaire Answer", "Mentoring Questionnaire")
	)
	is_word = answer.answer_kind == YES_NO
	person = Coalesce(NullIf(response.party, ""), response.person_name)
	query = (
		frappe.qb.from_(answer)
		.join(response)
		.on((response.name == answer.parent) & (answer.parenttype == RESPONSE))
		.join(questionnaire)
		.on(questionnaire.name == response.questionnaire)
		.select(
			questionnaire.audience,
			Count(Case().when(is_word, 1)).as_("words"),
			Min(Case().when(is_word, answer.number)).as_("least"),
			Avg(Case().when(answer.answer_kind != YES_NO, answer.number)).as_("mean"),
		)
		.where((response.status == "Answered") & (answer.used_for == SATISFACTION))
		.groupby(questionnaire.audience, response.program, person, response.source)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(response[field] == filters[field])
	return listed(query, RESPONSE)


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
