"""What mentees ask for against what mentors offer, by competency: how many, how many free places, what is lacking."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from pypika import Case
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.mentor_places import places_taken
from nastavnik_app.permissions import listed
from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.rules.states import ARCHIVED


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
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


def get_data(filters: frappe._dict) -> list[dict]:
	"""A row for each competency that anybody asks for or offers, the largest gap first."""
	asked = dict(_asked(filters))
	offered = {competency: (mentors, int(places or 0)) for competency, mentors, places in _offered(filters)}
	rows = []
	for name, title in sorted(titles_of("Mentoring Competency").items(), key=lambda one: one[1]):
		if name in asked or name in offered:
			mentees, (mentors, places) = asked.get(name, 0), offered.get(name, (0, 0))
			gap = max(mentees - places, 0)
			rows.append({"title": title, "asked": mentees, "offered": mentors, "free": places, "gap": gap})
	return sorted(rows, key=lambda row: (-row["gap"], -row["asked"]))


def _asked(filters: frappe._dict) -> tuple:
	"""Competency and how many mentees ask for it."""
	mentee, need = frappe.qb.DocType("Mentee"), frappe.qb.DocType("Mentee Need")
	query = (
		_of_people("Mentee", "Mentee Need", filters)
		.select(need.competency, Count(mentee.name).distinct())
		.groupby(need.competency)
	)
	return listed(query, "Mentee").run()


def _offered(filters: frappe._dict) -> tuple:
	"""Competency, how many mentors offer it, and their free places."""
	mentor, own = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentor Competency")
	taken = places_taken().as_("taken")
	free = mentor.capacity - Coalesce(taken.places, 0)
	each = (
		_of_people("Mentor", "Mentor Competency", filters)
		.left_join(taken)
		.on(taken.mentor == mentor.name)
		.select(own.competency, Case().when(free > 0, free).else_(0).as_("free"))
		.groupby(own.competency, mentor.name, free)
	)
	# a competency that a mentor lists twice is offered once
	each = listed(each, "Mentor").as_("each")
	query = frappe.qb.from_(each).select(each.competency, Count("*"), Sum(each.free))
	return query.groupby(each.competency).run()


def _of_people(doctype: str, table: str, filters: frappe._dict) -> QueryBuilder:
	person, row = frappe.qb.DocType(doctype), frappe.qb.DocType(table)
	query = (
		frappe.qb.from_(row)
		.join(person)
		.on((person.name == row.parent) & (row.parenttype == doctype))
		.where(person.workflow_state != ARCHIVED)
	)
	return query.where(person.organization == filters.organization) if filters.organization else query


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
