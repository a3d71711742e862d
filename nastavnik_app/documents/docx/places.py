"""Where a block stands in a page, and which look of a paragraph that gives it."""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.document import Document
from docx.table import _Cell
from lxml.html import HtmlElement

from nastavnik_app.documents.docx.pages import Sheet
from nastavnik_app.documents.docx.styles import LOOKS
from nastavnik_app.documents.docx.tables import Row, Slot

PARAGRAPHS = ("plain", "center", "mark", "note", "command", "dated", "slogan")
GRIDS = ("cell", "dense")  # looks of a table's cells
LETTERHEAD = ("founder", "name", "contacts")


@dataclass
class Flow:
	"""Where blocks go one after another: the document or a cell. `after` is the space below the last one, mm."""

	container: Document | _Cell
	width: float
	last: str | None = None
	after: float = 0


@dataclass
class Item:
	"""An item of a list; its first paragraph bears the marker."""

	style: str
	number: int
	level: int
	marked: bool = False


@dataclass(frozen=True)
class Place:
	"""Where in the page a block stands, as far as its style depends on it."""

	flow: Flow
	small: bool = False
	sheet: Sheet = field(default_factory=Sheet)
	around: str = ""
	cell: str = ""
	item: Item | None = None


def style_of(paragraph: HtmlElement, place: Place) -> str:
	"""The look of a `p`."""
	classes = paragraph.classes
	if place.around == "head":
		return next((name for name in LETTERHEAD if name in classes), "head")
	own = next((name for name in PARAGRAPHS if name in classes), None)
	if place.cell:
		if own == "center" and place.cell in GRIDS:
			return f"{place.cell}-center"
		return "note" if own == "note" else place.cell
	return own or style_in(place) or "text"


def style_in(place: Place) -> str | None:
	"""The look that a place gives to text of its own, or None."""
	if place.cell:
		return place.cell
	return {"right": "stamp", "head": "head"}.get(place.around)


def variant(style: str, sheet: Sheet) -> str:
	"""The style as it is on a certificate and on a lying page, where it differs there."""
	if sheet.framed and f"{style}-framed" in LOOKS:
		style += "-framed"
	return f"{style}-landscape" if sheet.landscape and f"{style}-landscape" in LOOKS else style


def cell_style(slot: Slot, row: Row, style: str) -> str:
	"""The look of a cell; `style` is that of its table."""
	element = slot.element
	if element is None:
		return style
	if style in GRIDS:
		if element.tag == "th":
			return f"{style}-head"
		if row.section:
			return f"{style}-section"
		return f"{style}-center" if "number" in element.classes else style
	if style == "field" and "number" in element.classes:
		return "field-right"
	if style == "field" and "label" in element.classes:
		return "field-label"
	return "sign-right" if style == "sign" and "name" in element.classes else style
