"""The plan that a term stands in says which year is meant: programmes of several years, calendar years, no plan."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import occurrences, read_begin_end, read_term
from nastavnik_app.tests.term_cases import (
	CALENDAR,
	MUNICIPAL,
	PROGRAMME,
	SCHOOL,
	SPRING,
	days,
	doubts,
	first_dues,
)

# expression, plan, days, doubt
IN_PLANS: list[tuple[str, Period | None, str, str]] = [
	# years that are written
	("сентябрь (2023)", PROGRAMME, "2023-09-01/2023-09-30", ""),
	("сентябрь в 2023 году", PROGRAMME, "2023-09-01/2023-09-30", ""),
	("сентябрь 23", PROGRAMME, "2023-09-01/2023-09-30", ""),
	("сентябрь 23 г.", PROGRAMME, "2023-09-01/2023-09-30", ""),
	(
		"сентябрь 18",
		None,
		"",
		"A part of the term could not be read: 18; The year is not known: give the plan's period",
	),
	("сентябрь 19", None, "2019-09-01/2019-09-30", ""),
	("сентябрь 49", None, "2049-09-01/2049-09-30", ""),
	(
		"сентябрь 50",
		None,
		"",
		"A part of the term could not be read: 50; The year is not known: give the plan's period",
	),
	("15 мая учебного года", CALENDAR, "2023-05-15", ""),
	("с сентября учебного года по май", SCHOOL, "2022-09-01/2023-05-31", ""),
	("сентябрь месяц 2023 года", PROGRAMME, "2023-09-01/2023-09-30", ""),
	("Сентябрь 2О23", PROGRAMME, "2023-09-01/2023-09-30", ""),
	("май 2023-2024 учебного года", PROGRAMME, "2024-05-01/2024-05-31", ""),
	("май 2023-2024 и июнь 2024", PROGRAMME, "2024-05-01/2024-05-31, 2024-06-01/2024-06-30", ""),
	("до мая в 2023-2024 учебном году", PROGRAMME, "../2024-04-30", ""),
	("до 15 числа мая 2024 г.", PROGRAMME, "../2024-05-15", ""),
	("до нового 2024 года", PROGRAMME, "../2023-12-31", ""),
	("сентябрь, 2023 – май, 2024", PROGRAMME, "2023-09-01/2024-05-31", ""),
	("с октября 23 по 5 мая 24", PROGRAMME, "2023-10-01/2024-05-05", ""),
	("5 неделя февраля 2024", PROGRAMME, "2024-02-29", ""),
	("зимой 2023-2024", PROGRAMME, "2023-12-01/2024-02-29", ""),
	("в осенний период 2023 года", PROGRAMME, "2023-09-01/2023-11-30", ""),
	("II полугодие 2023 года", PROGRAMME, "2023-07-01/2023-12-31", ""),
	("вторая половина 2023 года", PROGRAMME, "2023-07-01/2023-12-31", ""),
	("вторая половина 2023/2024 учебного года", PROGRAMME, "2024-01-01/2024-05-31", ""),
	("IV четверть 2023", PROGRAMME, "2023-04-01/2023-05-31", ""),
	("зимние каникулы 2023", PROGRAMME, "2023-12-30/2024-01-08", ""),
	# the same in each of the years
	(
		"сентябрь 2023, 2024 и 2025 гг.",
		PROGRAMME,
		"2023-09-01/2023-09-30, 2024-09-01/2024-09-30, 2025-09-01/2025-09-30",
		"",
	),
	("сентябрь (2023, 2024)", PROGRAMME, "2023-09-01/2023-09-30, 2024-09-01/2024-09-30", ""),
	("до 1 сентября 2023 г., 2024 г.", PROGRAMME, "../2023-09-01, ../2024-09-01", ""),
	# whole years
	("2023-2024 гг.", PROGRAMME, "2023-01-01/2024-12-31", ""),
	("2023-2024 годы", PROGRAMME, "2023-01-01/2024-12-31", ""),
	("в 2023-2024 годах", PROGRAMME, "2023-01-01/2024-12-31", ""),
	("2023-2024 годов", PROGRAMME, "2023-01-01/2024-12-31", ""),
	("2023-2024 гг., 2025 г.", PROGRAMME, "2023-01-01/2024-12-31, 2025-01-01/2025-12-31", ""),
	("2023-2024 учебный год, 2025", PROGRAMME, "2023-09-01/2024-05-31, 2025-01-01/2025-12-31", ""),
	("2023-2024 и 2024-2025 учебные годы", PROGRAMME, "2023-09-01/2024-05-31, 2024-09-01/2025-05-31", ""),
	("2022 учебный год", PROGRAMME, "2022-01-01/2026-12-31", ""),
	("2027 учебный год", PROGRAMME, "", "The year is outside the plan's period: 2027"),
	("в период 2023 года", PROGRAMME, "2023-01-01/2023-12-31", ""),
	("в период 2023-2025 гг.", PROGRAMME, "2023-01-01/2025-12-31", ""),
	("в течение 2023/2024 учебного года, ноябрь", PROGRAMME, "2023-11-01/2023-11-30", ""),
	("2023/2024 учебный год: 15 мая", PROGRAMME, "2024-05-15", ""),
	("2023/2024 учебный год, сентябрь – май", PROGRAMME, "2023-09-01/2024-05-31", ""),
	(
		"2023/2024 учебный год, май 2024, июнь",
		PROGRAMME,
		"2023-09-01/2024-05-31, 2024-05-01/2024-05-31, 2024-06-01/2024-06-30",
		"",
	),
	# a dated neighbour tells the year
	("апрель, ноябрь 2023", PROGRAMME, "2023-04-01/2023-04-30, 2023-11-01/2023-11-30", ""),
	("ноябрь, май 2024", PROGRAMME, "2023-11-01/2023-11-30, 2024-05-01/2024-05-31", ""),
	("май, май 2024", PROGRAMME, "2024-05-01/2024-05-31, 2024-05-01/2024-05-31", ""),
	("май 2024, май", PROGRAMME, "2024-05-01/2024-05-31, 2024-05-01/2024-05-31", ""),
	("15 мая, 20 ноября 2023", PROGRAMME, "2023-05-15, 2023-11-20", ""),
	(
		"сентябрь 2023, ноябрь 2024, май",
		PROGRAMME,
		"2023-09-01/2023-09-30, 2024-11-01/2024-11-30, 2025-05-01/2025-05-31",
		"",
	),
	(
		"сентябрь 2023, лето",
		PROGRAMME,
		"2023-09-01/2023-09-30",
		"The plan has several such dates: write the year",
	),
	("апрель, ноябрь 2022", MUNICIPAL, "2022-04-01/2022-04-30, 2022-11-01/2022-11-30", ""),
	("сентябрь – май 2023", None, "2022-09-01/2023-05-31", ""),
	("зима 2023", None, "2022-12-01/2023-02-28", ""),
	# a range runs forward
	("15 сентября – 15 мая 2024", PROGRAMME, "2023-09-15/2024-05-15", ""),
	("15 сентября 2023 – 10 сентября", PROGRAMME, "2023-09-15/2024-09-10", ""),
	("октябрь 23 - май 24", PROGRAMME, "2023-10-01/2024-05-31", ""),
	("сентябрь – май 2023/2024 уч. года", PROGRAMME, "2023-09-01/2024-05-31", ""),
	("сентябрь 2023/2024 уч. года – май", PROGRAMME, "2023-09-01/2024-05-31", ""),
	("октябрь – I квартал 2024", PROGRAMME, "2023-10-01/2024-03-31", ""),
	("IV квартал 2023 - I квартал", PROGRAMME, "2023-10-01/2024-03-31", ""),
	("IV квартал – ноябрь 2024", PROGRAMME, "2024-10-01/2024-11-30", ""),
	("IV квартал – сентябрь 2024", PROGRAMME, "2023-10-01/2024-09-30", ""),
	("сентябрь – осень 2024", PROGRAMME, "2024-09-01/2024-11-30", ""),
	("осень – сентябрь 2024", PROGRAMME, "2024-09-01/2024-09-30", ""),
	("осень - весна 2024", PROGRAMME, "2023-09-01/2024-05-31", ""),
	("I четверть – май 2024", PROGRAMME, "2023-09-01/2024-05-31", ""),
	("2 триместр – май 2024", PROGRAMME, "2023-12-01/2024-05-31", ""),
	("осенние каникулы – май 2024", PROGRAMME, "2023-10-28/2024-05-31", ""),
	# what only the plan can tell
	("август", MUNICIPAL, "", "The plan has several such dates: write the year"),
	("I полугодие", MUNICIPAL, "", "The plan has several such dates: write the year"),
	("до окончания учебного года", PROGRAMME, "", "The plan has several such dates: write the year"),
	("сентябрь - 2023/2024 учебный год", PROGRAMME, "", "The plan has several such dates: write the year"),
	("2023/2024 учебный год – май", PROGRAMME, "", "The plan has several such dates: write the year"),
	("сентябрь - май", None, "", "The year is not known: give the plan's period"),
	("начало учебного года", None, "", "The plan's period is not known"),
	("сентябрь", SPRING, "2023-09-01/2023-09-30", "The term lies after the plan ends: 2023-09-01"),
	# a calendar year
	("I четверть", CALENDAR, "2023-09-01/2023-10-27", ""),
	("IV четверть", CALENDAR, "2023-04-01/2023-05-31", ""),
	("II полугодие", CALENDAR, "2023-07-01/2023-12-31", ""),
	("зимние каникулы", CALENDAR, "2023-12-30/2024-01-08", "The term ends after the plan does: 2024-01-08"),
	("до конца календарного года", CALENDAR, "../2023-12-31", ""),
	("15.13", CALENDAR, "", "There is no such day in the calendar"),
]


@pytest.mark.parametrize(("text", "plan", "expected", "doubt"), IN_PLANS)
def test_days_in_a_plan_of_other_years(text: str, plan: Period | None, expected: str, doubt: str) -> None:
	term = read_term(text, plan)
	assert (days(term), doubts(term)) == (expected, doubt)


@pytest.mark.parametrize(
	("text", "plan", "recurrence", "dues"),
	[
		("октябрь 22, 2 раза в год", PROGRAMME, "half-yearly", "2022-10-31 of 1"),
		("ежемесячно, сентябрь", PROGRAMME, "monthly", "2022-09-30 2023-09-30 of 5"),
		("ежегодно до 15 сентября и 15 мая", PROGRAMME, "yearly", "2022-05-15 2022-09-15 of 10"),
		("ежегодно, 30 февраля", PROGRAMME, "yearly", " of 0"),
		("по годам", PROGRAMME, "yearly", "2022-12-31 2023-12-31 of 5"),
		("ежедневно", PROGRAMME, "daily", "2026-12-31 of 1"),
		("раз в полгода", MUNICIPAL, "half-yearly", "2022-06-30 2022-12-31 of 3"),
		("трижды в год, октябрь – май", SCHOOL, "yearly", "2022-12-20 2023-03-11 of 3"),
		("раз в год", PROGRAMME, "yearly", "2022-12-31 2023-12-31 of 5"),
	],
)
def test_what_comes_back_in_a_plan(text: str, plan: Period, recurrence: str, dues: str) -> None:
	term = read_term(text, plan)
	assert (term.recurrence, first_dues(term, plan)) == (recurrence, dues)


def test_an_occasion_begins_and_ends_as_its_term_does() -> None:
	term = read_term("май, до 1 октября", SCHOOL)
	assert [(each.start, each.due) for each in occurrences(term, SCHOOL)] == [
		(None, date(2022, 10, 1)),
		(date(2023, 5, 1), date(2023, 5, 31)),
	]


# two columns, the days that they come to, doubt
COLUMNS: list[tuple[str, str, str, str]] = [
	("сентябрь", "октябрь - ноябрь", "2022-09-01/2022-11-30", ""),
	("сентябрь 2022", "до мая", "2022-09-01/2023-04-30", ""),
	("сентябрь", "постоянно", "2022-09-01/2023-08-01", ""),
	("до 1 октября", "", "../2022-10-01", ""),
	("15.09.2022", "", "2022-09-15/..", "The end is not written"),
	("-", "15.05.2023", "2023-05-15", "The beginning is not written"),
	("ежемесячно", "", "2022-03-18/2023-08-01", ""),
	(
		"сентрябрь",
		"маай",
		"2022-09-01/2022-09-30",
		"Check the spelling: сентрябрь; A part of the term could not be read: маай",
	),
	(
		"сентябрь следующего года",
		"май",
		"",
		"“Next” or “last” is not counted from the plan: write the year",
	),
]


@pytest.mark.parametrize(("begin", "end", "expected", "doubt"), COLUMNS)
def test_begin_and_end_in_columns_of_their_own(begin: str, end: str, expected: str, doubt: str) -> None:
	term = read_begin_end(begin, end, MUNICIPAL)
	assert (days(term), doubts(term)) == (expected, doubt)
	assert term.text == f"{begin.strip('-')} | {end}"


@pytest.mark.parametrize(
	("begin", "end", "expected"),
	[
		("август", "август", "2023-08-01/2023-08-31"),
		("август", "сентябрь", "2023-08-01/2023-09-30"),
		("август", "", "2023-08-01/.."),
		("", "август", "2023-08-01/2023-08-31"),
	],
)
def test_august_of_a_closing_section_in_two_columns(begin: str, end: str, expected: str) -> None:
	assert days(read_begin_end(begin, end, SCHOOL, closing=True)) == expected
	assert days(read_begin_end(begin, end, SCHOOL)) == expected.replace("2023-08-", "2022-08-").replace(
		"2023-09", "2022-09"
	)


def test_two_columns_that_one_cell_holds() -> None:
	assert days(read_term("август | сентябрь", SCHOOL, closing=True)) == "2023-08-01/2023-09-30"
