"""HTML to PDF, by WeasyPrint. Nothing is fetched: neither from the network nor from the disk.

It loads for most of a second: only who prints waits for it.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfWriter

if TYPE_CHECKING:
	import weasyprint

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
	return bound(laid_out(html))


def laid_out(html: str) -> list[weasyprint.Document]:
	"""The papers of a page. Each counts its pages from 1, which CSS has no word for, so each is laid out by itself."""
	import weasyprint

	page = weasyprint.HTML(string=html, url_fetcher=_data_only())
	root = page.etree_element
	keep_own_content(root)
	styles = [_style_sheet(text) for text in _styles_taken_out(root)]
	body = root.find("body")
	papers = []
	for blocks in _papers(list(body)):
		body[:] = blocks
		papers.append(page.render(stylesheets=styles))
	return papers


def bound(papers: list[weasyprint.Document]) -> bytes:
	"""One PDF of several papers, with each font in it once."""
	return papers[0].copy([page for paper in papers for page in paper.pages]).write_pdf()


def _styles_taken_out(root: Any) -> list[str]:
	styles = []
	for parent in list(root.iter()):
		for style in parent.findall("style"):
			parent.remove(style)
			styles.append(style.text or "")
	return styles


@lru_cache(maxsize=16)
def _style_sheet(text: str) -> weasyprint.CSS:
	import weasyprint

	# hundreds of papers have the same one, and to parse it takes half as long as to lay a short paper out
	return weasyprint.CSS(string=text, url_fetcher=_data_only())


def _papers(blocks: list[Any]) -> list[list[Any]]:
	"""The blocks of each paper."""
	papers: list[list[Any]] = [[]]
	for block in blocks:
		begins = _is_paper(block)
		if begins and any(_is_paper(other) for other in papers[-1]):
			papers.append([])
		papers[-1].append(block)
	return papers


def _is_paper(block: Any) -> bool:
	return "gost" in block.get("class", "").split()


def keep_own_content(root: Any) -> None:
	"""Strips the print page of Frappe's banner, scripts and style sheets, which name bundles by address.

	`root` is an ElementTree or an lxml element of the whole page.
	"""
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
	try:
		from weasyprint.urls import URLFetcher
	except ImportError:  # before release 68; Frappe 15 carries 59
		return _fetch_data
	return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


def _fetch_data(url: str) -> dict[str, Any]:
	if not url.lower().startswith("data:"):
		raise ValueError(f"Documents bring their own content; refused: {url}")
	import weasyprint

	return weasyprint.default_url_fetcher(url)


def _protected(pdf: bytes, password: str) -> bytes:
	writer = PdfWriter()
	writer.append(BytesIO(pdf))
	writer.encrypt(password)
	stream = BytesIO()
	writer.write(stream)
	return stream.getvalue()
