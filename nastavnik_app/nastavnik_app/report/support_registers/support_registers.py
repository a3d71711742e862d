"""Who is on which prevention register, since when and by whose decision; who came off early, and who came back."""

from __future__ import annotations

import frappe
from frappe import _


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "mentee_name", "label": _("Mentee"), "fieldtype": "Data", "width": 220},
		{"fieldname": "register", "label": _("Register"), "fieldtype": "Data", "width": 180},
		{"fieldname": "kept_by", "label": _("Kept By"), "fieldtype": "Data", "width": 130},
		{"fieldname": "decided_by", "label": _("Decided By"), "fieldtype": "Data", "width": 110},
		{"fieldname": "basis", "label": _("Basis"), "fieldtype": "Data", "width": 200},
		{"fieldname": "entered_on", "label": _("Entered On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "removed_on", "label": _("Removed On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "early", "label": _("Removed Early"), "fieldtype": "Data", "width": 100},
		{"fieldname": "again", "label": _("Registered Again"), "fieldtype": "Data", "width": 100},
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	conditions = {"organization": filters.organization} if filters.organization else {}
	profiles = frappe.get_list(
		"Mentee Support Profile",
		filters=conditions,
		fields=["name", "mentee", "mentee_name"],
		limit_page_length=0,
	)
	by_name = {profile.name: profile for profile in profiles}
	entries = {"parent": ["in", [*by_name, ""]], "parenttype": "Mentee Support Profile"}
	if filters.kept_by:
		entries["kept_by"] = filters.kept_by
	if filters.only_present:
		entries["removed_on"] = ["is", "not set"]
	rows = frappe.get_all(
		"Support Register Entry",
		filters=entries,
		fields=[
			"parent",
			"register",
			"kept_by",
			"basis_kind",
			"basis",
			"entered_on",
			"removed_on",
			"removed_early",
			"relapse",
		],
		order_by="entered_on asc, idx asc",
	)
	mentors = mentors_of({profile.mentee for profile in profiles})
	for row in rows:
		profile = by_name[row.pop("parent")]
		row.update(mentee_name=profile.mentee_name, mentor=", ".join(mentors.get(profile.mentee, [])))
		row.kept_by = _(row.kept_by) if row.kept_by else ""
		row.decided_by = _(row.basis_kind) if row.basis_kind else ""
		row.early = _("Yes") if row.removed_early else ""
		row.again = _("Yes") if row.relapse else ""
	return sorted(rows, key=lambda row: row.mentee_name or "")


def mentors_of(mentees: set[str]) -> dict[str, list[str]]:
	"""Mentee → names of the mentors in the pairs at work."""
	if not mentees:
		return {}
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	found: dict[str, list[str]] = {}
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(row.mentee, pair.mentor_name)
		.where(pair.workflow_state == "Assigned")
		.where(row.mentee.isin(sorted(mentees)))
		.orderby(pair.mentor_name)
	)
	for mentee, mentor in query.run():
		found.setdefault(mentee, []).append(mentor)
	return found


def get_summary(rows: list[dict]) -> list[dict]:
	present = [row for row in rows if not row.removed_on]
	return [
		{"label": _("On a Register"), "value": len({row.mentee_name for row in present}), "datatype": "Int"},
		{
			"label": _("Without a Mentor"),
			"value": len({row.mentee_name for row in present if not row.mentor}),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Removed Early"),
			"value": sum(1 for row in rows if row.removed_early),
			"datatype": "Int",
			"indicator": "Green",
		},
		{
			"label": _("Registered Again"),
			"value": sum(1 for row in rows if row.relapse),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
