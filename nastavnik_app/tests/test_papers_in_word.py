"""The papers of a school in Word: the same text as in the PDF, and a file that LibreOffice opens."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import frappe
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from frappe.utils import add_days, getdate

from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.tests.builders import SchoolTestCase, consent_for
from nastavnik_app.tests.pdf_text import pages_of
from nastavnik_app.tests.test_docx import (
	SIGNATURE,
	STAMP,
	assert_same_paper,
	heading_rows,
	numbered,
	opened,
	text_of_docx,
	text_of_pdf,
	words,
)
from nastavnik_app.tests.test_pdf import CSS, print_page

LONG = "Настоящее положение устанавливает порядок организации наставничества в образовательной организации. "

SAMPLE = print_page(
	f"<style>{CSS}</style><div class='gost'><p class='mark'>ПРОЕКТ</p><h1>ПРИКАЗ</h1><p>{LONG * 3}</p>"
	f"<ol class='points'><li><p>{LONG}</p><p>{LONG}</p></li><li>Второй<ol><li>вложенный</li></ol></li></ol>"
	f"{SIGNATURE}<div class='annex'>{STAMP}<table class='grid'><thead><tr><th>№</th><th>Кто</th></tr></thead>"
	+ "".join(f"<tr><td class='number'>{row}</td><td>Человек {row}</td></tr>" for row in range(1, 81))
	+ f"</table></div><div class='annex landscape'><h2>Широкое</h2><ul class='dashes'><li>{LONG * 2}</li></ul></div>"
	f"</div><div class='gost small'><h2>План</h2><ol class='points'><li><p>{LONG}</p></li></ol>{SIGNATURE}</div>"
)


def test_the_sample_of_all_says_the_same_in_both() -> None:
	assert_same_paper(SAMPLE)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
	converted = by_libreoffice(html_to_docx(SAMPLE), tmp_path)
	numbers = [words(page)[:1] for page in pages_of(converted)]
	assert numbers[1:4] == ["2", "3", "4"]
	bare = opened(SAMPLE)
	for tag in ("w:tblHeader", "w:headerReference"):
		for element in list(bare.element.iter(qn(tag))):
			element.getparent().remove(element)
	stream = BytesIO()
	bare.save(stream)
	assert text_of_pdf(by_libreoffice(stream.getvalue(), tmp_path)) == text_of_docx(SAMPLE)


def by_libreoffice(document: bytes, folder: Path) -> bytes:
	"""The PDF that LibreOffice makes of a DOCX, in a profile of its own."""
	source = folder / "paper.docx"
	source.write_bytes(document)
	profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
	command = [
		"soffice",
		profile,
		"--headless",
		"--convert-to",
		"pdf:writer_pdf_Export",
		"--outdir",
		folder,
		source,
	]
	subprocess.run(
		command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)}
	)
	return source.with_suffix(".pdf").read_bytes()


class TestPapersInWord(SchoolTestCase):
	def same(self, record: frappe.model.document.Document, print_format: str) -> Document:
		html = frappe.get_print(record.doctype, record.name, print_format, doc=record)
		assert_same_paper(html)
		return opened(html)

	def test_an_order_of_120_pairs(self) -> None:
		order = self.school.order(self.school.pair(), points=[{"text": "Закрепить пары.\nНемедля."}] * 3)
		for number in range(2, 121):
			order.append(
				"pairs", {"mentor_name": f"Тополев Пример № {number}", "mentee_names": "Ромашкин, 7А"}
			)
		document = self.same(order, "Mentoring Order")
		pairs = next(table for table in document.tables if len(table.rows) == 121)
		assert heading_rows(pairs) == [True] + [False] * 120
		points = [marker for paragraph, marker in numbered(document) if marker]
		assert points == ["1. ", "2. ", "3. ", "4. "], "the last one is the control"
		assert document.core_properties.title

	def test_a_signed_order_and_one_of_plans(self) -> None:
		pair = self.school.pair()
		self.same(self.school.signed(self.school.order(pair), "12-од"), "Mentoring Order")
		self.same(self.school.plans_order(self.school.plan(pair)), "Mentoring Order")

	def test_an_individual_plan(self) -> None:
		plan = self.school.plan(self.school.pair(), deficits="Первый\nВторой", recommendations="Совет\nЕщё")
		self.same(plan, "Individual Plan")

	def test_consents_of_each_kind(self) -> None:
		mentor = self.school.mentor()
		for kind in ("Personal Data Processing", "Special Categories", "Dissemination", "Additional Work"):
			self.same(consent_for(mentor, kind=kind), "Consent Sheet")
		child = self.school.mentee(birth_date=add_days(getdate(), -366 * 9))
		self.same(consent_for(child, signed_on=None), "Consent Sheet")

	def test_a_roadmap_with_sections(self) -> None:
		for number in range(1, 13):
			frappe.get_doc(
				{
					"doctype": "Roadmap Task",
					"title": f"Мероприятие {number}",
					"section": f"Раздел {number // 5 + 1}",
					"responsible": "Куратор\nДиректор",
					"program": self.school.program,
				}
			).insert()
		self.same(frappe.get_doc("Mentoring Program", self.school.program), "Roadmap")
