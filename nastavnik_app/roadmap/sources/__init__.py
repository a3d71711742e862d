"""A school's file → the blocks it is made of; each kind of file in its own module.
What a column or a row means is no matter of this folder."""

from __future__ import annotations

from pathlib import Path

from nastavnik_app.roadmap.sources import text
from nastavnik_app.roadmap.sources.blocks import Block
from nastavnik_app.roadmap.sources.container import kind_of, read_bytes


def read_blocks(path_or_bytes: str | Path | bytes, filename: str = "") -> list[Block]:
	"""Paragraphs and tables of the document, in order. Raises `UnreadableDocument`."""
	data = read_bytes(path_or_bytes)
	kind = kind_of(data, filename)
	if kind == "docx":
		from nastavnik_app.roadmap.sources import word

		return word.read(data)
	if kind == "xlsx":
		from nastavnik_app.roadmap.sources import excel

		return excel.read(data)
	return text.read(data, filename)
