"""Every kind of paper of the demonstration school: the same text on both engines, as PDF and as Word.

The texts that must come are in `demo/expected/papers`. WRITE_EXPECTED_PAPERS=1 makes this test write them instead, on
the embedded engine; read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import docx
import frappe
import lxml.html
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell
from frappe.tests.utils import FrappeTestCase
from freezegun import freeze_time

from demo.roster import MENTEE, MENTOR, Person, Roster, read_roster
from demo.run import SCHOOL_FOLDER, run_school
from demo.school_papers import Paper, all_papers
from demo.staff import School, acting, begin_program, found_school
from nastavnik_app import seed
from nastavnik_app.documents import pdf, placeholders
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.nastavnik_app import print_format
from nastavnik_app.tests.builders import SchoolTestCase, remove_all_of
from nastavnik_app.tests.papers import with_style
from nastavnik_app.tests.pdf_text import pages_of
from nastavnik_app.tests.test_docx import BARE_PAGE, heading_rows, numbered, words

EXPECTED = SCHOOL_FOLDER.parent / "expected" / "papers"
WRITE = os.environ.get("WRITE_EXPECTED_PAPERS")
# noon in Moscow of a day of the school year, whatever the clock of the site: ages and terms do not change with the years
DAY = "2026-11-16 09:00:00"
UNHYPHENATED = "* { hyphens: manual !important }"
MOMENT = re.compile(r"(\d\d\.\d\d\.\d{4})\s\d\d:\d\d")
PLACEHOLDERS = "|".join({*placeholders.ORDER_PLACEHOLDERS, *placeholders.AWARD_PLACEHOLDERS})
LEFTOVER = re.compile(
	r"\{\{|\{%|&(?:nbsp|amp|lt|gt|quot|#\d+);|\b(?:None|nan|NaN|Undefined|null)\b" rf"|\b(?:{PLACEHOLDERS})\b"
)
READ_BY_LIBREOFFICE = (
	"order-start-program",
	"consent-processing-both",
	"award-mentor-certificate",
	"mentee-bank",
)


@dataclass(frozen=True)
class Printed:
	"""A paper: the page that is printed, and the text of its PDF without what only a page adds."""

	html: str
	text: str


def cut(roster: Roster) -> Roster:
	"""The same staff, and of those who take part a few: two pairs of each form, and a pupil left without a mentor."""
	groups = [
		one for one in roster.teachers if one.role == MENTOR and one.places == 3 and one.years_of_service < 20
	]
	oldest = sorted(roster.teachers, key=lambda one: -one.years_of_service * (one.role == MENTOR))
	young = [one for one in roster.teachers if one.role == MENTEE]
	seniors = [one for one in roster.pupils if one.role == MENTOR]
	pupils = [one for one in roster.pupils if one.role == MENTEE]
	kept = {*oldest[:2], *groups[:2], *young[:2], *seniors[:2], *pupils[::13][:9]}

	def in_role(person: Person) -> Person:
		return person if person in kept else replace(person, role="")

	return Roster([one for one in roster.pupils if one in kept], [in_role(one) for one in roster.teachers])


def printed(school: School, paper: Paper) -> Printed:
	"""What the print door makes, and the page that it makes it of."""
	whole, pages = pdf.html_to_pdf, []

	def bare(html: str) -> bytes:
		pages.append(html)
		return whole(with_style(html, BARE_PAGE + UNHYPHENATED))

	with acting(school.logins[paper.login]), patch.object(pdf, "html_to_pdf", bare):
		content = frappe.get_print(paper.doctype, paper.name, paper.print_format, as_pdf=True)
	return Printed(pages[0], text_of_pdf(content))


def text_of(document: Document) -> str:
	"""The text of a Word document, as the expected files keep it: a line for a paragraph and for a row of a table, and
	how many rows its tables have."""
	markers = {paragraph._p: marker for paragraph, marker in numbered(document)}
	rows = [len(table.rows) for table in document.tables]
	lines = [f"Строк в таблицах: {', '.join(str(one) for one in rows)}", "", *_lines(document, markers)]
	return moments_off("\n".join(lines) + "\n")


def _lines(document: Document, markers: dict[object, str]) -> Iterator[str]:
	for block in document.iter_inner_content():
		if hasattr(block, "rows"):
			for row in block._tbl.tr_lst:
				cells = (_cell(_Cell(tc, block), markers) for tc in row.tc_lst)
				yield "\t".join(cells).rstrip()
		elif block.text:
			yield _line(block, markers)


def _cell(cell: _Cell, markers: dict[object, str]) -> str:
	return " ".join(_line(paragraph, markers) for paragraph in cell.paragraphs if paragraph.text)


def _line(paragraph, markers: dict[object, str]) -> str:
	return (markers[paragraph._p] + paragraph.text).replace("\u200b", "").replace("\n", " ").strip()


def moments_off(text: str) -> str:
	return MOMENT.sub(r"\1 ЧЧ:ММ", text)


def text_of_pdf(content: bytes) -> str:
	return moments_off("\n".join(pages_of(content)))


def rows_of_page(html: str) -> list[int]:
	return [len(list(table.iter("tr"))) for table in lxml.html.document_fromstring(html).iter("table")]


def field_options(doctype: str, field: str) -> list[str]:
	return frappe.get_meta(doctype).get_field(field).options.split("\n")


def write_expected(texts: dict[str, str]) -> None:
	shutil.rmtree(EXPECTED, ignore_errors=True)
	EXPECTED.mkdir(parents=True)
	for slug, text in texts.items():
		(EXPECTED / f"{slug}.txt").write_text(text, encoding="utf-8")


# printed by demo/municipality.py, held by test_authority_returns.py
TO_THE_AUTHORITY = {"municipal_report", "program_return"}


class TestSchoolPapers(FrappeTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frozen = freeze_time(DAY, tick=True)
		frozen.start()
		cls.addClassCleanup(frozen.stop)
		frappe.set_user("Administrator")
		# the demonstration speaks Russian, the tests after it do not
		cls.addClassCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		roster = cut(read_roster(SCHOOL_FOLDER / "roster.xlsx"))
		cls.school = begin_program(found_school(roster), roster)
		cls.summary = run_school(cls.school, roster, say=lambda line: None)
		cls.addClassCleanup(cls.remove_what_printing_has_committed)
		with acting(cls.school.logins["curator"]):
			groups = all_papers(cls.school, cls.summary)
		cls.papers = {paper.slug: paper for _title, papers in groups for paper in papers}
		cls.printed = {slug: printed(cls.school, paper) for slug, paper in cls.papers.items()}
		cls.documents = {
			slug: docx.Document(BytesIO(html_to_docx(one.html))) for slug, one in cls.printed.items()
		}
		cls.texts = {slug: text_of(document) for slug, document in cls.documents.items()}
		if WRITE:
			write_expected(cls.texts)

	@classmethod
	def remove_what_printing_has_committed(cls) -> None:
		frappe.db.rollback()
		organization = cls.school.organization
		authority = frappe.db.get_value("Educational Organization", organization, "parent_organization")
		remove_all_of(organization, list(cls.school.logins.values()))
		if authority:
			remove_all_of(authority, [])
		# a bench commits when it prints, because it logs who printed
		frappe.db.commit()  # nosemgrep

	def test_there_is_a_paper_of_every_kind(self) -> None:
		seeds = {
			path.name[:2]: json.loads(path.read_text(encoding="utf-8")) for path in seed.FOLDER.glob("*.json")
		}
		kinds = {f"order-{record['name']}" for record in seeds["40"]}
		kinds |= {f"act-{record['name']}" for record in seeds["35"]}
		self.assertEqual(kinds - set(self.papers), set())
		formats = {path.parent.name for path in Path(print_format.__file__).parent.glob("*/*.html")}
		printed = {frappe.scrub(paper.print_format) for paper in self.papers.values()}
		self.assertEqual(formats - TO_THE_AUTHORITY, printed)
		consents = [frappe.get_doc("Consent", paper.name) for paper in self.of("Consent")]
		self.assertEqual(
			{consent.kind for consent in consents},
			set(field_options("Consent", "kind")),
		)
		self.assertLessEqual({"Self", "Representative", "Both"}, {consent.signatory for consent in consents})
		kinds = [
			frappe.db.get_value("Mentoring Award", one.name, "kind") for one in self.of("Mentoring Award")
		]
		layouts = {frappe.db.get_value("Mentoring Kind", kind, "paper") for kind in kinds}
		self.assertEqual(layouts, set(field_options("Mentoring Kind", "paper")) - {""})

	def of(self, doctype: str) -> list[Paper]:
		return [paper for paper in self.papers.values() if paper.doctype == doctype]

	def test_each_says_what_is_expected_and_no_more(self) -> None:
		self.assertEqual({path.stem for path in EXPECTED.glob("*.txt")}, set(self.papers))
		for slug, one in self.printed.items():
			with self.subTest(slug):
				expected = (EXPECTED / f"{slug}.txt").read_text(encoding="utf-8")
				self.assertMultiLineEqual(self.texts[slug], expected, "as Word")
				rows, text = expected.split("\n", 1)
				self.assertSameWords(one.text, text)
				self.assertEqual(
					f"Строк в таблицах: {', '.join(str(row) for row in rows_of_page(one.html))}", rows
				)

	def test_nothing_is_left_of_a_template(self) -> None:
		for slug, text in self.texts.items():
			with self.subTest(slug):
				self.assertIsNone(LEFTOVER.search(text))
				self.assertIsNone(LEFTOVER.search(self.printed[slug].text))

	@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
	def test_libreoffice_shows_the_same(self) -> None:
		with TemporaryDirectory() as folder:
			shown = by_libreoffice({slug: self.documents[slug] for slug in READ_BY_LIBREOFFICE}, Path(folder))
		for slug, content in shown.items():
			expected = (EXPECTED / f"{slug}.txt").read_text(encoding="utf-8").split("\n", 1)[1]
			self.assertSameWords(text_of_pdf(content), expected)

	def assertSameWords(self, text: str, expected: str) -> None:
		"""Shows where two texts part, which a whole paper would hide."""
		text, expected = words(text), words(expected)
		ends = min(len(text), len(expected))
		same = next((place for place in range(ends) if text[place] != expected[place]), ends)
		begin = max(same - 40, 0)
		self.assertEqual(text[begin : same + 40], expected[begin : same + 40])


class TestOrderOf120Pairs(SchoolTestCase):
	"""An annex of many pages, with rows of one line and of four."""

	def order(self) -> frappe.model.document.Document:
		order = self.school.order(self.school.pair())
		order.set("pairs", [])
		for number in range(1, 121):
			mentees = ", ".join(f"Ромашкин Пример {number}-{place}" for place in range(1, number % 5 + 2))
			order.append("pairs", {"mentor_name": f"Тополев Наставник {number}", "mentee_names": mentees})
		return order

	def test_each_page_has_the_heading_row_and_its_number_and_no_row_is_cut(self) -> None:
		order = self.order()
		content = frappe.get_print(order.doctype, order.name, "Mentoring Order", doc=order, as_pdf=True)
		pages = [words(page) for page in pages_of(content)]
		of_table = [page for page in pages if "ТополевНаставник" in page]
		self.assertGreater(len(of_table), 5)
		for page in of_table:
			self.assertIn("№НаставникНаставляемыеФорма", page.replace("‐", ""))
		for row in order.pairs:
			whole = words(f"{row.idx} {row.mentor_name} {row.mentee_names}")
			self.assertEqual(sum(whole in page for page in pages), 1, whole)
		self.assertFalse(pages[0].endswith("1"), "the first page has no number")
		for number, page in enumerate(pages[1:], 2):
			self.assertTrue(page.endswith(str(number)), page[-40:])

	def test_word_repeats_the_heading_row_and_cuts_no_row(self) -> None:
		order = self.order()
		html = frappe.get_print(order.doctype, order.name, "Mentoring Order", doc=order)
		document = docx.Document(BytesIO(html_to_docx(html)))
		(table,) = (table for table in document.tables if len(table.rows) == 121)
		self.assertEqual(heading_rows(table), [True] + [False] * 120)
		for row, listed in zip(list(table.rows)[1:], order.pairs, strict=True):
			self.assertIsNotNone(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}"))
			texts = [cell.text for cell in row.cells[:3]]
			self.assertEqual(texts, [str(listed.idx), listed.mentor_name, listed.mentee_names])


def by_libreoffice(documents: dict[str, Document], folder: Path) -> dict[str, bytes]:
	"""The PDF that LibreOffice makes of each document, without the headers of pages and the repeated ones of tables."""
	for slug, document in documents.items():
		stream = BytesIO()
		document.save(stream)
		bare = docx.Document(stream)
		for tag in ("w:tblHeader", "w:headerReference"):
			for element in list(bare.element.iter(qn(tag))):
				element.getparent().remove(element)
		bare.save(folder / f"{slug}.docx")
	profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
	command = ["soffice", profile, "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder]
	subprocess.run(
		[*command, *(folder / f"{slug}.docx" for slug in documents)],
		check=True,
		capture_output=True,
		timeout=180,
		env={**os.environ, "HOME": str(folder)},
	)
	return {slug: (folder / f"{slug}.pdf").read_bytes() for slug in documents}
