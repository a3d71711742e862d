"""Pairs at work that have not met for long, the longest silence first."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint
from pypika.functions import Min

from nastavnik_app.arguments import filters_in
from nastavnik_app.pairs.meetings import PLANNED
from nastavnik_app.pairs.silence import silent_pairs
from nastavnik_app.permissions import listed
from nastavnik_app.program.dictionaries import titles_of


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	at_work = get_pairs_at_work(filters)
	rows = get_data(filters, at_work)
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


def get_pairs_at_work(filters: frappe._dict) -> dict[str, str]:
	"""Pair → its organization."""
	pair = frappe.qb.DocType("Pair")
	query = (
		frappe.qb.from_(pair).select(pair.name, pair.organization).where(pair.workflow_state == "Assigned")
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(pair[field] == filters[field])
	return dict(listed(query, "Pair").run())


def get_data(filters: frappe._dict, visible: dict[str, str]) -> list[dict]:
	silent = silent_pairs(set(visible.values()), filters.on_date, cint(filters.days) or None)
	rows = [row for row in silent if row["pair"] in visible]
	planned, titles = next_meetings(), titles_of("Mentoring Program")
	for row in rows:
		row["program_title"] = titles.get(row["program"])
		row["next_meeting_on"] = planned.get(row["pair"])
	return rows


def next_meetings() -> dict[str, object]:
	"""Pair → the earliest day for which a meeting is planned."""
	meeting = frappe.qb.DocType("Pair Meeting")
	query = (
		frappe.qb.from_(meeting)
		.select(meeting.pair, Min(meeting.meeting_date))
		.where(meeting.status == PLANNED)
		.groupby(meeting.pair)
	)
	return dict(listed(query, "Pair Meeting").run())


def get_summary(rows: list[dict], at_work: int) -> list[dict]:
	never = sum(1 for row in rows if not row["last_meeting_on"])
	return [
		{"label": _("Pairs at Work"), "value": at_work, "datatype": "Int"},
		{"label": _("Without Meetings for Long"), "value": len(rows), "datatype": "Int", "indicator": "Red"},
		{"label": _("Have Never Met"), "value": never, "datatype": "Int", "indicator": "Orange"},
	]
