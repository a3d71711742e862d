"""How the schools carry out the roadmap of their authority: by its rows, or by school. Figures alone."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import getdate
from pypika import Case
from pypika.queries import Table
from pypika.terms import Criterion

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.program.municipal import WAITS
from nastavnik_app.rules.indicators import Value

BY_SCHOOL = "By School"
MOST_BARS = 20
FIGURES = ("schools", "waiting", "done", "late", "overdue")  # of all rows together


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are those of the roadmaps that the reader may list."""
	filters = filters_in(filters)
	rows = get_rows(filters, getdate(filters.on_date))
	return get_columns(filters.view), rows, None, get_chart(rows), get_summary(rows)


def get_columns(view: str | None) -> list[dict]:
	figures = {
		"waiting": _("Without a Program"),
		"done": _("Done"),
		"in_time": _("In Time"),
		"late": _("Late"),
		"overdue": _("Overdue"),
		"reached": _("Threshold Reached"),
	}
	counts = [
		{"fieldname": name, "label": label, "fieldtype": "Int", "width": 110}
		for name, label in figures.items()
	]
	share = {
		"fieldname": "done_percent",
		"label": _("Done, %"),
		"fieldtype": "Float",
		"precision": 1,
		"width": 100,
	}
	return [*(_columns_of_school() if view == BY_SCHOOL else _columns_of_row()), *counts, share]


def _columns_of_school() -> list[dict]:
	return [
		{"fieldname": "school_name", "label": _("School"), "fieldtype": "Data", "width": 260},
		{"fieldname": "tasks", "label": _("Tasks"), "fieldtype": "Int", "width": 90},
	]


def _columns_of_row() -> list[dict]:
	return [
		{
			"fieldname": "task",
			"label": _("Task"),
			"fieldtype": "Link",
			"options": "Roadmap Task",
			"width": 80,
		},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 320},
		{"fieldname": "section", "label": _("Section"), "fieldtype": "Data", "width": 160},
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 100},
		{"fieldname": "schools", "label": _("Schools"), "fieldtype": "Int", "width": 90},
	]


def get_rows(filters: frappe._dict, day: date) -> list[frappe._dict]:
	"""The parts of the schools counted by row or by school, judged by the term of the row, whatever the school has made
	of them."""
	task, part, school = (
		frappe.qb.DocType(name)
		for name in ("Roadmap Task", "Roadmap Task Executor", "Educational Organization")
	)
	if filters.view == BY_SCHOOL:
		about, named = (school.title, part.organization), school.title.as_("school_name")
	else:
		about, named = (task.due_date, task.name, task.title, task.section), task.name.as_("task")
	figures = _figures(task, part, day)
	query = (
		frappe.qb.from_(task)
		.join(part)
		.on(part.parent == task.name)
		.join(school)
		.on(school.name == part.organization)
		.select(named, *about, Count(part.name).as_("schools"))
		.select(*(Sum(Case().when(holds, 1).else_(0)).as_(name) for name, holds in figures.items()))
		.where(part.parenttype == "Roadmap Task")
		.where(task.status != "Cancelled")
		.groupby(*about)
		.orderby(*about)
	)
	if filters.authority:
		query = query.where(task.organization == filters.authority)
	rows = listed(query, "Roadmap Task").run(as_dict=True)
	for row in rows:
		row.update({name: int(row[name]) for name in figures})
		row.tasks, row.done_percent = row.schools, Value(row.done, row.schools).shown()
	return rows


def _figures(task: Table, part: Table, day: date) -> dict[str, Criterion]:
	"""What is counted of the parts; the verdicts as rules.fulfilment.judge."""
	is_open = part.status != "Cancelled"
	in_time = task.due_date.isnull() | (part.completed_on <= task.due_date)
	return {
		"waiting": part.status == WAITS,
		"done": part.status == "Done",
		"in_time": is_open & part.completed_on.isnotnull() & in_time,
		"late": is_open & (part.completed_on > task.due_date),
		"overdue": is_open & part.completed_on.isnull() & (task.due_date < day),
		"reached": part.reached == "Yes",
	}


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	shown = sorted(rows, key=lambda row: row.done_percent)[:MOST_BARS]
	return {
		"data": {
			"labels": [row.get("school_name") or row.title for row in shown],
			"datasets": [{"name": _("Done, %"), "values": [row.done_percent for row in shown]}],
		},
		"type": "bar",
	}


def get_summary(rows: list[frappe._dict]) -> list[dict]:
	total = frappe._dict({name: sum(row[name] for row in rows) for name in FIGURES})
	return [
		{"label": _("Tasks of Schools"), "value": total.schools, "datatype": "Int"},
		{"label": _("Done"), "value": total.done, "datatype": "Int", "indicator": "Green"},
		{"label": _("Done Late"), "value": total.late, "datatype": "Int", "indicator": "Orange"},
		{"label": _("Overdue"), "value": total.overdue, "datatype": "Int", "indicator": "Red"},
		{"label": _("Without a Program"), "value": total.waiting, "datatype": "Int", "indicator": "Orange"},
	]
