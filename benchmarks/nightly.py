"""What the clock does: the steps of the daily work for the whole site, and for one school of it, which has a fiftieth
of all participants, the job that measures its programme and the report that its curator gets each week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds, queries

OF = "participants"
SIZES = (100, 10_000, 100_000)
WEEKLY = "Weekly to Curators"


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""Of a site that is filled."""
	for what, work in _works():
		with taken_back():
			(seconds,) = rounds.shortest(work, undone=True)
			sent = queries(work)
		yield Line(what, size, seconds, queries=sent)


def _works() -> Iterator[tuple[str, Callable[[], Any]]]:
	from nastavnik_app import tasks

	for step in (*_daily_steps(), tasks.send_personal_digests):
		yield f"{step.__module__.rpartition('.')[2]}: {step.__name__}".replace("_", " "), step
	yield "a school: its programme measured", _measure
	yield "a school: its curator's weekly report", _compose


def _daily_steps() -> tuple[Callable[[], None], ...]:
	from nastavnik_app import tasks

	with patch.object(tasks, "_each") as each:
		tasks.daily()
	return each.call_args.args


def _school() -> str:
	import frappe

	from benchmarks import fill

	return frappe.db.get_value("Educational Organization", {"title": f"{fill.SCHOOL} 01"})


def _running_program() -> str:
	import frappe

	program = frappe.db.get_value("Mentoring Program", {"organization": _school()})
	frappe.db.set_value("Mentoring Program", program, "workflow_state", "Running", update_modified=False)
	frappe.clear_document_cache("Mentoring Program", program)
	return program


def _measure() -> None:
	"""Each indicator, and as many tasks of the roadmap that ask for one."""
	import frappe

	from nastavnik_app.program import measures

	program = _running_program()
	asked = frappe.get_all("Mentoring Indicator", filters={"disabled": 0}, pluck="name")
	planned = frappe.get_all("Roadmap Task", filters={"program": program, "status": "Planned"}, pluck="name")
	for task, indicator in zip(planned, asked, strict=False):
		frappe.db.set_value("Roadmap Task", task, "measure", indicator, update_modified=False)
	measures.measure_program(program)


def _compose() -> None:
	from benchmarks import fill
	from nastavnik_app.mailings import message
	from nastavnik_app.mailings.kinds import KINDS
	from nastavnik_app.on_behalf import on_behalf_of

	_running_program()
	with on_behalf_of(reader := fill.login_of("everywhere")):
		message.compose(KINDS[WEEKLY], _school(), reader)
