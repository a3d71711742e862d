"""Measures that make the program accessible: whose they are, who answers for them, what came of them."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from pypika.queries import Table
from pypika.terms import Criterion

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent

PROFILE = "Mentee Support Profile"
GROUNDS = ("disability", "hard_life", "orphan", "underachieving", "gifted", "low_income", "rural")


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	rows = get_data(filters)
	return get_columns(), rows, None, get_chart(rows), get_summary(rows, count_profiles(filters))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "measure", "label": _("Measure"), "fieldtype": "Data", "width": 320},
		{"fieldname": "mentee_name", "label": _("Mentee"), "fieldtype": "Data", "width": 220},
		{"fieldname": "grounds", "label": _("Grounds"), "fieldtype": "Data", "width": 240},
		{"fieldname": "specialist", "label": _("Responsible"), "fieldtype": "Data", "width": 180},
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 100},
		{"fieldname": "result", "label": _("Result"), "fieldtype": "Data", "width": 260},
	]


def count_profiles(filters: frappe._dict) -> int:
	profile = frappe.qb.DocType(PROFILE)
	query = frappe.qb.from_(profile).select(Count(profile.name)).where(_asked(profile, filters))
	return listed(query, PROFILE).run()[0][0]


def get_data(filters: frappe._dict) -> list[dict]:
	profile, measure = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Measure")
	query = (
		frappe.qb.from_(measure)
		.join(profile)
		.on((profile.name == measure.parent) & (measure.parenttype == PROFILE))
		.select(
			measure.measure,
			profile.mentee_name,
			measure.specialist,
			measure.due_date,
			measure.result,
			*(profile[ground] for ground in GROUNDS),
		)
		.where(measure.accessibility == 1)
		.where(_asked(profile, filters))
		.orderby(measure.due_date)
		.orderby(measure.idx)
	)
	if filters.only_open:
		query = query.where(measure.result.isnull() | (measure.result == ""))
	rows = listed(query, PROFILE).run(as_dict=True)
	meta = frappe.get_meta(PROFILE)
	labels = [(ground, _(meta.get_label(ground), context=meta.name)) for ground in GROUNDS]
	for row in rows:
		row["grounds"] = ", ".join([label for ground, label in labels if row[ground]])
	return rows


def _asked(profile: Table, filters: frappe._dict) -> Criterion:
	criterion = profile.name.isnotnull()
	if filters.organization:
		criterion &= profile.organization == filters.organization
	meta = frappe.get_meta(PROFILE)
	for ground in GROUNDS:
		if meta.get_label(ground) == filters.ground:
			criterion &= profile[ground] == 1
	return criterion


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	nobody = _("Nobody named")
	every = Counter(row["specialist"] or nobody for row in rows)
	done = Counter(row["specialist"] or nobody for row in rows if row["result"])
	return {
		"data": {
			"labels": list(every),
			"datasets": [
				{"name": _("With a Result"), "values": [done[one] for one in every]},
				{"name": _("All"), "values": list(every.values())},
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict], profiles: int) -> list[dict]:
	done = sum(1 for row in rows if row["result"])
	return [
		{"label": _("Support Cards"), "value": profiles, "datatype": "Int"},
		{"label": _("Measures"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("With a Result, %"),
			"value": percent(done, len(rows)),
			"datatype": "Percent",
			"indicator": "Green",
		},
	]
