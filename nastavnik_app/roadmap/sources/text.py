"""Plain text → paragraphs and tables: tabs, pipes (also markdown), or one cell a line."""

from __future__ import annotations

import codecs
import csv
import html
import re
from collections import Counter

from nastavnik_app.roadmap.sources import fixed_width
from nastavnik_app.roadmap.sources.blocks import Block, Cell, Line, Paragraph, Table, UnreadableDocument
from nastavnik_app.rules.messages import _

CYRILLIC_ENCODINGS = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")
FREQUENT_PAIRS = (
	"ст",
	"но",
	"то",
	"на",
	"ен",
	"ов",
	"ни",
	"ра",
	"во",
	"ко",
	"ро",
	"ос",
	"пр",
	"ре",
	"ан",
	"ия",
	"ие",
	"ет",
)
FRAMES = str.maketrans(
	{"│": "|", "┃": "|", "║": "|"} | dict.fromkeys("─━═┄┅┈┉", "-") | dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬", "+")
)
BREAKING_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|h[1-6])\b[^<>]*>", re.I)
OTHER_TAG = re.compile(
	r"</?(?:i|b|u|s|em|strong|span|font|sup|sub|a|table|tbody|thead|td|th|small|mark)\b[^<>]*>", re.I
)
OPEN_LIST = re.compile(r"<(ul|ol|p|td)\b", re.I)
CLOSED_LIST = re.compile(r"</(ul|ol|p|td)>", re.I)
EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
RULE = re.compile(r"^[\s|+:=_\-–—]*(?:-{2,}|={2,}|_{3,}|—{2,})[\s|+:=_\-–—]*$")
PAGE_NUMBER = re.compile(
	r"^\s*(?:стр(?:аница|\.)?\s*\d{1,3}(?:\s+из\s+\d{1,3})?|[-–—]\s*\d{1,3}\s*[-–—])\s*$", re.I
)
LIST_SIGN = re.compile(r"^[-–—−•·▪●]\s*\S")
HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]+\.|раздел|этап|блок|направление|часть)\s+\S", re.I)


def read(data: bytes, filename: str = "") -> list[Block]:
	"""Paragraphs and tables of a text: tables by bars, tabs or .csv, by one cell a line, or by fixed widths."""
	text = decode(data)
	if filename.lower().endswith(".csv"):
		text = _tabs_from_csv(text)
	text = text.translate(FRAMES)
	lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
	tabbed = [line for line in lines if "\t" in line.strip(" ")]
	piped = [line for line in lines if line.count("|") >= 2]
	if len(piped) > len(tabbed):
		return _rows([_split_pipes(line) if line.count("|") >= 2 else line for line in lines])
	if len(tabbed) >= 2:
		led = sum(line.startswith("\t") for line in tabbed)
		single = sum(line.strip().count("\t") == 0 for line in tabbed)
		if led >= 0.8 * len(tabbed) and single >= 0.6 * len(tabbed):
			return _stream(lines)
		return _rows([line.split("\t") if "\t" in line else line for line in lines])
	columns = fixed_width.split_columns(lines)
	return _rows(columns) if columns else _bare_stream(lines)


def decode(data: bytes) -> str:
	"""UTF-8 or UTF-16 by their marks, otherwise the Cyrillic encoding that gives the most Russian text."""
	for mark, encoding in (
		(codecs.BOM_UTF8, "utf-8-sig"),
		(codecs.BOM_UTF16_LE, "utf-16"),
		(codecs.BOM_UTF16_BE, "utf-16"),
	):
		if data.startswith(mark):
			return data.decode(encoding, errors="replace")
	try:
		text = data.decode("utf-8")
	except UnicodeDecodeError as error:
		if error.start >= len(data) - 3 and error.start > 0:
			text = data[: error.start].decode("utf-8")  # the file was cut within its last letter
		else:
			sample = data[:200_000]
			encoding = max(
				CYRILLIC_ENCODINGS, key=lambda name: _russian(sample.decode(name, errors="replace"))
			)
			text = data.decode(encoding, errors="replace")
	odd = sum(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in text[:20_000])
	if odd > 0.005 * min(len(text), 20_000) or _russian(text[:200_000]) < 0.005:
		raise UnreadableDocument(
			_("The file is not a text in Russian. Choose the roadmap as .docx, .xlsx or a text file.")
		)
	return text


def _russian(text: str) -> float:
	"""Share of frequent pairs of Russian letters, capitals inside words counted against."""
	inverted = len(re.findall(r"[а-яё][А-ЯЁ]", text))
	lower = text.lower() if text.isupper() else text
	return (sum(lower.count(pair) for pair in FREQUENT_PAIRS) - 2 * inverted) / max(len(text), 1)


def _tabs_from_csv(text: str) -> str:
	first = text.split("\n", 1)[0]
	sign = max(";,\t", key=first.count)
	rows = csv.reader(text.splitlines(keepends=True), delimiter=sign)
	return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", "<br>") for cell in row) for row in rows)


def _split_pipes(line: str) -> list[str]:
	inner = line.strip()
	inner = inner[1:] if inner.startswith("|") else inner
	inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
	return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def clean(text: str) -> str:
	"""HTML and markdown left in a text, taken out; a block or a list item begins a new line."""
	if "<" in text or "&" in text:
		text = OTHER_TAG.sub("", BREAKING_TAG.sub("\n", text))
		text = html.unescape(text)
	if "*" in text or "__" in text:
		text = EMPHASIS.sub("", text)
	return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _cells(texts: list[str]) -> Line:
	return [Cell(clean(text), start) for start, text in enumerate(texts)]


def _rows(lines: list[str | list[str]]) -> list[Block]:
	"""Lines that were cut into cells become tables; a line between them is a paragraph or the rest of a cell."""
	blocks: list[Block] = []
	open_rows: list[list[str]] | None = None
	width, gap = 0, True
	counts = Counter(len(line) for line in lines if isinstance(line, list))

	def close() -> None:
		nonlocal open_rows
		if open_rows:
			loose = len({len(row) for row in open_rows}) > 1
			blocks.append(Table([_cells(row) for row in open_rows], loose=loose))
		open_rows = None

	for line in lines:
		joined = "".join(line)
		if not joined.strip():
			gap = True
			continue
		if RULE.match(joined.replace("\t", "")) or (isinstance(line, str) and PAGE_NUMBER.match(line)):
			continue
		if isinstance(line, list):
			if open_rows is None:
				open_rows, width = [], len(line)
			last = open_rows[-1] if open_rows else None
			if last and not gap and _completes(last, line, width, counts):
				last[-1] += "\n" + line[0]
				last.extend(line[1:])
			else:
				open_rows.append(list(line))
				width = max(width, len(line))
		elif open_rows and _belongs_to_cell(open_rows[-1], line, gap, width):
			open_rows[-1][-1] += "\n" + line
		else:
			close()
			text = clean(line)
			if text:
				blocks.append(Paragraph(text, gap=gap))
		gap = False
	close()
	return blocks


def _completes(last: list[str], line: list[str], width: int, counts: Counter) -> bool:
	"""The line goes on where a line break cut the row before, instead of beginning a row."""
	joined = len(last) + len(line) - 1
	return len(last) < width and len(line) < width and joined == width and counts[len(last)] < counts[width]


def _belongs_to_cell(last: list[str], line: str, gap: bool, width: int) -> bool:
	cell = last[-1]
	if len(OPEN_LIST.findall(cell)) > len(CLOSED_LIST.findall(cell)):
		return True
	text = line.strip().lstrip("*_ ")
	if len(last) < width and not gap:
		return True
	if HEADING.match(text) and not LIST_SIGN.match(text):
		return False
	if text[:1].islower() or (LIST_SIGN.match(text) and not gap):
		return bool(cell.strip())
	return (
		not gap and bool(cell.strip()) and len(text) <= 60 and bool(re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", text))
	)


def _stream(lines: list[str]) -> list[Block]:
	"""One cell a line, each led by a tab; lines without a tab go on with the cell above."""
	blocks: list[Block] = []
	table: Table | None = None
	tabbed = [number for number, line in enumerate(lines) if line.startswith("\t")]
	last_tab, gap = tabbed[-1], True
	for number, line in enumerate(lines):
		text = line.strip()
		if not line.startswith("\t"):
			if not text:
				gap = True
				continue
			over = table is None or (number > last_tab and gap) or (gap and _is_heading(text))
			if over:
				table = None
				blocks.append(Paragraph(clean(text), gap=gap))
			else:
				table.lines[0][-1].text += "\n" + clean(text)
		elif table is not None and LIST_SIGN.match(text) and _in_list(table.lines[0][-1].text, text):
			table.lines[0][-1].text += "\n" + clean(re.sub(r"\s*\t\s*", " ", text))
		else:
			if table is None:
				table = Table([[]], loose=True, stream=True)
				blocks.append(table)
			table.lines[0].append(Cell(clean(re.sub(r"\s*\t\s*", " ", text)), gap=gap))
		gap = False
	return blocks


def _in_list(cell: str, line: str) -> bool:
	"""Whether the cell above ends in an item with the mark that this line begins with."""
	return "\n" in cell and cell.rsplit("\n", 1)[1].startswith(line[0])


def _is_heading(text: str) -> bool:
	letters = [sign for sign in text if sign.isalpha()]
	return bool(letters) and len(text) < 120 and (text.isupper() and len(letters) > 8)


def _bare_stream(lines: list[str]) -> list[Block]:
	"""A text with neither tabs nor pipes: every line may be a cell."""
	cells, gap = [], True
	for line in lines:
		if line.strip():
			cells.append(Cell(clean(line), gap=gap))
		gap = not line.strip()
	return [Table([[cell for cell in cells if cell.text]], loose=True, stream=True)]
