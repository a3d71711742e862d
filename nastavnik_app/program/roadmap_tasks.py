"""From a roadmap document, or a template, to the rows of an import and on to tasks."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import attachments
from nastavnik_app.program import measures
from nastavnik_app.program.roadmap_review import as_stored, term_values, threshold_values
from nastavnik_app.roadmap import Indicator, Row, UnreadableDocument, read_roadmap
from nastavnik_app.roadmap.model import doubts_about
from nastavnik_app.roadmap.rows import read_indicator
from nastavnik_app.rules.measured import MeasureWords, first_asked_for
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import Term, occurrences, read_term
from nastavnik_app.translation import translated

TITLE_LENGTH = 500


def read_into(doc: Document) -> None:
	"""Fills the rows and indicators of an import from its document or its template."""
	if doc.document:
		_read_document(doc)
	elif doc.template:
		_read_template(doc)
	else:
		frappe.throw(_("Attach a roadmap document or choose a template."))


def _read_document(doc: Document) -> None:
	file = frappe.get_doc("File", {"file_url": doc.document, "attached_to_name": doc.name})
	try:
		roadmap = read_roadmap(attachments.bytes_of(file), file.file_name, given_period(doc))
	except UnreadableDocument as refusal:
		frappe.throw(translated(refusal.message), title=_("The document cannot be read"))
	document = roadmap.document
	doc.title = (document["title"] or file.file_name)[:TITLE_LENGTH]
	doc.period_start = doc.period_start or document["period_start"]
	doc.period_end = doc.period_end or document["period_end"]
	doc.period_basis = document["period_basis"]
	doc.problems = "\n".join(translated(problem) for problem in document["problems"])
	doc.set("rows", [_row(row) for row in roadmap.rows])
	doc.set("indicators", [_indicator(one) for one in roadmap.indicators])


def given_period(doc: Document) -> Period | None:
	if doc.period_start and doc.period_end:
		return Period(getdate(doc.period_start), getdate(doc.period_end), "given")
	return None


def _row(row: Row) -> dict:
	return {
		"section": (row.section or "")[:TITLE_LENGTH],
		"title": row.title,
		"content": "\n".join(row.activities or ()) or row.content,
		"term_text": row.term_text,
		"start": row.start,
		"due": row.end,
		"recurrence": row.recurrence,
		"relative": int(row.relative),
		"responsible": row.responsible,
		"expected_result": row.result,
		"indicator": row.indicator,
		**threshold_values(row.threshold),
		**as_stored(row.problems, "Roadmap Import Row"),
	}


def _indicator(one: Indicator) -> dict:
	return {
		"title": one.name,
		"unit": one.unit,
		"base_year": one.base_year,
		"base_value": one.base,
		"target_year": one.plan_year,
		"target_value": one.plan,
		**as_stored(one.problems, "Roadmap Import Indicator"),
	}


def _read_template(doc: Document) -> None:
	template = frappe.get_doc("Roadmap Template", doc.template)
	program = frappe.get_doc("Mentoring Program", doc.program)
	doc.title = template.title
	doc.period_start, doc.period_end = program.period_start, program.period_end
	doc.period_basis, doc.problems = "given", None
	period = given_period(doc)
	doc.set("rows", [_row_of_template(row, period) for row in template.rows])
	doc.set("indicators", [])


def _row_of_template(row: Document, period: Period) -> dict:
	text = row.term_text or ""
	term = read_term(text, period)
	threshold, problems = read_indicator(row.indicator or "")
	doubts = [
		*doubts_about("term_text", text, term.problems),
		*doubts_about("indicator", row.indicator or "", problems),
	]
	fields = ("section", "title", "content", "term_text", "responsible", "expected_result", "indicator")
	return {
		**{field: row.get(field) for field in fields},
		**term_values(term),
		**threshold_values(threshold),
		**as_stored(doubts, "Roadmap Import Row"),
	}


def create_from(doc: Document) -> int:
	"""Creates Roadmap Tasks of the rows, one for each occurrence of a recurring row; returns how many.

	Refuses while a row has doubts that nobody has looked at, and a second time for the same document.
	"""
	_refuse_repeated(doc)
	rows = [row for row in doc.rows if not row.skip]
	doubtful = [str(row.idx) for row in rows if row.problems and not row.checked]
	if doubtful:
		frappe.throw(
			_("Look at the doubts first: rows {0}. Correct each row, or check “{1}” if it is right.").format(
				", ".join(doubtful), _("Checked")
			)
		)
	created, words = 0, measures.words_of_measures()
	_take_over_indicators(doc, words)
	for number, row in enumerate(rows, 1):
		created += _create_tasks_of(doc, row, measures.asked_for(row, words))
		frappe.publish_progress(
			100 * number / len(rows), title=_("Creating tasks"), doctype=doc.doctype, docname=doc.name
		)
	return created


def _refuse_repeated(doc: Document) -> None:
	others = frappe.get_all(
		"Roadmap Import",
		filters={"program": doc.program, "status": "Tasks Created", "name": ["!=", doc.name]},
		fields=["name", "title", "document", "template"],
	)
	for other in others:
		is_same = _source_of(other) == _source_of(doc)
		if is_same and frappe.db.exists("Roadmap Task", {"roadmap_import": other.name}):
			frappe.throw(
				_(
					"The program has the tasks of this roadmap already: they were created by “{0}”. Delete those tasks first, or load a changed document."
				).format(other.title)
			)


def _source_of(roadmap: Document) -> str | None:
	"""What tells the document or the template of an import from others."""
	if not roadmap.document:
		return roadmap.template
	return frappe.db.get_value("File", {"file_url": roadmap.document}, "content_hash")


def _create_tasks_of(doc: Document, row: Document, measure: str | None) -> int:
	first = None
	dates = _dates_of(doc, row)
	for start, due in dates:
		task = frappe.get_doc(
			{
				"doctype": "Roadmap Task",
				"program": doc.program,
				"organization": doc.organization,
				"title": " ".join(row.title.split())[:TITLE_LENGTH],
				"content": row.content or (row.title if len(row.title) > TITLE_LENGTH else None),
				"start_date": start,
				"due_date": due,
				"recurrence": row.recurrence,
				"recurs_from": first,
				"roadmap_import": doc.name,
				"source_row": row.idx,
				"measure": measure,
				**{field: row.get(field) for field in COPIED},
			}
		).insert()
		first = first or task.name
	return len(dates)


COPIED = (
	"section",
	"stage",
	"term_text",
	"responsible",
	"expected_result",
	"indicator",
	"threshold_op",
	"threshold_value",
	"threshold_unit",
)


def _dates_of(doc: Document, row: Document) -> list[tuple[date | None, date | None]]:
	"""Start and due date of each occurrence; a row that does not recur has one."""
	start, due = _day(row.start), _day(row.due)
	period = given_period(doc)
	if not row.recurrence or not period:
		return [(start, due)]
	term = read_term(row.term_text or "", period)
	if (term.start, term.end, term.recurrence) != (start, due, row.recurrence):
		term = Term(row.term_text or "", start=start, end=due, recurrence=row.recurrence)
	return [(one.start, one.due) for one in occurrences(term, period)] or [(start, due)]


def _day(value: str | date | None) -> date | None:
	return getdate(value) if value else None


def _take_over_indicators(doc: Document, words: list[MeasureWords]) -> None:
	indicators = [one for one in doc.indicators if not one.skip]
	if not indicators:
		return
	program = frappe.get_doc("Mentoring Program", doc.program)
	for one in indicators:
		program.append(
			"targets",
			{
				"title": one.title,
				"indicator": first_asked_for((one.title,), one.unit, words),
				"unit": one.unit,
				"base_year": one.base_year,
				"base_value": one.base_value,
				"target_year": one.target_year,
				"target_value": one.target_value,
			},
		)
	program.save()
