"""Indicators of a programme year by year: the last value frozen in each year, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import frappe
from frappe import _
from frappe.utils import flt

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program.indicator_values import VALUE, value_of
from nastavnik_app.rules.indicators import Reported, YearOfIndicator, over_years


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	series = get_series(filters_in(filters))
	years = sorted({year for values in series.values() for year in values})
	words = {True: _("Yes"), False: _("No"), None: ""}
	rows = [_row(values, years, words) for values in series.values()]
	message = (
		None
		if rows
		else _("Values are frozen when a return is approved or a program is closed: there are none yet.")
	)
	return get_columns(years), rows, message, get_chart(rows, years), get_summary(rows)


def get_columns(years: list[int]) -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Indicator"), "fieldtype": "Data", "width": 340},
		{"fieldname": "unit", "label": _("Unit"), "fieldtype": "Data", "width": 80},
		*(
			{
				"fieldname": f"year_{year}",
				"label": str(year),
				"fieldtype": "Float",
				"precision": 3,
				"width": 100,
			}
			for year in years
		),
		{"fieldname": "change", "label": _("Change"), "fieldtype": "Float", "precision": 3, "width": 100},
		{"fieldname": "better", "label": _("Better"), "fieldtype": "Data", "width": 90},
		{"fieldname": "comparable", "label": _("Comparable"), "fieldtype": "Data", "width": 110},
	]


def get_series(filters: frappe._dict, *more: str) -> dict[tuple[str, str], dict[int, Any]]:
	"""By programme, with those that it continues, and indicator: the last frozen row of each year, with more of its
	fields."""
	value = frappe.qb.DocType(VALUE)
	fields = ("program", "indicator", "title", "unit", "year", "way", "numerator", "denominator", "has_value")
	fields += ("value", "op", "definition", *more)
	query = frappe.qb.from_(value).select(*(value[field] for field in fields)).where(value.frozen == 1)
	for fieldname in ("organization", "indicator"):
		if filters.get(fieldname):
			query = query.where(value[fieldname] == filters[fieldname])
	firsts = first_programs()
	if filters.program:
		first = firsts.get(filters.program)
		query = query.where(value.program.isin([one for one, of in firsts.items() if of == first] or [""]))
	found: defaultdict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
	query = listed(query, VALUE).orderby(value.title).orderby(value.on_date)
	for row in query.run(as_dict=True):
		found[firsts[row.program], row.indicator][row.year] = row
	return dict(found)


def first_programs() -> dict[str, str]:
	"""The first of the programmes that each one continues, a year after a year."""
	continues = dict(frappe.get_all("Mentoring Program", fields=["name", "continues"], as_list=True))
	found = {}
	for program in continues:
		first, seen = program, {program}
		while continues.get(first) and continues[first] not in seen:
			first = continues[first]
			seen.add(first)
		found[program] = first
	return found


def last_change(values: dict[int, Any]) -> YearOfIndicator:
	"""The last year, held against the one before it that has a value."""
	*earlier, last = sorted(values)
	known = [year for year in earlier if values[year].has_value][-1:]
	rows = [values[year] for year in (*known, last)]
	reported = [Reported(row.year, value_of(row), row.definition or "") for row in rows]
	return over_years((*known, last), reported, (), op=values[last].op or ">=")[-1]


def _row(values: dict[int, Any], years: list[int], words: dict[bool | None, str]) -> frappe._dict:
	last = last_change(values)
	about = values[max(values)]
	row = frappe._dict(title=about.title, unit=about.unit, change=last.change)
	for year in years:
		one = values.get(year)
		row[f"year_{year}"] = flt(one.value) if one and one.has_value else None
	row.better = words[last.better]
	row.comparable = words[True] if last.comparable else _("No: the definition was changed")
	row.is_better = last.better
	return row


def get_chart(rows: list[Any], years: list[int]) -> dict | None:
	if len(rows) != 1:
		return None
	values = [rows[0][f"year_{year}"] or 0 for year in years]
	return {
		"data": {
			"labels": [str(year) for year in years],
			"datasets": [{"name": rows[0].title, "values": values}],
		},
		"type": "bar",
	}


def get_summary(rows: list[Any]) -> list[dict]:
	better = [row.is_better for row in rows]
	return [
		{"label": _("Indicators"), "value": len(rows), "datatype": "Int"},
		{"label": _("Better"), "value": better.count(True), "datatype": "Int", "indicator": "Green"},
		{"label": _("Worse"), "value": better.count(False), "datatype": "Int", "indicator": "Red"},
	]
