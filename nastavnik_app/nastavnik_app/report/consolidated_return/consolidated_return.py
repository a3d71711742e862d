"""The returns of an authority's organizations added up, beside the year before."""

from __future__ import annotations

from typing import Any

from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.returns.stored import period_asked
from nastavnik_app.returns.together import Line, Together, form_title, group_title

SHOWN = 12


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; out of returns that the reader may see, and of nothing else."""
	period = period_asked(filters_in(filters))
	if not period:
		return get_columns(), [], _("No return has arrived yet."), None, []
	together = Together(period)
	return (
		get_columns(),
		get_data(together),
		" ".join(together.remarks()) or None,
		get_chart(together),
		get_summary(together),
	)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "part", "label": _("Part"), "fieldtype": "Data", "width": 110},
		{"fieldname": "title", "label": _("What Was Counted"), "fieldtype": "Data", "width": 380},
		{"fieldname": "form", "label": _("Form"), "fieldtype": "Data", "width": 160},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "value", "label": _("Value"), "fieldtype": "Float", "precision": 3, "width": 100},
		{"fieldname": "unit", "label": _("Unit"), "fieldtype": "Data", "width": 80},
		{"fieldname": "counted", "label": _("Number Counted"), "fieldtype": "Int", "width": 90},
		{"fieldname": "out_of", "label": _("Out Of"), "fieldtype": "Int", "width": 90},
		{"fieldname": "schools", "label": _("Schools That Show It"), "fieldtype": "Int", "width": 110},
		{"fieldname": "withheld", "label": _("Schools That Withhold It"), "fieldtype": "Int", "width": 110},
		{"fieldname": "last", "label": _("Year Before"), "fieldtype": "Float", "precision": 3, "width": 110},
		{"fieldname": "change", "label": _("Change"), "fieldtype": "Float", "precision": 3, "width": 100},
	]


def get_data(together: Together) -> list[dict[str, Any]]:
	rows = [_row(_("Indicators"), line) for line in together.indicators()]
	for (_measure, form, group), line in together.counts():
		rows.append(_row(_("Counts"), line, form_title(form), group_title(group)))
	return rows


def _row(part: str, line: Line, form: str = "", group: str = "") -> dict[str, Any]:
	title = _("{0} (entered by hand)").format(line.title) if line.by_hand else line.title
	return {**line._asdict(), "part": part, "title": title, "form": form, "target_group": group}


def get_chart(together: Together) -> dict | None:
	lines = [line for line in together.indicators() if line.unit == "%" and line.value is not None][:SHOWN]
	if not lines:
		return None
	return {
		"data": {
			"labels": [line.title for line in lines],
			"datasets": [
				{"name": _("This Year"), "values": [line.value for line in lines]},
				{"name": _("Year Before"), "values": [line.last or 0 for line in lines]},
			],
		},
		"type": "bar",
	}


def get_summary(together: Together) -> list[dict]:
	sent = len(together.this.organizations)
	return [
		{"label": _("Schools"), "value": len(together.schools), "datatype": "Int"},
		{"label": _("Have Sent"), "value": sent, "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Have Not Sent"),
			"value": len(together.this.missing),
			"datatype": "Int",
			"indicator": "Red" if together.this.missing else "Green",
		},
	]
