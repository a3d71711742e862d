"""Lines of a table → one record for each task: cells under their columns, rows cut by a page break joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nastavnik_app.roadmap import headings as role
from nastavnik_app.roadmap.alignment import align
from nastavnik_app.roadmap.cells import ONLY_NUMBER, is_blank, split_items, tidy
from nastavnik_app.roadmap.columns import (
	Columns,
	is_header,
	is_numbering,
	is_term_like,
	read_header,
)
from nastavnik_app.roadmap.model import Doubt
from nastavnik_app.roadmap.sources.blocks import Line
from nastavnik_app.rules.messages import _

JUNK = re.compile(
	r"^(?!(?:[IVX]+|IT|PR|KPI|QR)\.?$)[A-Za-z|~^`\\]{1,3}(?: [A-Za-z|]{1,4}){0,2}$|^[|~^`'.,:;\\]+$"
)
MONTH_MARK = re.compile(r"^(?:[+xхvу✓✔✗●•○■▲*]+|да)$", re.I)
ROMAN_JUNK = re.compile(r"^[IVX]$")
CONTINUED = re.compile(r"^\s*(?:продолжение|окончание)\b", re.I)
UNFINISHED = re.compile(
	r"(?:[,(«/—–-]|\b(?:и|или|а|в|во|на|по|с|со|к|о|об|от|до|для|из|при|за|над|под|не|без|через|между|их|его|т\.|№))$",
	re.I,
)
FINISHED = re.compile(r"[.;:!?]$")
SECTION_WORD = re.compile(
	r"^\s*(?:раздел|этап|блок|направлени|часть|модул|стади|[IVX]+\b|\d+(?:\.\d+)*\.?\s+[А-ЯЁ])", re.I
)
NUMBERED_HEADING = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+)\.?\s+[А-ЯЁ«]")
PRINCIPAL = (role.TITLE, role.CONTENT, role.STAGE)
# role of a column → the attribute of the row that holds its text
FIELDS = {
	role.STAGE: "section",
	role.TITLE: "title",
	role.CONTENT: "content",
	role.TERM: "term_text",
	role.BEGIN: "term_text",
	role.END: "term_text",
	role.RESPONSIBLE: "responsible",
	role.RESULT: "result",
	role.DOCUMENT: "document",
	role.INDICATOR: "indicator",
}
CUT = 2.0  # signs that together say that a line goes on with the row above


@dataclass
class Record:
	"""The cells of one row by role; `up`: roles whose cell is a vertical merge begun in a row above."""

	values: dict[str, str] = field(default_factory=dict)
	up: set[str] = field(default_factory=set)
	merged: bool = False
	section: str | None = None
	bold: bool = False
	lone: str = ""  # the text of a line's only filled cell, when it is the first one
	after_break: bool = False
	problems: list[Doubt] = field(default_factory=list)
	columns: Columns | None = None

	def own(self, name: str) -> str:
		"""What stands in the row itself, and not in a merge that began above."""
		return "" if name in self.up else self.values.get(name, "")

	@property
	def filled(self) -> list[str]:
		"""The roles whose own cells say something."""
		return [name for name in self.values if not is_blank(self.own(name))]


def records(
	lines: list[Line], columns: Columns, loose: bool, stream: bool = False, above: Record | None = None
) -> list[Record]:
	"""Task records and section records in order. Repeated headers are left out, a new header changes the columns.

	`above`: the last record of the page before, which these lines go on from; it comes first in the answer.
	"""
	after_break = above is not None
	found: list[Record] = []
	heading = [_key(text) for text in columns.headings]
	index = 0
	while index < len(lines):
		line = lines[index]
		index += 1
		texts = [cell.text for cell in line if not is_blank(cell.text)]
		if not texts or is_numbering(line) or (len(set(texts)) == 1 and CONTINUED.match(texts[0])):
			after_break = after_break or bool(texts)
			continue
		if is_header(line):
			changed, height = read_header(lines, index - 1)
			index += height - 1
			after_break = True
			if [_key(text) for text in changed.headings] != heading and changed.are_tasks:
				columns, heading = changed, [_key(text) for text in changed.headings]
			continue
		record = _record(line, columns, loose, stream)
		record.after_break, after_break = after_break, False
		_drop_junk(record)
		record.columns = columns
		if record.filled or record.section:
			found.append(record)
		elif record.problems and found:
			found[-1].problems += record.problems
	return _join_cut([above, *found] if above is not None else found, columns)


def _key(text: str) -> str:
	return re.sub(r"[\W_]+", "", text.lower())


def _record(line: Line, columns: Columns, loose: bool, stream: bool) -> Record:
	filled = [cell for cell in line if not is_blank(cell.text)]
	width = columns.columns[-1].end
	if len(filled) == 1 and not filled[0].up:
		cell = filled[0]
		wide = cell.span >= max(2, 0.6 * width) or (len(line) == 1 and len(columns) > 2)
		headed = loose and cell is line[0] and bool(NUMBERED_HEADING.match(cell.text)) and not stream
		headed = headed and (
			len(line) != len(columns) or columns.columns[0].role in (role.NUMBER, role.STAGE)
		)
		if (wide or headed) and not (loose and cell.text[:1].islower()):
			return Record(section=cell.text, bold=cell.bold)
	if len(filled) == 2 and not loose and filled[1].span >= max(2, 0.6 * (width - 1)) and len(columns) > 3:
		if re.match(r"^(?:\d+(?:\.\d+)*|[IVX]+)\.?$", filled[0].text.strip()):
			return Record(section=f"{filled[0].text.strip()} {filled[1].text}", bold=filled[1].bold)
	if stream or (loose and len(line) != len(columns)):
		_cost, values, merged = align(line, columns)
		record = Record(values, merged=merged)
	else:
		record = _placed(line, columns)
	record.bold = bool(filled) and all(cell.bold for cell in filled)
	if len(filled) == 1 and not filled[0].up and not stream:
		first = 1 if columns.columns[0].role == role.NUMBER else 0
		record.lone = filled[0].text if filled[0] in line[: first + 1] else ""
	return record


def _placed(line: Line, columns: Columns) -> Record:
	"""Each cell goes to the column that it stands under; one that covers several, to the first that holds text."""
	record = Record()
	for cell in line:
		end = cell.start + cell.span
		under = [column for column in columns if min(end, column.end) > max(cell.start, column.start)]
		if not under:
			continue
		under.sort(key=lambda column: (column.role == role.NUMBER, column.start))
		main = (
			max(under, key=lambda column: min(end, column.end) - max(cell.start, column.start))
			if cell.span == 1
			else under[0]
		)
		if main.role == role.OTHER:
			continue
		if main.role == role.MONTH:
			_mark_months(record, cell.text, [column.heading for column in under])
			continue
		if {role.RESULT, role.INDICATOR} <= {column.role for column in under}:
			record.merged = bool(cell.text.strip())
			main = next(column for column in under if column.role == role.RESULT)
		before = record.values.get(main.role, "")
		if before and cell.up:
			continue
		record.values[main.role] = f"{before}\n{cell.text}" if before and cell.text else before or cell.text
		if cell.up:
			record.up.add(main.role)
	return record


def _mark_months(record: Record, text: str, headings: list[str]) -> None:
	"""A mark in the columns of the months is a term: «октябрь», or «октябрь - май» where the cell covers several."""
	if is_blank(text):
		return
	names = [heading.rsplit(":", 1)[-1].strip() for heading in headings]
	months = names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}"
	written = months if MONTH_MARK.match(text.strip()) else f"{months} ({text.strip()})"
	before = record.values.get(role.TERM, "")
	record.values[role.TERM] = f"{before}, {written}" if before else written


def _drop_junk(record: Record) -> None:
	"""Single Latin letters that a scan leaves in the cells are taken out, and said so."""
	names = [name for name in record.filled if name != role.NUMBER]
	stray = [name for name in names if JUNK.match(record.values[name].strip())]
	if stray or len(names) > 1:
		stray += [
			name
			for name in names
			if ROMAN_JUNK.match(record.values[name].strip()) and len(stray) == len(names) - 1
		]
	for name in stray:
		signs = record.values[name].strip()
		told = _("Unreadable signs left out: {0}").format(signs)
		record.problems.append(Doubt(told, FIELDS.get(name, ""), signs))
		record.values[name] = ""


def _join_cut(found: list[Record], columns: Columns) -> list[Record]:
	rows = [record for record in found if record.section is None]
	with_number = sum(bool(re.match(r"^\s*[№\d]", record.own(role.NUMBER))) for record in rows)
	numbered = role.NUMBER in columns.roles and with_number >= 0.34 * len(rows) and with_number > 1
	joined: list[Record] = []
	for position, record in enumerate(found):
		above = joined[-1] if joined and joined[-1].section is None else None
		if record.section is not None and above is not None and _goes_on_below(record, above):
			_append(above, Record(values={_principal(above): record.section}))
			continue
		following = found[position + 1] if position + 1 < len(found) else None
		if record.section is None and following is not None and _is_plain_section(record, above, following):
			record.section = record.lone.strip()
		if record.section is None and above is not None and _is_rest(record, above, numbered):
			_append(above, record)
			continue
		if record.section is None:
			_take_section(record, following, numbered)
		joined.append(record)
	return joined


def _goes_on_below(record: Record, above: Record) -> bool:
	text = (record.section or "").strip()
	return text[:1].islower() and not record.bold and bool(above.filled)


def _is_plain_section(record: Record, above: Record | None, following: Record) -> bool:
	"""A heading that was typed into the first cell of an otherwise empty line."""
	text = re.sub(r"^(?:\d+(?:\.\d+)*|[IVX]+)\.?\s+", "", tidy(record.lone).strip())
	if not text or record.after_break or len(text) > 160 or "\n" in text or not text[0].isupper():
		return False
	if FINISHED.search(text) or is_term_like(text[:30]) or not re.search(r"[А-Яа-яЁё]{4}", text):
		return False
	numbered = bool(re.match(r"^\s*\d+\.\d+", record.lone))
	number = re.match(r"^\s*(\d+\.)\s", record.lone)  # «6. …» above «6.1. …»
	numbered = numbered or bool(number and following.lone.strip().startswith(number[1]))
	return (
		above is None
		or numbered
		or not any(UNFINISHED.search(above.own(name).strip()) for name in record.filled)
	)


def _principal(record: Record) -> str:
	return next((name for name in PRINCIPAL if name in record.values), role.TITLE)


def _take_section(record: Record, following: Record | None, numbered: bool) -> None:
	"""A line with one filled cell, not merged across, may be the heading of a section all the same."""
	filled = [name for name in record.filled if name != role.NUMBER]
	number = record.own(role.NUMBER).strip()
	if record.up or record.merged:
		return
	if not filled and number and not ONLY_NUMBER.match(number) and re.search(r"[А-Яа-яЁё]{3}", number):
		record.section = number
		return
	if len(filled) != 1 or filled[0] not in PRINCIPAL:
		return
	text = record.values[filled[0]].strip()
	if len(text) > 220 or "\n1" in text:
		return
	roman = bool(re.match(r"^[IVX]+\.?$", number))
	shallower = (
		bool(number)
		and following is not None
		and following.own(role.NUMBER).strip().startswith(number.rstrip(".") + ".")
	)
	unnumbered = not number and (
		record.bold or text.isupper() or bool(SECTION_WORD.match(text)) or following is not None
	)
	if roman or shallower or (record.bold and following is not None) or unnumbered:
		record.section = f"{number} {text}".strip()


def _is_rest(record: Record, above: Record, numbered: bool) -> bool:
	"""Whether the line is the rest of the row above, which a page break or a line of a scan cut."""
	filled = record.filled
	if not filled:
		return True
	if not is_blank(record.own(role.NUMBER)) or any(name in record.up for name in (role.TITLE, role.CONTENT)):
		return False
	score = 1.0 if record.after_break else 0.0
	if numbered and role.NUMBER not in record.up:
		score += 1.5
	principal = role.TITLE if role.TITLE in record.values else _principal(record)
	if is_blank(record.own(principal)):
		score += 1.5
	if len(filled) == 1 and above.own(filled[0]).rstrip().endswith((";", ":")):
		score += 1.5  # the list of the row above goes on
	score += _term_says(record, above)
	person, person_above = record.own(role.RESPONSIBLE), above.own(role.RESPONSIBLE)
	if is_blank(person):
		score += 0.5
	elif not ONLY_NUMBER.match(person.strip()) and not is_blank(person_above):
		score += 0.0 if person.strip()[:1].islower() or UNFINISHED.search(person_above.strip()) else -1.5
	return score + _texts_say(record, above) >= CUT


def _term_says(record: Record, above: Record) -> float:
	names = (role.TERM, role.BEGIN, role.END)
	term = " ".join(record.own(name).strip() for name in names if not is_blank(record.own(name)))
	before = " ".join(above.own(name).strip() for name in names if not is_blank(above.own(name)))
	if any(name in record.up for name in names):
		return -1.0
	if not term:
		return 1.0 if before or above.columns is None or not above.columns.has_term else 0.5
	if ONLY_NUMBER.match(term):
		return 0.0
	if before and (not is_term_like(before) or UNFINISHED.search(before)):
		return 2.0 if term[:1].islower() or term[:1].isdigit() else 0.0
	if not is_term_like(term):
		return 1.0 if before and term[:1].islower() else 0.0
	if term[:1].islower() and before and re.match(r"^(?:года?|гг?\.|учебного|периода)", term):
		return 1.5
	return -3.0


def _texts_say(record: Record, above: Record) -> float:
	score = 0.0
	lower = upper = False
	for name in (*role.TEXTS, role.STAGE):
		text, before = tidy(record.own(name)).strip(), tidy(above.own(name)).strip()
		if not text:
			continue
		first = re.sub(r"^[\s«\"(–—•·-]+", "", text)[:1]
		listed = re.match(r"^(\d{1,2})[.)]\s*\D", text)
		if listed:
			score += _list_says(int(listed[1]), before)
		elif first.islower() or text[0] in ",;:.)»":
			lower = True
		else:
			upper = True
		if before and UNFINISHED.search(before):
			score += 1.5
		elif before and not FINISHED.search(before) and name in (role.CONTENT, role.RESULT):
			score += 0.5
	return score + (1.5 if lower else 0.0) - (1.0 if upper and not lower else 0.0)


def _list_says(number: int, before: str) -> float:
	last = re.findall(r"(?:^|\s)(\d{1,2})[.)]\s*[А-ЯЁа-яё«\"]", before)
	if last and int(last[-1]) + 1 == number:
		return 2.0
	return -2.0 if number == 1 or split_items(before)[1] else 0.0


def _append(above: Record, rest: Record) -> None:
	for name, text in rest.values.items():
		if name in rest.up or is_blank(text):
			continue
		before = above.values.get(name, "")
		above.values[name] = f"{before}\n{text}" if before else text
	above.problems += rest.problems
	above.merged = above.merged or rest.merged
