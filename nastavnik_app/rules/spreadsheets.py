"""A text in the cell of a spreadsheet: never a formula there, and the same text when it is read back."""

from __future__ import annotations

import re
from typing import Any

# a cell that begins so would be a formula; an apostrophe before it is the mark that it is none
FORMULA_MARKS = ("=", "+", "-", "@")
TEXT_MARK = "'"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def fit(text: str) -> str:
	"""The text without the characters that no spreadsheet keeps."""
	return _UNFIT.sub("", text)


def as_cell(value: Any) -> Any:
	"""A value as a spreadsheet takes it; `text_in` gives a text back."""
	if not isinstance(value, str):
		return value
	value = fit(value)
	return f"{TEXT_MARK}{value}" if _needs_mark(value) else value


def text_in(cell: str) -> str:
	"""The text that a cell holds, trimmed."""
	text = fit(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
	if text.startswith(TEXT_MARK) and _needs_mark(text[1:]):
		text = text[1:].strip()
	return text


def _needs_mark(text: str) -> bool:
	return text.strip().startswith((*FORMULA_MARKS, TEXT_MARK))
