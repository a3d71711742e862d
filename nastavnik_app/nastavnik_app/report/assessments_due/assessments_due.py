"""Who takes part in pairs and has not been assessed: at entry, in this quarter, at the end."""

from __future__ import annotations

from collections import Counter
from datetime import date

from frappe import _
from frappe.utils import getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.assessments import Key, Working, working
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.growth import ENTRY, EXIT, QUARTERLY, due


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	today = getdate(filters.on_date)
	people = working(today, filters.program, filters.party_type)
	rows = get_data(people, today)
	return get_columns(), rows, None, get_chart(rows), get_summary(rows, len(people))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "person_name", "label": _("Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 130},
		{"fieldname": "last_kind", "label": _("Last Measurement"), "fieldtype": "Data", "width": 150},
		{"fieldname": "last_on", "label": _("Assessed On"), "fieldtype": "Date", "width": 120},
		{"fieldname": "what_is_due", "label": _("What Is Due"), "fieldtype": "Data", "width": 160},
	]


def get_data(people: dict[Key, Working], today: date) -> list[dict]:
	told = {ENTRY: _("Entry"), QUARTERLY: _("This quarter"), EXIT: _("Exit")}
	words = {word: _(word) for word in ("Mentor", "Mentee", ENTRY, QUARTERLY, EXIT)}
	rows = []
	for (part, _name, _program), one in people.items():
		kind = due(one.measurements, one.ends_on, today)
		if kind:
			last = max(one.measurements, key=lambda measured: measured.day, default=None)
			rows.append(
				{
					"person_name": one.full_name,
					"part": words[part],
					"last_kind": words[last.kind] if last else "",
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
