"""HTML to DOCX: the second writer of a printed page, for schools that edit and sign in Word.

It reads the vocabulary of the print formats (gost.css) and keeps the text of whatever else it meets.
Nothing is fetched: neither from the network nor from the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from io import BytesIO

import docx
import lxml.html
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from nastavnik_app.documents.docx import pages
from nastavnik_app.documents.docx.lists import LEVELS, Numbering
from nastavnik_app.documents.docx.pages import Sheet
from nastavnik_app.documents.docx.places import Flow, Item, Place, cell_style, style_in, style_of, variant
from nastavnik_app.documents.docx.styles import DASHES, LANGUAGE, Styles, list_properties, spaces
from nastavnik_app.documents.docx.tables import ROW_GROUPS, Row, Slot, kind_of, write_table
from nastavnik_app.documents.docx.text import SILENT, Line, Type, gather, gather_inside
from nastavnik_app.documents.pdf import keep_own_content

HEADINGS = {"h1": "title", "h2": "heading1", "h3": "heading2"} | dict.fromkeys(("h4", "h5", "h6"), "heading3")
BLOCKS = ("p", "div", "ol", "ul", "li", "table", *HEADINGS)
SMALLEST_GAP = 0.35
SECTION_SPACE = 2
BLANK = "_" * 24
TITLE_LENGTH = 255


def html_to_docx(html: str) -> bytes:
	"""The DOCX of a page. Of Frappe's print page only the document's own content is taken."""
	parser = lxml.html.HTMLParser(encoding="utf-8")
	root = lxml.html.document_fromstring(html.encode(), parser=parser, ensure_head_body=True)
	keep_own_content(root)
	papers = root.body.find_class("gost")
	writer = _Writer(small=bool(papers) and "small" in papers[0].classes)
	writer.write(root.body)
	return writer.saved(_title(root))


def _title(root: HtmlElement) -> str:
	for path in ("head/title", "body//h1", "body//h2"):
		for element in root.iterfind(path):
			title = " ".join(element.text_content().split())
			if title:
				return title[:TITLE_LENGTH]
	return ""


class _Writer:
	def __init__(self, small: bool) -> None:
		self._document = docx.Document()
		self._styles = Styles(self._document, small)
		self._numbering = Numbering(self._document, self._styles, small)
		self._flow = Flow(self._document, 0)
		self._sheet: Sheet | None = None
		self._new_paper = True
		self._new_page = False
		self._small = small

	def write(self, body: HtmlElement) -> None:
		self._blocks(body, Place(self._flow, self._small))
		if self._sheet is None:
			self._open(Place(self._flow))
		if self._flow.last == "table":
			self._gap(self._flow, SMALLEST_GAP)

	def saved(self, title: str) -> bytes:
		properties, now = self._document.core_properties, datetime.now(timezone.utc)
		properties.title, properties.language = title, LANGUAGE
		properties.author = properties.comments = properties.keywords = ""
		properties.created = properties.modified = now.replace(tzinfo=None)
		stream = BytesIO()
		self._document.save(stream)
		return stream.getvalue()

	def _blocks(self, element: HtmlElement, place: Place) -> None:
		"""Writes what an element holds: blocks as they are, and text between them as paragraphs."""
		line = Line()
		line.add(element.text, Type())
		for child in element:
			if _is_block(child):
				self._anonymous(line, place)
				line = Line()
				self._block(child, place)
			else:
				gather(child, line, Type())
			line.add(child.tail, Type())
		self._anonymous(line, place)

	def _anonymous(self, line: Line, place: Place) -> None:
		if not line.empty:
			self._paragraph(line, style_in(place) or "plain", place)

	def _block(self, element: HtmlElement, place: Place) -> None:
		if element.tag in HEADINGS:
			self._text(element, HEADINGS[element.tag], place)
		elif element.tag == "p":
			self._text(element, style_of(element, place), place)
		elif element.tag in ("ol", "ul"):
			self._list(element, place)
		elif element.tag == "table":
			self._table(element, place)
		else:
			self._division(element, place)

	def _text(self, element: HtmlElement, style: str, place: Place) -> None:
		if any(_is_block(child) for child in element):
			self._blocks(element, place)
			return
		line = Line()
		gather_inside(element, line, Type())
		if line.empty and style != "contacts":
			return
		paragraph = self._paragraph(line, style, place)
		below = element.getnext()
		if place.item and below is not None and below.tag == "ol":
			# the title of a section of points
			paragraph.paragraph_format.keep_with_next = True
			paragraph.paragraph_format.space_before = Mm(SECTION_SPACE)

	def _division(self, element: HtmlElement, place: Place) -> None:
		classes, outside = element.classes, place
		if "gost" in classes:
			self._new_paper = True
			place = replace(place, small="small" in classes, sheet=Sheet(landscape="landscape" in classes))
		elif "annex" in classes:
			self._new_page = True
			if "landscape" in classes:
				place = replace(place, sheet=Sheet(landscape=True))
		elif "frame" in classes:
			place = replace(place, sheet=replace(place.sheet, framed=True))
		elif "head" in classes or "right" in classes:
			place = replace(place, around="head" if "head" in classes else "right")
		if "keep" not in classes:
			self._blocks(element, place)
			return
		written = self._written(outside)
		self._blocks(element, place)
		_keep_together(self._written(outside)[len(written) :])
		above = element.getprevious()
		if written and above is not None and above.tag == "ol":
			# a signature does not stand on a page without a line of what is signed
			Paragraph(written[-1], None).paragraph_format.keep_with_next = True

	def _written(self, place: Place) -> list[BaseOxmlElement]:
		container = place.flow.container
		parent = container._tc if isinstance(container, _Cell) else self._document.element.body
		return [child for child in parent if child.tag in (qn("w:p"), qn("w:tbl"))]

	def _list(self, element: HtmlElement, place: Place) -> None:
		outer = place.item
		if element.tag == "ul":
			kind, number = "dash", DASHES
		else:
			kind, number = "point", None
		level = 0
		if outer and outer.style.startswith(kind):
			level, number = min(outer.level + 1, LEVELS - 1), outer.number
		if number is None:
			number = self._numbering.new_points()
		for child in element:
			if child.tag == "li":
				self._blocks(child, replace(place, item=Item(f"{kind}{level + 1}", number, level)))
			elif _is_block(child):
				self._block(child, place)

	def _table(self, element: HtmlElement, place: Place) -> None:
		for child in element:
			if child.tag not in (*ROW_GROUPS, "tr", "colgroup", "col") and isinstance(child.tag, str):
				self._block(child, place)
		kind, flow = kind_of(element), place.flow
		before, after = kind.small_gaps if place.small else kind.gaps
		breaks = self._new_page
		self._open(place)
		gap = before - flow.after if flow.last == "text" else 0
		if flow.last == "table":
			gap = max(before, flow.after, SMALLEST_GAP)
		if breaks and self._new_page:
			gap = max(gap, SMALLEST_GAP)
		if gap > 0:
			self._gap(flow, gap)
		table = write_table(
			flow.container,
			element,
			flow.width,
			lambda cell, slot, row, width: self._cell(cell, slot, row, width, place, kind.cell),
		)
		if table is None:
			return
		if "keep" in element.classes:
			_keep_together([table._tbl])
		flow.last, flow.after = "table", after

	def _cell(self, cell: _Cell, slot: Slot, row: Row, width: float, place: Place, style: str) -> None:
		style = cell_style(slot, row, style)
		inside = replace(place, flow=Flow(cell, width), cell=style, item=None, around="")
		if slot.element is not None:
			self._blocks(slot.element, inside)
		if len(cell._tc) < 2 or cell._tc[-1].tag != qn("w:p"):
			self._paragraph(Line(), style, inside)

	def _paragraph(self, line: Line, style: str, place: Place) -> Paragraph:
		flow, item = place.flow, place.item
		if item and not place.cell:
			style = "item" if item.marked else item.style
		style = variant(style, place.sheet)
		self._open(place)
		before, after = spaces(style, place.small)
		if flow.last == "table" and flow.after > before:
			self._gap(flow, flow.after)
		paragraph = flow.container.add_paragraph()
		paragraph._p.style = self._styles.of(style, place.small)
		if self._new_page and flow is self._flow:
			paragraph.paragraph_format.page_break_before = True
			self._new_page = False
		if item and not item.marked:
			mark = paragraph._p.get_or_add_pPr().get_or_add_numPr()
			mark[:] = list_properties(item.number, item.level)
			if place.cell:
				paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = 0
			item.marked = True
		line.write(paragraph, flow.width)
		if BLANK in paragraph.text:
			# a long blank goes to a line of its own, and the line before it would be stretched
			paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
		flow.last, flow.after = "text", after
		return paragraph

	def _gap(self, flow: Flow, height: float) -> None:
		paragraph = flow.container.add_paragraph()
		paragraph._p.style = self._styles.gap(height)
		if self._new_page and flow is self._flow:
			paragraph.paragraph_format.page_break_before = True
			self._new_page = False

	def _open(self, place: Place) -> None:
		"""Begins the section that a block of the document needs, if it is not the one under way."""
		if place.flow is not self._flow or (place.sheet == self._sheet and not self._new_paper):
			return
		if self._sheet is None:
			section = self._document.sections[0]
		else:
			section = pages.add_section(self._document, self._styles.gap(SMALLEST_GAP))
		pages.set_up(section, place.sheet, self._new_paper)
		if self._sheet is None:
			pages.number_pages(section, self._styles.of("header", self._small))
		self._sheet, self._new_paper, self._new_page = place.sheet, False, False
		self._flow.width, self._flow.last, self._flow.after = place.sheet.width, None, 0


def _is_block(element: HtmlElement) -> bool:
	"""A block is named so in HTML; an unknown element is one where it holds blocks."""
	return isinstance(element.tag, str) and (
		element.tag in BLOCKS
		or (element.tag not in SILENT and any(True for _ in element.iterdescendants(*BLOCKS)))
	)


def _keep_together(blocks: list[BaseOxmlElement]) -> None:
	"""Keeps blocks on one page: each line with the next one, but the last block or row with nothing below it."""
	lines = [line for block in blocks for line in _lines(block)]
	for line in lines:
		for paragraph in line:
			layout = Paragraph(paragraph, None).paragraph_format
			layout.keep_together = True
			if line is not lines[-1]:
				layout.keep_with_next = True


def _lines(block: BaseOxmlElement) -> Iterator[list[BaseOxmlElement]]:
	"""The paragraphs that stand side by side: one, or those of a row."""
	if block.tag == qn("w:p"):
		yield [block]
	else:
		yield from (list(row.iter(qn("w:p"))) for row in block.iterchildren(qn("w:tr")))
