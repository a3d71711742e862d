"""A return as a file between two sites: signed JSON, or XLSX with the same rows and the same signature."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import frappe
from frappe import _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nastavnik_app.roadmap.sources.blocks import UnreadableDocument
from nastavnik_app.roadmap.sources.container import kind_of
from nastavnik_app.rules.return_files import LARGEST
from nastavnik_app.translation import translated

HEADER = "return"
TABLES = ("measures", "indicators", "cells")
MOST_ROWS = 20_000
# columns whose empty cell is no empty text
NUMBERS = frozenset(("value", "bound", "version"))
FLAGS = frozenset(("people", "public", "by_hand"))


def to_xlsx(text: str) -> bytes:
	"""The signed file as a workbook: a sheet of what it says once, a sheet for each table."""
	data = json.loads(text)
	body = data["return"]
	once = {key: one for key, one in data.items() if key != "return"}
	once |= {key: one for key, one in body.items() if key not in TABLES}
	book = Workbook()
	sheet = book.active
	sheet.title = HEADER
	for row in once.items():
		_append(sheet, row)
	for table in TABLES:
		sheet = book.create_sheet(table)
		columns = list(body[table][0]) if body[table] else []
		_append(sheet, columns)
		for row in body[table]:
			_append(sheet, [row[column] for column in columns])
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()


def _append(sheet: Any, values: Any) -> None:
	row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
	for column, value in enumerate(values, 1):
		cell = sheet.cell(row, column, value)
		if isinstance(value, str):
			# a text stays one, whatever it begins with
			cell.data_type = "s"


def text_of(content: bytes, file_name: str) -> tuple[str, str]:
	"""The signed text of a file, and what kind of file it is: JSON or XLSX. ValidationError for any other."""
	if content.startswith(b"PK"):
		try:
			kind_of(content, file_name)  # refuses traps
			return _text_of_workbook(content), "XLSX"
		except UnreadableDocument as error:
			frappe.throw(translated(error.message))
	if len(content) > 4 * LARGEST:
		frappe.throw(_("The file is larger than a return can be"))
	try:
		return content.decode(), "JSON"
	except UnicodeDecodeError:
		frappe.throw(_("The file cannot be read: {0}").format("UTF-8"))


def _text_of_workbook(content: bytes) -> str:
	try:
		book = load_workbook(BytesIO(content), read_only=True, data_only=True)
		once = {row[0]: _value(row[0], row[1]) for row in _rows(book, HEADER) if len(row) > 1 and row[0]}
		tables = {table: _table(book, table) for table in TABLES}
	except (InvalidFileException, KeyError, ValueError, TypeError, IndexError):
		frappe.throw(_("This file is not a return of a mentoring program"))
	top = ("schema", "version", "checksum", "signature")
	body = {key: one for key, one in once.items() if key not in top} | tables
	return json.dumps({**{key: once.get(key) for key in top}, "return": body}, ensure_ascii=False)


def _rows(book: Workbook, sheet: str) -> list[tuple]:
	rows = []
	for row in book[sheet].iter_rows(values_only=True, max_row=MOST_ROWS + 2):
		if len(rows) > MOST_ROWS:
			raise ValueError("too many rows")
		if any(value is not None for value in row):
			rows.append(row)
	return rows


def _table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
	rows = _rows(book, sheet)
	columns = rows[0] if rows else ()
	return [
		{column: _value(column, value) for column, value in zip(columns, row, strict=False) if column}
		for row in rows[1:]
	]


def _value(column: str, value: Any) -> Any:
	"""A cell as the signature knows it; a spreadsheet writes an empty text as nothing."""
	if column in FLAGS:
		return bool(value)
	if column in NUMBERS:
		return int(value) if isinstance(value, float) and value.is_integer() else value
	return "" if value is None else str(value)
