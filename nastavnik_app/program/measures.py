"""Tasks of the roadmap measured from the records: which task by which indicator, and what it says today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import frappe
from babel import numbers
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from nastavnik_app.program import indicator_values, indicators, municipal
from nastavnik_app.program.things import Definition, Scope
from nastavnik_app.rules.indicators import REACHED, by_hand, standing
from nastavnik_app.rules.measured import MeasureWords, first_asked_for, lines_of
from nastavnik_app.rules.states import OPEN_TASKS

ALL_THE_TIME = "continuous"


def words_of_measures() -> list[MeasureWords]:
	"""The indicators in their order, with the words that ask for them."""
	rows = frappe.get_all(
		indicators.INDICATOR,
		filters={"disabled": 0, "words": ["is", "set"]},
		fields=["name", "unit", "words"],
		order_by="creation asc, name asc",
	)
	return [MeasureWords(row.name, row.unit or "", lines_of(row.words)) for row in rows]


def asked_for(task: Any, measures: list[MeasureWords]) -> str | None:
	"""Name of the indicator that a row or a task asks for by its result or its indicator."""
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
	"""Counts the indicators of a running programme and writes what the records say into its open tasks that have one,
	or into one of the tasks alone; returns how many. A task without an indicator keeps what a person entered.
	"""
	about = frappe.get_cached_doc("Mentoring Program", program)
	if not task and about.workflow_state == "Running":
		indicator_values.count(program)
	filters = {"program": program, "status": ["in", OPEN_TASKS], "measure": ["is", "set"]}
	if task:
		filters["name"] = task
	fields = ["name", "measure", "start_date", "due_date", "recurrence"]
	tasks = frappe.get_all("Roadmap Task", filters=filters, fields=fields)
	measured = {one.name: one for one in indicators.enabled({one.measure for one in tasks})}
	said: dict[tuple[Definition, Scope], Any] = {}
	for one in tasks:
		indicator = measured[one.measure]
		if not indicator.definition:
			continue
		key = (indicator.definition, _scope(about, one))
		if key not in said:
			said[key] = indicators.count(*key)[about.organization].value
		value = said[key].shown(indicator.decimals)
		# without anything to divide by nothing was measured
		values = {"actual_value": value or 0, "measured_on": None if value is None else now_datetime()}
		# the clock's figure is no edit of a person
		frappe.db.set_value("Roadmap Task", one.name, values, update_modified=False)
	municipal.mirror_measured(program)
	return len(tasks)


def _scope(program: Document, task: Any) -> Scope:
	"""The days up to today of the programme's year in which the task is due; of one occurrence of several, its own:
	the diagnosis of this quarter.

	Pairs are formed once their order is signed, though they begin some days later: what is done then is not 0 %.
	"""
	due = getdate(task.due_date) if task.due_date else getdate()
	start, end = indicators.year_start(program, due), getdate(program.period_end)
	if task.recurrence and task.recurrence != ALL_THE_TIME and task.start_date and task.due_date:
		start, end = getdate(task.start_date), getdate(task.due_date)
	day = min(end, getdate())
	return replace(indicators.scope_of(program, day), start=start, arranged_to=end)


def standing_of(task: Document) -> str | None:
	"""What a measured task says on its form; None for one that nobody measures."""
	if not task.measure or not task.measured_on:
		return None
	title = frappe.get_cached_value(indicators.INDICATOR, task.measure, "title")
	said = _("{0}: {1}").format(title, figure(task.actual_value, task.threshold_unit))
	if task.status in OPEN_TASKS and reached(task):
		return _("{0}. The threshold is reached: the task can be marked as done.").format(said)
	return said


def reached(task: Any) -> bool | None:
	"""Whether the actual value reaches the threshold; None where there is none of them."""
	if not task.threshold_op or not (task.measured_on or task.actual_value):
		return None
	return standing(by_hand(task.actual_value), task.threshold_value, task.threshold_op) == REACHED


def figure(value: float | None, unit: str | None) -> str:
	"""«66,6 %», «5 встреч», as the reader writes it."""
	number = numbers.format_decimal(value or 0, locale=frappe.local.lang.replace("-", "_"))
	return f"{number} {unit}" if unit else number
