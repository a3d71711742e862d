"""Reads the school's roster: an Excel book with a sheet of pupils and a sheet of teachers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

HEADER_ROW = 2
MENTOR, MENTEE = "наставник", "наставляемый"

Row = dict[str, object]


@dataclass(frozen=True)
class Person:
	"""One line of the roster. `themes`: what a mentor can help with, or what a mentee asks for."""

	last_name: str
	first_name: str
	middle_name: str
	birth_date: date
	gender: str
	role: str
	themes: tuple[str, ...]
	phone: str
	school_class: str = ""
	representative: str = ""
	relation: str = ""
	position: str = ""
	category: str = ""
	hired_on: date | None = None
	years_of_service: int = 0
	places: int = 1

	@property
	def full_name(self) -> str:
		return f"{self.last_name} {self.first_name} {self.middle_name}"

	@property
	def names(self) -> tuple[str, str, str]:
		return self.last_name, self.first_name, self.middle_name

	@property
	def is_pupil(self) -> bool:
		return bool(self.school_class)

	@property
	def grade(self) -> int:
		"""The number of the class: 7 for 7А; 0 for staff."""
		return int(self.school_class[:-1] or 0) if self.school_class else 0

	@property
	def is_young_specialist(self) -> bool:
		return not self.is_pupil and self.years_of_service < 3

	def age_on(self, day: date) -> int:
		before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
		return day.year - self.birth_date.year - before_birthday


@dataclass(frozen=True)
class Roster:
	pupils: list[Person] = field(default_factory=list)
	teachers: list[Person] = field(default_factory=list)

	def of_role(self, role: str) -> list[Person]:
		return [person for person in (*self.teachers, *self.pupils) if person.role == role]

	def holder_of(self, position: str) -> Person:
		"""The first of the staff in a position."""
		return next(person for person in self.teachers if person.position == position)


def read_roster(path: Path) -> Roster:
	"""The pupils and teachers of a book. Dates may be real dates or texts as dd.mm.yyyy."""
	book = load_workbook(path, read_only=True, data_only=True)
	return Roster(
		pupils=[_pupil(row) for row in _rows(book["Учащиеся"])],
		teachers=[_teacher(row) for row in _rows(book["Педагоги"])],
	)


def _rows(sheet) -> list[Row]:
	lines = list(sheet.iter_rows(min_row=HEADER_ROW, values_only=True))
	return [dict(zip(lines[0], line, strict=True)) for line in lines[1:] if line[1]]


def _pupil(row: Row) -> Person:
	return Person(
		**_common(row),
		phone=str(row["Телефон представителя"]),
		school_class=str(row["Класс"]),
		representative=str(row["Представитель"]),
		relation=str(row["Кем приходится"]),
	)


def _teacher(row: Row) -> Person:
	return Person(
		**_common(row),
		phone=str(row["Телефон"]),
		position=str(row["Должность"]),
		category=str(row["Категория"] or ""),
		hired_on=_day(row["Дата приёма"]),
		years_of_service=int(row["Стаж, лет"]),
		places=int(row["Мест"] or 1),
	)


def _common(row: Row) -> dict[str, object]:
	last_name, first_name, middle_name = str(row["ФИО"]).split()
	themes = str(row["Запрос или чем может помочь"] or "")
	return {
		"last_name": last_name,
		"first_name": first_name,
		"middle_name": middle_name,
		"birth_date": _day(row["Дата рождения"]),
		"gender": "Female" if row["Пол"] == "ж" else "Male",
		"role": str(row["Роль в программе"] or ""),
		"themes": tuple(theme.strip() for theme in themes.split(";") if theme.strip()),
	}


def _day(value: object) -> date:
	return value.date() if isinstance(value, datetime) else datetime.strptime(str(value), "%d.%m.%Y").date()
