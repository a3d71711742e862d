"""Word, Excel and text give the same cells, whatever the office program put around them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from nastavnik_app.roadmap import read_roadmap
from nastavnik_app.roadmap.sources import read_blocks
from nastavnik_app.roadmap.sources.blocks import Paragraph, Table

HEADS = ("№", "Мероприятия", "Сроки", "Ответственный")


def save(document) -> bytes:
	stream = BytesIO()
	document.save(stream)
	return stream.getvalue()


def with_table(*rows: tuple[str, ...]):
	document = docx.Document()
	table = document.add_table(0, len(HEADS))
	for texts in (HEADS, *rows):
		for cell, text in zip(table.add_row().cells, texts, strict=True):
			cell.text = text
	return document, table


def paragraph_xml(inner: str):
	return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def title_of(document) -> str:
	return read_roadmap(save(document), "a.docx").rows[0].title


def test_tracked_changes_are_read_as_accepted():
	document, table = with_table(("1.", "", "май 2024", "Директор"))
	table.rows[1].cells[1]._tc.append(
		paragraph_xml(
			"<w:r><w:t xml:space='preserve'>Издание </w:t></w:r>"
			"<w:del w:id='1' w:author='x'><w:r><w:delText>письма</w:delText></w:r></w:del>"
			"<w:ins w:id='2' w:author='x'><w:r><w:t>приказа</w:t></w:r></w:ins>"
		)
	)
	assert title_of(document) == "Издание приказа"


def test_content_controls_breaks_tabs_and_soft_hyphens():
	document, table = with_table(("1.", "", "май 2024", "Директор"))
	table.rows[1].cells[1]._tc.append(
		parse_xml(
			f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Анкети</w:t><w:softHyphen/><w:t>рование</w:t>"
			"<w:br/><w:t>педагогов</w:t><w:tab/><w:t>и</w:t><w:noBreakHyphen/><w:t>учеников</w:t></w:r></w:p></w:sdtContent></w:sdt>"
		)
	)
	assert title_of(document) == "Анкетирование педагогов и-учеников"


def test_a_whole_table_inside_a_content_control():
	document, table = with_table(("1.", "Сбор согласий", "май 2024", "Директор"))
	body, element = table._tbl.getparent(), table._tbl
	control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
	body.replace(element, control)
	control.find(qn("w:sdtContent")).append(element)
	assert title_of(document) == "Сбор согласий"


def test_text_boxes_are_not_the_text_of_the_cell():
	document, table = with_table(("1.", "Сбор согласий", "май 2024", "Директор"))
	table.rows[1].cells[1]._tc.append(
		paragraph_xml(
			"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>ПРОЕКТ</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
		)
	)
	assert title_of(document) == "Сбор согласий"


def test_word_numbers_lists_itself():
	document, table = with_table(("1.", "Подготовка:", "май 2024", "Директор"))
	cell = table.rows[1].cells[1]
	for text in ("приказ", "положение", "дорожная карта"):
		cell.add_paragraph(text, style="List Number")
	row = read_roadmap(save(document), "a.docx").rows[0]
	assert row.activities == ["приказ", "положение", "дорожная карта"]
	blocks = read_blocks(save(document), "a.docx")
	assert "2. положение" in next(block for block in blocks if isinstance(block, Table)).lines[1][1].text


def test_word_numbers_the_rows_itself():
	document, table = with_table(
		*[("", f"Дело {name}", "май 2024", "Директор") for name in ("первое", "второе", "третье")]
	)
	for row in table.rows[1:]:
		row.cells[0].paragraphs[0].style = "List Number"
	assert [row.source_no for row in read_roadmap(save(document), "a.docx").rows] == ["1.", "2.", "3."]


def test_a_table_inside_a_layout_table_is_read():
	document = docx.Document()
	outer = document.add_table(1, 1)
	inner = outer.rows[0].cells[0].add_table(0, len(HEADS))
	for texts in (HEADS, ("1.", "Сбор согласий", "май 2024", "Директор")):
		for cell, text in zip(inner.add_row().cells, texts, strict=True):
			cell.text = text
	assert title_of(document) == "Сбор согласий"


def test_a_deleted_row_is_gone():
	document, table = with_table(
		("1.", "Старое дело", "май 2024", "Директор"), ("2.", "Новое дело", "май 2024", "Директор")
	)
	properties = table.rows[1]._tr.get_or_add_trPr()
	properties.append(parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='x'/>"))
	assert [row.title for row in read_roadmap(save(document), "a.docx").rows] == ["Новое дело"]


def test_real_dates_months_and_percents_of_a_workbook():
	book = openpyxl.Workbook()
	sheet = book.active
	sheet.append(["План мероприятий на 2023-2024 учебный год"])
	sheet.append(["№", "Мероприятие", "Срок", "Показатель", "Исполнитель"])
	sheet.append([1, "Сбор согласий", date(2023, 10, 5), 0.9, "Куратор"])
	sheet.append([2, "Опрос", date(2023, 11, 1), "не менее 5 анкет", "Психолог"])
	sheet["D3"].number_format = "0%"
	sheet["C4"].number_format = "mmmm yyyy"
	stream = BytesIO()
	book.save(stream)
	first, second = read_roadmap(stream.getvalue(), "a.xlsx").rows
	assert first.term_text == "05.10.2023" and first.end == date(2023, 10, 5) and first.indicator == "90%"
	assert first.source_no == "1"
	assert second.term_text == "11.2023"
	assert (second.start, second.end) == (date(2023, 11, 1), date(2023, 11, 30))


def test_several_sheets_and_hidden_ones():
	book = openpyxl.Workbook()
	for name, task in (("Школа", "Сбор согласий"), ("Детский сад", "Опрос"), ("Черновик", "Забытое")):
		sheet = book.create_sheet(name)
		sheet.append(["Мероприятие", "Срок", "Исполнитель"])
		sheet.append([task, "май 2024", "Куратор"])
	book["Черновик"].sheet_state = "hidden"
	stream = BytesIO()
	book.save(stream)
	assert [row.title for row in read_roadmap(stream.getvalue(), "a.xlsx").rows] == ["Сбор согласий", "Опрос"]


def test_a_text_row_broken_in_the_middle_of_a_cell():
	text = "№\tМероприятия\tСроки\tОтветственный\n1.\tСбор согласий\nродителей\tмай 2024\tДиректор\n2.\tОпрос\tмай 2024\tПсихолог\n"
	assert [row.title for row in read_roadmap(text.encode(), "a.txt").rows] == [
		"Сбор согласий родителей",
		"Опрос",
	]


def test_html_and_markdown_left_in_a_text_are_taken_out():
	text = (
		"| Мероприятия | Сроки | Ответственный |\n|---|---|---|\n"
		"| **Опрос**<br>1. анкеты<br>2. беседы | <i>май 2024</i> | Куратор&nbsp;школы |\n"
	)
	row = read_roadmap(text.encode(), "a.md").rows[0]
	assert (row.title, row.activities) == ("Опрос анкеты беседы", ["анкеты", "беседы"])
	assert (row.term_text, row.responsible) == ("май 2024", "Куратор школы")


def test_paragraphs_and_tables_keep_their_order():
	document = docx.Document()
	document.add_paragraph("Раздел 1")
	document.add_table(1, 2).rows[0].cells[0].text = "а"
	document.add_paragraph("Раздел 2")
	assert [type(block) for block in read_blocks(save(document), "a.docx")] == [Paragraph, Table, Paragraph]
