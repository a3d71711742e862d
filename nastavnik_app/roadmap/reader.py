"""The whole way from a document to its tasks: blocks → tables of tasks → records → rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nastavnik_app.roadmap import card, sources
from nastavnik_app.roadmap import headings as role
from nastavnik_app.roadmap.alignment import align, lines_of_stream, split_stream
from nastavnik_app.roadmap.cells import Words, is_blank
from nastavnik_app.roadmap.columns import Columns, guess_columns, is_header, is_term_like, read_header
from nastavnik_app.roadmap.indicators import read_indicators
from nastavnik_app.roadmap.lines import Record, records
from nastavnik_app.roadmap.model import Indicator, Roadmap
from nastavnik_app.roadmap.rows import RowBuilder, term_text
from nastavnik_app.roadmap.sources.blocks import Block, Line, Paragraph, Table, UnreadableDocument
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import Period

ROW_NUMBER = re.compile(r"^\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*$")
NO_SECTION = re.compile(
	r"^(?:продолжение|окончание|таблица|приложение|примечани|стр\b|страница|лист\s)", re.I
)
SECTION_LINE = re.compile(
	r"^(?:\d{1,2}(?:\.\d{1,2})*\.?\s|[IVX]+\.?\s|форма\s|раздел|этап|направлени|блок|модул|часть|план|мероприяти|задач)",
	re.I,
)


@dataclass
class _Parts:
	"""What a document was found to hold."""

	records: list[Record] = field(default_factory=list)
	indicators: list[Indicator] = field(default_factory=list)
	card: dict[str, str] = field(default_factory=dict)
	paragraphs: list[Paragraph] = field(default_factory=list)
	headings: list[str] = field(default_factory=list)
	not_tasks: list[dict[str, object]] = field(default_factory=list)
	unknown: list[Table] = field(default_factory=list)
	problems: list[Message] = field(default_factory=list)


def read_roadmap(
	path_or_bytes: str | Path | bytes, filename: str = "", period: Period | None = None
) -> Roadmap:
	"""Tasks, indicators and card of a school's roadmap. Raises `UnreadableDocument` with what to do about it."""
	blocks = sources.read_blocks(
		path_or_bytes, filename or (str(path_or_bytes) if not isinstance(path_or_bytes, bytes) else "")
	)
	words = Words(_texts(blocks))
	parts = _Collector(words).collect(blocks)
	if not any(record.section is None for record in parts.records):
		_guess(parts)
	else:
		parts.problems += _left_out(parts.unknown)
	title, _after = card.title(parts.paragraphs, words)
	terms = [text for record in parts.records if (text := term_text(record, words))]
	terms = terms or [record.section for record in parts.records if record.section]  # a plan by months
	period, doubts = card.period_of(period, title, parts.card, parts.paragraphs, terms)
	rows = RowBuilder(words, period).build(parts.records)
	owner = card.organization(title, parts.card, parts.paragraphs, words)
	text = " ".join(paragraph.text for paragraph in parts.paragraphs)
	values = {
		"title": title,
		"level": card.level(title, owner, parts.card, period, text),
		"organization": owner,
		"columns": parts.headings,
		"card": parts.card,
		"not_tasks": parts.not_tasks,
		"problems": [*parts.problems, *doubts, *card.missing_numbers([row.source_no or "" for row in rows])],
	}
	return Roadmap(card.describe(values, period), rows, parts.indicators)


def _texts(blocks: list[Block]):
	for block in blocks:
		if isinstance(block, Paragraph):
			yield block.text
		else:
			yield from (cell.text for line in block.lines for cell in line if not cell.up)


class _Collector:
	"""Goes through the blocks in order and says of each table what it is."""

	def __init__(self, words: Words):
		self._words = words
		self._parts = _Parts()
		self._columns: Columns | None = None  # of the last table of tasks
		self._indicators: Columns | None = None  # of the last table, if it held indicators
		self._near: list[Paragraph] = []  # paragraphs since the last table

	def collect(self, blocks: list[Block]) -> _Parts:
		for place, block in enumerate(blocks):
			if isinstance(block, Paragraph):
				block.below = bool(place and isinstance(blocks[place - 1], Table))
				self._parts.paragraphs.append(block)
				self._near.append(block)
			elif block.stream:
				self._stream(block)
			else:
				self._table(block)
		return self._parts

	def _stream(self, table: Table) -> None:
		cells = table.lines[0]
		columns, first, after = split_stream(cells)
		if columns is None:
			self._parts.unknown.append(table)
			self._above([[cell] for cell in cells])
			return
		self._above([[cell] for cell in cells[:first]])
		self._tasks(lines_of_stream(cells[after:], columns), columns, True, False, stream=True)

	def _table(self, table: Table) -> None:
		lines = [line for line in table.lines if any(not is_blank(cell.text) for cell in line)]
		first = next((index for index, line in enumerate(lines[:25]) if is_header(line)), None)
		rows_above = first is not None and any(_filled(line) > 2 for line in lines[:first])
		if rows_above and self._columns and self._goes_on(lines[:first], table):
			first = None  # a table goes on, its headings are repeated on a later page
		if first is None:
			self._headless(lines, table)
			return
		self._above(lines[:first])
		columns, height = read_header(lines, first)
		below = lines[first + height :]
		self._indicators = None
		if columns.are_indicators:
			self._indicators = columns
			self._add_indicators(below, columns)
		elif columns.are_tasks:
			again = (
				self._columns is not None
				and self._columns.headings == columns.headings
				and self._section(True) is None
			)
			self._tasks(below, columns, table.loose, again, headed=True)
		else:
			self._leave_out(columns, below)
		self._near = []

	def _headless(self, lines: list[Line], table: Table) -> None:
		if self._indicators is not None and _width(lines) == len(self._indicators):
			self._add_indicators(lines, self._indicators)
		elif self._columns is not None and self._goes_on(lines, table):
			loose = table.loose or _grid(lines) != self._columns.columns[-1].end
			self._tasks(lines, self._columns, loose, True)
		elif card.is_card(lines):
			self._parts.card.update(card.pairs(lines, self._words))
		else:
			self._parts.unknown.append(table)
			self._above(lines)
		self._near = []

	def _goes_on(self, lines: list[Line], table: Table) -> bool:
		"""Whether lines without headings suit the columns of the last table of tasks."""
		columns = self._columns
		filled = [line for line in lines if sum(not is_blank(cell.text) for cell in line) > 1]
		if columns is None or not lines or abs(_width(lines) - len(columns)) > 1:
			return False
		if not filled:
			return _width(lines) == len(columns) or not self._near
		cost = sum(align(line, columns)[0] for line in filled[:12]) / len(filled[:12])
		cells = [cell for line in filled for cell in line]
		dated = not columns.has_term or any(is_term_like(cell.text) for cell in cells if len(cell.text) < 80)
		if not self._near and len(columns) > 3 and _grid(lines) == columns.columns[-1].end:
			return True  # the next page, with nothing in between
		if _width(lines) == len(columns) and columns.roles[0] == role.NUMBER:
			numbers = sum(bool(ROW_NUMBER.match(line[0].text)) for line in filled)
			if numbers >= 0.6 * len(filled):
				return cost < 4.0
		return cost < (3.0 if dated else 2.0) and (dated or len(filled) <= 2)

	def _above(self, lines: list[Line]) -> None:
		"""Lines over the headings are the document's title, a section, or a card."""
		if len(lines) > 1 and card.is_card(lines):
			self._parts.card.update(card.pairs(lines, self._words))
			return
		for line in lines:
			texts = dict.fromkeys(cell.text for cell in line if not is_blank(cell.text))
			for text in texts:
				paragraph = Paragraph(text, heading=len(texts) == 1, gap=False)
				self._parts.paragraphs.append(paragraph)
				self._near.append(paragraph)

	def _tasks(
		self,
		lines: list[Line],
		columns: Columns,
		loose: bool,
		goes_on: bool,
		stream: bool = False,
		headed: bool = False,
	) -> None:
		section = self._section(headed)
		done = self._parts.records
		above = None
		if section or (not goes_on and self._near and done):
			done.append(Record(section=section or ""))
		elif goes_on and done and done[-1].section is None:
			above = done.pop()
		found = records(lines, columns, loose, stream, above)
		self._parts.records += found
		self._columns = columns
		self._indicators = None
		self._near = []
		for heading in columns.headings:
			if heading and heading not in self._parts.headings:
				self._parts.headings.append(heading)

	def _section(self, headed: bool) -> str | None:
		"""The heading of a section that stands right above the table. `headed`: the table has headings of its own."""
		_title, after = card.title(self._parts.paragraphs, self._words)
		titled = {id(paragraph) for paragraph in self._parts.paragraphs[:after]} if after else set()
		if not self._near or id(self._near[-1]) in titled:
			return None
		last = self._near[-1]
		text = self._words.join(last.text).strip("*_ ")
		if len(text) > 220 or text.endswith((";", ",")) or (text.endswith(".") and len(text) > 80):
			return None
		alone = self._columns is not None and len(self._near) == 1 and (headed or not last.gap)
		alone = alone and text[:1].isupper() and not text.endswith(".") and not NO_SECTION.match(text)
		known = last.heading or text.isupper() or SECTION_LINE.match(text) or alone
		return text.rstrip(":") if known and len(text) > 3 else None

	def _add_indicators(self, lines: list[Line], columns: Columns) -> None:
		self._parts.indicators += read_indicators(lines, columns, self._words)

	def _leave_out(self, columns: Columns, lines: list[Line]) -> None:
		self._parts.not_tasks.append({"columns": columns.headings, "rows": len(lines)})


def _grid(lines: list[Line]) -> int:
	"""Columns of the table's grid, merged cells counted as what they cover."""
	return max((cell.start + cell.span for line in lines for cell in line), default=0)


def _filled(line: Line) -> int:
	return sum(not is_blank(cell.text) for cell in line)


def _width(lines: list[Line]) -> int:
	sizes = Counter(len(line) for line in lines if sum(not is_blank(cell.text) for cell in line) > 1)
	return sizes.most_common(1)[0][0] if sizes else max((len(line) for line in lines), default=0)


def _left_out(tables: list[Table]) -> list[Message]:
	"""Wide tables of unknown meaning: they may be a page of the plan whose headings were lost."""
	wide = [table for table in tables if not table.stream and _width(table.lines) > 3]
	return [
		_("A table whose columns could not be told was left out; it begins with: {0}").format(
			" | ".join(cell.text for cell in table.lines[0] if not is_blank(cell.text))[:120]
		)
		for table in wide
	]


def _guess(parts: _Parts) -> None:
	"""No table has headings that are known: the cells must tell, and the document is marked."""
	for table in parts.unknown:
		columns = guess_columns(table.lines) if not table.stream and not table.sheet else None
		if columns is not None:
			parts.records += records(table.lines, columns, table.loose)
	if any(record.section is None for record in parts.records):
		parts.problems.append(
			_("The table has no headings; the meaning of its columns was told by the cells. Check every row.")
		)
		return
	raise UnreadableDocument(
		_(
			"No table of tasks was found. It needs a row of headings that name the activity and its term or the"
			" responsible person, for example: №, Мероприятие, Сроки, Ответственный."
		)
	)
