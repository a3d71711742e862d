"""How the schools carry out the roadmap of their authority: by its rows, or by school. Figures alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.permissions import listed
from nastavnik_app.program.municipal import WAITS
from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE, judge
from nastavnik_app.rules.indicators import Value

BY_SCHOOL = "By School"
MOST_BARS = 20
FIGURES = ("schools", "waiting", "done", "in_time", "late", "overdue", "reached")


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are those of the roadmaps that the reader may list."""
	filters = frappe._dict(filters or {})
	parts = get_parts(filters, getdate(filters.on_date))
	rows = by_school(parts) if filters.view == BY_SCHOOL else by_row(parts)
	return get_columns(filters.view), rows, None, get_chart(rows), get_summary(parts)


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


def get_parts(filters: frappe._dict, day: date) -> list[frappe._dict]:
	"""One for each school of each row, judged by the term of the row, whatever the school has made
	of them."""
	task, part, school = (
		frappe.qb.DocType(name)
		for name in ("Roadmap Task", "Roadmap Task Executor", "Educational Organization")
	)
	query = (
		frappe.qb.from_(task)
		.join(part)
		.on(part.parent == task.name)
		.join(school)
		.on(school.name == part.organization)
		.select(
			task.name.as_("task"),
			task.title,
			task.section,
			task.due_date,
			part.organization,
			school.title.as_("school_name"),
			part.status,
			part.completed_on,
			part.reached,
		)
		.where(part.parenttype == "Roadmap Task")
		.where(task.status != "Cancelled")
		.orderby(task.due_date, task.name, school.title)
	)
	if filters.authority:
		query = query.where(task.organization == filters.authority)
	parts = listed(query, "Roadmap Task").run(as_dict=True)
	for one in parts:
		is_open = one.status != "Cancelled"
		one.verdict = judge(one.due_date, one.completed_on, day) if is_open else None
	return parts


def by_row(parts: list[frappe._dict]) -> list[dict]:
	rows: dict[str, frappe._dict] = {}
	for part in parts:
		about = {field: part[field] for field in ("task", "title", "section", "due_date")}
		_count(rows.setdefault(part.task, frappe._dict(about)), part)
	return [_with_share(row) for row in rows.values()]


def by_school(parts: list[frappe._dict]) -> list[dict]:
	rows: dict[str, frappe._dict] = {}
	for part in parts:
		about = frappe._dict(school_name=part.school_name)
		_count(rows.setdefault(part.organization, about), part)
	for row in rows.values():
		row.tasks = row.schools
	return sorted((_with_share(row) for row in rows.values()), key=lambda row: row.school_name)


def _count(row: frappe._dict, part: frappe._dict) -> None:
	counted = Counter(
		schools=1,
		waiting=part.status == WAITS,
		done=part.status == "Done",
		in_time=part.verdict == IN_TIME,
		late=part.verdict == LATE,
		overdue=part.verdict == OVERDUE,
		reached=part.reached == "Yes",
	)
	row.update({name: row.get(name, 0) + int(counted[name]) for name in FIGURES})


def _with_share(row: frappe._dict) -> frappe._dict:
	row.done_percent = Value(row.done, row.schools).shown()
	return row


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


def get_summary(parts: list[frappe._dict]) -> list[dict]:
	total = frappe._dict(dict.fromkeys(FIGURES, 0))
	for part in parts:
		_count(total, part)
	return [
		{"label": _("Tasks of Schools"), "value": total.schools, "datatype": "Int"},
		{"label": _("Done"), "value": total.done, "datatype": "Int", "indicator": "Green"},
		{"label": _("Done Late"), "value": total.late, "datatype": "Int", "indicator": "Orange"},
		{"label": _("Overdue"), "value": total.overdue, "datatype": "Int", "indicator": "Red"},
		{"label": _("Without a Program"), "value": total.waiting, "datatype": "Int", "indicator": "Orange"},
	]
