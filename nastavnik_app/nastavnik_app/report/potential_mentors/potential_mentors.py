"""The register of potential mentors: who was noted where, and whether the bank has them by now."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
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
	event, noted, kind = (
		frappe.qb.DocType(name)
		for name in ("Mentoring Event", "Mentoring Event Participant", "Mentoring Kind")
	)
	query = (
		frappe.qb.from_(noted)
		.join(event)
		.on((event.name == noted.parent) & (noted.parenttype == "Mentoring Event"))
		.left_join(kind)
		.on(kind.name == event.kind)
		.select(
			noted.person_name,
			noted.post,
			event.title.as_("event"),
			kind.title.as_("kind"),
			event.held_on,
			noted.party_type,
			noted.party,
		)
		.where(noted.potential_mentor == 1)
		.orderby(event.held_on)
		.orderby(event.title)
		.orderby(noted.idx)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(event[field] == filters[field])
	rows = listed(query, "Mentoring Event").run(as_dict=True)
	state_of = _states()
	for row in rows:
		row["in_bank"] = state_of.get(row["party"], "") if row["party_type"] == "Mentor" else ""
	return rows


def _states() -> dict[str, str]:
	"""Of the noted mentors whose records the reader may list."""
	mentor, noted = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentoring Event Participant")
	query = (
		frappe.qb.from_(mentor)
		.join(noted)
		.on(noted.party == mentor.name)
		.select(mentor.name, mentor.workflow_state)
		.where((noted.potential_mentor == 1) & (noted.party_type == "Mentor"))
	)
	rows = listed(query, "Mentor").run()
	told = {state: _(state) for state in {state for _name, state in rows}}
	return {name: told[state] for name, state in rows}


def get_summary(rows: list[dict[str, Any]]) -> list[dict]:
	taken = sum(1 for row in rows if row["in_bank"])
	return [
		{"label": _("Noted"), "value": len(rows), "datatype": "Int"},
		{"label": _("In the Bank of Mentors"), "value": taken, "datatype": "Int", "indicator": "Green"},
	]
