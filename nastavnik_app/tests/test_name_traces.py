"""How a name is found again wherever somebody wrote it, and a namesake's is left."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from urllib.parse import quote, quote_plus

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
		("говорили о Ромашкине Петре Ильиче", "говорили о № 1"),
		("от Ромашкина Петра, т. 89001234567, и Ромашкину П.", "от № 1, т. № 1, и № 1"),
		("РОМАШКИН ПЕТР ИЛЬИЧ", "№ 1"),
		("Пётр Ильич Ромашкин", "№ 1"),
		("Ромашкина П. И. и других", "№ 1 и других"),
		("протокол П.И.Ромашкин", "протокол № 1"),
		("Ромашкин П.И.выбыл", "№ 1выбыл"),
		("Ромашкин\u00a0П.\u00a0И. — Тополев\u00a0А.", "№ 1 — Тополев\u00a0А."),
		("согласие_Ромашкин_Пётр.pdf", "согласие_№ 1.pdf"),
		("тел. 8 (900) 123 45 67", "тел. № 1"),
		("ROM@family.example", "№ 1"),
		(json.dumps({"a": NAME}), '{"a": "№ 1"}'),
		(json.dumps(json.dumps({"a": NAME})), json.dumps('{"a": "№ 1"}', ensure_ascii=False)),
		(f"?name={quote(NAME)}&x=1", "?name=№ 1&x=1"),
		(f"?name={quote(NAME).lower()}&x=1", "?name=№ 1&x=1"),
		(f"?name={quote_plus(NAME)}&x=1", "?name=№ 1&x=1"),
		(f"?name={quote_plus('Ромашкин П. И.')}&x=1", "?name=№ 1&x=1"),
		("mailto:rom%40family.example", "mailto:№ 1"),
		("?tel=%2B7%20%28900%29%20123-45-67", "?tel=№ 1"),
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
	letters = "".join(chr(number) for number in range(sys.maxunicode + 1))
	assert len(fold(letters)) == len(letters)
	assert fold("ЁЛКА Зелёнкин") == "елка зеленкин"


@pytest.mark.parametrize(
	"text",
	["Ромашкинский пер.", "Ромашкин пришёл", "ромашки", "Петр Ильич Чайковский", "Ромашкин Петрушкин"],
)
def test_what_may_mean_somebody_else_stays(text: str) -> None:
	pupil = traces_of_pupil()
	assert pupil.without(text, linked=False) is None


def test_the_surname_alone_means_the_person_in_the_persons_own_records() -> None:
	pupil = traces_of_pupil()
	assert pupil.without("Ромашкину помочь", linked=True) == "№ 1 помочь"
	assert pupil.without("Ромашкинский пер.", linked=True) is None


def test_a_name_has_as_many_words_as_it_has() -> None:
	one_word = traces("№ 1", [("Ромашкин", UNLIKE, {})])
	assert one_word.without("Ромашкину помочь", linked=False) == "№ 1 помочь"
	four_words = traces("№ 1", [("Тополев Али Вагиф оглы", UNLIKE, {})])
	assert four_words.without("Тополеву А. В. помочь", linked=False) == "№ 1 помочь"


def test_a_representative_of_another_name_is_found_beside_the_pupil() -> None:
	family = traces("№ 1", [(NAME, UNLIKE, {}), ("Осинкина Вера Павловна", SURNAME, {})])
	assert family.without(f"{NAME}, мать Осинкина Вера Павловна", linked=False) == "№ 1, мать № 1"
	# another Осинкина is known
	assert family.without("Ромашкину, Осинкиной В. П., Осинкиной", linked=True) == "№ 1, № 1, Осинкиной"


@pytest.mark.parametrize(
	("contact", "text", "cleansed"),
	[
		("+7 900 123-45-67", "звонить 8 900 1234567", "звонить № 1"),
		("123-45-67", "звонить 12-34-567", "звонить № 1"),
		# too short to be told from other figures
		("5-12-34", "звонить 5-12-34, кабинет 51234", "звонить № 1, кабинет 51234"),
		("child2010101@family.example", "Child2010101@family.example, № 2010101", "№ 1, № 2010101"),
	],
)
def test_a_contact_is_found_without_the_name(contact: str, text: str, cleansed: str) -> None:
	assert traces("№ 1", [], [contact]).without(text, linked=False) == cleansed


def test_a_sign_that_means_any_letters_to_a_query_means_one_of_them() -> None:
	patterns = traces("№ 1", [], ["100%@family.example"]).sql
	assert any(is_like("100%@family.example", pattern) for pattern in patterns)
	assert not any(is_like("100 или 200@family.example", pattern) for pattern in patterns)


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


@pytest.mark.parametrize(
	("name", "begins"),
	[
		(NAME, ("ромашкин",)),
		("Липа Анна Ильинична", ("лип",)),
		("Ткаченко Анна Ильинична", ("ткаченко",)),  # the same in every case
	],
)
def test_every_case_of_a_surname_is_looked_for_at_once(name: str, begins: tuple[str, ...]) -> None:
	assert traces("№ 1", [(name, UNLIKE, {})]).words == begins


def test_json_stays_json() -> None:
	text = json.dumps({"Фамилия": 'Ромашкин "Пётр"', "n": "\u2014"})
	assert json.loads(decoded(text)) == json.loads(text)
	linked = json.dumps({"link": quote('Ромашкин "Пётр"\n')})
	assert json.loads(decoded(linked)) == {"link": "Ромашкин %22Пётр%22%0A"}


def test_what_is_quoted_in_an_address_does_not_become_markup() -> None:
	assert decoded(quote("Ромашкин <script>")) == "Ромашкин %3Cscript%3E"


@pytest.mark.parametrize("text", ["скидка 50%DD", "?name=%D0%CE%EC%E0%F8%EA%E8%ED", "100 %"])
def test_figures_that_are_no_letters_stay(text: str) -> None:
	assert decoded(text) == text


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
