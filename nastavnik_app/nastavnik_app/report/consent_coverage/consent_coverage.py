"""Who has given a valid consent of a kind, who lacks it, and the share covered."""

from __future__ import annotations

import frappe
from frappe import _

from nastavnik_app.consents import PROCESSING, with_consent
from nastavnik_app.rules.fulfilment import percent


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	people = get_people(filters)
	rows = [person for person in people if not (filters.only_missing and person.covered)]
	return get_columns(), rows, None, get_chart(people), get_summary(people)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part as"), "fieldtype": "Data", "width": 120},
		{"fieldname": "school_class", "label": _("Class"), "fieldtype": "Data", "width": 80},
		{"fieldname": "consent", "label": _("Consent"), "fieldtype": "Data", "width": 120},
		{
			"fieldname": "legal_basis",
			"label": _("Legal Basis Without Consent"),
			"fieldtype": "Data",
			"width": 220,
		},
	]


def get_people(filters: frappe._dict) -> list[dict]:
	conditions = {"workflow_state": ["!=", "Archived"]}
	if filters.organization:
		conditions["organization"] = filters.organization
	people = []
	for doctype in ("Mentor", "Mentee"):
		rows = frappe.get_list(
			doctype,
			filters=conditions,
			fields=["name", "full_name", "school_class", "legal_basis"],
			order_by="full_name asc",
			limit_page_length=0,
		)
		covered = with_consent(filters.kind or PROCESSING, {(doctype, row.name) for row in rows})
		for row in rows:
			row.part = _(doctype)
			row.covered = (doctype, row.name) in covered
			row.consent = _("Valid") if row.covered else _("Missing")
		people += rows
	return people


def get_chart(people: list[dict]) -> dict | None:
	if not people:
		return None
	parts = list(dict.fromkeys(person.part for person in people))
	covered = [sum(person.covered for person in people if person.part == part) for part in parts]
	missing = [sum(not person.covered for person in people if person.part == part) for part in parts]
	return {
		"data": {
			"labels": parts,
			"datasets": [{"name": _("Valid"), "values": covered}, {"name": _("Missing"), "values": missing}],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(people: list[dict]) -> list[dict]:
	covered = sum(person.covered for person in people)
	return [
		{"label": _("Participants"), "value": len(people), "datatype": "Int"},
		{
			"label": _("Covered, %"),
			"value": percent(covered, len(people)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Missing"), "value": len(people) - covered, "datatype": "Int", "indicator": "Red"},
	]
