"""Measures that make the program accessible: whose they are, who answers for them, what came of them."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _

from nastavnik_app.rules.fulfilment import percent

GROUNDS = ("disability", "hard_life", "orphan", "underachieving", "gifted", "low_income", "rural")


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	profiles = get_profiles(filters)
	rows = get_data(filters, profiles)
	return get_columns(), rows, None, get_chart(rows), get_summary(rows, len(profiles))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "measure", "label": _("Measure"), "fieldtype": "Data", "width": 320},
		{"fieldname": "mentee_name", "label": _("Mentee"), "fieldtype": "Data", "width": 220},
		{"fieldname": "grounds", "label": _("Grounds"), "fieldtype": "Data", "width": 240},
		{"fieldname": "specialist", "label": _("Responsible"), "fieldtype": "Data", "width": 180},
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 100},
		{"fieldname": "result", "label": _("Result"), "fieldtype": "Data", "width": 260},
	]


def get_profiles(filters: frappe._dict) -> dict[str, frappe._dict]:
	conditions = {"organization": filters.organization} if filters.organization else {}
	meta = frappe.get_meta("Mentee Support Profile")
	conditions |= {ground: 1 for ground in GROUNDS if meta.get_label(ground) == filters.ground}
	profiles = frappe.get_list(
		"Mentee Support Profile",
		filters=conditions,
		fields=["name", "mentee_name", *GROUNDS],
		order_by="mentee_name asc",
		limit_page_length=0,
	)
	return {profile.name: profile for profile in profiles}


def get_data(filters: frappe._dict, profiles: dict[str, frappe._dict]) -> list[dict]:
	rows = frappe.get_all(
		"Support Measure",
		filters={
			"parent": ["in", [*profiles, ""]],
			"parenttype": "Mentee Support Profile",
			"accessibility": 1,
		},
		fields=["parent", "measure", "specialist", "due_date", "result"],
		order_by="due_date asc, idx asc",
	)
	meta = frappe.get_meta("Mentee Support Profile")
	labels = {ground: _(meta.get_label(ground), context=meta.name) for ground in GROUNDS}
	for row in rows:
		profile = profiles[row.pop("parent")]
		row.mentee_name = profile.mentee_name
		row.grounds = ", ".join(label for ground, label in labels.items() if profile[ground])
	return [row for row in rows if not (filters.only_open and row.result)]


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
