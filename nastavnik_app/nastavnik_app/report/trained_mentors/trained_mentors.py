"""Hours and trainings of each mentor; a training is an event that says its hours."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.states import IN_BANK


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "full_name", "label": _("Mentor's Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "place", "label": _("Position or Class"), "fieldtype": "Data", "width": 200},
		{"fieldname": "hours", "label": _("Hours"), "fieldtype": "Float", "width": 90},
		{"fieldname": "count", "label": _("Trainings"), "fieldtype": "Int", "width": 100},
		{"fieldname": "trainings", "label": _("Which"), "fieldtype": "Data", "width": 420},
	]


def get_data(filters: frappe._dict) -> list[Any]:
	"""Mentors in the bank, and those beside it who were trained."""
	attended = _attended(filters)
	mentor = frappe.qb.DocType("Mentor")
	query = (
		frappe.qb.from_(mentor)
		.select(mentor.name, mentor.full_name, mentor.position, mentor.school_class, mentor.workflow_state)
		.where(mentor.name.isnotnull())
		.orderby(mentor.full_name)
		.orderby(mentor.name)
	)
	if filters.organization:
		query = query.where(mentor.organization == filters.organization)
	rows = []
	for row in listed(query, "Mentor").run(as_dict=True):
		trainings = attended.get(row["name"], ())
		row["in_bank"] = row["workflow_state"] == IN_BANK
		if trainings or row["in_bank"]:
			row["place"] = row["position"] or row["school_class"] or ""
			row["hours"] = sum([hours for hours, _told in trainings])
			row["count"] = len(trainings)
			row["trainings"] = "; ".join([told for _hours, told in trainings])
			rows.append(row)
	return rows


def _attended(filters: frappe._dict) -> dict[str, list[tuple[float, str]]]:
	"""The hours and the titles of the trainings of each mentor, by name of the record."""
	event, row = frappe.qb.DocType("Mentoring Event"), frappe.qb.DocType("Mentoring Event Participant")
	query = (
		frappe.qb.from_(row)
		.join(event)
		.on((event.name == row.parent) & (row.parenttype == "Mentoring Event"))
		# somebody listed twice in one training was there once
		.select(row.party, event.name, event.title, event.held_on, event.hours)
		.distinct()
		.where((event.status == "Held") & (event.hours > 0))
		.where((row.party_type == "Mentor") & (row.absent == 0))
		.orderby(event.held_on)
		.orderby(event.name)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(event[field] == filters[field])
	days: dict[Any, str] = {}
	found: dict[str, list[tuple[float, str]]] = {}
	for mentor, _event, title, held_on, hours in listed(query, "Mentoring Event").run():
		if held_on not in days:
			days[held_on] = formatdate(held_on)
		found.setdefault(mentor, []).append((hours, f"{title} ({days[held_on]})"))
	return found


def get_summary(rows: list[Any]) -> list[dict]:
	trained = sum(1 for row in rows if row["count"])
	bank = [row for row in rows if row["in_bank"]]
	return [
		{"label": _("Mentors"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Trained, %"),
			"value": percent(trained, len(rows)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{
			"label": _("Trained of the Bank, %"),
			"value": percent(sum(1 for row in bank if row["count"]), len(bank)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Without Training"), "value": len(rows) - trained, "datatype": "Int", "indicator": "Red"},
	]
