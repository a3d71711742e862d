"""Pairs at work that have not met for long, the longest silence first."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint

from nastavnik_app.pairs.silence import silent_pairs


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	at_work = get_pairs_at_work(filters)
	rows = get_data(filters, {pair.name for pair in at_work}, {pair.organization for pair in at_work})
	return get_columns(), rows, None, None, get_summary(rows, len(at_work))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "pair", "label": _("Pair"), "fieldtype": "Link", "options": "Pair", "width": 60},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 260},
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
		{"fieldname": "program_title", "label": _("Program"), "fieldtype": "Data", "width": 200},
		{"fieldname": "last_meeting_on", "label": _("Last Meeting"), "fieldtype": "Date", "width": 120},
		{"fieldname": "days", "label": _("Days Without a Meeting"), "fieldtype": "Int", "width": 140},
		{
			"fieldname": "next_meeting_on",
			"label": _("Meeting Planned For"),
			"fieldtype": "Date",
			"width": 120,
		},
	]


def get_pairs_at_work(filters: frappe._dict) -> list[frappe._dict]:
	conditions = {field: filters[field] for field in ("organization", "program") if filters.get(field)}
	return frappe.get_list(
		"Pair",
		filters={**conditions, "workflow_state": "Assigned"},
		fields=["name", "organization"],
		limit_page_length=0,
	)


def get_data(filters: frappe._dict, visible: set[str], organizations: set[str]) -> list[dict]:
	days = cint(filters.days) or None
	rows = [row for row in silent_pairs(organizations, filters.on_date, days) if row["pair"] in visible]
	planned = next_meetings([row["pair"] for row in rows])
	titles = dict(frappe.get_all("Mentoring Program", fields=["name", "title"], as_list=True))
	return [
		{
			**row,
			"program_title": titles.get(row["program"]),
			"next_meeting_on": planned.get(row["pair"]),
		}
		for row in rows
	]


def next_meetings(pairs: list[str]) -> dict[str, object]:
	"""Pair → the earliest day for which a meeting is planned."""
	rows = frappe.get_all(
		"Pair Meeting",
		filters={"pair": ["in", [*pairs, ""]], "status": "Planned"},
		fields=["pair", "meeting_date"],
		order_by="meeting_date desc",
	)
	return {row.pair: row.meeting_date for row in rows}


def get_summary(rows: list[dict], at_work: int) -> list[dict]:
	never = sum(1 for row in rows if not row["last_meeting_on"])
	return [
		{"label": _("Pairs at Work"), "value": at_work, "datatype": "Int"},
		{"label": _("Without Meetings for Long"), "value": len(rows), "datatype": "Int", "indicator": "Red"},
		{"label": _("Have Never Met"), "value": never, "datatype": "Int", "indicator": "Orange"},
	]
