"""Numbering of Word: points (1., 1.1.) counted anew in each list, and dashes."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from nastavnik_app.documents.docx.styles import DASHES, POINTS, Styles, indent
from nastavnik_app.documents.docx.xml import node

LEVELS = 3


class Numbering:
	"""The lists of one document. The first two belong to the styles, each further one to a list of points."""

	def __init__(self, document: Document, styles: Styles, small: bool) -> None:
		points = [f"point{level}" for level in range(1, LEVELS + 1)]
		dashes = [f"dash{level}" for level in range(1, LEVELS + 1)]
		self._root = document.part.numbering_part.element
		self._root[:] = [
			_definition(POINTS, "decimal", ["%1.", "%1.%2.", "%1.%2.%3."], points, styles, small),
			_definition(DASHES, "bullet", ["–"] * LEVELS, dashes, styles, small),
			*(node("num", node("abstractNumId", val=number), numId=number) for number in (POINTS, DASHES)),
		]
		self._last = max(POINTS, DASHES)

	def new_points(self) -> int:
		"""The number of a new list whose points are counted from 1."""
		self._last += 1
		restarts = [node("lvlOverride", node("startOverride", val=1), ilvl=level) for level in range(LEVELS)]
		self._root.append(node("num", node("abstractNumId", val=POINTS), *restarts, numId=self._last))
		return self._last


def _definition(
	number: int, form: str, texts: list[str], looks: list[str], styles: Styles, small: bool
) -> BaseOxmlElement:
	levels = [
		node(
			"lvl",
			node("start", val=1),
			node("numFmt", val=form),
			node("pStyle", val=styles.of(look, small)),
			node("suff", val="space"),
			node("lvlText", val=text),
			node("lvlJc", val="left"),
			# LibreOffice takes the indent of a point from here and not from the style.
			node("pPr", indent(look, small)),
			ilvl=level,
		)
		for level, (text, look) in enumerate(zip(texts, looks, strict=True))
	]
	return node("abstractNum", node("multiLevelType", val="multilevel"), *levels, abstractNumId=number)
