"""Many papers in one file, and names of files that a person can read and every system can keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter

from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import bound, html_to_pdf, laid_out

if TYPE_CHECKING:
	from weasyprint import Document

# what Windows and Frappe refuse in names of files
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%#]+')
LONGEST = 100  # characters of two bytes each, of the 255 bytes that file systems allow
LAID_OUT_AT_ONCE = 50  # a sheet of one page takes a megabyte until it is written


def file_name(title: str, extension: str, number: int = 1) -> str:
	"""«Ромашкин Пример.pdf», and «Ромашкин Пример (2).pdf» for the second paper of that title."""
	stem = " ".join(FORBIDDEN.sub(" ", title).split())[:LONGEST].strip(" .") or "-"
	return f"{stem} ({number}).{extension}" if number > 1 else f"{stem}.{extension}"


class BoundPdf:
	"""One PDF: each paper begins on a new page and counts its pages from its own first one."""

	extension = "pdf"

	def __init__(self) -> None:
		self._writer = PdfWriter()
		self._papers: list[Document] = []

	def add(self, title: str, html: str) -> None:
		self._papers += laid_out(html)
		if len(self._papers) >= LAID_OUT_AT_ONCE:
			self._write_out()

	def _write_out(self) -> None:
		if self._papers:
			self._writer.append(BytesIO(bound(self._papers)))
			self._papers = []

	def content(self) -> bytes:
		self._write_out()
		stream = BytesIO()
		self._writer.write(stream)
		return stream.getvalue()


class PaperZip:
	"""A ZIP with a file for each paper, named by the paper's title."""

	extension = "zip"

	def __init__(self, convert: Callable[[str], bytes], extension: str) -> None:
		self._convert, self._inner = convert, extension
		self._stream = BytesIO()
		self._zip = ZipFile(self._stream, "w", ZIP_DEFLATED)
		self._taken: set[str] = set()

	def add(self, title: str, html: str) -> None:
		self._zip.writestr(self._free_name(title), self._convert(html))

	def _free_name(self, title: str) -> str:
		number = 1
		while (name := file_name(title, self._inner, number)).casefold() in self._taken:
			number += 1
		self._taken.add(name.casefold())
		return name

	def content(self) -> bytes:
		self._zip.close()
		return self._stream.getvalue()


# as Mentoring Print Job names them
OUTPUTS: dict[str, Callable[[], BoundPdf | PaperZip]] = {
	"One PDF": BoundPdf,
	"ZIP of PDF": partial(PaperZip, html_to_pdf, "pdf"),
	"ZIP of Word": partial(PaperZip, html_to_docx, "docx"),
}
