"""What a person is told of a term beside its days: its kind, how it was understood, the text that was read."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.terms import read_term
from nastavnik_app.tests.term_cases import SCHOOL


@pytest.mark.parametrize(
	("text", "kind"),
	[
		("", "empty"),
		("15 мая", "date"),
		("май", "span"),
		("15–20 мая", "span"),
		("с 15 мая", "span"),
		("15 мая учебного года", "date"),
		("май учебного года", "span"),
		("сентябрь уч. года – май уч. года", "span"),
		("I полугодие учебного года", "span"),
		("до мая учебного года", "deadline"),
		("за период 15 мая", "date"),
		("в период 01.09.2022–15.09.2022", "span"),
		("в период 1–15 сентября", "span"),
		("весь период сентябрь", "span"),
		("до 15 мая", "deadline"),
		("май, июнь", "list"),
		("не ранее октября", "span"),
		("в течение 1 квартала", "span"),
		("с учебного года по май", "span"),
		("ежемесячно", "recurring"),
		("ежемесячно, май", "recurring"),
		("постоянно", "continuous"),
		("май, далее постоянно", "continuous"),
		("октябрь – постоянно", "continuous"),
		("по графику", "open"),
		("после приказа", "relative"),
		("в течение 3 дней", "relative"),
		("в течение двух кварталов", "relative"),
		("в течение 3 дней, по графику", "relative"),
		("абвгд", "unreadable"),
	],
)
def test_what_kind_of_term_it_is(text: str, kind: str) -> None:
	assert read_term(text, SCHOOL).kind == kind


@pytest.mark.parametrize(
	("text", "note"),
	[
		("ориентировочно сентябрь", "The term is approximate"),
		("с октября", "No end is written: the plan's end is taken"),
		("до октября", "«До» a month is read as the last day of the month before"),
		("сентябрь – до мая", "«До» a month is read as the last day of the month before"),
	],
)
def test_how_it_was_understood_is_noted(text: str, note: str) -> None:
	assert read_term(text, SCHOOL).notes == (note,)


@pytest.mark.parametrize(
	"text", ["до конца октября", "до второй половины октября", "до 2 четверти", "до лета"]
)
def test_plain_deadline_needs_no_note(text: str) -> None:
	assert read_term(text, SCHOOL).notes == ()


def test_usual_dates_are_to_be_checked_where_each_school_has_its_own() -> None:
	usual = ("Usual dates are taken: check them against the school's own calendar",)
	for text in ("I четверть", "1 триместр", "осенние каникулы"):
		assert read_term(text, SCHOOL).problems == usual
	for text in ("I полугодие", "I квартал", "осень"):
		assert read_term(text, SCHOOL).problems == ()


@pytest.mark.parametrize(
	("written", "text"),
	[
		("сентя-\nбрь 2022", "сентябрь 2022"),
		("сентя-\r\n  брь", "сентябрь"),
		("до\x0715\tмая", "до 15 мая"),
		("3. 10 сентября", "10 сентября"),
		("1. 1 раз в месяц", "1 раз в месяц"),
		("по плану 5.", "по плану"),
		("15.09. 2 раза", "15.09. 2 раза"),
		("сентябрь 5.", "сентябрь 5."),
	],
)
def test_text_of_the_term_is_the_cell_on_one_line(written: str, text: str) -> None:
	assert read_term(written, SCHOOL).text == text


def test_a_cell_of_prose_is_no_term() -> None:
	longest = "май " * 499 + "май "
	assert len(read_term(longest, SCHOOL).spans) == 500
	prose = read_term(longest + "м", SCHOOL)
	assert (prose.text, prose.kind, prose.problems) == (
		longest + "м",
		"unreadable",
		("This is too long for a term",),
	)


def test_number_of_a_list_is_no_term() -> None:
	term = read_term("5.", SCHOOL)
	assert (term.kind, term.problems) == ("empty", ("Only a list number stands in place of the term: 5.",))
