"""What every source yields: paragraphs and tables in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from nastavnik_app.rules.messages import Message


class UnreadableDocument(Exception):
	"""The document cannot be read; `message` says what is wrong and what to do."""

	def __init__(self, message: Message):
		super().__init__(message)
		self.message = message


@dataclass(slots=True)
class Cell:
	"""One cell: its lines joined by newlines, and the grid columns `start` … `start + span - 1`.

	`up` is True where the cell only continues a vertically merged one; its text is then the text of that cell.
	"""

	text: str
	start: int = 0
	span: int = 1
	up: bool = False
	bold: bool = False
	gap: bool = False  # a blank line stands before it (texts with one cell a line)


Line = list[Cell]


@dataclass(slots=True)
class Paragraph:
	"""Text between the tables; `heading` where its style says so."""

	text: str
	heading: bool = False
	gap: bool = False  # a blank line stands before it
	below: bool = False  # a table stands right before it


@dataclass(slots=True)
class Table:
	"""Lines of cells.

	`loose`: the number of cells in a line is not reliable, columns are found by what the cells hold.
	`stream`: not even the lines are known; `lines` has one line with all the cells.
	"""

	lines: list[Line] = field(default_factory=list)
	loose: bool = False
	stream: bool = False
	sheet: bool = False


Block = Paragraph | Table
