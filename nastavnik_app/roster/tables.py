"""A file → its rows of plain cells, after a look at whether it is a trap."""

from __future__ import annotations

import codecs
import csv
import io
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl

from nastavnik_app.roadmap.sources.blocks import UnreadableDocument
from nastavnik_app.roadmap.sources.container import MAX_FILE, MEGABYTE, kind_of
from nastavnik_app.roster.model import UnreadableRoster
from nastavnik_app.rules.messages import _

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 20_000, 100, 20
LONGEST_CELL = 10_000  # characters
SEPARATORS = ";\t,"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Table = list[tuple[Any, ...]]  # the first row is row 1 of the file


def read_tables(data: bytes, filename: str = "") -> Iterator[Table]:
	"""The tables that the file may mean, the likeliest first: visible sheets, or the text cut by each separator.
	Raises `UnreadableRoster`."""
	if not data.strip():
		raise UnreadableRoster(_("The file is empty. Choose the file with the list of people."))
	if len(data) > MAX_FILE:
		raise UnreadableRoster(
			_("The file is {0} MB; at most {1} MB are read. Divide the list.").format(
				len(data) // MEGABYTE, MAX_FILE // MEGABYTE
			)
		)
	if data.startswith(b"%PDF"):
		raise UnreadableRoster(_("This is a PDF. Save the list as .xlsx or .csv and choose that file."))
	try:
		kind = kind_of(data, filename)
	except UnreadableDocument as error:
		raise UnreadableRoster(error.message) from error
	if kind == "docx":
		raise UnreadableRoster(_("This is a Word document. Copy its table into Excel and save it as .xlsx."))
	return _of_workbook(data) if kind == "xlsx" else _of_text(data)


def _of_workbook(data: bytes) -> Iterator[Table]:
	try:
		with warnings.catch_warnings():
			warnings.simplefilter("ignore")  # openpyxl warns of every extension it does not know
			book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
			sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
			for sheet in sheets[:MAX_SHEETS]:
				yield _of_sheet(sheet)
	except UnreadableRoster:
		raise
	except Exception as error:  # openpyxl and the XML parser raise a dozen kinds on a damaged package
		raise UnreadableRoster(
			_("The workbook is damaged. Open it in Excel and save it again as .xlsx.")
		) from error


def _of_sheet(sheet: Any) -> Table:
	if not hasattr(sheet, "reset_dimensions"):  # a sheet that is a chart
		return []
	sheet.reset_dimensions()  # what a file says of its own size is not believed
	rows: Table = []
	last = 0
	# a cell in the millionth row stands behind a million empty ones
	for row in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True):
		rows.append(row)
		if any(value is not None for value in row):
			last = len(rows)
	return _checked(rows[:last])


def _of_text(data: bytes) -> Iterator[Table]:
	text = _decode(data)
	for separator in sorted(SEPARATORS, key=text[:20_000].count, reverse=True):
		try:
			rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
		except csv.Error:
			continue
		if any(len(row) > 1 for row in rows):
			yield _checked(rows)


def _decode(data: bytes) -> str:
	try:
		for mark, encoding in MARKS:
			if data.startswith(mark):
				return data.decode(encoding)
		try:
			return data.decode("utf-8")
		except UnicodeDecodeError:
			return data.decode("cp1251")
	except UnicodeDecodeError as error:
		raise UnreadableRoster(
			_("The encoding of the text is not known. Save the list as .xlsx, or as .csv in UTF-8.")
		) from error


def _checked(rows: Table) -> Table:
	if len(rows) > MAX_ROWS:
		raise UnreadableRoster(
			_("The list has more than {0} rows. Divide it into several files.").format(MAX_ROWS)
		)
	return rows


def text_of(value: Any) -> str:
	"""A cell as its reader sees it."""
	if value is None:
		return ""
	if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
		return str(int(value))
	if hasattr(value, "strftime") and hasattr(value, "year"):
		return f"{value.day:02}.{value.month:02}.{value.year:04}"
	return str(value)[:LONGEST_CELL].strip()


def letter_of(place: int) -> str:
	"""0 → A, 26 → AA."""
	letters = ""
	place += 1
	while place:
		place, rest = divmod(place - 1, 26)
		letters = chr(65 + rest) + letters
	return letters
