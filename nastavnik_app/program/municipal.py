"""A municipal roadmap: its tasks become tasks of the schools, and what becomes of them is seen by the authority.

Names of the other's tasks are kept as plain data, no links: a list joins the fields of whatever a row links to.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from nastavnik_app.desk import notices
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.permissions import subordinates_of
from nastavnik_app.rules.executors import executors_in
from nastavnik_app.rules.indicators import REACHED, by_hand, standing
from nastavnik_app.rules.states import OPEN_TASKS

TASK, EXECUTOR, PROGRAM = "Roadmap Task", "Roadmap Task Executor", "Mentoring Program"
WAITS, PLANNED, RUNNING = "Waits for a Program", "Planned", "Running"
AT_ONCE = 300  # tasks of schools, each some hundredths of a second
HANDED_DOWN = (
	"title",
	"stage",
	"section",
	"start_date",
	"due_date",
	"term_text",
	"recurrence",
	"content",
	"expected_result",
	"indicator",
	"threshold_op",
	"threshold_value",
	"threshold_unit",
	"measure",
)
# what the authority sees of a school's task: no text that a school has written
SEEN = ("status", "due_date", "completed_on")


def schools_of(authority: str) -> dict[str, str]:
	"""Titles of the organizations directly below, by name."""
	below = {"name": ["in", [*subordinates_of({authority}), ""]]}
	rows = frappe.get_all(
		"Educational Organization", filters=below, fields=["name", "title"], order_by="title asc"
	)
	return {row.name: row.title for row in rows}


def choices(tasks: list[str]) -> list[dict[str, Any]]:
	"""The schools to choose from: name, title, and whether a task names it as responsible."""
	records = [frappe.get_doc(TASK, name) for name in tasks]
	for record in records:
		record.check_permission("write")
	named = {school for record in records for school in proposed(record)}
	titles = {one: title for record in records for one, title in schools_of(record.organization).items()}
	return [{"name": one, "title": title, "proposed": one in named} for one, title in titles.items()]


def proposed(task: Document) -> list[str]:
	"""The schools that a task names as responsible."""
	return executors_in(task.responsible, schools_of(task.organization))


def ask_to_hand_down(tasks: list[str], schools: list[str]) -> dict[str, int]:
	"""As `hand_down`; many tasks of many schools are made by jobs, one for each row: {"queued": rows}."""
	if len(tasks) * len(schools) <= AT_ONCE:
		return hand_down(tasks, schools)
	for name in tasks:
		frappe.get_doc(TASK, name).check_permission("write")
	for name in tasks:
		frappe.enqueue(
			"nastavnik_app.program.municipal.hand_down",
			queue="long",
			job_id=f"nastavnik-hand-down-{name}",
			deduplicate=True,
			enqueue_after_commit=True,
			tasks=[name],
			schools=schools,
		)
	return {"queued": len(tasks)}


def hand_down(tasks: list[str], schools: list[str] | None = None) -> dict[str, int]:
	"""Gives tasks of an authority to schools below it; without `schools` to those whom each names as responsible.

	{"tasks": made, "waiting": of schools without a programme}; what a school has already it keeps as it is.
	"""
	made, waiting = [], 0
	for name in tasks:
		task = _locked(name)
		rows = _missing_rows(task, schools)
		for row in rows:
			program = program_for(row.organization, task.due_date)
			if program:
				made.append(_make(task, row, program))
			else:
				waiting += 1
		if rows:
			_save(task)
	_tell(made)
	return {"tasks": len(made), "waiting": waiting}


def _locked(name: str) -> Document:
	task = frappe.get_doc(TASK, name, for_update=True)
	task.check_permission("write")
	if task.status not in OPEN_TASKS:
		frappe.throw(_("“{0}” is not open any more and is not handed down.").format(task.title))
	return task


def _missing_rows(task: Document, schools: list[str] | None) -> list[Document]:
	below = schools_of(task.organization)
	if not below:
		frappe.throw(_("“{0}”: the organization of this task has no schools below it.").format(task.title))
	chosen = proposed(task) if schools is None else list(dict.fromkeys(schools))
	if set(chosen) - set(below):
		frappe.throw(_("Choose schools that are directly below the authority."), frappe.PermissionError)
	have = {row.organization for row in task.executors}
	return [
		task.append("executors", {"organization": school, "status": WAITS})
		for school in chosen
		if school not in have
	]


def program_for(school: str, due: Any) -> str | None:
	"""The programme of a school that takes a task up: rather one whose days hold its term, rather a running one."""
	rows = frappe.get_all(
		PROGRAM,
		filters={"organization": school, "workflow_state": ["!=", "Closed"]},
		fields=["name", "workflow_state", "period_start", "period_end"],
	)

	def fitness(row: Any) -> tuple:
		holds = bool(due) and getdate(row.period_start) <= getdate(due) <= getdate(row.period_end)
		return holds, row.workflow_state == RUNNING, getdate(row.period_start)

	return max(rows, key=fitness).name if rows else None


def _make(task: Document, row: Document, program: str) -> Document:
	given = {field: task.get(field) for field in HANDED_DOWN}
	own = frappe.get_doc({"doctype": TASK, "program": program, "municipal_task": task.name, **given})
	own.insert(ignore_permissions=True)
	row.update(_seen(own, task))
	return own


def _seen(own: Any, task: Any) -> dict[str, Any]:
	"""How a school's task stands, against the authority's own threshold. Whether its value reaches it, and not the
	value: a share of few people would tell of them."""
	reached = ""
	if task.threshold_op and (own.measured_on or own.actual_value):
		judged = standing(by_hand(flt(own.actual_value)), flt(task.threshold_value), task.threshold_op)
		reached = "Yes" if judged == REACHED else "No"
	return {"task": own.name, "reached": reached, **{field: own.get(field) for field in SEEN}}


def _save(task: Document) -> None:
	# the rows are the app's: a person's save puts back what is stored
	task.flags.ignore_permissions = True
	task.save()


def _tell(made: list[Document]) -> None:
	programs = list(dict.fromkeys(own.program for own in made))
	if programs:
		frappe.enqueue(
			"nastavnik_app.program.municipal.tell_curators",
			queue="short",
			enqueue_after_commit=True,
			programs=programs,
		)


def tell_curators(programs: list[str]) -> None:
	"""Tells the curators of programmes what has been added. The authority, which may read none of them, cannot."""
	with on_behalf_of("Administrator"):
		for program in programs:
			notices.tell_handed_down(frappe.get_doc(PROGRAM, program))


def give_waiting(program: Document) -> None:
	"""A school that had no programme gets with it what its authority has handed down meanwhile."""
	made = []
	waiting = {"organization": program.organization, "status": WAITS, "parenttype": TASK}
	for name in frappe.get_all(EXECUTOR, filters=waiting, order_by="creation asc", pluck="name"):
		row = frappe.get_doc(EXECUTOR, name)
		task = frappe.get_doc(TASK, row.parent)
		if task.status in OPEN_TASKS:
			made.append(_make(task, row, program.name))
			mirror(made[-1], row.name)
	_tell(made)


def mirror(task: Any, row: str | None = None) -> None:
	"""Shows the authority how a school's task stands."""
	row = row or frappe.db.get_value(EXECUTOR, {"task": task.name, "parenttype": TASK}, "name")
	if row:
		fields = ["threshold_op", "threshold_value"]
		authoritys = frappe.db.get_value(TASK, task.municipal_task, fields, as_dict=True)
		frappe.db.set_value(EXECUTOR, row, _seen(task, authoritys), update_modified=False)


def mirror_measured(program: str) -> None:
	"""The same for the open tasks of a programme, which are measured past their documents."""
	measured = {"program": program, "municipal_task": ["is", "set"], "status": ["in", OPEN_TASKS]}
	for task in frappe.get_all(
		TASK, filters=measured, fields=["name", "municipal_task", "measured_on", "actual_value", *SEEN]
	):
		mirror(task)


def take_back(task: str, schools: list[str]) -> int:
	"""Takes a task back from schools that have not begun it; how many."""
	record = _locked(task)
	rows = [row for row in record.executors if row.organization in schools]
	begun = [row for row in rows if row.status not in (WAITS, PLANNED)]
	if begun:
		titles = schools_of(record.organization)
		frappe.throw(
			_("These schools have begun already: {0}.").format(
				", ".join(titles.get(row.organization, row.organization) for row in begun)
			)
		)
	for row in rows:
		record.remove(row)
	_save(record)
	for row in rows:
		if row.task:
			frappe.delete_doc(TASK, row.task, ignore_permissions=True)
	return len(rows)


def refuse_deleting(task: Document) -> None:
	"""What was handed down is cancelled with a reason by the school, and taken back by the authority."""
	if frappe.db.exists(EXECUTOR, {"task": task.name, "parenttype": TASK}):
		frappe.throw(_("“{0}” was handed down by the authority. Cancel it with a reason.").format(task.title))
	if any(row.task for row in task.executors):
		frappe.throw(_("“{0}” was handed down to schools. Take it back first.").format(task.title))
