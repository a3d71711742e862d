"""Who has given a valid consent of a kind, who lacks it, and the share covered."""

from __future__ import annotations

from itertools import chain

import frappe
from frappe import _

from nastavnik_app.desk.figures import ARCHIVED, covered
from nastavnik_app.people.consents import PROCESSING
from nastavnik_app.rules.fulfilment import percent

Count = tuple[str, int, int]  # a part in the programme, everybody in it, who lack a consent


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	people = {_(doctype): get_people(doctype, filters) for doctype in ("Mentor", "Mentee")}
	missing = {part: [row for row in rows if not row["covered"]] for part, rows in people.items()}
	rows = list(chain.from_iterable((missing if filters.only_missing else people).values()))
	counts = [(part, len(rows), len(missing[part])) for part, rows in people.items() if rows]
	return get_columns(), rows, None, get_chart(counts), get_summary(counts)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 120},
		{"fieldname": "school_class", "label": _("Class"), "fieldtype": "Data", "width": 80},
		{"fieldname": "consent", "label": _("Consent"), "fieldtype": "Data", "width": 120},
		{
			"fieldname": "legal_basis",
			"label": _("Legal Basis Without Consent"),
			"fieldtype": "Data",
			"width": 220,
		},
	]


def get_people(doctype: str, filters: frappe._dict) -> list[dict]:
	conditions = {"workflow_state": ["!=", ARCHIVED]}
	if filters.organization:
		conditions["organization"] = filters.organization
	rows = frappe.get_list(
		doctype,
		filters=conditions,
		fields=["name", "full_name", "school_class", "legal_basis"],
		order_by="full_name asc",
		limit_page_length=0,
	)
	part, valid, missing = _(doctype), _("Valid"), _("Missing")
	with_consent = covered(doctype, filters.kind or PROCESSING)
	for row in rows:
		is_covered = row["name"] in with_consent
		row.update(part=part, covered=is_covered, consent=valid if is_covered else missing)
	return rows


def get_chart(counts: list[Count]) -> dict | None:
	if not counts:
		return None
	valid = [everybody - missing for _part, everybody, missing in counts]
	missing = [missing for _part, _everybody, missing in counts]
	return {
		"data": {
			"labels": [part for part, _everybody, _missing in counts],
			"datasets": [{"name": _("Valid"), "values": valid}, {"name": _("Missing"), "values": missing}],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(counts: list[Count]) -> list[dict]:
	everybody = sum(number for _part, number, _missing in counts)
	missing = sum(number for _part, _everybody, number in counts)
	return [
		{"label": _("Participants"), "value": everybody, "datatype": "Int"},
		{
			"label": _("Covered, %"),
			"value": percent(everybody - missing, everybody),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Missing"), "value": missing, "datatype": "Int", "indicator": "Red"},
	]
