"""Records of a table → rows: sections and stages carried on, terms and thresholds read, doubts marked."""

from __future__ import annotations

import re

from nastavnik_app.roadmap import headings as role
from nastavnik_app.roadmap.cells import Words, is_blank, strip_leaked_number
from nastavnik_app.roadmap.lines import Record
from nastavnik_app.roadmap.model import Doubt, Row, doubts_about
from nastavnik_app.roadmap.people import split_responsible
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import Term, mentioned_dates, read_begin_end, read_term
from nastavnik_app.rules.thresholds import Threshold, read_threshold

SECTION_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
CLOSING = re.compile(r"заверш|итог|заключит|подведен|финал", re.I)
PARTICIPLE = re.compile(
	r"^[а-яё]+(?:нн|ем|им|ющ|ущ|ащ|ящ|вш)(?:ых|их|ые|ие|ый|ий|ого|его|ая|ую|ой|ее|ое)(?:ся)?\b|^котор"
)
NOBODY = re.compile(r"^определя[её]тся|^по согласованию$|^назначается", re.I)
TEMPLATE = re.compile(r"\bнапример\b", re.I)
LEFT_IN = _("«Например»: a value of a template may have been left in.")


def term_text(record: Record, words: Words) -> str:
	"""The words about time; of two columns for begin and end both, with a bar between them."""
	if role.BEGIN in record.values or role.END in record.values:
		cells = [
			strip_leaked_number(words.join(record.values.get(name, ""))) for name in (role.BEGIN, role.END)
		]
		return " | ".join(cells) if any(cells) else ""
	return strip_leaked_number(words.join(record.values.get(role.TERM, "")))


def _take_term(row: Row, text: str, term: Term) -> None:
	row.term_text = text
	row.start, row.end = term.start, term.end
	row.recurrence, row.relative = term.recurrence, term.relative
	row.problems += doubts_about("term_text", row.term_raw or text, term.problems)


def read_again_term(text: str, period: Period | None, section: str | None, title: str) -> Term:
	"""The term of a cell that was corrected. Section and title tell whether the row closes the programme."""
	return read_term(text, period, closing=_is_closing(section, title))


def _is_closing(section: str | None, title: str) -> bool:
	return bool(CLOSING.search(f"{section or ''} {title[:80]}"))


def read_indicator(text: str) -> tuple[Threshold | None, list[Message]]:
	"""The threshold of an indicator, and what is doubtful in the words of it."""
	threshold = read_threshold(text)
	problems = list(threshold.problems) if threshold else []
	if threshold is None and TEMPLATE.search(text):
		problems.append(LEFT_IN)
	return threshold, problems


def _names_a_month(row: Row) -> bool:
	found = mentioned_dates(f"{row.title} {row.content or ''}")
	return bool(found.months or found.bare_months)


class RowBuilder:
	"""Makes the rows of the answer out of records, sections and stages carried on."""

	def __init__(self, words: Words, period: Period | None):
		self._words = words
		self._period = period
		self._sections: list[tuple[str, str]] = []  # (number, text) from the outermost
		self._stage = ""

	def build(self, found: list[Record]) -> list[Row]:
		"""Rows numbered from 1; a record that opens a section is none."""
		rows: list[Row] = []
		for record in found:
			if record.section is not None:
				self._open_section(self._words.join(record.section))
			else:
				rows.append(self._row(record, len(rows) + 1))
		return rows

	def _open_section(self, text: str) -> None:
		self._stage = ""
		number = match[1] if (match := SECTION_NUMBER.match(text)) else ""
		while self._sections and not (
			number and number.startswith(self._sections[-1][0] + ".") and self._sections[-1][0]
		):
			self._sections.pop()
		if text:
			self._sections.append((number, text))

	def _row(self, record: Record, n: int) -> Row:
		values, words = record.values, self._words
		problems = list(record.problems)
		stage = words.flat(values.get(role.STAGE, ""))
		if stage:
			self._stage = stage
		section, parent = self._place(record)
		title_cell, content_cell = values.get(role.TITLE, ""), values.get(role.CONTENT, "")
		if role.TITLE not in values:
			title_cell, content_cell = content_cell, ""
		title = words.flat(title_cell)
		if not title:
			title = self._stage or words.flat(content_cell)
			if role.TITLE in values or role.CONTENT in values:
				told = _("The cell of the activity is empty; its title was taken from beside it.")
				problems.append(Doubt(told, "title", title))
		row = Row(n=n, section=section, parent_section=parent, title=title, problems=problems)
		row.source_no = words.join(record.own(role.NUMBER)) or None
		row.content = words.flat(content_cell) or None
		row.activities = (words.items(content_cell) or words.items(title_cell)) or None
		row.document = words.flat(values.get(role.DOCUMENT, "")) or None
		self._term(row, record)
		self._responsible(row, record)
		self._result(row, record)
		return row

	def _place(self, record: Record) -> tuple[str | None, str | None]:
		above = [text for _number, text in self._sections]
		if self._stage:
			return self._stage, above[-1] if above else None
		return (above[-1] if above else None), (above[-2] if len(above) > 1 else None)

	def _term(self, row: Row, record: Record) -> None:
		text = term_text(record, self._words)
		raw = self._words.join(record.values.get(role.TERM, ""))
		has_column = record.columns is None or record.columns.has_term
		if raw and raw != text:
			row.term_raw = raw
		if not text:
			if raw and not is_blank(raw):
				told = _("The cell of the term holds only a list number: {0}").format(raw)
				row.problems.append(Doubt(told, "term_text", raw))
			elif has_column:
				row.problems.append(Doubt(_("The term is empty."), "term_text"))
			else:
				self._term_of_section(row)
			if row.term_text is None and _names_a_month(row):
				told = _("The text of the activity names a month: check the term.")
				row.problems.append(Doubt(told, "term_text", row.content or row.title))
			return
		if role.BEGIN in record.values or role.END in record.values:
			begin, end = (
				strip_leaked_number(self._words.join(record.values.get(name, "")))
				for name in (role.BEGIN, role.END)
			)
			term: Term = read_begin_end(begin, end, self._period)
		else:
			term = read_again_term(text, self._period, row.section, row.title)
		_take_term(row, text, term)

	def _term_of_section(self, row: Row) -> None:
		"""A plan by months has no column for the term: its sections are the months."""
		text = row.section or ""
		term = read_term(text, self._period) if len(text) <= 60 else None
		if term and term.kind in ("span", "date", "list") and term.end and not term.problems:
			_take_term(row, text, term)
			told = _("The term was taken from the heading of the section: {0}").format(text)
			row.problems.append(Doubt(told, "term_text", text))

	def _responsible(self, row: Row, record: Record) -> None:
		cell = record.values.get(role.RESPONSIBLE, "")
		raw = self._words.flat(cell)
		text = strip_leaked_number(raw)
		as_written = self._words.join(cell)
		if text:
			row.responsible = text
			row.responsible_list = split_responsible(cell, self._words)
			if as_written != text:
				row.responsible_raw = as_written
			if NOBODY.match(text):
				told = _("The cell of the responsible person names nobody: {0}").format(text)
				row.problems.append(Doubt(told, "responsible", as_written))
		elif not is_blank(as_written):
			row.responsible_raw = as_written
			told = _("The cell of the responsible person holds only a list number: {0}").format(as_written)
			row.problems.append(Doubt(told, "responsible", as_written))
		elif record.columns is not None and role.RESPONSIBLE in record.columns.roles:
			row.problems.append(Doubt(_("Nobody is named as responsible."), "responsible"))

	def _result(self, row: Row, record: Record) -> None:
		row.result = self._words.flat(record.values.get(role.RESULT, "")) or None
		row.merged_result_indicator = record.merged
		own = self._words.flat(record.values.get(role.INDICATOR, ""))
		text, cell = (own, "indicator") if own else (row.result or "", "result")
		row.threshold, problems = read_indicator(text)
		if own:
			row.indicator = own
		elif row.threshold is not None:
			row.indicator, cell = _clause(text, row.threshold), "indicator"
		row.problems += doubts_about(cell, text, problems)
		if own and TEMPLATE.search(row.result or "") and not TEMPLATE.search(own):
			row.problems.append(Doubt(LEFT_IN, "result", row.result))


def _clause(text: str, threshold: Threshold) -> str:
	"""The measurable part of a result: its segment between semicolons, up to the end of the clause; doubtful ones whole."""
	if any(threshold.problems) and threshold.value is not None and not TEMPLATE.search(text):
		return text
	for segment in re.split(r";\s+|\.\s+(?=[А-ЯЁ])", text):
		if read_threshold(segment) is None:
			continue
		pieces = re.split(r"(,\s+)(?![^(]*\))", segment)
		clause, told = "", False
		for piece in pieces:
			if told and not piece.startswith(",") and not PARTICIPLE.match(piece):
				break
			clause += piece
			told = told or read_threshold(clause) is not None
		return clause.strip(" .,")
	return text
