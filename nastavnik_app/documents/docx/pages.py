"""Pages of Word: size, margins, the frame of a certificate, and where the numbers of pages start anew."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from nastavnik_app.documents.docx.styles import FRAME_COLOR
from nastavnik_app.documents.docx.xml import node, twips

A4 = (210, 297)
PORTRAIT_MARGINS = {"top": 20, "right": 10, "bottom": 20, "left": 20}
LANDSCAPE_MARGINS = {"top": 20, "right": 10, "bottom": 10, "left": 10}
FRAMED_MARGINS = {"top": 27, "right": 25, "bottom": 27, "left": 25}
FRAMED_LANDSCAPE_MARGINS = {"top": 24, "right": 35, "bottom": 24, "left": 35}
FRAME_DISTANCE = 28  # points from the edge of the page, of which Word allows 31
HEADER_DISTANCE = 10


@dataclass(frozen=True)
class Sheet:
	"""How the pages of a section lie."""

	landscape: bool = False
	framed: bool = False

	@property
	def margins(self) -> dict[str, int]:
		"""Margins of the page by side, mm."""
		if self.framed:
			return FRAMED_LANDSCAPE_MARGINS if self.landscape else FRAMED_MARGINS
		return LANDSCAPE_MARGINS if self.landscape else PORTRAIT_MARGINS

	@property
	def width(self) -> float:
		"""Width of the text, mm."""
		return A4[self.landscape] - self.margins["left"] - self.margins["right"]


def set_up(section: Section, sheet: Sheet, new_paper: bool) -> None:
	"""Lays out a section. A new paper counts its pages from 1 and shows no number on the first."""
	width, height = reversed(A4) if sheet.landscape else A4
	size = {"w": twips(width), "h": twips(height)}
	if sheet.landscape:
		size["orient"] = "landscape"
	distances = {**sheet.margins, "header": HEADER_DISTANCE, "footer": HEADER_DISTANCE, "gutter": 0}
	margins = {side: twips(distance) for side, distance in distances.items()}
	properties = section._sectPr
	references = properties.xpath("w:headerReference")
	properties[:] = [
		*references,
		node("type", val="nextPage"),
		node("pgSz", **size),
		node("pgMar", **margins),
	]
	if sheet.framed:
		properties.append(_frame())
	if new_paper:
		properties.extend([node("pgNumType", start=1), node("titlePg")])


def _frame() -> BaseOxmlElement:
	line = {"val": "double", "sz": 8, "space": FRAME_DISTANCE, "color": FRAME_COLOR}
	return node(
		"pgBorders", *(node(side, **line) for side in ("top", "left", "bottom", "right")), offsetFrom="page"
	)


def add_section(document: Document, gap_style: str) -> Section:
	"""Ends the section at the last paragraph; after a table, which cannot bear the end, at a paragraph of its own."""
	body = document.element.body
	last = body[-2] if len(body) > 1 else None
	if last is None or last.tag != qn("w:p") or last.xpath("w:pPr/w:sectPr"):
		last = body.add_p()
		last.style = gap_style
	last.set_sectPr(body.sectPr.clone())
	# A section without a header of its own continues with the one before.
	for reference in body.sectPr.xpath("w:headerReference"):
		body.sectPr.remove(reference)
	return document.sections[-1]


def number_pages(section: Section, style: str) -> None:
	"""The number of a page at the top centre, and none on the first page of a paper."""
	section.first_page_header.is_linked_to_previous = False
	paragraph = section.header.paragraphs[0]._p
	paragraph.style = style
	paragraph.append(node("fldSimple", node("r", node("t")), instr="PAGE"))
	section.first_page_header.paragraphs[0]._p.style = style
