"""Each indicator of a programme beside its target: of today, or as it was frozen on a day."""

from __future__ import annotations

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.utils import flt, getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program.indicator_values import BY_HAND, VALUE
from nastavnik_app.program.indicators import INDICATOR
from nastavnik_app.rules.indicators import MISSED, NEARLY, REACHED

SETS = ("Federal", "Municipal", "School", "Own")
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "="}
IN_CHART = 12


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	return get_columns(), rows, get_message(rows), get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	number = {"fieldtype": "Float", "precision": 3, "width": 100}
	return [
		{"fieldname": "number", "label": _("No."), "fieldtype": "Data", "width": 70},
		{"fieldname": "title", "label": _("Indicator"), "fieldtype": "Data", "width": 340},
		{"fieldname": "value", "label": _("Value"), **number},
		{"fieldname": "unit", "label": _("Unit"), "fieldtype": "Data", "width": 80},
		{"fieldname": "numerator", "label": _("Number Counted"), "fieldtype": "Int", "width": 90},
		{"fieldname": "denominator", "label": _("Out Of"), "fieldtype": "Int", "width": 90},
		{"fieldname": "by_hand", "label": _("By Hand"), "fieldtype": "Data", "width": 90},
		{"fieldname": "base_value", "label": _("Base Value"), **number},
		{"fieldname": "target_text", "label": _("Target"), "fieldtype": "Data", "width": 170},
		{"fieldname": "tolerance", "label": _("Tolerance"), **number},
		{"fieldname": "standing_text", "label": _("Standing"), "fieldtype": "Data", "width": 120},
		{"fieldname": "way_gone", "label": _("Way Gone, %"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "change", "label": _("Change Since the Year Before"), **number},
		{"fieldname": "on_date", "label": _("On the Day"), "fieldtype": "Date", "width": 110},
		{"fieldname": "problem", "label": _("Remark"), "fieldtype": "Data", "width": 320},
	]


def get_data(filters: frappe._dict) -> list[Any]:
	value, indicator = frappe.qb.DocType(VALUE), frappe.qb.DocType(INDICATOR)
	program = frappe.qb.DocType("Mentoring Program")
	fields = (
		"indicator",
		"program",
		"title",
		"has_value",
		"value",
		"unit",
		"numerator",
		"denominator",
		"way",
		"base_value",
		"target",
	)
	fields += ("has_target", "target_year", "op", "tolerance", "standing", "way_gone", "on_date", "year")
	query = (
		frappe.qb.from_(value)
		.join(indicator)
		.on(indicator.name == value.indicator)
		.join(program)
		.on(program.name == value.program)
		.select(indicator.indicator_set, indicator.number, *(value[field] for field in fields))
		.select(value.problem, value.definition, program.continues)
		.where(value.frozen == (1 if filters.on_date else 0))
	)
	for fieldname in ("organization", "program"):
		if filters.get(fieldname):
			query = query.where(value[fieldname] == filters[fieldname])
	if filters.indicator_set:
		query = query.where(indicator.indicator_set == filters.indicator_set)
	if filters.on_date:
		query = query.where(value.on_date == getdate(filters.on_date))
	rows = listed(query, VALUE).run(as_dict=True)
	frozen = _frozen(rows)
	for row in rows:
		own, continued = ((one, row.indicator, row.year - 1) for one in (row.program, row.continues))
		_complete(row, frozen.get(own) or frozen.get(continued))
	return sorted(rows, key=lambda row: (SETS.index(row.indicator_set), row.number or "~", row.title))


def _frozen(rows: list[Any]) -> dict[tuple[str, str, int], Any]:
	"""By programme, indicator and year: what was frozen in the years before, of several days the last one."""
	value = frappe.qb.DocType(VALUE)
	programs = {row.program for row in rows} | {row.continues for row in rows if row.continues}
	query = (
		frappe.qb.from_(value)
		.select(value.program, value.indicator, value.year, value.value, value.has_value, value.definition)
		.where((value.frozen == 1) & value.program.isin([*sorted(programs), ""]))
		.where(value.year.isin([*sorted({row.year - 1 for row in rows}), 0]))
		.orderby(value.on_date)
	)
	found = listed(query, VALUE).run(as_dict=True)
	return {(row.program, row.indicator, row.year): row for row in found}


def _complete(row: Any, before: Any) -> None:
	is_comparable = before and row.has_value and before.has_value and row.definition == before.definition
	row.change = round(row.value - before.value, 3) if is_comparable else None
	row.by_hand = _("By Hand") if row.way == BY_HAND else ""
	row.target_text, row.standing_text = target_text(row), _(row.standing) if row.standing else ""
	for field, is_known in (
		("value", row.has_value),
		("base_value", row.base_value),
		("tolerance", row.tolerance),
		("way_gone", row.base_value and row.has_target and row.has_value),
	):
		row[field] = row[field] if is_known else None
	row.denominator = row.denominator or None
	if not row.has_value and not row.problem:
		row.problem = _("There is nothing to divide by.")


def target_text(row: Any) -> str:
	"""«≥ 70 (2026)», «≥ 70 (historical, 2024)»."""
	if not row.has_target:
		return ""
	said = f"{SIGNS[row.op]} {flt(row.target):g}"
	if row.target_year < row.year:
		return _("{0} (historical, {1})").format(said, row.target_year)
	if row.target_year > row.year:
		return _("{0} (by {1})").format(said, row.target_year)
	return f"{said} ({row.target_year})"


def get_message(rows: list[Any]) -> str | None:
	without = [row for row in rows if row.value is None]
	return _("Without a value: {0}. The remark says why.").format(len(without)) if without else None


def get_chart(rows: list[Any]) -> dict | None:
	shown = [row for row in rows if row.unit == "%" and row.value is not None][:IN_CHART]
	return {"data": chart_of(shown), "type": "bar"} if shown else None


def chart_of(rows: list[Any]) -> dict:
	"""Values beside the targets of their year, and those of another year apart."""
	targets = [(row.target if row.has_target else 0, row.target_year == row.year) for row in rows]
	return {
		"labels": [row.title for row in rows],
		"datasets": [
			{"name": _("Value"), "values": [row.value for row in rows]},
			{"name": _("Target"), "values": [target if binds else 0 for target, binds in targets]},
			{
				"name": _("Target of Another Year"),
				"values": [0 if binds else target for target, binds in targets],
			},
		],
	}


def get_summary(rows: list[Any]) -> list[dict]:
	standings = Counter(row.standing for row in rows)
	return [
		{"label": _("Indicators"), "value": len(rows), "datatype": "Int"},
		{"label": _("Reached"), "value": standings[REACHED], "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Within Tolerance"),
			"value": standings[NEARLY],
			"datatype": "Int",
			"indicator": "Orange",
		},
		{"label": _("Missed"), "value": standings[MISSED], "datatype": "Int", "indicator": "Red"},
		{"label": _("Entered by Hand"), "value": sum(1 for row in rows if row.by_hand), "datatype": "Int"},
	]
