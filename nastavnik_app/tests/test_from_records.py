"""What the records of a school's other apps say of a person, whatever was typed there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.roster.from_records import Facts, Reader, class_of, differences, name_parts
from nastavnik_app.roster.model import Unfit

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
	("group", "program", "batch", "expected"),
	[
		("8 «Б» 2026/27", "8 класс", None, "8Б"),
		("8Б (2026-2027 уч. год)", None, None, "8Б"),
		("2026/2027 11а", None, None, "11А"),
		("Класс Ромашкина", "Программа 5 класса", "«В»", "5В"),
		("Б", "9 класс", None, "9Б"),
		(None, "10 класс", "10А", "10А"),
		(None, "1 класс", None, "1"),
		("П-21", "Сварочное производство", None, "П-21"),
		(None, "Начальная школа", None, None),
		(None, None, None, None),
	],
)
def test_a_class_is_read_from_a_group_or_from_program_and_batch(
	group: str | None, program: str | None, batch: str | None, expected: str | None
) -> None:
	assert class_of(group, program, batch) == expected


@pytest.mark.parametrize(
	("typed", "expected"),
	[
		(("Пример", "Примерович", "Ромашкин"), ("Ромашкин", "Пример", "Примерович")),
		(("Пример  Примерович", None, "Ромашкин"), ("Ромашкин", "Пример", "Примерович")),
		(("Ромашкин Пример Примерович", None, None), ("Ромашкин", "Пример", "Примерович")),
		(("Анна Примеровна Макаревич", "", ""), ("Макаревич", "Анна", "Примеровна")),
		(("Образец", None, "Тополев"), ("Тополев", "Образец", None)),
		(("Мамедов Али Гасан оглы", None, None), ("Мамедов", "Али", "Гасан оглы")),
	],
)
def test_a_name_is_found_in_whatever_field_it_was_typed(typed: tuple, expected: tuple) -> None:
	found = name_parts(*typed)
	assert tuple(found.get(part) for part in ("last_name", "first_name", "middle_name")) == expected


@pytest.mark.parametrize(
	"typed", [("Пример", None, None), ("Пример Образец", None, None), ("Али Тимур Рахим", "", "")]
)
def test_a_name_that_cannot_be_told_is_refused(typed: tuple) -> None:
	with pytest.raises(Unfit):
		name_parts(*typed)


def test_the_first_number_that_is_one_counts_and_the_rest_is_told() -> None:
	reader = Reader(TODAY)
	assert reader.phone("нет", "8 900 000 00 01") == "+7 900 000-00-01"
	assert not reader.passed_over
	assert reader.email("почта@школа") is None
	assert len(reader.passed_over) == 1
	assert (reader.gender("Non-Conforming"), reader.gender("Male")) == (None, "Male")


def test_what_is_typed_stays_unless_it_changed_there_and_nothing_is_emptied() -> None:
	facts = Facts(
		"EDU-1",
		"",
		{"phone": "+7 900 000-00-01", "school_class": "9А"},
		({"guardian": "GRD-1", "full_name": "Ромашкина Пример", "phone": "+7 900 000-00-02"},),
	)
	kept = {"phone": "+7 999 000-00-00", "school_class": "8А", "email": "kept@school.example"}
	rows = [{"full_name": "Ромашкина  пример", "phone": "", "guardian": None}]
	found = differences(kept, rows, facts, {"school_class"})
	assert found.values == {"school_class": "9А"}
	assert found.rows == [(0, {"guardian": "GRD-1", "phone": "+7 900 000-00-02"})]
	assert not differences({**kept, "school_class": "9А"}, [dict(facts.representatives[0])], facts)


@given(st.text(), st.text(), st.text())
def test_nothing_typed_breaks_the_reading(first: str, second: str, third: str) -> None:
	class_of(first, second, third)
	reader = Reader(TODAY)
	reader.phone(first, second)
	reader.email(third)
	reader.birth_date(first)
	reader.gender(second)
	try:
		name_parts(first, second, third)
	except Unfit:
		pass
