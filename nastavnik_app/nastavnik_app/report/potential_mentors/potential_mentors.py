"""The register of potential mentors: who was noted where, and whether the bank has them by now."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from nastavnik_app.program.dictionaries import titles_of


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "person_name", "label": _("Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "post", "label": _("Position or Class"), "fieldtype": "Data", "width": 200},
		{"fieldname": "event", "label": _("Noted At"), "fieldtype": "Data", "width": 260},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 180},
		{"fieldname": "held_on", "label": _("Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "in_bank", "label": _("In the Bank of Mentors"), "fieldtype": "Data", "width": 160},
	]


def get_data(filters: frappe._dict) -> list[dict[str, Any]]:
	conditions = {field: filters[field] for field in ("organization", "program") if filters.get(field)}
	events = frappe.get_list(
		"Mentoring Event",
		filters=conditions,
		fields=["name", "title", "kind", "held_on"],
		order_by="held_on asc, title asc",
		limit_page_length=0,
	)
	order = {event.name: place for place, event in enumerate(events)}
	noted = frappe.get_all(
		"Mentoring Event Participant",
		filters={"parent": ["in", [*order, ""]], "potential_mentor": 1},
		fields=["parent", "idx", "person_name", "post", "party_type", "party"],
	)
	noted.sort(key=lambda row: (order[row.parent], row.idx))
	mentors = [row.party for row in noted if row.party_type == "Mentor"]
	states = frappe.get_list(
		"Mentor",
		filters={"name": ["in", [*mentors, ""]]},
		fields=["name", "workflow_state"],
		limit_page_length=0,
	)
	state_of = {mentor.name: _(mentor.workflow_state) for mentor in states}
	kinds = titles_of("Mentoring Kind")
	return [
		{
			"person_name": row.person_name,
			"post": row.post,
			"event": events[order[row.parent]].title,
			"kind": kinds.get(events[order[row.parent]].kind),
			"held_on": events[order[row.parent]].held_on,
			"in_bank": state_of.get(row.party, ""),
		}
		for row in noted
	]


def get_summary(rows: list[dict[str, Any]]) -> list[dict]:
	taken = sum(1 for row in rows if row["in_bank"])
	return [
		{"label": _("Noted"), "value": len(rows), "datatype": "Int"},
		{"label": _("In the Bank of Mentors"), "value": taken, "datatype": "Int", "indicator": "Green"},
	]
