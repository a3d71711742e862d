"""The same plan comes out of every layout that a school may give it."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.roadmap import read_roadmap
from nastavnik_app.roadmap.cells import Words, split_items
from nastavnik_app.roadmap.people import split_responsible
from nastavnik_app.rules.school_year import Period
from nastavnik_app.tests.roadmap_documents import (
	FIELDS,
	TASKS,
	Layout,
	as_cells,
	as_docx,
	as_markdown,
	as_pipes,
	as_tabs,
	as_xlsx,
	random_layout,
)

MAKERS = {
	"docx": as_docx,
	"xlsx": as_xlsx,
	"tabs": as_tabs,
	"pipes": as_pipes,
	"markdown": as_markdown,
	"cells": as_cells,
}
DATA = Path(__file__).parent / "data"
YEAR = Period(date(2023, 9, 1), date(2024, 5, 31), "given")
WORDS = Words([])


def letters(text: str | None) -> str:
	return re.sub(r"[\W\d_]+", "", text or "")


def check(data: bytes, name: str, sections: bool) -> None:
	rows = read_roadmap(data, name).rows
	assert len(rows) == len(TASKS)
	for row, (section, *texts) in zip(rows, TASKS, strict=True):
		for field, expected in zip(FIELDS, texts, strict=True):
			found = getattr(row, "term_text" if field == "term" else field)
			assert letters(found) == letters(expected), (row.n, field)
		if sections:
			assert row.section == section


def lay_out(chance: random.Random, kind: str) -> Layout:
	layout = random_layout(
		chance, ("rows", "column", "none") if kind == "cells" else ("rows", "plain", "column", "none")
	)
	how = chance.choice(("whole", "paged", "cut"))
	layout.page = chance.choice(("same", "headed", "headless"))
	if how == "paged":
		layout.page_after = chance.choice((2, 4, 5, 7))
	elif how == "cut" and kind not in ("xlsx", "cells"):
		layout.cut_task = chance.choice((1, 2, 4, 6, 8, 10))
	return layout


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=12, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_every_layout_gives_the_same_tasks(kind: str, seed: int):
	layout = lay_out(random.Random(seed), kind)
	check(
		MAKERS[kind](layout),
		f"a.{'txt' if kind not in ('docx', 'xlsx') else kind}",
		layout.sections != "none",
	)


def read_text(*lines: str, period: Period | None = YEAR):
	return read_roadmap("\n".join(lines).encode(), "a.txt", period)


def test_dates_lists_and_doubts_of_the_plan():
	roadmap = read_roadmap(as_docx(Layout()), "a.docx")
	rows = roadmap.rows
	assert roadmap.document["period_basis"] == "stated"
	assert roadmap.document["title"].startswith("Дорожная карта реализации")
	assert roadmap.document["organization"] == "МБОУ «Ясеневская СОШ»"
	assert rows[0].activities == ["Проект приказа.", "Согласование с профсоюзом.", "Подписание."]
	assert (rows[1].start, rows[1].end) == (date(2023, 9, 1), date(2023, 9, 30))
	assert rows[5].end == date(2024, 1, 31)
	assert (rows[6].recurrence, rows[7].recurrence) == ("monthly", "quarterly")
	assert rows[8].threshold.op == ">=" and rows[8].threshold.value == 6


def test_a_heading_in_two_lines_with_begin_and_end():
	rows = read_text(
		"№\tНаименование мероприятия\tСрок реализации\t\tОтветственный",
		"\t\tначало\tокончание\t",
		"1.\tСбор согласий\t09.2023\t10.2023\tКуратор",
		"2.\tОпрос\t05.2024\t03.2024\tПсихолог",
	).rows
	assert rows[0].term_text == "09.2023 | 10.2023"
	assert (rows[0].start, rows[0].end) == (date(2023, 9, 1), date(2023, 10, 31))
	assert rows[1].problems


def test_a_plan_without_headings_is_told_by_its_cells_and_marked():
	roadmap = read_text(
		"1.\tСбор согласий на обработку данных\tоктябрь 2023\tКуратор\tпапка согласий",
		"2.\tОпрос участников программы\tмай 2024\tПедагог-психолог\tсправка",
		"3.\tИтоговая конференция в школе\tмай 2024\tДиректор\tпротокол",
	)
	assert [row.title for row in roadmap.rows][1] == "Опрос участников программы"
	assert [row.responsible for row in roadmap.rows] == ["Куратор", "Педагог-психолог", "Директор"]
	assert any("headings" in problem for problem in roadmap.document["problems"])


def test_other_tables_of_the_document_are_not_tasks():
	roadmap = read_text(
		"Дорожная карта наставничества",
		"",
		"Наименование\tНаставничество",
		"Срок реализации\t01.09.2023 – 31.05.2024",
		"Администратор\tУправление образования Кедрового района",
		"",
		"Показатели программы",
		"",
		"№\tПоказатель\tЕдиница измерения\t2023 (базовое значение)\t2024 (план)",
		"1.\tДоля педагогов-наставников\t%\t12,5\t20",
		"",
		"Задачи программы",
		"",
		"№\tНаименование задачи\tХарактеристика результата",
		"1.\tРазвитие форм наставничества\tПоявятся новые пары",
		"",
		"План мероприятий программы",
		"",
		"№\tМероприятия\tСроки\tОтветственный",
		"1.\tСбор согласий\tоктябрь\tКуратор",
		"2.\tОпрос\tапрель\tПсихолог",
		period=None,
	)
	assert [row.title for row in roadmap.rows] == ["Сбор согласий", "Опрос"]
	assert (roadmap.rows[0].start, roadmap.rows[1].start) == (date(2023, 10, 1), date(2024, 4, 1))
	assert roadmap.document["period_basis"] == "stated"
	assert roadmap.document["organization"] == "Управление образования Кедрового района"
	(indicator,) = roadmap.indicators
	assert (float(indicator.base), float(indicator.plan), indicator.unit) == (12.5, 20.0, "%")
	assert (indicator.base_year, indicator.plan_year) == (2023, 2024)


def test_nothing_is_repaired_silently():
	rows = read_text(
		"№\tМероприятия\tСроки\tРезультат\tОтветственный",
		"1.\tИтоговая игра\tдо мая 2022\tУчастие не менее участников\tКуратор",
		"2.\tРеализация планов\t\tПланы, выполненные менее чем на 90%\tКуратор",
		"4.\tВстречи\t5.\tНапример, 3 встречи\t6.",
	).rows
	assert all(row.problems for row in rows)
	assert rows[0].end.year == 2022 and rows[1].term_text is None and rows[2].responsible is None
	assert rows[2].term_text is None


def test_each_doubt_names_its_cell_and_the_words_that_were_read():
	rows = read_text(
		"№\tМероприятия\tСроки\tРезультат\tПоказатель\tОтветственный",
		"1.\tСбор заявок\tмай 2019\tСправка\tне менее встреч в школе\tОпределяется ОО",
		"2.\tВстречи\t5.\tНапример, справка\t10 встреч\t6.",
	).rows
	assert [[(one.field, one.written) for one in row.problems] for row in rows] == [
		[
			("term_text", "май 2019"),
			("responsible", "Определяется ОО"),
			("indicator", "не менее встреч в школе"),
		],
		[("term_text", "5."), ("responsible", "6."), ("result", "Например, справка")],
	]
	assert rows[0].as_dict()["doubts"][1] == {
		"field": "responsible",
		"text": rows[0].problems[1],
		"written": "Определяется ОО",
	}


def test_signs_of_a_scan_are_doubted_in_their_cell():
	rows = read_text(
		"№\tМероприятия\tСроки\tОтветственный",
		"1.\tСбор согласий\tмай 2024\t|",
		"2.\tОпрос\tмай 2024\tКуратор",
	).rows
	assert [(one.field, one.written) for one in rows[0].problems][:1] == [("responsible", "|")]


def test_a_year_that_nobody_names_is_not_invented():
	roadmap = read_text(
		"Мероприятия\tСроки\tОтветственный", "Опрос\tсентябрь\tКуратор", "Отчёт\tмай\tДиректор", period=None
	)
	assert roadmap.document["period_start"] is None and roadmap.document["problems"]
	assert all(row.start is None and row.end is None and row.problems for row in roadmap.rows)


def test_rubbish_of_a_scan_is_left_out_and_said_so():
	rows = read_text(
		"№\tМероприятия\tСроки\tОтветственный",
		"1.\tСбор согласий\tмай 2024\tКуратор",
		"\tI\t\tT",
		"2.\tОпрос\tмай 2024\tКуратор",
	).rows
	assert len(rows) == 2 and any("Unreadable" in problem for problem in rows[0].problems)


@pytest.mark.parametrize(
	("text", "items"),
	[
		("1. 1.Опрос.\n2. 2. Беседа", ["Опрос.", "Беседа"]),
		("Работа: 1) сбор заявок 2) выбор пар 2) встреча", ["сбор заявок", "выбор пар", "встреча"]),
		("Состав: — куратор; — методист, —психолог", ["куратор;", "методист,", "психолог"]),
		("• раз\n• два", ["раз", "два"]),
		("а) раз; б) два", ["раз;", "два"]),
		("1.1. Раз\n1.2. Два", ["Раз", "Два"]),
		("Приказ от 25.12.2019 № 1. Положение «Школа - дом»", []),
		("Встречи с партнёрами и т. д. - наставниками", []),
		("Приложение (см. п. 1) и Приложение (см. п. 2) к нему", []),
		("Работа с 1 классом, 2 раза в год", []),
	],
)
def test_lists_inside_a_cell(text: str, items: list[str]):

	assert WORDS.items(text) == items


@given(st.text(alphabet="абв 12.)(-–•;:\n«»", max_size=60))
def test_no_letter_of_a_cell_is_lost(text: str):
	lead, items = split_items(text)
	kept = "".join([lead, *items])
	dropped = [
		part for part in re.findall("[абв]+", text) if part not in re.sub(r"\s", "", kept) and len(part) > 1
	]
	assert not dropped


@pytest.mark.parametrize(
	("text", "entries"),
	[
		("Директор\nКураторы", ["Директор", "Кураторы"]),
		("Куратор программы\nЛандышева О.О.", ["Куратор программы Ландышева О.О."]),
		("Кураторы, наставники", ["Кураторы", "наставники"]),
		("директор куратор", ["директор", "куратор"]),
		("Ландышева О.О., старший методист", ["Ландышева О.О., старший методист"]),
		("Заместитель директора по УВР", ["Заместитель директора по УВР"]),
		("Школа (далее – ОО, МБОУ); Отдел", ["Школа (далее – ОО, МБОУ)", "Отдел"]),
	],
)
def test_responsible_persons_of_a_cell(text: str, entries: list[str]):
	assert split_responsible(text, WORDS) == entries


def test_a_word_cut_by_the_end_of_a_line_is_whole_again():
	words = Words(["план персонализированных программ школы"])
	assert words.join("для персонализированны\nх программ") == "для персонализированных программ"
	assert words.join("для пар и\nх групп") == "для пар и х групп"


def test_the_command_prints_json_and_a_table(tmp_path, capsys):
	import json

	from nastavnik_app.roadmap.__main__ import main

	path = tmp_path / "roadmap.docx"
	path.write_bytes(as_docx(Layout()))
	assert main([str(path), "--json", "--from", "2023-09-01", "--to", "2024-05-31"]) == 0
	printed = json.loads(capsys.readouterr().out)
	assert printed["document"]["period_basis"] == "given" and len(printed["rows"]) == len(TASKS)
	assert main([str(path), "--lang", "en"]) == 0
	out = capsys.readouterr().out
	assert "Издание приказа" in out and max(len(line) for line in out.splitlines()) <= 160


def test_the_roadmap_of_a_district():
	roadmap = read_roadmap(DATA / "district_roadmap.docx")
	assert roadmap.document["level"] == "municipality"
	assert roadmap.document["organization"] == "Управление образования Кедрового района"
	assert [row.section for row in roadmap.rows] == ["2.1. Подготовка"] * 2 + ["2.2. Работа пар"] * 2
	assert roadmap.rows[0].parent_section == "2. План-график"
	assert [bool(row.problems) for row in roadmap.rows] == [False, False, True, False]
	assert roadmap.rows[3].content == "Сводный отчёт по всем школам района"
	assert [(float(each.base), float(each.plan)) for each in roadmap.indicators] == [
		(12.5, 15.0),
		(8.0, 14.0),
	]


def test_the_plan_of_a_club_in_a_workbook():
	roadmap = read_roadmap(DATA / "club_plan.xlsx")
	assert roadmap.document["level"] == "supplementary"
	assert [row.section for row in roadmap.rows] == ["Подготовка", "Подготовка", "Работа", "Работа", "Итоги"]
	assert roadmap.rows[0].end == date(2023, 9, 4) and roadmap.rows[4].end == date(2024, 5, 25)
	assert roadmap.rows[2].threshold.value == 8
	assert len(roadmap.rows[3].problems) == 2


def test_the_plan_of_a_village_school_in_an_old_encoding():
	roadmap = read_roadmap(DATA / "village_plan.txt")
	assert roadmap.document["organization"] == "МКОУ «Ольховская ООШ»"
	assert [row.title for row in roadmap.rows][1] == "Опрос педагогов и выбор пар"
	assert roadmap.rows[1].result == "Справка по опросу"
	assert roadmap.rows[3].start == date(2023, 12, 1)
