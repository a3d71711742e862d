"""How each school's indicators differ from those of all schools of an authority together."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.returns.stored import period_asked
from nastavnik_app.returns.together import Together

SHOWN = 15


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; out of returns that the reader may see."""
	filters = filters_in(filters)
	period = period_asked(filters)
	if not period:
		return get_columns(), [], _("No return has arrived yet."), None, []
	rows = get_data(Together(period), filters)
	message = _(
		"The deviation is from the share of all schools together. Far from the others: more than 3.5 times the usual distance from the median (Iglewicz and Hoaglin). A school that withholds a count is not compared."
	)
	return get_columns(), rows, message, get_chart(rows, filters), get_summary(rows)


def get_columns() -> list[dict]:
	number = {"fieldtype": "Float", "precision": 3, "width": 110}
	return [
		{"fieldname": "indicator", "label": _("Indicator"), "fieldtype": "Data", "width": 340},
		{"fieldname": "school", "label": _("School"), "fieldtype": "Data", "width": 260},
		{"fieldname": "value", "label": _("Value"), **number},
		{"fieldname": "unit", "label": _("Unit"), "fieldtype": "Data", "width": 80},
		{"fieldname": "of_all", "label": _("All Schools"), **number},
		{"fieldname": "deviation", "label": _("Deviation"), **number},
		{"fieldname": "median", "label": _("Median"), **number},
		{"fieldname": "apart", "label": _("Far From the Others"), "fieldtype": "Data", "width": 130},
	]


def get_data(together: Together, filters: frappe._dict) -> list[dict[str, Any]]:
	return [
		{
			"indicator": one.indicator.title or one.indicator.code,
			"school": together.schools.get(one.school, one.school),
			"value": one.value,
			"unit": one.indicator.unit,
			"of_all": one.of_all,
			"deviation": one.deviation,
			"median": one.standing.median,
			"is_apart": one.standing.apart,
			"apart": _("Yes") if one.standing.apart else "",
		}
		for one in together.apart()
		if filters.get("school") in (None, "", one.school)
		and filters.get("indicator") in (None, "", one.indicator.code)
	]


def get_chart(rows: list[dict], filters: frappe._dict) -> dict | None:
	"""The schools of one indicator; without a choice, of the first one."""
	of_one = [row for row in rows if row["indicator"] == rows[0]["indicator"]]
	farthest = sorted(of_one, key=lambda row: -abs(row["deviation"] or 0))[:SHOWN]
	if len(farthest) < 2 or filters.get("school"):
		return None
	return {
		"data": {
			"labels": [row["school"] for row in farthest],
			"datasets": [
				{"name": rows[0]["indicator"], "values": [row["value"] for row in farthest]},
				{"name": _("All Schools"), "values": [row["of_all"] or 0 for row in farthest]},
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	schools = {row["school"] for row in rows}
	apart = {row["school"] for row in rows if row["is_apart"]}
	return [
		{"label": _("Schools"), "value": len(schools), "datatype": "Int"},
		{
			"label": _("Far From the Others"),
			"value": len(apart),
			"datatype": "Int",
			"indicator": "Orange" if apart else "Green",
		},
	]
