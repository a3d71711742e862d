"""Tasks of the roadmap measured from the records: which task by which measure, and what it says today."""

from __future__ import annotations

from typing import Any

import frappe
from babel import numbers
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from nastavnik_app.program.formulas import FORMULAS, Measured, Scope
from nastavnik_app.rules.measured import MeasureWords, first_asked_for, is_reached, lines_of

OPEN = ("Planned", "In Progress")
ALL_THE_TIME = "continuous"


def measure(formula: str, scope: Scope) -> Measured:
	"""What a formula says of a programme, or of some days of it."""
	return FORMULAS[formula](scope)


def words_of_measures() -> list[MeasureWords]:
	"""The measures in their order, with the words that ask for them."""
	rows = frappe.get_all(
		"Mentoring Measure",
		filters={"disabled": 0},
		fields=["name", "unit", "words"],
		order_by="creation asc, name asc",
	)
	return [MeasureWords(row.name, row.unit or "", lines_of(row.words)) for row in rows]


def asked_for(task: Any, measures: list[MeasureWords]) -> str | None:
	"""Name of the measure that a row or a task asks for by its result or its indicator."""
	return first_asked_for((task.indicator, task.expected_result), task.threshold_unit, measures)


def measure_all() -> None:
	"""Queues the measuring of each running programme, one job each; called daily."""
	for program in frappe.get_all("Mentoring Program", filters={"workflow_state": "Running"}, pluck="name"):
		frappe.enqueue(
			"nastavnik_app.program.measures.measure_program",
			queue="long",
			job_id=f"nastavnik-measures-{program}-{getdate()}",
			deduplicate=True,
			enqueue_after_commit=True,
			program=program,
		)


def measure_program(program: str, task: str | None = None) -> int:
	"""Writes what the records say into open tasks that have a measure, or into one of them; returns how many.

	A task without a measure keeps what a person entered.
	"""
	filters = {"program": program, "status": ["in", OPEN], "measure": ["is", "set"]}
	if task:
		filters["name"] = task
	tasks = frappe.get_all(
		"Roadmap Task",
		filters=filters,
		fields=["name", "measure", "start_date", "due_date", "recurrence"],
	)
	said: dict[tuple[str, Scope], Measured] = {}
	for one in tasks:
		found = frappe.get_cached_doc("Mentoring Measure", one.measure)
		key = (found.formula, _scope(program, found, one))
		if key not in said:
			said[key] = measure(*key)
		value = said[key].value
		# without anything to divide by nothing was measured
		values = {"actual_value": value or 0, "measured_on": None if value is None else now_datetime()}
		# the clock's figure is no edit of a person
		frappe.db.set_value("Roadmap Task", one.name, values, update_modified=False)
	return len(tasks)


def _scope(program: str, found: Document, task: Any) -> Scope:
	"""The programme's days; of one occurrence of several, its own: the diagnosis of this quarter."""
	about = frappe.get_cached_doc("Mentoring Program", program)
	start, end = getdate(about.period_start), getdate(about.period_end)
	if task.recurrence and task.recurrence != ALL_THE_TIME and task.start_date and task.due_date:
		start, end = getdate(task.start_date), getdate(task.due_date)
	return Scope(program, about.organization, start, end, found.target_group, found.event_kind)


def standing_of(task: Document) -> str | None:
	"""What a measured task says on its form; None for one that nobody measures."""
	if not task.measure or not task.measured_on:
		return None
	title = frappe.get_cached_value("Mentoring Measure", task.measure, "title")
	said = _("{0}: {1}").format(title, figure(task.actual_value, task.threshold_unit))
	if task.status in OPEN and reached(task):
		return _("{0}. The threshold is reached: the task can be marked as done.").format(said)
	return said


def reached(task: Any) -> bool | None:
	"""Whether the actual value reaches the threshold; None where there is none of them."""
	value = task.actual_value if task.measured_on or task.actual_value else None
	threshold = task.threshold_value if task.threshold_op else None
	return is_reached(task.threshold_op, threshold, value)


def figure(value: float | None, unit: str | None) -> str:
	"""«66,6 %», «5 встреч», as the reader writes it."""
	number = numbers.format_decimal(value or 0, locale=frappe.local.lang.replace("-", "_"))
	return f"{number} {unit}" if unit else number
