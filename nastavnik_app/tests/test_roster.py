"""What a school's list of people says, and that each fault is named with row, column, value and remedy."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.roster import headings, known, reader, tables, values
from nastavnik_app.roster.model import Roster, UnreadableRoster
from nastavnik_app.rules import spreadsheets
from nastavnik_app.tests.roster_lists import FIRST_ROW, KINDS, NEEDS, plant_faults, pupils, to_xlsx

TODAY = date(2026, 11, 22)
TITLES = {
	"target_group": values.Titles({"Обучающиеся 10–14 лет": "g14", "Обучающиеся 15–19 лет": "g19"}),
	"needs": values.Titles({title: f"n{number}" for number, title in enumerate(NEEDS)}),
}
LENGTHS = {"representatives.relation": 140}


def read(data: bytes, filename: str = "список.xlsx", people: str = "Mentee") -> Roster:
	return reader.read(data, filename, people, TODAY, LENGTHS, TITLES)


def read_line(heading: str, *cells: str) -> Roster:
	return read("\n".join([heading, *cells]).encode(), "a.csv")


def test_each_of_the_planted_faults_is_named() -> None:
	spoilt, planted = plant_faults(pupils(1000), 3 * len(KINDS))
	roster = read(to_xlsx(spoilt))
	known.match(roster, [])
	told = {fault.row: fault for fault in roster.faults}
	assert len(roster.faults) == len(told) == len(planted)
	for one in planted:
		fault = told[one.row]
		assert one.heading in fault.column, one
		assert fault.value == one.value.strip()[: values.SHOWN], one
		assert fault.fault and fault.remedy, one


def test_a_list_without_faults_has_none() -> None:
	roster = read(to_xlsx(pupils(1000)))
	assert known.match(roster, []) == dict.fromkeys(range(FIRST_ROW, 1000 + FIRST_ROW))
	assert roster.faults == [] and roster.ignored == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_text_files_of_every_kind(encoding: str, separator: str) -> None:
	lines = [["Имя", "Фамилия", "Дата рождения"], ["Пример", "Берёзов", "01.03.2012"]]
	row = read("\r\n".join(separator.join(one) for one in lines).encode(encoding), "a.csv").rows[0]
	assert (row.full_name, row.birth_date) == ("Берёзов Пример", date(2012, 3, 1))


def test_headings_in_any_order_below_a_title() -> None:
	text = "Школа;;\nСписок 8 «Б»;;\n;;\n№ п/п;Д/р;Ф.И.О.\nребёнка;Рост\n".replace("\nребёнка", " ребёнка")
	roster = read((text + "1;01.03.2012;Берёзов Пример Игоревич;150\n").encode(), "a.csv")
	assert roster.rows[0].values["middle_name"] == "Игоревич"
	assert roster.rows[0].number == 5
	assert roster.ignored == ["D «Рост»"]


def test_two_columns_of_one_meaning_are_refused() -> None:
	with pytest.raises(UnreadableRoster, match="Телефон"):
		read_line("ФИО;Телефон;Контактный телефон", "Берёзов Пример;1;2")


@pytest.mark.parametrize(
	("written", "meant"),
	[
		("01.03.2012", date(2012, 3, 1)),
		("1.3.2012 г.", date(2012, 3, 1)),
		("2012-03-01", date(2012, 3, 1)),
		(datetime(2012, 3, 1, 0, 0), date(2012, 3, 1)),
	],
)
def test_days(written: object, meant: date) -> None:
	assert values.read("birth_date", "birth_date", written, values.Context(TODAY)) == meant


@pytest.mark.parametrize(
	"written", ["1.3.12", "03/04/2012", "2012", 41000, 41000.0, "31.11.2012", "00.01.2012"]
)
def test_no_day_is_guessed(written: object) -> None:
	with pytest.raises(values.Unfit):
		values.read("birth_date", "birth_date", written, values.Context(TODAY))


@pytest.mark.parametrize("written", ["8Б", "8 «Б»", '8 "б"', "8-б", "8 б класс", "08Б"])
def test_a_class_is_written_in_one_way(written: str) -> None:
	assert values.read("school_class", "school_class", written, values.Context(TODAY)) == "8Б"


@pytest.mark.parametrize(
	"written", ["8 900 000-00-00", "+79000000000", 89000000000, 79000000000.0, "9000000000"]
)
def test_a_phone_is_written_in_one_way(written: object) -> None:
	assert values.read("phone", "phone", written, values.Context(TODAY)) == "+7 900 000-00-00"


def test_a_dash_is_an_empty_cell() -> None:
	roster = read_line("ФИО;Телефон;Класс", "Берёзов Пример;-;—")
	assert "phone" not in roster.rows[0].values and not roster.faults


def test_titles_with_separators_in_them_and_close_ones() -> None:
	known_titles = values.Titles({"Музыка, танец; театр": "m", "Спорт": "s"})
	context = values.Context(TODAY, {}, {"needs": known_titles})
	assert values.read("links", "needs", "спорт, Музыка, танец; театр", context) == ["s", "m"]
	with pytest.raises(values.Unfit) as refusal:
		values.read("links", "needs", "Спорд", context)
	assert "«Спорт»" in refusal.value.remedy


def test_several_representatives() -> None:
	heading = "ФИО;ФИО родителя;Телефон родителя;ФИО представителя 2;Телефон представителя 2"
	row = read_line(heading, "Берёзов Пример;Берёзова Пример;89000000000;Берёзов Образец;").rows[0]
	assert [one["full_name"] for one in row.values["representatives"]] == [
		"Берёзова Пример",
		"Берёзов Образец",
	]


@given(st.text() | st.text(st.sampled_from(" \t\r'=+-@–а")))
@settings(max_examples=600)
def test_what_is_exported_is_read_back(text: str) -> None:
	cell, kept = spreadsheets.as_cell(text), spreadsheets.fit(text)
	assert not cell.strip().startswith(spreadsheets.FORMULA_MARKS)
	is_nothing = kept.strip().casefold() in values.NOTHING
	assert values.line(values.plain(cell)) == ("" if is_nothing else values.line(kept))


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_no_file_breaks_the_reader(data: bytes) -> None:
	for name in ("a.csv", "a.xlsx"):
		try:
			read(data, name)
		except UnreadableRoster as refusal:
			assert refusal.message


@given(st.lists(st.text(max_size=30), min_size=6, max_size=6))
@settings(max_examples=300)
def test_no_cell_breaks_a_row(cells: list[str]) -> None:
	heading = ["ФИО", "Дата рождения", "Класс", "Телефон", "Эл. почта", "Запросы"]
	layout = headings.find([[tuple(heading)]], "Mentee")[1]
	context = values.Context(TODAY, LENGTHS, TITLES)
	reader.read_row(2, tuple(cells), layout.places, context)


def test_a_damaged_workbook_is_refused_or_read() -> None:
	data, chance = to_xlsx(pupils(3)), random.Random(1)
	for _attempt in range(150):
		spoilt = bytearray(data)
		for _byte in range(chance.randrange(1, 20)):
			spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
		try:
			read(bytes(spoilt))
		except UnreadableRoster:
			pass


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
	from io import BytesIO

	from openpyxl import Workbook

	book = Workbook()
	book.active.append(["ФИО"])
	book.active.append(["Берёзов Пример"])
	book.active["XFD1048576"] = "x"
	stream = BytesIO()
	book.save(stream)
	assert len(read(stream.getvalue()).rows) == 1


def test_more_rows_than_can_be_looked_through() -> None:
	lines = ["ФИО;Класс", *["Берёзов Пример;8Б"] * (tables.MAX_ROWS + 1)]
	with pytest.raises(UnreadableRoster, match="Divide"):
		read("\n".join(lines).encode(), "a.csv")
