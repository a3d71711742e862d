"""The next year's programme and roadmap, made from this one's: the terms moved on by a year, for the curator to check."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate

from nastavnik_app.program.roadmap_review import THRESHOLD, term_values
from nastavnik_app.program.years import day_of_task, year_on
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.term_shift import a_year_later, later_period, later_school_years, later_words
from nastavnik_app.rules.terms import read_term
from nastavnik_app.translation import translated

COPIED = ("aims", "tasks", "legal_basis", "management", "partners", "expected_results")
TABLES = {
	"forms": ("form",),
	"leaders": ("person_name", "post", "duty"),
	"curators": (
		"user",
		"person_name",
		"duty",
		"person_name_genitive",
		"person_name_dative",
		"person_name_accusative",
		"person_name_instrumental",
	),
}
OF_TASK = ("section", "stage", "responsible", *THRESHOLD)
# texts of a task that may name the school year
NAMING_YEARS = ("title", "content", "expected_result", "indicator")
TITLE_LENGTH = 300
SHOWN = 140  # characters of what stood there, in a doubt

Doubt = dict[str, str]  # as roadmap_review stores them: field, text, written


def make(program: Document) -> Document:
	"""A draft of the next year's programme, or the next year of one of several years, and the import of its roadmap,
	whose rows wait for the curator; returns the import."""
	# two at once would both find nothing
	frappe.db.get_value("Mentoring Program", program.name, "name", for_update=True)
	tasks = _tasks_by_origin(program.name)
	if not tasks:
		frappe.throw(_("“{0}” has no roadmap to go on from: it has no tasks.").format(program.title))
	found = _last_and_next_year(program, tasks)
	if found:
		return _next_roadmap(program, tasks, *found)
	_refuse_second(program)
	period = _days(program.period_start, program.period_end)
	later = later_period(period)
	following = _next_program(program, period, later)
	rows = [_row(group, _period_of(group, period)) for group in tasks]
	imported = _import(following.name, following.title, later, rows)
	imported.update({"indicators": [_indicator(row) for row in program.targets]})
	return imported.insert()


def _days(start: Any, end: Any) -> Period:
	return Period(getdate(start), getdate(end))


def _import(program: str, title: str, period: Period, rows: list[dict[str, Any]]) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Roadmap Import",
			"program": program,
			"title": _("Roadmap: {0}").format(title)[:TITLE_LENGTH],
			"status": "Rows Read",
			"period_start": period.start,
			"period_end": period.end,
			"period_basis": "given",
			"rows": rows,
		}
	)


def _last_and_next_year(program: Document, tasks: list[list[Any]]) -> tuple[Document, Document] | None:
	"""Of a programme of several years the last year that has tasks, and the one after it; None where there is none."""
	years = {row.idx: row for row in program.years}
	found = [year_on(program, day_of_task(task)) for group in tasks for task in group]
	last = max((row.idx for row in found if row), default=None)
	return (years[last], years[last + 1]) if last and last + 1 in years else None


def _next_roadmap(program: Document, tasks: list[list[Any]], last: Document, following: Document) -> Document:
	if following.roadmap:
		frappe.throw(
			_("The roadmap of “{0}” is there already. Delete it first to make it again.").format(
				following.title
			)
		)
	period = _days(last.start, last.end)
	of_year = [[task for task in group if year_on(program, day_of_task(task)) is last] for group in tasks]
	rows = [_row(group, period) for group in of_year if group]
	title = f"{program.title}, {following.title}"
	imported = _import(program.name, title, _days(following.start, following.end), rows).insert()
	frappe.db.set_value("Program Year", following.name, "roadmap", imported.name, update_modified=False)
	return imported


def _refuse_second(program: Document) -> None:
	made = frappe.db.get_value("Mentoring Program", {"continues": program.name}, "title")
	if made:
		frappe.throw(
			_(
				"The program of the next year is there already: “{0}”. Delete it first to make it again."
			).format(made)
		)


def _next_program(program: Document, period: Period, later: Period) -> Document:
	title = later_words(program.title, period)
	if title == program.title:
		years = dict.fromkeys((later.start.year, later.end.year))
		title = f"{title}, {'/'.join(str(year) for year in years)}"
	following = frappe.get_doc(
		{
			"doctype": "Mentoring Program",
			"title": title[:TITLE_LENGTH],
			"organization": program.organization,
			"period_start": later.start,
			"period_end": later.end,
			**{field: program.get(field) for field in COPIED},
			**{
				table: [{field: row.get(field) for field in fields} for row in program.get(table)]
				for table, fields in TABLES.items()
			},
			"site_documents": [{"title": row.title} for row in program.site_documents],
		}
	).insert()
	# only the app says what a program goes on from
	following.db_set("continues", program.name)
	return following


def _tasks_by_origin(program: str) -> list[list[Any]]:
	"""Tasks in the order of the roadmap, the occurrences of one row together, the first of them first."""
	tasks = frappe.get_list(
		"Roadmap Task",
		filters={"program": program},
		fields=[
			"name",
			"recurs_from",
			"recurrence",
			"status",
			"start_date",
			"due_date",
			"term_text",
			"roadmap_import",
			"source_row",
			*OF_TASK,
			*NAMING_YEARS,
		],
		order_by="creation asc, name asc",
		limit_page_length=0,
	)
	# document after document, and what a person added beside them in the end
	documents = list(dict.fromkeys(task.roadmap_import for task in tasks if task.roadmap_import))
	place = {
		task.name: (documents.index(task.roadmap_import), task.source_row or 0, at)
		if task.roadmap_import
		else (len(documents), 0, at)
		for at, task in enumerate(tasks)
		if not task.recurs_from
	}
	last = (len(documents), 0, len(tasks))

	def origin(task: Any) -> tuple:
		return (*place.get(task.recurs_from or task.name, last), task.recurs_from or task.name)

	tasks.sort(key=lambda task: (origin(task), str(task.due_date or task.start_date or "")))
	return [list(group) for _origin, group in groupby(tasks, key=origin)]


def _period_of(tasks: list[Any], period: Period) -> Period:
	"""What a row was read for: the period of its document, or the programme's."""
	bounds = ("period_start", "period_end")
	name = tasks[0].roadmap_import
	start, end = (name and frappe.get_cached_value("Roadmap Import", name, bounds)) or (None, None)
	return Period(getdate(start), getdate(end)) if start and end else period


def _row(tasks: list[Any], period: Period) -> dict[str, Any]:
	first = tasks[0]
	values = {field: first.get(field) for field in OF_TASK}
	doubts = []
	for field in NAMING_YEARS:
		values[field] = later_school_years(first.get(field) or "")
		if values[field] != (first.get(field) or ""):
			doubts.append(_moved(field, first.get(field)))
	written = first.term_text or ""
	values["term_text"] = later_words(written, period)
	if values["term_text"] != written:
		doubts.append(_moved("term_text", written))
	dates, further = _dates(tasks, values["term_text"], period)
	doubts += further
	return {
		**values,
		**dates,
		"skip": int(all(task.status == "Cancelled" for task in tasks)),
		"doubts": frappe.as_json(doubts) if doubts else None,
		"problems": "\n".join(doubt["text"] for doubt in doubts) or None,
	}


def _moved(field: str, written: str) -> Doubt:
	shown = written if len(written) <= SHOWN else written[:SHOWN] + "…"
	return _doubt(field, _("Moved on by a year, it was: {0}").format(shown), written)


def _doubt(field: str, text: str, written: str) -> Doubt:
	return {"field": field, "text": text, "written": written}


def _dates(tasks: list[Any], words: str, period: Period) -> tuple[dict[str, Any], list[Doubt]]:
	"""Values of a row's term, and what is doubtful about them.

	Dates that the words say are read for the next year: «последняя пятница мая» is another day there. Others are
	moved on by a year.
	"""
	stood = _as_it_stood(tasks)
	before, after = read_term(tasks[0].term_text or "", period), read_term(words, later_period(period))
	values = term_values(before)
	if all(_same(stood[field], values[field]) for field in ("start", "due", "recurrence")):
		# what was doubtful this year has been looked at
		settled = {problem.source for problem in before.problems}
		new = [problem for problem in after.problems if problem.source not in settled]
		return term_values(after), [_doubt("term_text", translated(problem), words) for problem in new]
	moved = {
		field: a_year_later(getdate(stood[field])) if stood[field] else None for field in ("start", "due")
	}
	text = _("The dates were set by hand and are a year later now. Check them.")
	doubts = [_doubt("due", text, cstr(stood["due"]))] if any(moved.values()) else []
	return {**moved, "recurrence": stood["recurrence"], "relative": int(before.relative)}, doubts


def _as_it_stood(tasks: list[Any]) -> dict[str, Any]:
	"""The term of the row that tasks were made of: of a recurring one as its import has it, else from the first
	occurrence to the last."""
	first = tasks[0]
	if len(tasks) > 1 and first.roadmap_import:
		row = {"parent": first.roadmap_import, "idx": first.source_row}
		found = frappe.db.get_value("Roadmap Import Row", row, ["start", "due", "recurrence"], as_dict=True)
		if found:
			return found
	days = [task.due_date for task in tasks if task.due_date]
	return {
		"start": min((task.start_date for task in tasks if task.start_date), default=None),
		"due": max(days, default=None),
		"recurrence": first.recurrence,
	}


def _same(one: Any, other: Any) -> bool:
	return cstr(one) == cstr(other)


def _indicator(row: Document) -> dict[str, Any]:
	"""An indicator goes on with the target of this year, until the curator sets another."""
	text = _("This is the target of this year. Set the one of the next year, and what was reached.")
	doubt = _doubt("target_value", text, cstr(row.target_value))
	return {
		"title": row.title,
		"unit": row.unit,
		"base_year": row.target_year,
		"target_year": row.target_year + 1 if row.target_year else None,
		"target_value": row.target_value,
		"doubts": frappe.as_json([doubt]),
		"problems": text,
	}
