"""Tables of a printed page: their grid, as HTML lays it out, and their rows in Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from lxml.html import HtmlElement

from nastavnik_app.documents.docx.styles import TABLE_GRID, TABLE_PLAIN
from nastavnik_app.documents.docx.xml import node, twips

ROW_GROUPS = ("thead", "tbody", "tfoot")
SIGNED_ROW_HEIGHT = 9
MOST_COLUMNS = 60  # three less than Word allows


@dataclass(frozen=True)
class Kind:
	"""A class of tables. `columns` are widths in percent where no heading gives them.

	`gaps` are the spaces before and after in mm, `small_gaps` those on a paper of small type.
	"""

	cell: str
	style: str = TABLE_PLAIN
	gaps: tuple[float, float] = (0, 0)
	small_gaps: tuple[float, float] = (0, 0)
	columns: tuple[float, ...] = ()
	bottom: bool = False


KINDS = {
	"dense": Kind("dense", TABLE_GRID, gaps=(4, 0), small_gaps=(2, 2)),
	"grid": Kind("cell", TABLE_GRID, gaps=(4, 0), small_gaps=(2, 2)),
	"fields": Kind("field", gaps=(3, 3), small_gaps=(3, 3), columns=(45, 55)),
	"requisites": Kind("field", small_gaps=(0, 3)),
	"signature": Kind("sign", columns=(45, 25, 30), bottom=True),
}
OTHER = Kind("field")


@dataclass
class Slot:
	"""A cell of the grid. `element` is None where a cell above reaches into this row, and in a row cut short."""

	column: int
	span: int = 1
	element: HtmlElement | None = None
	merge: str | None = None


@dataclass
class Row:
	slots: list[Slot]
	element: HtmlElement
	heading: bool
	section: bool


def kind_of(table: HtmlElement) -> Kind:
	return next((kind for name, kind in KINDS.items() if name in table.classes), OTHER)


def rows_of(table: HtmlElement) -> tuple[list[Row], int]:
	"""The rows with their places in the grid, and the number of columns."""
	rows: list[Row] = []
	reaching: dict[int, tuple[int, int]] = {}  # column: rows still to come, span
	for group, element in _row_elements(table):
		slots, reaching = _lay_out(element, reaching)
		rows.append(Row(slots, element, group.tag == "thead", "section" in group.classes))
	columns = max((slot.column + slot.span for row in rows for slot in row.slots), default=0)
	for row in rows:
		taken = {column for slot in row.slots for column in range(slot.column, slot.column + slot.span)}
		row.slots += [Slot(column) for column in range(columns) if column not in taken]
		row.slots.sort(key=lambda slot: slot.column)
	return rows, columns


def _row_elements(table: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
	for child in table:
		if child.tag == "tr":
			yield table, child
		elif child.tag in ROW_GROUPS:
			yield from ((child, row) for row in child if row.tag == "tr")


def _lay_out(
	row: HtmlElement, reaching: dict[int, tuple[int, int]]
) -> tuple[list[Slot], dict[int, tuple[int, int]]]:
	slots = [Slot(column, span, merge="continue") for column, (_, span) in reaching.items()]
	taken = {column for slot in slots for column in range(slot.column, slot.column + slot.span)}
	further = {column: (left - 1, span) for column, (left, span) in reaching.items() if left > 1}
	column = 0
	for cell in row:
		if cell.tag not in ("td", "th"):
			continue
		span, height = min(_count(cell, "colspan"), MOST_COLUMNS), _count(cell, "rowspan")
		while taken.intersection(range(column, column + span)):
			column += 1
		slots.append(Slot(column, span, cell, "restart" if height > 1 else None))
		if height > 1:
			further[column] = (height - 1, span)
		column += span
	return slots, further


def _count(cell: HtmlElement, attribute: str) -> int:
	value = cell.get(attribute, "")
	return max(int(value), 1) if value.isdecimal() else 1


def widths_of(rows: list[Row], columns: int, kind: Kind) -> list[float]:
	"""Widths of the columns in percent, which make 100: of the headings, of the kind, or equal."""
	if len(kind.columns) == columns:
		return list(kind.columns)
	given: dict[int, float] = {}
	for row in rows:
		for slot in row.slots:
			width = _percent(slot.element) if slot.element is not None and slot.span == 1 else None
			if width:
				given.setdefault(slot.column, width)
	rest = max(100 - sum(given.values()), 0) / max(columns - len(given), 1) or 1
	widths = [given.get(column, rest) for column in range(columns)]
	return [width * 100 / sum(widths) for width in widths]


def _percent(cell: HtmlElement) -> float | None:
	for declaration in cell.get("style", "").split(";"):
		name, _, value = declaration.partition(":")
		if name.strip() == "width" and value.strip().endswith("%"):
			try:
				return float(value.strip()[:-1])
			except ValueError:
				return None
	return None


def write_table(
	container: Document | _Cell,
	element: HtmlElement,
	width: float,
	fill: Callable[[_Cell, Slot, Row, float], None],
) -> Table | None:
	"""Adds a table `width` mm wide; `fill` writes a cell, which it gets without a paragraph. None without cells."""
	kind = kind_of(element)
	rows, columns = rows_of(element)
	if not columns:
		return None
	shares = [width * percent / 100 for percent in widths_of(rows, columns, kind)]
	table = container.add_table(0, columns)
	table._tbl.tblStyle_val = kind.style
	table.autofit = False
	(table_width,) = table._tbl.tblPr.xpath("w:tblW")
	table_width.attrib.update({qn("w:type"): "dxa", qn("w:w"): str(twips(width))})
	for column, share in zip(table._tbl.tblGrid.gridCol_lst, shares, strict=True):
		column.set(qn("w:w"), str(twips(share)))
	for row in rows:
		_write_row(table, row, shares, kind, fill)
	return table


def _write_row(table: Table, row: Row, shares: list[float], kind: Kind, fill: Callable) -> None:
	tr = table._tbl.add_tr()
	properties = [node("cantSplit")]
	if "signed" in row.element.classes:
		properties.append(node("trHeight", val=twips(SIGNED_ROW_HEIGHT), hRule="atLeast"))
	if row.heading:
		properties.append(node("tblHeader"))
	tr.append(node("trPr", *properties))
	for slot in row.slots:
		width = sum(shares[slot.column : slot.column + slot.span])
		tc = node("tc", _cell_properties(slot, width, kind))
		tr.append(tc)
		fill(_Cell(tc, table), slot, row, width)


def _cell_properties(slot: Slot, width: float, kind: Kind) -> BaseOxmlElement:
	heading = slot.element is not None and slot.element.tag == "th"
	place = "center" if heading else "bottom" if kind.bottom else None
	return node(
		"tcPr",
		node("tcW", w=twips(width), type="dxa"),
		node("gridSpan", val=slot.span) if slot.span > 1 else None,
		node("vMerge", val=slot.merge) if slot.merge else None,
		node("vAlign", val=place) if place else None,
	)
