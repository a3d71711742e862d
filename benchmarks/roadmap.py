"""Reading a roadmap of so many rows, beside the library alone that opens the file and takes the text of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from benchmarks.lines import Line
from benchmarks.timing import Rounds

OF = "rows"
SIZES = (20, 100, 400)


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	from nastavnik_app.roadmap import read_roadmap

	for name, yardstick, content, cells in (
		("roadmap.docx", "python-docx", _word(size), _cells_of_word),
		("roadmap.xlsx", "openpyxl", _excel(size), _cells_of_excel),
	):
		seconds, by_yardstick = rounds.shortest(
			lambda name=name, content=content: read_roadmap(content, name),
			lambda cells=cells, content=content: cells(content),
		)
		rows = len(read_roadmap(content, name).rows)
		yield Line(f"read .{name[-4:]}", size, seconds, yardstick, by_yardstick, rows=rows)


def _table(size: int) -> list[tuple[str, list[str]]]:
	"""The heading and so many tasks in their sections: of the generator's tasks, each time under other titles."""
	from nastavnik_app.tests.roadmap_documents import Layout, rows_of

	layout = Layout()
	head, *rows = rows_of(layout)
	number, title = layout.columns.index("number"), layout.columns.index("title")
	found, tasks = [head], 0
	while True:
		for kind, texts in rows:
			texts = list(texts)
			if kind == "task":
				tasks += 1
				texts[number], texts[title] = f"{tasks}.", f"{texts[title]} ({tasks})"
			found.append((kind, texts))
			if tasks == size:
				return found


def _word(size: int) -> bytes:
	from nastavnik_app.tests.roadmap_documents import Layout, word_document

	width = len(Layout().columns)
	table = [[(texts[0], width)] if kind == "section" else texts for kind, texts in _table(size)]
	return word_document(*Layout().title_lines, table)


def _excel(size: int) -> bytes:
	from nastavnik_app.tests.roadmap_documents import workbook

	return workbook([texts for _kind, texts in _table(size)])


def _cells_of_word(content: bytes) -> list[str]:
	import docx

	tables = docx.Document(BytesIO(content)).tables
	return [cell.text for table in tables for row in table.rows for cell in row.cells]


def _cells_of_excel(content: bytes) -> list[str]:
	import openpyxl

	sheet = openpyxl.load_workbook(BytesIO(content)).active
	return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
