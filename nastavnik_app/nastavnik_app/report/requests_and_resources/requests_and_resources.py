"""What mentees ask for against what mentors offer, by competency: how many, how many free places, what is lacking."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from nastavnik_app.people.mentor_places import OPEN_STATES

ARCHIVED = "Archived"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	asking = _people("Mentee", "Mentee Need", filters)
	offering = _people("Mentor", "Mentor Competency", filters)
	rows = get_rows(asking, offering, _free_places(set().union(*offering.values())))
	message = _(
		"Asked: mentees whose file lists the competency. Free places: of the mentors who offer it, all their places less the mentees of their open pairs; a mentor of several competencies counts in each. Gap: mentees beyond the free places."
	)
	return get_columns(), rows, message, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Competency"), "fieldtype": "Data", "width": 320},
		{"fieldname": "asked", "label": _("Asked by Mentees"), "fieldtype": "Int", "width": 140},
		{"fieldname": "offered", "label": _("Offered by Mentors"), "fieldtype": "Int", "width": 150},
		{"fieldname": "free", "label": _("Free Places"), "fieldtype": "Int", "width": 130},
		{"fieldname": "gap", "label": _("Gap"), "fieldtype": "Int", "width": 110},
	]


def _people(doctype: str, table: str, filters: frappe._dict) -> dict[str, set[str]]:
	"""Names of the people by competency, of those who are not archived."""
	conditions: dict = {"workflow_state": ["!=", ARCHIVED]}
	if filters.organization:
		conditions["organization"] = filters.organization
	people = frappe.get_list(doctype, filters=conditions, pluck="name", limit_page_length=0)
	found = defaultdict(set)
	for row in frappe.get_all(
		table,
		filters={"parent": ["in", [*people, ""]], "parenttype": doctype},
		fields=["parent", "competency"],
	):
		found[row.competency].add(row.parent)
	return found


def _free_places(mentors: set[str]) -> dict[str, int]:
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	taken = dict(
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(pair.mentor, Count(row.name))
		.where(pair.mentor.isin([*mentors, ""]))
		.where(pair.workflow_state.isin(OPEN_STATES))
		.groupby(pair.mentor)
		.run()
	)
	capacities = frappe.get_all(
		"Mentor", filters={"name": ["in", [*mentors, ""]]}, fields=["name", "capacity"]
	)
	return {one.name: max((one.capacity or 0) - taken.get(one.name, 0), 0) for one in capacities}


def get_rows(asking: dict[str, set[str]], offering: dict[str, set[str]], free: dict[str, int]) -> list[dict]:
	"""A row for each competency that anybody asks for or offers, the largest gap first."""
	competencies = frappe.get_all(
		"Mentoring Competency",
		filters={"name": ["in", [*asking, *offering, ""]]},
		fields=["name", "title"],
		order_by="title asc",
	)
	rows = []
	for one in competencies:
		places = sum(free.get(mentor, 0) for mentor in offering.get(one.name, ()))
		asked = len(asking.get(one.name, ()))
		rows.append(
			{
				"title": one.title,
				"asked": asked,
				"offered": len(offering.get(one.name, ())),
				"free": places,
				"gap": max(asked - places, 0),
			}
		)
	return sorted(rows, key=lambda row: (-row["gap"], -row["asked"]))


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row["title"] for row in rows],
			"datasets": [
				{"name": _("Asked by Mentees"), "values": [row["asked"] for row in rows]},
				{"name": _("Free Places"), "values": [row["free"] for row in rows]},
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	lacking = [row for row in rows if row["gap"]]
	return [
		{
			"label": _("Competencies Asked For"),
			"value": sum(1 for row in rows if row["asked"]),
			"datatype": "Int",
		},
		{
			"label": _("Competencies With a Gap"),
			"value": len(lacking),
			"datatype": "Int",
			"indicator": "Red" if lacking else "Green",
		},
	]
