"""Runs of text inside a paragraph, with spaces as a browser shows them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from io import BytesIO

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

ZERO_WIDTH_SPACE = "\u200b"
# Characters that XML does not allow; the tab and the ends of lines become spaces.
_UNPRINTABLE = {code: None for code in range(32)} | {ord(ZERO_WIDTH_SPACE): None, 0xFFFE: None, 0xFFFF: None}
_CLEANED = _UNPRINTABLE | {ord(space): " " for space in "\t\n\r\f"}
SILENT = ("script", "style", "template", "head")
IMAGE_PREFIXES = ("data:image/png;base64,", "data:image/jpeg;base64,")
PIXELS_PER_MM = 96 / 25.4


@dataclass(frozen=True)
class Type:
	"""How letters are set."""

	bold: bool = False
	italic: bool = False
	underline: bool = False

	def inside(self, tag: str) -> Type:
		"""The type inside an element."""
		if tag in ("b", "strong"):
			return replace(self, bold=True)
		if tag in ("i", "em"):
			return replace(self, italic=True)
		if tag == "u":
			return replace(self, underline=True)
		return self


class Line:
	"""The inline content of one paragraph, gathered before the paragraph is written."""

	def __init__(self) -> None:
		self._pieces: list[tuple[str, Type] | HtmlElement] = []

	def add(self, text: str | None, letters: Type) -> None:
		"""Adds text of the page; several spaces are one, and none stands at either end of a line."""
		text = _one_space(text or "")
		if self._at_start() or self._ends_with_space():
			text = text.lstrip(" ")
		if text:
			self._pieces.append((text, letters))

	def add_break(self) -> None:
		self._trim()
		self._pieces.append(("\n", Type()))

	def add_image(self, image: HtmlElement) -> None:
		self._pieces.append(image)

	@property
	def empty(self) -> bool:
		self._trim()
		return all(piece == ("\n", Type()) for piece in self._pieces)

	def write(self, paragraph: Paragraph, width: float) -> None:
		"""Writes the runs; `width` mm is the room for an image."""
		self._trim()
		if self._pieces and self._pieces[-1] == ("\n", Type()):
			self._pieces.pop()  # a break at the end makes no line, as on the page
		for piece in self._pieces:
			if isinstance(piece, tuple):
				text, letters = piece
				run = paragraph.add_run(text)
				run.bold, run.italic, run.underline = (
					letters.bold or None,
					letters.italic or None,
					letters.underline or None,
				)
			else:
				_write_image(paragraph, piece, width)

	def _at_start(self) -> bool:
		return not self._pieces or self._pieces[-1] == ("\n", Type())

	def _ends_with_space(self) -> bool:
		last = self._pieces[-1]
		return isinstance(last, tuple) and last[0].endswith(" ")

	def _trim(self) -> None:
		if self._pieces and self._ends_with_space():
			text, letters = self._pieces.pop()
			if text.rstrip(" "):
				self._pieces.append((text.rstrip(" "), letters))


def gather(element: HtmlElement, line: Line, letters: Type) -> None:
	"""Adds an inline element to a line."""
	if not isinstance(element.tag, str) or element.tag in SILENT:
		return
	if element.tag == "br":
		line.add_break()
	elif element.tag == "img":
		line.add_image(element)
	else:
		gather_inside(element, line, letters.inside(element.tag))


def gather_inside(element: HtmlElement, line: Line, letters: Type) -> None:
	"""Adds what an element holds to a line."""
	line.add(element.text, letters)
	for child in element:
		gather(child, line, letters)
		line.add(child.tail, letters)


def _one_space(text: str) -> str:
	text = text.translate(_CLEANED)
	words = " ".join(word for word in text.split(" ") if word)
	if not words:
		return " " if text else ""
	return " " * text.startswith(" ") + words + " " * text.endswith(" ")


def _write_image(paragraph: Paragraph, image: HtmlElement, width: float) -> None:
	"""An image that the page brings itself; in place of any other stands its description."""
	source = image.get("src", "")
	prefix = next((prefix for prefix in IMAGE_PREFIXES if source.startswith(prefix)), None)
	try:
		if prefix is None:
			raise UnrecognizedImageError
		picture = paragraph.add_run().add_picture(BytesIO(base64.b64decode(source.removeprefix(prefix))))
	except (
		binascii.Error,
		InvalidImageStreamError,
		UnexpectedEndOfFileError,
		UnrecognizedImageError,
		ZeroDivisionError,
	):
		paragraph.add_run(image.get("alt", ""))
		return
	_fit(picture, image.get("width", ""), width)


def _fit(picture, pixels: str, room: float) -> None:
	wanted = Mm(min(float(pixels) / PIXELS_PER_MM if pixels.isdecimal() else room, room))
	if pixels.isdecimal() or picture.width > wanted:
		picture.height = round(picture.height * wanted / picture.width)
		picture.width = wanted
