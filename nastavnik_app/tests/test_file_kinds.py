"""Which files a school may keep: what is what its name says, and nothing that would be run."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.file_kinds import BEGINNINGS, fault_of

PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_every_kind_is_known_by_its_beginning_and_no_page_passes_for_it(ending: str) -> None:
	for beginning in BEGINNINGS[ending] or (b"plain text",):
		assert fault_of(f"a.{ending}", beginning + b"...") is None
		assert fault_of(f"СКАН.2026.{ending.upper()}", beginning + b"...") is None
	for run in (
		PAGE,
		DRAWING,
		b"\n\t" + PAGE.upper(),
		PAGE.decode().encode("utf-16"),
		b"\xef\xbb\xbf" + PAGE,
		b"\x7fELF",
		b" \r\nMZ\x90",
		b"<?php 1",
	):
		assert (
			str(fault_of(f"a.{ending}", run))
			== f"“a.{ending}” is a page or a program and not a document. It was not kept."
		)


@pytest.mark.parametrize("name", ["страница.html", "письмо.pdf.exe", "pdf", "без имени", "архив."])
def test_other_kinds_are_refused_by_their_ending(name: str) -> None:
	assert str(fault_of(name, b"%PDF-1.7")) == (
		f"“{name}”: files of this kind are not kept. Save it as PDF, a picture, Word, Excel or text."
	)


def test_a_file_that_is_not_what_its_name_says_is_left_to_who_reads_it() -> None:
	assert str(fault_of("Фото.PNG", b"%PDF-1.7")) == (
		"“Фото.PNG” is not what its name says: it does not begin as a file “.png” does. Save it anew in its program."
	)
	assert fault_of("Карта.docx", b"%PDF-1.7", is_read=True) is None
	assert fault_of("Карта.docx", PAGE, is_read=True), "a page is refused before anybody reads it"


def test_a_line_of_the_printer_may_stand_before_a_pdf_and_before_nothing_else() -> None:
	assert fault_of("приказ.pdf", b"\x1b%-12345X@PJL\r\n%PDF-1.4") is None
	assert fault_of("фото.jpg", b"\n\xff\xd8\xff")
