"""The content plan: what was planned and what was published, by month, rubric and kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import formatdate
from pypika.functions import Substring

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program.dictionaries import titles_of

UNDATED = "9999-99"
Place = tuple[str, str, str]  # month as YYYY-MM, rubric, kind


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	planned, published = count(filters_in(filters))
	rows = [_row(place, planned, published) for place in sorted({*planned, *published})]
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "month", "label": _("Month"), "fieldtype": "Data", "width": 110},
		{"fieldname": "rubric", "label": _("Rubric"), "fieldtype": "Data", "width": 240},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 240},
		{"fieldname": "planned", "label": _("Planned"), "fieldtype": "Int", "width": 110},
		{"fieldname": "published", "label": _("Published"), "fieldtype": "Int", "width": 110},
	]


def count(filters: frappe._dict) -> tuple[Counter[Place], Counter[Place]]:
	"""How many publications were planned for a month, and how many came out in it; a publication that nobody planned
	counts as published alone."""
	publication = frappe.qb.DocType("Mentoring Publication")
	planned_in, published_in = (
		Substring(day, 1, len(UNDATED)) for day in (publication.planned_on, publication.published_on)
	)
	alike = (publication.kind, publication.rubric, publication.status, planned_in, published_in)
	query = (
		frappe.qb.from_(publication)
		.select(*alike, Count(publication.name))
		.where(publication.name.isnotnull())
		.groupby(*alike)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(publication[field] == filters[field])
	planned: Counter[Place] = Counter()
	published: Counter[Place] = Counter()
	kinds, without = titles_of("Mentoring Kind"), _("Without a rubric")
	for kind, rubric, status, planned_in, published_in, number in listed(
		query, "Mentoring Publication"
	).run():
		about = rubric or without, kinds.get(kind, "")
		if planned_in or status == "Planned":
			planned[(planned_in or UNDATED, *about)] += number
		if status != "Planned" and published_in:
			published[(published_in, *about)] += number
	return planned, published


def _row(place: Place, planned: Counter[Place], published: Counter[Place]) -> dict[str, Any]:
	month, rubric, kind = place
	shown = _("Without a date") if month == UNDATED else formatdate(f"{month}-01", "MM.yyyy")
	return {
		"month": shown,
		"rubric": rubric,
		"kind": kind,
		"planned": planned[place],
		"published": published[place],
	}


def get_chart(rows: list[dict[str, Any]]) -> dict | None:
	months = list(dict.fromkeys(row["month"] for row in rows))
	if not months:
		return None
	return {
		"data": {
			"labels": months,
			"datasets": [
				{"name": name, "values": [_of_month(rows, month, field) for month in months]}
				for name, field in ((_("Planned"), "planned"), (_("Published"), "published"))
			],
		},
		"type": "bar",
	}


def _of_month(rows: list[dict[str, Any]], month: str, field: str) -> int:
	return sum(row[field] for row in rows if row["month"] == month)


def get_summary(rows: list[dict[str, Any]]) -> list[dict]:
	return [
		{"label": _("Planned"), "value": sum(row["planned"] for row in rows), "datatype": "Int"},
		{
			"label": _("Published"),
			"value": sum(row["published"] for row in rows),
			"datatype": "Int",
			"indicator": "Green",
		},
		{
			"label": _("Rubrics"),
			"value": len({row["rubric"] for row in rows} - {_("Without a rubric")}),
			"datatype": "Int",
		},
	]
