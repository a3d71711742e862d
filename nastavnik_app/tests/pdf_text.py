"""What a PDF says, page by page."""

from __future__ import annotations

import pypdfium2

HYPHEN_AT_THE_END_OF_A_LINE = "\ufffe"


def pages_of(pdf: bytes) -> list[str]:
	"""The text of each page, a line for each of its lines."""
	texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
	return [text.replace("\r\n", "\n").replace(HYPHEN_AT_THE_END_OF_A_LINE, "-") for text in texts]
