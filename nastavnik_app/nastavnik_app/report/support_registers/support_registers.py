"""Who is on which prevention register, since when and by whose decision; who came off early, and who came back."""

from __future__ import annotations

import frappe
from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed

PROFILE = "Mentee Support Profile"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
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
	profile, entry = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Register Entry")
	query = (
		frappe.qb.from_(entry)
		.join(profile)
		.on((profile.name == entry.parent) & (entry.parenttype == PROFILE))
		.select(
			profile.mentee,
			profile.mentee_name,
			entry.register,
			entry.kept_by,
			entry.basis_kind,
			entry.basis,
			entry.entered_on,
			entry.removed_on,
			entry.removed_early,
			entry.relapse,
		)
		.where(profile.name.isnotnull())
		.orderby(profile.mentee_name)
		.orderby(entry.entered_on)
		.orderby(entry.idx)
	)
	if filters.organization:
		query = query.where(profile.organization == filters.organization)
	if filters.kept_by:
		query = query.where(entry.kept_by == filters.kept_by)
	if filters.only_present:
		query = query.where(entry.removed_on.isnull())
	rows, mentors, yes = listed(query, PROFILE).run(as_dict=True), mentors_of(), _("Yes")
	told = {word for row in rows for word in (row["kept_by"], row["basis_kind"]) if word}
	words = {word: _(word) for word in told}
	for row in rows:
		row["mentor"] = ", ".join(sorted(mentors.get(row["mentee"], ())))
		row["kept_by"] = words.get(row["kept_by"], "")
		row["decided_by"] = words.get(row["basis_kind"], "")
		row["early"] = yes if row["removed_early"] else ""
		row["again"] = yes if row["relapse"] else ""
	return rows


def mentors_of() -> dict[str, list[str]]:
	"""Mentee with a profile that the reader may see → names of the mentors in the pairs at work."""
	pair, row, profile = (frappe.qb.DocType(name) for name in ("Pair", "Pair Mentee", PROFILE))
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.join(profile)
		.on(profile.mentee == row.mentee)
		.select(row.mentee, pair.mentor_name)
		.where(pair.workflow_state == "Assigned")
	)
	found: dict[str, list[str]] = {}
	for mentee, mentor in listed(query, PROFILE).run():
		found.setdefault(mentee, []).append(mentor or "")
	return found


def get_summary(rows: list[dict]) -> list[dict]:
	present = [row for row in rows if not row["removed_on"]]
	return [
		{
			"label": _("On a Register"),
			"value": len({row["mentee_name"] for row in present}),
			"datatype": "Int",
		},
		{
			"label": _("Without a Mentor"),
			"value": len({row["mentee_name"] for row in present if not row["mentor"]}),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Removed Early"),
			"value": sum(1 for row in rows if row["removed_early"]),
			"datatype": "Int",
			"indicator": "Green",
		},
		{
			"label": _("Registered Again"),
			"value": sum(1 for row in rows if row["relapse"]),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
