"""The papers in Word: the same text as on the printed page, and a document that can be edited as one."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.tests.papers import with_style
from nastavnik_app.tests.pdf_text import pages_of
from nastavnik_app.tests.test_pdf import CSS, DOT, print_page

# The PDF of the same content without what a page adds to it: numbers, repeated headings, hyphens.
BARE_PAGE = """
@page { @top-center { content: none } } @page :first { @top-center { content: none } }
.gost table.grid thead { display: table-row-group } .gost table.grid th { hyphens: manual }
"""
SIGNATURE = (
	"<table class='signature keep'><tr><td class='post'>Директор</td><td>________</td>"
	"<td class='name'>П.&nbsp;И.&nbsp;Берёзова</td></tr></table>"
)
STAMP = "<div class='right'><p>Приложение 1</p><p>к приказу от ____\u200b____\u200b № 1</p></div>"


def paper(*contents: str, classes: str = "gost") -> str:
	papers = (f"<div class='{classes}' lang='ru'>{content}</div>" for content in contents)
	return print_page(f"<style>{CSS}</style>{''.join(papers)}")


def opened(html: str) -> Document:
	return docx.Document(BytesIO(html_to_docx(html)))


def blocks(container: Document | _Cell) -> Iterator[Paragraph]:
	"""All paragraphs in reading order, those of tables row by row."""
	for block in container.iter_inner_content():
		if isinstance(block, Table):
			for tc in block._tbl.iter_tcs():
				yield from blocks(_Cell(tc, block))
		else:
			yield block


def numbered(document: Document) -> Iterator[tuple[Paragraph, str]]:
	"""Every paragraph and the marker that Word counts for it from the numbering."""
	counts: dict[str, list[int]] = {}
	root = document.part.numbering_part.element
	for paragraph in blocks(document):
		properties = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
		if properties is None:
			yield paragraph, ""
			continue
		number, level = str(properties.numId.val), properties.ilvl.val
		(definition,) = root.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
		(text,) = root.xpath(
			f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']/w:lvlText/@w:val"
		)
		count = counts.setdefault(number, [0, 0, 0])
		count[level:] = [count[level] + 1, *[0] * (2 - level)]
		for place, value in enumerate(count, 1):
			text = text.replace(f"%{place}", str(value))
		yield paragraph, f"{text} "


def lines(html: str) -> list[str]:
	return [marker + paragraph.text for paragraph, marker in numbered(opened(html)) if paragraph.text]


def words(text: str) -> str:
	"""The text without what the breaking of lines changes."""
	return "".join(text.replace("\u200b", "").split())


def text_of_docx(html: str) -> str:
	return words("".join(lines(html)))


def text_of_pdf(pdf: bytes) -> str:
	return words("".join(pages_of(pdf)))


def assert_same_paper(html: str) -> None:
	"""The DOCX says what the PDF says, and its tables have the rows of the page."""
	assert text_of_docx(html) == text_of_pdf(html_to_pdf(with_style(html, BARE_PAGE)))
	document = opened(html)
	tables = lxml.html.document_fromstring(html).iter("table")
	assert [len(table.rows) for table in document.tables] == [len(list(table.iter("tr"))) for table in tables]
	for row in document.element.body.iter(qn("w:tr")):
		assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
	assert "{{" not in document.element.xml


def heading_rows(table: Table) -> list[bool]:
	return [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]


def test_only_the_documents_own_content_is_written() -> None:
	html = print_page("<p>Содержание</p>", "<style>p { color: red }</style>")
	assert lines(html) == ["Содержание"]
	assert opened(html).core_properties.title == "Приказ"
	assert opened(html).core_properties.language == "ru-RU"


def test_spaces_are_as_a_browser_shows_them() -> None:
	html = "<p>\n\tПриказ \n <b> от </b>1&nbsp;сентября <br> и\u200bначе<!-- x --> .\x0b</p>"
	assert lines(html) == ["Приказ от 1\u00a0сентября\nиначе ."]
	bold = [run.text for run in opened(html).paragraphs[0].runs if run.bold]
	assert bold == ["от "]


def test_text_of_unknown_elements_is_kept() -> None:
	html = paper(
		"голый текст<blockquote><p>цитата</p></blockquote><p>до <mark>знак</mark> после</p>"
		"<section>раздел</section><dl><dt>слово</dt><dd><div>смысл</div></dd></dl><script>нет</script>"
		"<table class='grid'><caption>подпись</caption><tr><td><p>а</p>б<ul><li>в</li></ul></td></tr></table>"
	)
	assert words("".join(lines(html))) == words(
		"голый текст цитата до знак после раздел слово смысл подпись а б – в"
	)


def test_points_are_numbered_by_word_and_anew_in_each_list() -> None:
	points = (
		"<ol class='points'><li><p>Первый</p><p>его продолжение</p></li><li><p>Второй:</p>"
		"<ol><li><p>вложенный</p></li><li>ещё <b>один</b></li></ol></li><li>Третий"
		"<ul class='dashes'><li>раз</li><li><p>два</p></li></ul></li></ol>"
	)
	html = paper(points + f"<div class='annex'>{points}</div>")
	assert lines(html) == 2 * [
		"1. Первый",
		"его продолжение",
		"2. Второй:",
		"2.1. вложенный",
		"2.2. ещё один",
		"3. Третий",
		"– раз",
		"– два",
	]
	styles = [paragraph.style.name for paragraph in opened(html).paragraphs if paragraph.text][:8]
	first, further = "List Number", "List Continue"
	assert styles == [first, further, first, *["List Number 2"] * 2, first, *["List Bullet"] * 2]
	assert_same_paper(html)


def test_a_point_typed_by_the_school_is_numbered_by_its_style() -> None:
	document = opened(paper("<ol class='points'><li><p>Первый</p></li></ol>"))
	style = document.styles["List Number"].element
	assert style.xpath("w:pPr/w:numPr/w:numId")
	assert document.styles["List Number"].paragraph_format.first_line_indent.mm == pytest.approx(
		12.5, abs=0.1
	)


def test_tables_have_the_widths_borders_and_headings_of_the_page() -> None:
	html = paper(
		"<table class='grid'><thead><tr><th rowspan='2' style='width: 10%'>№</th><th colspan='2'>Кто</th></tr>"
		"<tr><th style='width: 60%'>Имя</th><th>Класс</th></tr></thead>"
		"<tbody class='section'><tr><td colspan='3'>Раздел</td></tr></tbody>"
		"<tbody><tr><td class='number' rowspan='2'>1</td><td>Анна</td><td>7А</td></tr>"
		"<tr class='signed'><td>Пётр<br>Петрович</td><td></td></tr></tbody></table>"
	)
	(table,) = opened(html).tables
	assert table.style.name == "Table Grid"
	assert heading_rows(table) == [True, True, False, False, False]
	assert [round(column.width / Mm(180) * 100) for column in table.columns] == [10, 60, 30]
	assert [[cell.text for cell in row.cells] for row in table.rows] == [
		["№", "Кто", "Кто"],
		["№", "Имя", "Класс"],
		["Раздел"] * 3,
		["1", "Анна", "7А"],
		["1", "Пётр\nПетрович", ""],
	]
	borders = table.style.element.xpath("w:tblPr/w:tblBorders/*/@w:sz")
	assert set(borders) == {"6"}, "eighths of a point"
	assert_same_paper(html)


def test_ragged_tables_lose_nothing() -> None:
	html = paper(
		"<table class='grid'><tr><td>а</td></tr><tr><td>б</td><td rowspan='9'>в</td></tr><tr></tr>"
		"<tr><td colspan='x'>г</td><td colspan='0'>д</td></tr></table><table><thead></thead></table>"
	)
	assert [row.grid_cols_after for row in opened(html).tables[0].rows] == [0, 0, 0, 0]
	assert "".join(lines(html)) == "абвгд"


def test_formatting_is_in_styles() -> None:
	html = paper(
		"<p class='mark'>ПРОЕКТ</p><div class='head'><p class='founder'>Район</p><p class='name'>Школа</p>"
		"<p class='contacts'>адрес</p></div><h1>ПРИКАЗ</h1><h2>О парах</h2><h3>Раздел</h3><p>Текст</p>"
		f"<p class='plain'>ровно</p><p class='command'>ПРИКАЗЫВАЮ:</p>{STAMP}{SIGNATURE}"
	)
	document = opened(html)
	looks = [paragraph.style.name for paragraph in blocks(document) if paragraph.text]
	assert looks == [
		"Отметка",
		"Бланк (учредитель)",
		"Бланк (наименование)",
		"Бланк (контакты)",
		"Title",
		"Heading 1",
		"Heading 2",
		"Body Text",
		"Normal",
		"Распорядительное слово",
		"Гриф",
		"Гриф",
		"Signature",
		"Signature",
		"Подпись (расшифровка)",
	]
	assert all(run.font.size is None and run.font.name is None for p in blocks(document) for run in p.runs)
	assert document.styles["Normal"].font.size.pt == 14
	assert document.styles["Body Text"].paragraph_format.first_line_indent.mm == pytest.approx(12.5, abs=0.1)
	assert document.styles["Гриф"].paragraph_format.left_indent.mm == pytest.approx(108, abs=0.1)
	fonts = document.styles.element.xpath("w:docDefaults//w:rFonts/@w:ascii")
	assert fonts == ["Times New Roman"]
	assert opened(paper("<p>x</p>", classes="gost small")).styles["Normal"].font.size.pt == 11.5


def test_pages_are_a4_and_numbered_from_the_second() -> None:
	document = opened(paper("<p>Текст</p><div class='annex'><h2>Приложение</h2></div>"))
	(section,) = document.sections
	assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
	margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
	assert [round(margin.mm) for margin in margins] == [20, 10, 20, 20]
	assert section.different_first_page_header_footer
	assert "PAGE" in section.header._element.xml
	assert section.header.paragraphs[0].style.name == "Header"
	assert "PAGE" not in section.first_page_header._element.xml
	annex = document.paragraphs[-1]
	assert annex.text == "Приложение"
	assert annex.paragraph_format.page_break_before


def test_a_wide_annex_lies_and_the_next_one_stands() -> None:
	document = opened(
		paper(
			f"<p>Приказ</p>{SIGNATURE}<div class='annex landscape'><table class='grid'><tr><td>а</td></tr></table></div>"
			f"<div class='annex'>{STAMP}</div>"
		)
	)
	portrait, landscape = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
	assert [section.orientation for section in document.sections] == [portrait, landscape, portrait]
	assert round(document.sections[1].page_width.mm) == 297
	assert document.tables[1].columns[0].width.mm == pytest.approx(277, abs=0.1)
	assert not any(p.paragraph_format.page_break_before for p in document.paragraphs), "no empty page"
	assert [section._sectPr.xpath("w:pgNumType/@w:start") for section in document.sections] == [["1"], [], []]
	assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])


def test_each_paper_of_a_page_counts_its_own_pages() -> None:
	html = paper("<h1>Первый</h1><div class='annex'>а</div>", "<h1>Второй</h1><div class='annex'>б</div>")
	sections = opened(html).sections
	assert [section._sectPr.xpath("w:pgNumType/@w:start") for section in sections] == [["1"], ["1"]]
	assert all(section.different_first_page_header_footer for section in sections)
	texts = [words(page) for page in pages_of(html_to_pdf(html))]
	assert texts == ["Первый", "а2", "Второй", "б2"]


def test_what_belongs_together_is_kept_on_one_page() -> None:
	document = opened(
		paper(f"<p>до</p><div class='keep'><p>Дата</p>{SIGNATURE}<p>конец</p></div><p>после</p>")
	)
	kept = {p.text: p.paragraph_format.keep_with_next for p in blocks(document) if p.text}
	assert kept == {
		"до": None,
		"Дата": True,
		"Директор": True,
		"________": True,
		"П.\u00a0И.\u00a0Берёзова": True,
		"конец": None,
		"после": None,
	}


def test_a_certificate_is_framed() -> None:
	html = paper("<div class='frame'><p class='slogan'>ГРАМОТА</p><p class='center'>за труд</p></div>")
	(section,) = opened(html).sections
	assert set(section._sectPr.xpath("w:pgBorders/*/@w:val")) == {"double"}
	assert len(pages_of(html_to_pdf(html))) == 1
	assert_same_paper(html)


def test_an_image_that_the_page_brings_is_kept_and_none_is_fetched(tmp_path: Path) -> None:
	data = base64.b64encode(DOT).decode()
	image = tmp_path / "dot.png"
	image.write_bytes(DOT)
	html = (
		f"<p><img src='data:image/png;base64,{data}' width='40'><img src='{image.as_uri()}' alt='чужое'>"
		"<img src='data:image/png;base64,AAAA' alt='битое'><img src='https://school.example/a.png'></p>"
	)
	document = opened(html)
	assert len(document.inline_shapes) == 1
	assert document.paragraphs[0].text == "чужоебитое"


def test_papers_of_two_sizes_have_styles_of_both() -> None:
	large, small = "<h2>Приказ</h2><p>Текст</p>", "</div><div class='gost small'><h2>План</h2><p>Текст</p>"
	document = opened(paper(large + small))
	assert {
		p.text: (p.style.name, p.style.font.size.pt) for p in document.paragraphs if p.text != "Текст"
	} == {
		"Приказ": ("Heading 1", 14),
		"План": ("heading 1 (мелкий шрифт)", 11.5),
	}
	assert [p.style.font.size.pt for p in document.paragraphs if p.text == "Текст"] == [14, 11.5]


def test_a_long_blank_does_not_stretch_the_line_before_it() -> None:
	document = opened(paper(f"<p>Адрес: {'____​' * 10}.</p><p>№ ____ от 1 мая</p>"))
	assert [p.alignment for p in document.paragraphs] == [WD_ALIGN_PARAGRAPH.LEFT, None]


def test_the_title_of_a_section_stays_with_its_points() -> None:
	document = opened(
		paper("<ol class='points'><li><p><b>Предмет</b></p><ol><li><p>Первый</p></li></ol></li></ol>")
	)
	assert [p.paragraph_format.keep_with_next for p in document.paragraphs] == [True, None]


def test_tables_side_by_side_do_not_run_together() -> None:
	document = opened(paper(SIGNATURE * 3))
	assert len(document.tables) == 3
	tags = [child.tag for child in document.element.body]
	assert all({first, second} != {qn("w:tbl")} for first, second in pairwise(tags))
