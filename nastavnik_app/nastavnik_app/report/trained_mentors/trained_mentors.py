"""Hours and trainings of each mentor; a training is an event that says its hours."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from nastavnik_app.rules.fulfilment import percent


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(frappe._dict(filters or {}))
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
	conditions = {"organization": filters.organization} if filters.organization else {}
	mentors = frappe.get_list(
		"Mentor",
		filters=conditions,
		fields=["name", "full_name", "position", "school_class", "workflow_state"],
		order_by="full_name asc, name asc",
		limit_page_length=0,
	)
	rows = [mentor for mentor in mentors if mentor.name in attended or mentor.workflow_state == "In Bank"]
	for row in rows:
		trainings = attended[row.name]
		row.place = row.position or row.school_class or ""
		row.hours = sum(training.hours for training in trainings)
		row["count"] = len(trainings)
		row.trainings = "; ".join(f"{one.title} ({formatdate(one.held_on)})" for one in trainings)
	return rows


def _attended(filters: frappe._dict) -> defaultdict[str, list[Any]]:
	"""The trainings of each mentor, by name of the record."""
	conditions = {field: filters[field] for field in ("organization", "program") if filters.get(field)}
	trainings = frappe.get_list(
		"Mentoring Event",
		filters={**conditions, "status": "Held", "hours": [">", 0]},
		fields=["name", "title", "held_on", "hours"],
		order_by="held_on asc",
		limit_page_length=0,
	)
	by_name = {training.name: training for training in trainings}
	present = frappe.get_all(
		"Mentoring Event Participant",
		filters={"parent": ["in", [*by_name, ""]], "party_type": "Mentor", "absent": 0},
		fields=["parent", "party"],
	)
	order = {name: place for place, name in enumerate(by_name)}
	found: defaultdict[str, list[Any]] = defaultdict(list)
	# somebody listed twice in one training was there once
	for training, mentor in sorted(
		{(row.parent, row.party) for row in present}, key=lambda one: order[one[0]]
	):
		found[mentor].append(by_name[training])
	return found


def get_summary(rows: list[Any]) -> list[dict]:
	trained = sum(1 for row in rows if row["count"])
	return [
		{"label": _("Mentors"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Trained, %"),
			"value": percent(trained, len(rows)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Without Training"), "value": len(rows) - trained, "datatype": "Int", "indicator": "Red"},
	]
