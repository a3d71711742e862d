"""Doubts of an import: each about one cell, with the words it was read from, until somebody corrects that cell.

They stand in `doubts` of a row as JSON, `[{"field", "text", "written"}]`; an empty `field` means the whole row.
`problems` says the same to lists and exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import frappe
from frappe.model.document import Document
from frappe.utils import cstr, flt

from nastavnik_app.roadmap.model import Doubt, doubts_about
from nastavnik_app.roadmap.rows import read_again_term, read_indicator
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import Term
from nastavnik_app.rules.thresholds import COUNT, Threshold
from nastavnik_app.translation import translated

# what the reader calls a cell → the field that holds it
FIELDS = {"result": "expected_result", "base": "base_value", "plan": "target_value"}
TERM = ("start", "due", "recurrence", "relative")
THRESHOLD = ("threshold_op", "threshold_value", "threshold_unit")
# a cell → what was read from its words
READINGS = {"term_text": TERM, "indicator": THRESHOLD}


def as_stored(problems: Iterable[Doubt], doctype: str) -> dict[str, str | None]:
	"""Values of `doubts` and `problems` of a row of `doctype`."""
	return _stored(_told(problems, doctype))


def _told(problems: Iterable[Doubt], doctype: str) -> list[dict[str, str]]:
	meta, told = frappe.get_meta(doctype), []
	for one in problems:
		field = FIELDS.get(one.field, one.field)
		known = field if meta.has_field(field) else ""
		told.append({"field": known, "text": translated(one), "written": one.written})
	return told


def _stored(doubts: list[dict[str, str]]) -> dict[str, str | None]:
	return {
		"doubts": frappe.as_json(doubts) if doubts else None,
		"problems": "\n".join(one["text"] for one in doubts) or None,
	}


def doubts_of(row: Document, field: str = "") -> list[dict[str, str]]:
	"""What is doubtful in one cell of a row; without `field`, in the row as a whole."""
	return [one for one in _parsed(row) if one["field"] == field]


def _parsed(row: Document) -> list[dict[str, str]]:
	return frappe.parse_json(row.doubts or "[]")


def threshold_values(threshold: Threshold | None) -> dict[str, object]:
	"""The unit is «%», or the word for what is counted: «встреч»."""
	if threshold is None:
		return dict.fromkeys(THRESHOLD)
	unit = threshold.counted if threshold.unit == COUNT else threshold.unit
	return dict(zip(THRESHOLD, (threshold.op, threshold.value, unit), strict=True))


def term_values(term: Term) -> dict[str, object]:
	return dict(zip(TERM, (term.start, term.end, term.recurrence, int(term.relative)), strict=True))


def review(doc: Document, period: Period | None) -> None:
	"""Settles the doubts of the cells that were corrected since the document was stored.

	Words that were corrected are read again, unless somebody has set by hand what was read from them before.
	"""
	before = doc.get_doc_before_save()
	for table in ("rows", "indicators") if before else ():
		stored = {row.name: row for row in before.get(table)}
		for row in doc.get(table):
			if row.name in stored:
				_review_row(row, stored[row.name], period)


def _review_row(row: Document, stored: Document, period: Period | None) -> None:
	doubts = _parsed(stored)
	cells = {one["field"] for one in doubts} | {field for field in READINGS if row.meta.has_field(field)}
	for cell in sorted(cells - {""}):
		is_new_text = _differs(row, stored, cell)
		is_set_by_hand = any(_differs(row, stored, field) for field in READINGS.get(cell, ()))
		if not is_new_text and not is_set_by_hand:
			continue
		doubts = [one for one in doubts if one["field"] != cell]
		if cell in READINGS and not is_set_by_hand and _is_as_read(stored, cell, period):
			values, problems = _read(row, cell, period)
			row.update(values)
			doubts += _told(problems, row.doctype)
	row.update(_stored(doubts))


def _read(row: Document, field: str, period: Period | None) -> tuple[dict[str, object], list[Doubt]]:
	"""What the words of a cell say: values of its READINGS, and what is doubtful."""
	text = cstr(row.get(field))
	if field == "term_text":
		term = read_again_term(text, period, row.section, row.title)
		return term_values(term), doubts_about(field, text, term.problems)
	threshold, problems = read_indicator(text)
	return threshold_values(threshold), doubts_about(field, text, problems)


def _is_as_read(stored: Document, field: str, period: Period | None) -> bool:
	values, _doubts = _read(stored, field, period)
	return not any(_differs(stored, values, one) for one in READINGS[field])


def _differs(row: Document, other: Document | Mapping[str, object], field: str) -> bool:
	now, before = row.get(field), other.get(field)
	if row.meta.get_field(field).fieldtype in ("Float", "Check"):
		return flt(now) != flt(before)
	return cstr(now).split() != cstr(before).split()
