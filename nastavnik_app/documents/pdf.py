"""HTML to PDF, by WeasyPrint. Nothing is fetched: neither from the network nor from the disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import weasyprint
from pypdf import PdfWriter

try:
	from weasyprint.urls import URLFetcher
except ImportError:  # before release 68; Frappe 15 carries 59
	URLFetcher = None

GENERATOR = "nastavnik"
OWN_CONTENT = ".//div[@class='print-format']"


def generate(
	print_format: str | None,
	html: str,
	options: dict[str, Any] | None,
	output: PdfWriter | None,
	pdf_generator: str | None,
) -> bytes | PdfWriter | None:
	"""Frappe's `pdf_generator` hook: the PDF of a page, or None where another generator was chosen.

	With `output` the pages are appended to it and the writer is returned, as in bulk printing.
	"""
	if pdf_generator != GENERATOR:
		return None
	pdf = html_to_pdf(html)
	if output is not None:
		output.append(BytesIO(pdf))
		return output
	password = (options or {}).get("password")
	return _protected(pdf, password) if password else pdf


def html_to_pdf(html: str) -> bytes:
	"""The PDF of a page. Of Frappe's print page only the document's own content is taken."""
	page = weasyprint.HTML(string=html, url_fetcher=_data_only())
	_keep_own_content(page.etree_element)
	return page.write_pdf()


def _keep_own_content(root: Any) -> None:
	"""Strips the print page of Frappe's banner, scripts and style sheets, which name bundles by address."""
	body, head = root.find("body"), root.find("head")
	content = body.find(OWN_CONTENT)
	if content is None:
		return
	body.text, body[:] = content.text, list(content)
	for element in list(head):
		if element.tag != "title":
			head.remove(element)


def _data_only() -> Any:
	"""A fetcher that opens `data:` addresses and refuses all others."""
	if URLFetcher:
		return URLFetcher(allowed_protocols=("data",), allow_redirects=False)
	return _fetch_data


def _fetch_data(url: str) -> dict[str, Any]:
	if not url.lower().startswith("data:"):
		raise ValueError(f"Documents bring their own content; refused: {url}")
	return weasyprint.default_url_fetcher(url)


def _protected(pdf: bytes, password: str) -> bytes:
	writer = PdfWriter()
	writer.append(BytesIO(pdf))
	writer.encrypt(password)
	stream = BytesIO()
	writer.write(stream)
	return stream.getvalue()
