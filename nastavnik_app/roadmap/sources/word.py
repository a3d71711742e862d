""".docx → paragraphs and tables, through python-docx."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from nastavnik_app.roadmap.sources.blocks import Block, Cell, Line, Paragraph, Table, UnreadableDocument
from nastavnik_app.roadmap.sources.numbering import Numbering
from nastavnik_app.rules.messages import _

# what is not on the page: deleted and moved text, field codes, text boxes and pictures, comments
HIDDEN = {
	qn(name)
	for name in (
		"w:del",
		"w:moveFrom",
		"w:instrText",
		"w:delText",
		"w:drawing",
		"w:pict",
		"w:object",
		"w:pPr",
		"w:rPr",
	)
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
MARKS = {
	qn("w:tab"): "\t",
	qn("w:br"): "\n",
	qn("w:cr"): "\n",
	qn("w:noBreakHyphen"): "-",
	qn("w:softHyphen"): "",
}
WRAPPERS = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")}
P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
MAX_DEPTH = 8


def read(data: bytes) -> list[Block]:
	"""Blocks of the document's body in order; tables inside cells follow the table that holds them."""
	try:
		document = docx.Document(BytesIO(data))
		body = document.element.body
		styles = document.styles.element
		numbering = _numbering_part(document)
	except Exception as error:  # python-docx and lxml raise a dozen kinds on a damaged package
		raise UnreadableDocument(
			_("The Word document is damaged. Open it in Word and save it again as .docx.")
		) from error
	reader = _Reader(Numbering(numbering, styles), styles)
	blocks = reader.blocks(body)
	if not any(isinstance(block, Table) for block in blocks):
		raise UnreadableDocument(
			_("The document holds no table. The roadmap must be a table with a row for each activity.")
		)
	return blocks


def _numbering_part(document):
	for relation in document.part.rels.values():
		if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
			return relation.target_part.element
	return None


def _children(element):
	"""Children with content controls and tracked insertions opened."""
	for child in element:
		if child.tag in WRAPPERS:
			yield from _children(child)
		else:
			yield child


class _Reader:
	def __init__(self, numbering: Numbering, styles):
		self._numbering = numbering
		self._headings = {
			style.get(qn("w:styleId"))
			for style in styles.findall(qn("w:style"))
			if (name := style.find(qn("w:name"))) is not None
			and name.get(qn("w:val"), "").lower().startswith(("heading", "заголовок"))
		}

	def blocks(self, body) -> list[Block]:
		blocks: list[Block] = []
		gap = False
		for child in _children(body):
			if child.tag == P:
				text = self._paragraph(child)
				if text.strip():
					blocks.append(Paragraph(text.strip(), self._is_heading(child), gap))
				gap = not text.strip()
			elif child.tag == TBL:
				blocks += self._table(child, 0)
				gap = False
		return blocks

	def _is_heading(self, paragraph) -> bool:
		style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
		return style is not None and style.get(qn("w:val")) in self._headings

	def _paragraph(self, paragraph) -> str:
		pieces: list[str] = []
		self._collect(paragraph, pieces)
		text = "".join(pieces)
		marker = self._numbering.marker(paragraph)
		return f"{marker} {text}".rstrip() if marker else text

	def _collect(self, element, pieces: list[str]) -> None:
		for child in element:
			tag = child.tag
			if tag in HIDDEN:
				continue
			if tag == qn("w:t"):
				pieces.append(child.text or "")
			elif tag in MARKS:
				pieces.append(MARKS[tag])
			elif len(child):
				self._collect(child, pieces)

	def _table(self, element, depth: int) -> list[Table]:
		table, inner = Table(), []
		open_cells: dict[int, Cell] = {}
		for row in _children(element):
			if row.tag != TR or row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
				continue
			line: Line = []
			column = self._number(row, "w:trPr/w:gridBefore", 0)
			for item in _children(row):
				if item.tag != TC:
					continue
				span = max(1, self._number(item, "w:tcPr/w:gridSpan", 1))
				text, bold = self._cell(item, depth, inner)
				merge = item.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
				cell = Cell(text, column, span, bold=bold)
				if merge is not None and merge.get(qn("w:val")) != "restart" and column in open_cells:
					above = open_cells[column]
					cell.text, cell.up = above.text, True
				else:
					open_cells[column] = cell
				line.append(cell)
				column += span
			if line:
				table.lines.append(line)
		return [table, *inner]

	@staticmethod
	def _number(element, path: str, default: int) -> int:
		found = element.find("/".join(qn(step) for step in path.split("/")))
		value = found.get(qn("w:val"), "") if found is not None else ""
		return min(int(value), 200) if value.isdigit() else default

	def _cell(self, item, depth: int, inner: list[Table]) -> tuple[str, bool]:
		lines, bold, plain = [], False, False
		for child in _children(item):
			if child.tag == P:
				lines.append(self._paragraph(child))
				for run in child.iter(qn("w:r")):
					mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
					is_bold = mark is not None and mark.get(qn("w:val")) not in ("0", "false")
					bold, plain = bold or is_bold, plain or not is_bold
			elif child.tag == TBL and depth < MAX_DEPTH:
				nested, *deeper = self._table(child, depth + 1)
				if max((len(line) for line in nested.lines), default=0) >= 3 and len(nested.lines) >= 2:
					inner += [nested, *deeper]
				else:
					lines += [" ".join(cell.text for cell in line if not cell.up) for line in nested.lines]
		return "\n".join(lines).strip(), bold and not plain
