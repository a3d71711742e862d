"""How a name is found again wherever somebody wrote it, and a namesake's is left."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules import retention
from nastavnik_app.rules.name_traces import (
	INITIALS,
	SAME,
	SURNAME,
	UNLIKE,
	Text,
	Traces,
	decoded,
	fold,
	likeness,
	traces,
)

NAME = "Ромашкин Пётр Ильич"


def traces_of_pupil() -> Traces:
	return traces("№ 1", [(NAME, UNLIKE, {})], ["+7 900 123-45-67", "rom@family.example"])


@pytest.mark.parametrize(
	("text", "cleansed"),
	[
		("назначить Ромашкину Петру Ильичу наставника", "назначить № 1 наставника"),
		("РОМАШКИН ПЕТР ИЛЬИЧ", "№ 1"),
		("Пётр Ильич Ромашкин", "№ 1"),
		("Ромашкина П. И. и других", "№ 1 и других"),
		("протокол П.И.Ромашкин", "протокол № 1"),
		("Ромашкин\u00a0П.\u00a0И. — Тополев\u00a0А.", "№ 1 — Тополев\u00a0А."),
		("согласие_Ромашкин_Пётр.pdf", "согласие_№ 1.pdf"),
		("тел. 8 (900) 123 45 67", "тел. № 1"),
		("ROM@family.example", "№ 1"),
		(json.dumps({"a": NAME}), '{"a": "№ 1"}'),
		(json.dumps(json.dumps({"a": NAME})), json.dumps('{"a": "№ 1"}', ensure_ascii=False)),
		(f"?name={quote(NAME)}&x=1", "?name=№ 1&x=1"),
		("".join(f"&#{ord(letter)};" for letter in NAME), "№ 1"),
	],
)
def test_a_trace_is_found_however_it_is_written(text: str, cleansed: str) -> None:
	pupil = traces_of_pupil()
	assert pupil.without(text, linked=False) == cleansed
	assert any(is_like(text, pattern) for pattern in pupil.sql), "a row that no query finds"


def is_like(text: str, pattern: str) -> bool:
	"""As LIKE of a database that knows no small and capital letters and takes ё for е."""
	wanted = "".join({"%": ".*", "_": "."}.get(letter) or re.escape(letter) for letter in fold(pattern))
	return bool(re.fullmatch(wanted, fold(text), re.DOTALL))


@pytest.mark.parametrize("name", ["Зелёнкин Семён Ильич", "Лёвина Анна"])
@pytest.mark.parametrize("spelled", [str, str.upper, str.lower, lambda name: name.replace("ё", "е")])
@pytest.mark.parametrize(
	"written",
	[
		str,
		json.dumps,
		lambda text: f'{{"name": {json.dumps(text)}}}',
		lambda text: "имя: " + "".join(f"&#{ord(letter)};" for letter in text) + "<br>",
		lambda text: f"/files/{quote(text)}.pdf",
		lambda text: f"согласие_{text.replace(' ', '_')}.pdf",
	],
)
def test_a_query_finds_every_row_with_a_name(
	name: str, spelled: Callable[[str], str], written: Callable[[str], str]
) -> None:
	text = written(spelled(name))
	assert any(is_like(text, pattern) for pattern in traces("№ 2", [(name, UNLIKE, {})]).sql)
	assert not any(
		is_like("Тополев Пётр 100 %", pattern) for pattern in traces("№ 2", [(name, UNLIKE, {})]).sql
	)


PIECES = (
	"Ромашкин",
	"ромашкину",
	"РОМАШКИНА",
	"Пётр",
	"Петру",
	"Ильич",
	"П.",
	"И.",
	"+7",
	"900",
	"123",
	"45-67",
	"(900)",
)
PIECES += (
	"rom@family.example",
	"Зелёнкин",
	" ",
	"\n",
	"_",
	"-",
	"İ",
	"ё",
	"\\u0420",
	quote("Ромашкин"),
	"<b>",
	"8",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.booleans())
def test_what_is_looked_for_first_loses_no_trace(text: str, linked: bool) -> None:
	pupil = traces_of_pupil()
	pattern = pupil.linked if linked else pupil.everywhere
	searched = Text(text)
	assert pupil.found(searched, linked) == bool(pattern.search(searched.folded))
	assert (pupil.without(text, linked) is not None) == pupil.found(searched, linked)
	if pupil.found(searched, linked):
		assert any(is_like(text, like) for like in pupil.sql)


def test_folding_keeps_every_letter_in_its_place() -> None:
	letters = "".join(map(chr, range(sys.maxunicode + 1)))
	assert len(fold(letters)) == len(letters)
	assert fold("ЁЛКА Зелёнкин") == "елка зеленкин"


@pytest.mark.parametrize("text", ["Ромашкинский пер.", "Ромашкин пришёл", "ромашки", "Петр Ильич Чайковский"])
def test_what_may_mean_somebody_else_stays(text: str) -> None:
	pupil = traces_of_pupil()
	assert pupil.without(text, linked=False) is None


def test_the_surname_alone_means_the_person_in_the_persons_own_records() -> None:
	pupil = traces_of_pupil()
	assert pupil.without("Ромашкину помочь", linked=True) == "№ 1 помочь"


@pytest.mark.parametrize(
	("other", "expected"),
	[
		("Тополев Пётр Ильич", UNLIKE),
		("Ромашкин Андрей", SURNAME),
		("Ромашкина Анна", UNLIKE),
		("Ромашкин Олег Ильич", SURNAME),  # a brother
		("Ромашкин Павел Олегович", INITIALS),
		("Пётр Ромашкин", SAME),
		("Ромашкин Петр Ильич", SAME),
	],
)
def test_likeness(other: str, expected: int) -> None:
	assert likeness(NAME, other) == expected


def test_initials_written_together_are_two_letters() -> None:
	assert likeness("Ромашкин П. И.", "Ромашкин П.И.") == SAME
	assert likeness("", NAME) == UNLIKE


def test_the_nearer_a_namesake_the_less_is_taken_for_the_person() -> None:
	near = traces("№ 1", [(NAME, INITIALS, {})])
	assert near.without("Ромашкин П. И.", linked=False) is None
	assert near.without(NAME, linked=False) == "№ 1"
	same = traces("№ 1", [(NAME, SAME, {})])
	assert same.without(NAME, linked=False) is None
	assert same.without(NAME, linked=True) == "№ 1"


def test_every_text_with_a_trace_fits_a_pattern_of_sql() -> None:
	pupil = traces_of_pupil()
	assert "%u0440%u043e%u043c%u0430%u0448%u043a%u0438%u043d%" in pupil.sql
	assert "%Ромашкин%" in pupil.sql
	# «Лев» and «Льва» begin with nothing common that would be worth a search
	short = traces("№ 1", [("Лев Анна Петровна", UNLIKE, {"genitive": "Льва Анны Петровны"})]).sql
	assert {"%Лев%", "%Льва%"} <= set(short)


def test_json_stays_json() -> None:
	text = json.dumps({"Фамилия": 'Ромашкин "Пётр"', "n": "\u2014"})
	assert json.loads(decoded(text)) == json.loads(text)


def test_terms() -> None:
	year = retention.Term(3, retention.YEARS)
	assert retention.kept_until(year, date(2024, 2, 29)) == date(2027, 2, 28)
	assert retention.kept_until(year, None) is None
	days = retention.Term(30, retention.DAYS)
	assert retention.kept_until(days, date(2027, 2, 1)) == date(2027, 3, 3)
	assert not retention.is_over(None, date(2027, 2, 28)), "the day that counts has not come"
	assert retention.is_over(date(2027, 2, 27), date(2027, 2, 28))
	assert not retention.is_over(date(2027, 2, 28), date(2027, 2, 28))
	assert retention.destroy_by(date(2026, 9, 1)) == date(2026, 10, 1)
	assert retention.days_left(date(2026, 9, 1), date(2026, 9, 3)) == -2
	assert retention.mark("abc") == retention.mark("abc") != retention.mark("abd")
	assert re.fullmatch("№ [0-9a-f]{6}", retention.mark("abc"))
