"""Which tasks of the roadmap are done, in time or late, and which are overdue on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.program import measures
from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE, judge, percent

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "="}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	rows = get_data(filters, getdate(filters.on_date))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "name",
			"label": _("Task"),
			"fieldtype": "Link",
			"options": "Roadmap Task",
			"width": 80,
		},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 360},
		{"fieldname": "section", "label": _("Section"), "fieldtype": "Data", "width": 180},
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 100},
		{"fieldname": "responsible", "label": _("Responsible"), "fieldtype": "Data", "width": 160},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "completed_on", "label": _("Done On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "judgement", "label": _("Completion"), "fieldtype": "Data", "width": 110},
		{"fieldname": "threshold", "label": _("Threshold"), "fieldtype": "Data", "width": 110},
		{"fieldname": "actual", "label": _("Actual Value"), "fieldtype": "Data", "width": 110},
		{"fieldname": "standing", "label": _("Threshold Reached"), "fieldtype": "Data", "width": 120},
	]


def get_data(filters: frappe._dict, day: date) -> list[dict]:
	conditions = {field: filters[field] for field in ("organization", "program") if filters.get(field)}
	tasks = frappe.get_list(
		"Roadmap Task",
		filters={**conditions, "status": ["!=", "Cancelled"]},
		fields=[
			"name",
			"title",
			"section",
			"due_date",
			"responsible",
			"status",
			"completed_on",
			"threshold_op",
			"threshold_value",
			"threshold_unit",
			"actual_value",
			"measured_on",
		],
		order_by="due_date asc, creation asc",
		limit_page_length=0,
	)
	for task in tasks:
		task.verdict = judge(task.due_date, task.completed_on, day)
		task.judgement = _(task.verdict) if task.verdict else ""
		task.status = _(task.status)
		task.update(_measured(task))
	return tasks


def _measured(task: frappe._dict) -> dict[str, str]:
	"""The threshold, the actual value, and whether the one is reached by the other."""
	reached, sign = measures.reached(task), SIGNS.get(task.threshold_op, "")
	is_known = bool(task.measured_on or task.actual_value)
	return {
		"threshold": f"{sign} {measures.figure(task.threshold_value, task.threshold_unit)}" if sign else "",
		"actual": measures.figure(task.actual_value, task.threshold_unit) if is_known else "",
		"standing": "" if reached is None else _("Yes") if reached else _("No"),
	}


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	total = Counter(row.section or _("Without a section") for row in rows)
	done = Counter(row.section or _("Without a section") for row in rows if row.completed_on)
	sections = list(total)
	return {
		"data": {
			"labels": sections,
			"datasets": [
				{"name": _("Done"), "values": [done[section] for section in sections]},
				{"name": _("All"), "values": [total[section] for section in sections]},
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	verdicts = Counter(row.verdict for row in rows)
	done = verdicts[IN_TIME] + verdicts[LATE]
	return [
		{"label": _("Tasks"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Done, %"),
			"value": percent(done, len(rows)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Done Late"), "value": verdicts[LATE], "datatype": "Int", "indicator": "Orange"},
		{"label": _("Overdue"), "value": verdicts[OVERDUE], "datatype": "Int", "indicator": "Red"},
	]
