"""The register of mentees of a programme: the columns of the official form, a row for each pair of each mentee."""

from __future__ import annotations

from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.people import registers


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows; rows are what the reader may see."""
	filters = filters_in(filters)
	return get_columns(), get_data(filters.program)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "number", "label": _("No."), "fieldtype": "Int", "width": 50},
		{"fieldname": "full_name", "label": _("Mentee's Name"), "fieldtype": "Data", "width": 220},
		{
			"fieldname": "contacts",
			"label": _("Contacts (of the Representative)"),
			"fieldtype": "Data",
			"width": 240,
		},
		{"fieldname": "birth_year", "label": _("Year of Birth"), "fieldtype": "Data", "width": 90},
		{"fieldname": "request", "label": _("Main Request"), "fieldtype": "Data", "width": 200},
		{"fieldname": "joined_on", "label": _("Joined On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "mentor_name", "label": _("Mentor's Name"), "fieldtype": "Data", "width": 200},
		{"fieldname": "form", "label": _("Form of Mentoring"), "fieldtype": "Data", "width": 150},
		{
			"fieldname": "mentor_place",
			"label": _("Mentor's Place of Work or Study"),
			"fieldtype": "Data",
			"width": 200,
		},
		{"fieldname": "ended_on", "label": _("End of the Program"), "fieldtype": "Date", "width": 110},
		{"fieldname": "result", "label": _("Results of the Program"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "case_link",
			"label": _("Case or Review on the Website"),
			"fieldtype": "Data",
			"width": 160,
		},
		{"fieldname": "state", "label": _("Mark of Completion"), "fieldtype": "Data", "width": 120},
	]


def get_data(program: str | None) -> list[dict]:
	rows = registers.mentee_bank(program) if program else []
	return [
		{
			**row,
			**row["pair"],
			"number": number,
			"contacts": "; ".join(row["contacts"]),
			"result": registers.outcome(row["pair"]),
			"case_link": row["pair"].get("case_url", ""),
			"state": _(state_of(row)),
		}
		for number, row in enumerate(rows, 1)
	]


def state_of(row: dict) -> str:
	return row["pair"].get("state", "")
