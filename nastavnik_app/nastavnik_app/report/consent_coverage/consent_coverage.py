"""Who has given a valid consent of a kind, who lacks it, and the share covered."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.desk.figures import covered
from nastavnik_app.people.consents import PROCESSING
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import ARCHIVED


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	people = [row for doctype in PEOPLE for row in get_people(doctype, filters)]
	rows = [row for row in people if not row["covered"]] if filters.only_missing else people
	return get_columns(), rows, None, get_chart(people), get_summary(people)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 120},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
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
	person, group = frappe.qb.DocType(doctype), frappe.qb.DocType("Mentoring Target Group")
	query = (
		frappe.qb.from_(person)
		.left_join(group)
		.on(group.name == person.target_group)
		.select(
			person.name,
			person.full_name,
			group.title.as_("target_group"),
			person.school_class,
			person.legal_basis,
		)
		.where(person.workflow_state != ARCHIVED)
		.orderby(person.full_name)
	)
	if filters.organization:
		query = query.where(person.organization == filters.organization)
	if filters.group:
		query = query.where(person.target_group == filters.group)
	rows = listed(query, doctype).run(as_dict=True)
	part, valid, missing = _(doctype), _("Valid"), _("Missing")
	with_consent = covered(doctype, filters.kind or PROCESSING)
	for row in rows:
		is_covered = row["name"] in with_consent
		row["part"], row["covered"], row["consent"] = part, is_covered, valid if is_covered else missing
	return rows


def get_chart(people: list[dict]) -> dict | None:
	"""By target group: whose consent holds, and who lacks one."""
	if not people:
		return None
	counts = Counter((row["target_group"], row["covered"]) for row in people)
	groups = list(dict.fromkeys(group for group, _covered in counts))
	return {
		"data": {
			"labels": [group or _("Without a group") for group in groups],
			"datasets": [
				{"name": _("Valid"), "values": [counts[group, True] for group in groups]},
				{"name": _("Missing"), "values": [counts[group, False] for group in groups]},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(people: list[dict]) -> list[dict]:
	everybody = len(people)
	missing = sum(1 for row in people if not row["covered"])
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
