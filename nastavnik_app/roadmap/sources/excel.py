""".xlsx → one table for each visible sheet, through openpyxl."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime
from io import BytesIO

import openpyxl

from nastavnik_app.roadmap.sources.blocks import Block, Cell, Paragraph, Table, UnreadableDocument
from nastavnik_app.rules.messages import _

MAX_ROWS, MAX_COLUMNS = 20_000, 60


def read(data: bytes) -> list[Block]:
	"""A heading with the sheet's name (when there are several) and a table for each sheet that is not hidden."""
	try:
		with warnings.catch_warnings():
			warnings.simplefilter("ignore")  # openpyxl warns of every extension it does not know
			book = openpyxl.load_workbook(BytesIO(data), data_only=True)
	except Exception as error:  # openpyxl and the XML parser raise a dozen kinds on a damaged package
		raise UnreadableDocument(
			_("The workbook is damaged. Open it in Excel and save it again as .xlsx.")
		) from error
	sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
	blocks: list[Block] = []
	for sheet in sheets:
		table = _table(sheet)
		if table.lines:
			if len(sheets) > 1:
				blocks.append(Paragraph(sheet.title, gap=True))
			blocks.append(table)
	if not blocks:
		raise UnreadableDocument(
			_("The workbook is empty. The roadmap must be a table with a row for each activity.")
		)
	return blocks


def _table(sheet) -> Table:
	# only the cells that the file holds: a sheet formatted down to its last row has a million more
	filled = {
		place: cell for place, cell in sheet._cells.items() if cell.value is not None and _text(cell).strip()
	}
	if not filled:
		return Table()
	last_row, last_column = max(row for row, _c in filled), max(column for _r, column in filled)
	if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
		raise UnreadableDocument(
			_("The sheet {0} has {1} rows and {2} columns: this is no roadmap.").format(
				sheet.title, last_row, last_column
			)
		)
	corner, covered = _merged(sheet, last_row, last_column)
	table = Table(sheet=True)
	for row in range(1, last_row + 1):
		line = []
		for column in range(1, last_column + 1):
			place = covered.get((row, column), (row, column))
			if place[1] != column:
				continue  # the cell to the left reaches over this one
			cell = filled.get(place)
			line.append(
				Cell(
					_text(cell) if cell is not None else "",
					column - 1,
					corner.get(place, (1, 1))[1],
					up=place[0] != row,
					bold=bool(cell is not None and cell.font and cell.font.b),
				)
			)
		if any(item.text for item in line):
			table.lines.append(line)
	return table


def _merged(sheet, last_row: int, last_column: int):
	corner, covered = {}, {}
	for area in sheet.merged_cells.ranges:
		bottom, right = min(area.max_row, last_row), min(area.max_col, last_column)
		corner[area.min_row, area.min_col] = (bottom - area.min_row + 1, right - area.min_col + 1)
		for row in range(area.min_row, bottom + 1):
			for column in range(area.min_col, right + 1):
				covered[row, column] = (area.min_row, area.min_col)
	return corner, covered


def _text(cell) -> str:
	value, form = cell.value, (cell.number_format or "")
	if isinstance(value, datetime | date):
		shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", form.lower())
		if "d" in shown or "д" in shown or shown.strip("; @") in ("", "general"):
			return value.strftime("%d.%m.%Y")
		return value.strftime("%m.%Y") if "m" in shown or "м" in shown else value.strftime("%Y")
	if isinstance(value, bool):
		return ""
	if isinstance(value, int | float):
		if "%" in form:
			return f"{value * 100:.6g}%"
		return f"{value:.10g}"
	return str(value)
