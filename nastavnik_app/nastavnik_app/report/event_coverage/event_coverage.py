"""How much of its target group each event reached."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.program import headcounts
from nastavnik_app.program.dictionaries import titles_of


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "held_on", "label": _("Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 300},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 180},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "invited_count", "label": _("Invited"), "fieldtype": "Int", "width": 90},
		{"fieldname": "present_count", "label": _("Present"), "fieldtype": "Int", "width": 90},
		{"fieldname": "headcount", "label": _("Headcount"), "fieldtype": "Int", "width": 90},
		{"fieldname": "share_covered", "label": _("Covered, %"), "fieldtype": "Percent", "width": 100},
	]


def get_data(filters: frappe._dict) -> list[Any]:
	given = ("organization", "program", "kind", "target_group")
	conditions = [[field, "=", filters[field]] for field in given if filters.get(field)]
	if filters.from_date:
		conditions.append(["held_on", ">=", filters.from_date])
	if filters.to_date:
		conditions.append(["held_on", "<=", filters.to_date])
	events = frappe.get_list(
		"Mentoring Event",
		filters=conditions,
		fields=[
			"held_on",
			"title",
			"kind",
			"status",
			"target_group",
			"invited_count",
			"present_count",
			"share_covered",
			"organization",
		],
		order_by="held_on asc, title asc",
		limit_page_length=0,
	)
	kinds, groups = titles_of("Mentoring Kind"), titles_of("Mentoring Target Group")
	counted: dict[tuple, dict[str, int]] = {}
	for event in events:
		where = (event.organization, getdate(event.held_on))
		if where not in counted:
			counted[where] = headcounts.on_day(*where)
		event.headcount = counted[where].get(event.target_group)
		event.share_covered = event.share_covered if event.headcount and event.present_count else None
		event.held = event.status == "Held"
		event.update(
			kind=kinds.get(event.kind), target_group=groups.get(event.target_group), status=_(event.status)
		)
	return events


def get_chart(rows: list[Any]) -> dict | None:
	measured = [row for row in rows if row.share_covered is not None]
	if not measured:
		return None
	values = [row.share_covered for row in measured]
	return {
		"data": {
			"labels": [row.title for row in measured],
			"datasets": [{"name": _("Covered, %"), "values": values}],
		},
		"type": "bar",
	}


def get_summary(rows: list[Any]) -> list[dict]:
	held = [row for row in rows if row.held]
	return [
		{"label": _("Events Held"), "value": len(held), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Present in All"),
			"value": sum(row.present_count or 0 for row in held),
			"datatype": "Int",
		},
	]
