"""WordprocessingML where python-docx has no word for it: numbering, borders, sections, styles in full."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS_PER_MM = 1440 / 25.4


def node(tag: str, *children: BaseOxmlElement | None, **attributes: str | int) -> BaseOxmlElement:
	"""`<w:tag w:attribute="…">` around the children; those that are None are left out."""
	element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
	element.extend(child for child in children if child is not None)
	return element


def twips(millimetres: float) -> int:
	"""Twentieths of a point, in which Word measures."""
	return round(millimetres * TWIPS_PER_MM)
