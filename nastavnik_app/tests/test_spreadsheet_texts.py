"""A text in a cell: no formula there, and the same text when it is read back."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.spreadsheets import as_cell, text_in


@pytest.mark.parametrize(
	("text", "cell"),
	[
		("Ромашкин Пётр", "Ромашкин Пётр"),
		("=1+1", "'=1+1"),
		("+7 900 123-45-67", "'+7 900 123-45-67"),
		(" -5", "' -5"),
		("@rom", "'@rom"),
		("'так'", "''так'"),
		("до\x0bпосле\ud800", "допосле"),
		("две\nстроки\tи отступ", "две\nстроки\tи отступ"),
	],
)
def test_no_text_is_a_formula(text: str, cell: str) -> None:
	assert as_cell(text) == cell


def test_numbers_and_days_stay_what_they_are() -> None:
	assert as_cell(-5) == -5
	assert as_cell(date(2026, 9, 1)) == date(2026, 9, 1)
	assert as_cell(None) is None


@pytest.mark.parametrize(
	("cell", "text"),
	[
		("  Ромашкин ", "Ромашкин"),
		("'=1+1", "=1+1"),
		("' -5", "-5"),
		("'так", "'так"),
		("первая\r\nвторая\rтретья", "первая\nвторая\nтретья"),
		("до\x00после", "допосле"),
	],
)
def test_the_mark_of_a_text_is_no_part_of_it(cell: str, text: str) -> None:
	assert text_in(cell) == text
