"""Who takes part in pairs and has not been assessed: at entry, in this quarter, at the end."""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.people.assessments import Key, participants, series
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.growth import ENTRY, EXIT, QUARTERLY, Measurement, due


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	people = get_people(filters)
	rows = get_data(people, getdate(filters.on_date))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows, len(people))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "person_name", "label": _("Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 130},
		{"fieldname": "last_kind", "label": _("Last Measurement"), "fieldtype": "Data", "width": 150},
		{"fieldname": "last_on", "label": _("Assessed On"), "fieldtype": "Date", "width": 120},
		{"fieldname": "what_is_due", "label": _("What Is Due"), "fieldtype": "Data", "width": 160},
	]


def get_people(filters: frappe._dict) -> dict[Key, tuple[str, date | None, list[Measurement]]]:
	"""Each person of the programs → name, last day of the work, measurements."""
	conditions = {"name": filters.program} if filters.program else {"workflow_state": "Running"}
	programs = frappe.get_list("Mentoring Program", filters=conditions, pluck="name", limit_page_length=0)
	working = participants(programs)
	ends = dict(
		frappe.get_all(
			"Mentoring Program",
			filters={"name": ["in", [*programs, ""]]},
			fields=["name", "period_end"],
			as_list=True,
		)
	)
	visible = frappe.get_list(
		"Competency Assessment",
		filters={"program": ["in", [*programs, ""]]},
		pluck="name",
		limit_page_length=0,
	)
	measured = series(programs, visible)
	people = {}
	for party_type in (filters.party_type,) if filters.party_type else ("Mentor", "Mentee"):
		names = dict(
			frappe.get_list(party_type, fields=["name", "full_name"], as_list=True, limit_page_length=0)
		)
		for key, last_day in working.items():
			if key[0] == party_type and key[1] in names:
				end = last_day or getdate(ends[key[2]])
				people[key] = names[key[1]], end, measured.get(key, [])
	return people


def get_data(people: dict[Key, tuple[str, date | None, list[Measurement]]], today: date) -> list[dict]:
	told = {ENTRY: _("Entry"), QUARTERLY: _("This quarter"), EXIT: _("Exit")}
	rows = []
	for key, (name, ends_on, measurements) in people.items():
		kind = due(measurements, ends_on, today)
		if kind:
			last = max(measurements, key=lambda one: one.day, default=None)
			rows.append(
				{
					"person_name": name,
					"part": _(key[0]),
					"last_kind": _(last.kind) if last else "",
					"last_on": last.day if last else None,
					"due": kind,
					"what_is_due": told[kind],
				}
			)
	return sorted(rows, key=lambda row: row["person_name"])


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	counts = Counter(row["what_is_due"] for row in rows)
	return {
		"data": {
			"labels": list(counts),
			"datasets": [{"name": _("Not Assessed"), "values": list(counts.values())}],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict], everybody: int) -> list[dict]:
	return [
		{"label": _("Participants"), "value": everybody, "datatype": "Int"},
		{
			"label": _("Assessed in Time, %"),
			"value": percent(everybody - len(rows), everybody),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Not Assessed"), "value": len(rows), "datatype": "Int", "indicator": "Red"},
	]
