"""Who is in the bank and in no pair: mentees with their request, mentors with their places, and why matching found
nobody."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.mentor_places import places_taken
from nastavnik_app.permissions import listed
from nastavnik_app.rules.states import IN_BANK, OPEN_PAIRS

PARTS = ("Mentee", "Mentor")


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 120},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "place", "label": _("Position or Class"), "fieldtype": "Data", "width": 140},
		{"fieldname": "joined_on", "label": _("In the Bank Since"), "fieldtype": "Date", "width": 120},
		{"fieldname": "main_request", "label": _("Main Request"), "fieldtype": "Data", "width": 220},
		{"fieldname": "places", "label": _("Free Places"), "fieldtype": "Int", "width": 110},
		{"fieldname": "reason", "label": _("Reason at the Last Matching"), "fieldtype": "Data", "width": 280},
		{"fieldname": "task", "label": _("Task Opened"), "fieldtype": "Data", "width": 240},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	organization = filters.organization
	if filters.program:
		organization = frappe.db.get_value("Mentoring Program", filters.program, "organization")
	leftovers = _leftovers()
	rows: list[dict] = []
	for doctype in (filters.part,) if filters.part else PARTS:
		part = _(doctype)
		for row in _unmatched(doctype, organization, filters.program):
			reason, task = leftovers.get((doctype, row["name"]), ("", ""))
			row.update(
				doctype=doctype,
				part=part,
				place=row["position"] or row["school_class"],
				places=None if doctype == "Mentee" else row["capacity"] - (row["taken"] or 0),
				reason=reason,
				task=task,
			)
			rows.append(row)
	return rows


def _unmatched(doctype: str, organization: str | None, program: str | None) -> list[frappe._dict]:
	person, group = frappe.qb.DocType(doctype), frappe.qb.DocType("Mentoring Target Group")
	query = (
		frappe.qb.from_(person)
		.left_join(group)
		.on(group.name == person.target_group)
		.select(
			person.name,
			person.full_name,
			group.title.as_("target_group"),
			person.position,
			person.school_class,
			person.joined_on,
		)
		.where(person.workflow_state == IN_BANK)
		.where(person.name.notin(_paired(doctype, program)))
		.orderby(person.full_name)
		.orderby(person.name)
	)
	if doctype == "Mentee":
		query = query.select(person.main_request)
	else:
		taken = places_taken().as_("taken")
		query = query.left_join(taken).on(taken.mentor == person.name)
		query = query.select(person.capacity, taken.places.as_("taken"))
	if organization:
		query = query.where(person.organization == organization)
	return listed(query, doctype).run(as_dict=True)


def _paired(doctype: str, program: str | None) -> QueryBuilder:
	"""Everybody in an open pair, of a programme where one is given."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	query = frappe.qb.from_(pair).where(pair.workflow_state.isin(OPEN_PAIRS))
	if program:
		query = query.where(pair.program == program)
	if doctype == "Mentor":
		return query.select(pair.mentor).where(pair.mentor.isnotnull())
	return query.join(row).on(row.parent == pair.name).select(row.mentee).where(row.mentee.isnotnull())


def _leftovers() -> dict[tuple[str, str], tuple[str, str]]:
	"""By part and name of a person: why the last matching found nobody, and the task opened for that."""
	matching, leftover, task = (
		frappe.qb.DocType(name) for name in ("Pair Matching", "Pair Matching Leftover", "Roadmap Task")
	)
	query = (
		frappe.qb.from_(leftover)
		.join(matching)
		.on(matching.name == leftover.parent)
		.left_join(task)
		.on(task.name == leftover.roadmap_task)
		.select(leftover.party_type, leftover.party, leftover.reason, task.title)
		.where(leftover.parenttype == "Pair Matching")
		.orderby(matching.matched_at)
	)
	return {
		(part, name): (reason or "", title or "")
		for part, name, reason, title in listed(query, "Pair Matching").run()
	}


def get_chart(rows: list[dict]) -> dict | None:
	counts = Counter(
		row["target_group"] or _("Without a group") for row in rows if row["doctype"] == "Mentee"
	)
	if not counts:
		return None
	return {
		"data": {
			"labels": list(counts),
			"datasets": [{"name": _("Mentees"), "values": list(counts.values())}],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	parts = Counter(row["doctype"] for row in rows)
	return [
		{
			"label": _("Mentees Without a Pair"),
			"value": parts["Mentee"],
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Mentors Without a Pair"),
			"value": parts["Mentor"],
			"datatype": "Int",
			"indicator": "Orange",
		},
		{
			"label": _("Free Places"),
			"value": sum(max(row["places"] or 0, 0) for row in rows),
			"datatype": "Int",
			"indicator": "Green",
		},
	]
