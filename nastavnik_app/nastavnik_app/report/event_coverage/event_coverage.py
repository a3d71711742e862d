"""How much of its target group each event reached."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program import headcounts
from nastavnik_app.program.indicators import cohorts_by_name
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.scope import PEOPLE

# a share of the headcount → the cohort whose headcount it is
COHORTS = {"of_staff": "staff", "of_pupils": "pupils"}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "held_on", "label": _("Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 300},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 180},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "invited_count", "label": _("Invited"), "fieldtype": "Int", "width": 90},
		{"fieldname": "present_count", "label": _("Present"), "fieldtype": "Int", "width": 90},
		{"fieldname": "headcount", "label": _("Headcount"), "fieldtype": "Int", "width": 90},
		{"fieldname": "share_covered", "label": _("Covered, %"), "fieldtype": "Percent", "width": 100},
		{"fieldname": "of_staff", "label": _("Of the Staff, %"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "of_pupils", "label": _("Of the Pupils, %"), "fieldtype": "Percent", "width": 110},
	]


def get_data(filters: frappe._dict) -> list[Any]:
	events = _events(filters)
	counted = headcounts.entered({one["organization"] for one in events})
	present, cohorts = _present(filters), cohorts_by_name()
	parts = {part: cohorts[name][1] for part, name in COHORTS.items() if name in cohorts}
	states = {state: _(state) for state in {one["state"] for one in events}}
	for one in events:
		headcount = counted.on_day(one["organization"], one["group"], one["held_on"])
		one["headcount"], one["held"] = headcount, one["state"] == "Held"
		one["status"] = states[one["state"]]
		if not (headcount and one["present_count"]):
			one["share_covered"] = None
		for part, groups in parts.items():
			number = sum([there for group, there in present.get(one["name"], ()) if group in groups])
			if one["group"] in groups:
				# of a whole group they are rather counted than listed
				number = max(number, one["present_count"] or 0)
			everybody = counted.of_groups(one["organization"], groups, one["held_on"])
			one[part] = percent(number, everybody) if number and everybody else None
	return events


def _present(filters: frappe._dict) -> dict[str, list[tuple[str, int]]]:
	"""Event → target groups of the mentors and mentees who were there, and how many of each."""
	found: dict[str, list[tuple[str, int]]] = {}
	event, row = frappe.qb.DocType("Mentoring Event"), frappe.qb.DocType("Mentoring Event Participant")
	for doctype in PEOPLE:
		person = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(row)
			.join(event)
			.on((event.name == row.parent) & (row.parenttype == "Mentoring Event"))
			.join(person)
			.on((person.name == row.party) & (row.party_type == doctype))
			.select(row.parent, person.target_group, Count(row.party).distinct())
			.where(row.absent == 0)
			.groupby(row.parent, person.target_group)
		)
		for name, group, number in _asked(query, filters).run():
			found.setdefault(name, []).append((group, number))
	return found


def _events(filters: frappe._dict) -> list[Any]:
	event, kind, group = (
		frappe.qb.DocType(name) for name in ("Mentoring Event", "Mentoring Kind", "Mentoring Target Group")
	)
	query = (
		frappe.qb.from_(event)
		.left_join(kind)
		.on(kind.name == event.kind)
		.left_join(group)
		.on(group.name == event.target_group)
		.select(
			event.name,
			event.held_on,
			event.title,
			kind.title.as_("kind"),
			event.status.as_("state"),
			event.target_group.as_("group"),
			group.title.as_("target_group"),
			event.invited_count,
			event.present_count,
			event.share_covered,
			event.organization,
		)
		.where(event.name.isnotnull())
		.orderby(event.held_on)
		.orderby(event.title)
	)
	return _asked(query, filters).run(as_dict=True)


def _asked(query: QueryBuilder, filters: frappe._dict) -> QueryBuilder:
	"""Narrowed to what the filters name and the reader may see."""
	event = frappe.qb.DocType("Mentoring Event")
	for field in ("organization", "program", "kind", "target_group"):
		if filters.get(field):
			query = query.where(event[field] == filters[field])
	if filters.from_date:
		query = query.where(event.held_on >= filters.from_date)
	if filters.to_date:
		query = query.where(event.held_on <= filters.to_date)
	return listed(query, "Mentoring Event")


def get_chart(rows: list[Any]) -> dict | None:
	measured = [row for row in rows if row.share_covered is not None]
	if not measured:
		return None
	values = [row.share_covered for row in measured]
	return {
		"data": {
			"labels": [row.title for row in measured],
			"datasets": [{"name": _("Covered, %"), "values": values}],
		},
		"type": "bar",
	}


def get_summary(rows: list[Any]) -> list[dict]:
	held = [row for row in rows if row.held]
	return [
		{"label": _("Events Held"), "value": len(held), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Present in All"),
			"value": sum(row.present_count or 0 for row in held),
			"datatype": "Int",
		},
	]
