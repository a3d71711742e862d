"""The register of mentors of a programme: the columns of the official form, a row for each mentor."""

from __future__ import annotations

from datetime import date

from frappe import _
from frappe.utils import formatdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.people import registers


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows; rows are what the reader may see."""
	filters = filters_in(filters)
	return get_columns(), get_data(filters.program)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "number", "label": _("No."), "fieldtype": "Int", "width": 50},
		{"fieldname": "full_name", "label": _("Mentor's Name"), "fieldtype": "Data", "width": 220},
		{"fieldname": "contacts", "label": _("Contacts"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "place",
			"label": _("Mentor's Place of Work or Study"),
			"fieldtype": "Data",
			"width": 200,
		},
		{"fieldname": "competencies", "label": _("Main Competencies"), "fieldtype": "Data", "width": 200},
		{"fieldname": "achievements", "label": _("Achievements"), "fieldtype": "Data", "width": 200},
		{"fieldname": "interests", "label": _("Interests"), "fieldtype": "Data", "width": 150},
		{
			"fieldname": "wished_age",
			"label": _("Preferred Age of Mentees"),
			"fieldtype": "Data",
			"width": 100,
		},
		{
			"fieldname": "available_time",
			"label": _("Time for the Program"),
			"fieldtype": "Data",
			"width": 120,
		},
		{"fieldname": "joined_on", "label": _("Joined On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "mentees", "label": _("Mentees' Names"), "fieldtype": "Data", "width": 220},
		{"fieldname": "form", "label": _("Form of Mentoring"), "fieldtype": "Data", "width": 150},
		{
			"fieldname": "mentee_places",
			"label": _("Mentees' Place of Work or Study"),
			"fieldtype": "Data",
			"width": 200,
		},
		{"fieldname": "ended_on", "label": _("End of the Program"), "fieldtype": "Data", "width": 110},
		{"fieldname": "result", "label": _("Results of the Program"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "case_link",
			"label": _("Case or Review on the Website"),
			"fieldtype": "Data",
			"width": 160,
		},
	]


def get_data(program: str | None) -> list[dict]:
	rows = registers.mentor_bank(program) if program else []
	ends = {pair["ended_on"] for row in rows for pair in row["pairs"] if pair["ended_on"]}
	days = {end: formatdate(end) for end in ends}
	return [
		{**row, "number": number, "contacts": "; ".join(row["contacts"]), **_of_pairs(row["pairs"], days)}
		for number, row in enumerate(rows, 1)
	]


def _of_pairs(pairs: list[dict], days: dict[date, str]) -> dict[str, str]:
	"""The columns about pairs, pair after pair."""
	return {
		"mentees": "; ".join(pair["mentee_names"] for pair in pairs),
		"form": "; ".join(dict.fromkeys(pair["form"] for pair in pairs)),
		"mentee_places": "; ".join(dict.fromkeys(pair["mentee_places"] for pair in pairs)),
		"ended_on": "; ".join(days[pair["ended_on"]] for pair in pairs if pair["ended_on"]),
		"result": "; ".join(text for text in [registers.outcome(pair) for pair in pairs] if text),
		"case_link": "; ".join(pair["case_url"] for pair in pairs if pair["case_url"]),
	}
