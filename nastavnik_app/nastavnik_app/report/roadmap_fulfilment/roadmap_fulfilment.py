"""Which tasks of the roadmap are done, in time or late, and which are overdue on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program import measures
from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE, judge, percent
from nastavnik_app.rules.states import OPEN_TASKS

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "="}
NOT_MEASURED = {"threshold": "", "actual": "", "standing": ""}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	years = get_years(filters.program)
	rows = get_data(filters, getdate(filters.on_date), years)
	return get_columns(bool(years)), rows, None, get_chart(rows, bool(years)), get_summary(rows)


def get_columns(by_year: bool) -> list[dict]:
	year = {"fieldname": "year", "label": _("Year"), "fieldtype": "Data", "width": 110}
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
		*([year] if by_year else []),
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 100},
		{"fieldname": "responsible", "label": _("Responsible"), "fieldtype": "Data", "width": 160},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "completed_on", "label": _("Done On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "judgement", "label": _("Completion"), "fieldtype": "Data", "width": 110},
		{"fieldname": "threshold", "label": _("Threshold"), "fieldtype": "Data", "width": 110},
		{"fieldname": "actual", "label": _("Actual Value"), "fieldtype": "Data", "width": 110},
		{"fieldname": "standing", "label": _("Threshold Reached"), "fieldtype": "Data", "width": 120},
	]


def get_years(program: str | None) -> dict[str, list[tuple[date, date, str]]]:
	"""Programme of several years → the first and the last day of each, and its title."""
	about, row = frappe.qb.DocType("Mentoring Program"), frappe.qb.DocType("Program Year")
	query = (
		frappe.qb.from_(row)
		.join(about)
		.on((about.name == row.parent) & (row.parenttype == "Mentoring Program"))
		.select(row.parent, row.start, row.end, row.title)
		.where(row.start.isnotnull() & row.end.isnotnull())
		.orderby(row.start)
	)
	if program:
		query = query.where(about.name == program)
	found: dict[str, list[tuple[date, date, str]]] = {}
	for name, start, end, title in listed(query, "Mentoring Program").run():
		told = title or f"{formatdate(start)} – {formatdate(end)}"
		found.setdefault(name, []).append((start, end, told))
	return found


def get_data(filters: frappe._dict, day: date, years: dict[str, list]) -> list[dict]:
	task = frappe.qb.DocType("Roadmap Task")
	query = (
		frappe.qb.from_(task)
		.select(
			task.name,
			task.title,
			task.section,
			task.due_date,
			task.responsible,
			task.status,
			task.completed_on,
			task.threshold_op,
			task.threshold_value,
			task.threshold_unit,
			task.actual_value,
			task.measured_on,
		)
		.where(task.status != "Cancelled")
		.orderby(task.due_date)
		.orderby(task.creation)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(task[field] == filters[field])
	if years:
		query = query.select(task.start_date, task.program)
	tasks = listed(query, "Roadmap Task").run(as_dict=True)
	words = {word: _(word) for word in (IN_TIME, LATE, OVERDUE, *OPEN_TASKS, "Done")}
	for task in tasks:
		verdict = judge(task["due_date"], task["completed_on"], day)
		task["verdict"], task["judgement"] = verdict, words[verdict] if verdict else ""
		task["status"] = words[task["status"]]
		if task["threshold_op"] or task["measured_on"] or task["actual_value"]:
			task.update(_measured(task))
		else:
			task.update(NOT_MEASURED)
		if years:
			task["year"] = _year_of(task["due_date"] or task["start_date"], years.get(task["program"], ()))
	return tasks


def _year_of(day: date | None, years: Iterable[tuple[date, date, str]]) -> str:
	return next((title for start, end, title in years if day and start <= day <= end), "")


def _measured(task: frappe._dict) -> dict[str, str]:
	"""The threshold, the actual value, and whether the one is reached by the other."""
	reached, sign = measures.reached(task), SIGNS.get(task.threshold_op, "")
	is_known = bool(task.measured_on or task.actual_value)
	return {
		"threshold": f"{sign} {measures.figure(task.threshold_value, task.threshold_unit)}" if sign else "",
		"actual": measures.figure(task.actual_value, task.threshold_unit) if is_known else "",
		"standing": "" if reached is None else _("Yes") if reached else _("No"),
	}


def get_chart(rows: list[dict], by_year: bool) -> dict | None:
	"""Done and all, by section; of programmes of several years by year."""
	if not rows:
		return None
	part = "year" if by_year else "section"
	without = _("Without a year") if by_year else _("Without a section")
	total = Counter(row[part] or without for row in rows)
	done = Counter(row[part] or without for row in rows if row["completed_on"])
	sections = sorted(total) if by_year else list(total)
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
	verdicts = Counter(row["verdict"] for row in rows)
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
