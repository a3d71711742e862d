"""Lists of invented people, and faults planted into them: one of each kind in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADINGS = {
	"full_name": "ФИО обучающегося",
	"birth_date": "Дата рождения",
	"gender": "Пол",
	"school_class": "Класс",
	"target_group": "Целевая группа",
	"phone": "Телефон",
	"email": "Эл. почта",
	"main_request": "Основной запрос",
	"needs": "Запросы",
	"joined_on": "Дата вхождения в программу",
	"relative": "ФИО представителя",
	"relation": "Кем приходится",
	"relative_phone": "Телефон представителя",
}
PLANTS = (
	"Ромашкин",
	"Тополев",
	"Липов",
	"Берёзов",
	"Клёнов",
	"Рябинин",
	"Васильков",
	"Дубов",
	"Осинкин",
	"Ивушкин",
)
FIRST, MIDDLE = ("Пример", "Образец", "Вымысел", "Эскиз"), ("Примерович", "Образцович", "Вымыслович")
SYLLABLES = ("ба", "ве", "ги", "до", "жу", "за", "ке", "ли", "мо", "ну")
NEEDS = ("Навыки общения", "Лидерство и организация", "Подготовка к экзаменам", "Выбор профессии")
FIRST_ROW = 2  # of the people, below the headings

Person = dict[str, Any]


def pupils(count: int) -> list[Person]:
	"""Invented pupils, each with a name and birth date of its own."""
	return [_pupil(number) for number in range(count)]


def _pupil(number: int) -> Person:
	last = PLANTS[number % 10] + "".join(SYLLABLES[int(digit)] for digit in str(number // 10))
	return {
		"full_name": f"{last} {FIRST[number % 4]} {MIDDLE[number % 3]}",
		"birth_date": f"{date(2012, 1, 1) + timedelta(days=number % 1000):%d.%m.%Y}",
		"gender": ("м", "женский")[number % 2],
		"school_class": f"{5 + number % 5} «{'АБВГ'[number % 4]}»",
		"target_group": "Обучающиеся 10–14 лет",
		"phone": f"8 (900) {number % 1000:03}-{number // 1000:02}-00",
		"email": f"pupil{number}@school.example",
		"main_request": "Вымышленный запрос",
		"needs": "; ".join(NEEDS[number % 4 :][:2]),
		"joined_on": "01.09.2026",
		"relative": f"{last}а {FIRST[(number + 1) % 4]}",
		"relation": "мать",
		"relative_phone": f"+7 901 {number % 1000:03}-{number // 1000:02}-00",
	}


def as_records(count: int) -> list[dict[str, Any]]:
	"""The same people as records of a Mentee."""
	import frappe

	group = frappe.db.get_value("Mentoring Target Group", {"title": "Обучающиеся 10–14 лет"})
	needs = {title: frappe.db.get_value("Mentoring Competency", {"title": title}) for title in NEEDS}
	found = []
	for number, one in enumerate(pupils(count)):
		last, first, middle = one["full_name"].split()
		relative = {"full_name": one["relative"], "relation": "мать", "phone": one["relative_phone"]}
		found.append(
			{
				"last_name": last,
				"first_name": first,
				"middle_name": middle,
				"birth_date": date(2012, 1, 1) + timedelta(days=number % 1000),
				"gender": ("Male", "Female")[number % 2],
				"school_class": f"{5 + number % 5}{'АБВГ'[number % 4]}",
				"target_group": group,
				"phone": "+7 900 000-00-00",
				"email": one["email"],
				"main_request": one["main_request"],
				"needs": [{"competency": needs[title]} for title in one["needs"].split("; ")],
				"joined_on": date(2026, 9, 1),
				"representatives": [relative],
			}
		)
	return found


@dataclass(frozen=True)
class Planted:
	"""A fault put into a list: the row of the file, the heading of the column, and the value as told."""

	row: int
	kind: str
	heading: str
	value: str


# kind → (field, value that does not fit)
WRONG_VALUES: dict[str, tuple[str, str]] = {
	"year of two digits": ("birth_date", "01.03.12"),
	"no such day": ("birth_date", "31.02.2012"),
	"a month in words": ("birth_date", "март 2012"),
	"month before day": ("birth_date", "03/25/2012"),
	"born in the future": ("birth_date", "01.03.2099"),
	"born too long ago": ("birth_date", "01.03.1812"),
	"a number for a date": ("birth_date", "41000 дней"),
	"no such sex": ("gender", "мя"),
	"no such class": ("school_class", "13А"),
	"a class of words": ("school_class", "8 Б или В"),
	"short phone": ("phone", "123"),
	"phone in words": ("phone", "спросить у мамы"),
	"two phones": ("phone", "89000000000; 89000000001"),
	"a digit too many": ("phone", "8 900 000 00 000"),
	"no at sign": ("email", "pupil.school.example"),
	"Russian letters in an address": ("email", "рupil@school.example"),
	"two addresses": ("email", "a@school.example b@school.example"),
	"no such group": ("target_group", "Обучающиеся 10–15 лет"),
	"a group out of nowhere": ("target_group", "Космонавты"),
	"no such need": ("needs", "Навыки общения; Навык полёта"),
	"too many needs": ("needs", "; ".join(["Навыки общения"] * 60)),
	"a day that is no day": ("joined_on", "по приказу"),
	"a year out of reach": ("joined_on", "01.09.0026"),
	"digits in a name": ("full_name", "Ромашкин 2 Пример"),
	"initials": ("full_name", "Ромашкин П. П."),
	"a surname alone": ("full_name", "Ромашкин"),
	"Latin letters in a name": ("full_name", "Poмашкин Пример Примерович"),
	"an error of a formula": ("main_request", "#REF!"),
	"digits in a representative's name": ("relative", "мама 1"),
	"representative's short phone": ("relative_phone", "12-34"),
	"too long": ("relation", "мать, " * 40 + "да"),
}


def _without_name(rows: list[Person], at: int) -> tuple[str, str]:
	rows[at]["full_name"] = None
	return HEADINGS["birth_date"], ""


def _unnamed_relative(rows: list[Person], at: int) -> tuple[str, str]:
	rows[at]["relative"] = rows[at]["relation"] = None
	return HEADINGS["relative_phone"], rows[at]["relative_phone"]


def _twice(rows: list[Person], at: int) -> tuple[str, str]:
	rows[at]["full_name"] = rows[at - 1]["full_name"]
	rows[at]["birth_date"] = rows[at - 1]["birth_date"]
	return HEADINGS["full_name"], rows[at]["full_name"]


SPECIAL: dict[str, Callable[[list[Person], int], tuple[str, str]]] = {
	"no name": _without_name,
	"a representative without a name": _unnamed_relative,
	"the same person twice": _twice,
}
KINDS = (*WRONG_VALUES, *SPECIAL)


def plant_faults(rows: Iterable[Person], count: int) -> tuple[list[Person], list[Planted]]:
	"""A copy of a list with faults of all kinds in turn, spread over it, each in a row of its own."""
	spoilt, planted = deepcopy(list(rows)), []
	step = len(spoilt) // count
	for number in range(count):
		at, kind = number * step + 1, KINDS[number % len(KINDS)]
		if kind in SPECIAL:
			heading, value = SPECIAL[kind](spoilt, at)
		else:
			field, value = WRONG_VALUES[kind]
			spoilt[at][field], heading = value, HEADINGS[field]
		planted.append(Planted(at + FIRST_ROW, kind, heading, value))
	return spoilt, planted


def to_xlsx(rows: Iterable[Person]) -> bytes:
	book = Workbook(write_only=True)
	sheet = book.create_sheet("Список")
	sheet.append(list(HEADINGS.values()))
	for row in rows:
		sheet.append([row[field] for field in HEADINGS])
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()
