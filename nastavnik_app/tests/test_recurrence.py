"""The occasions of a rhythm within a plan, each with the day by which it is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nastavnik_app.rules.recurrence import Occurrence, is_school, occasions, years_of
from nastavnik_app.rules.school_year import Period, academic_year
from nastavnik_app.rules.term_model import Rhythm

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = academic_year(2026)


def found(rhythm: Rhythm, span: Period = OCTOBER, *, school: bool = True) -> list[tuple[str, str]]:
	return [(f"{one.start:%d.%m}", f"{one.due:%d.%m}") for one in occasions(rhythm, span, school)]


def test_twice_a_month_is_once_in_each_half() -> None:
	assert found(Rhythm("monthly", times=2)) == [("01.10", "15.10"), ("16.10", "31.10")]
	assert found(Rhythm("monthly", times=3)) == [("01.10", "10.10"), ("11.10", "20.10"), ("21.10", "31.10")]


def test_a_stretch_shorter_than_the_times_is_one_occasion() -> None:
	days = Period(date(2026, 10, 30), date(2026, 10, 31))
	assert found(Rhythm("monthly", times=2), days) == [("30.10", "31.10")]
	days = Period(date(2026, 10, 29), date(2026, 10, 31))
	assert found(Rhythm("monthly", times=2), days) == [("29.10", "29.10"), ("30.10", "31.10")]


def test_each_named_day_of_the_week_is_an_occasion() -> None:
	week = Period(date(2026, 10, 5), date(2026, 10, 9))  # Monday to Friday
	assert found(Rhythm("weekly", weekdays=(4, 0)), week) == [("05.10", "05.10"), ("05.10", "09.10")]
	assert found(Rhythm("weekly", weekdays=(5,)), week) == []
	assert found(Rhythm("monthly", weekdays=(1,))) == [("01.10", "06.10")], "October begins with a Thursday"
	from_wednesday = Period(date(2026, 10, 7), date(2026, 10, 18))
	assert found(Rhythm("weekly", weekdays=(1,)), from_wednesday) == [("12.10", "13.10")]


@pytest.mark.parametrize(
	("rhythm", "due"),
	[
		(Rhythm("monthly"), ["31.10", "30.11", "31.12"]),
		(Rhythm("monthly", day=31), ["31.10", "30.11", "31.12"]),
		(Rhythm("monthly", day=5), ["05.10", "05.11", "05.12"]),
		(Rhythm("monthly", day=5, next_month=True), ["05.11", "05.12", "05.01"]),
		(Rhythm("monthly", part=("weekday", 1, 4)), ["02.10", "06.11", "04.12"]),
		(Rhythm("monthly", part=("decade", 1)), ["10.10", "10.11", "10.12"]),
		(Rhythm("monthly", interval=2), ["30.11", "31.12"]),
		(Rhythm("quarterly"), ["31.12"]),
	],
)
def test_the_day_in_the_month(rhythm: Rhythm, due: list[str]) -> None:
	autumn = Period(date(2026, 10, 1), date(2026, 12, 31))
	assert [day for _start, day in found(rhythm, autumn)] == due


def test_a_day_that_was_before_the_plan_began_is_no_occasion() -> None:
	from_the_tenth = Period(date(2026, 10, 10), date(2026, 11, 30))
	assert [day for _start, day in found(Rhythm("monthly", day=5), from_the_tenth)] == ["05.11"]
	assert [day for _start, day in found(Rhythm("monthly", day=10), from_the_tenth)] == ["10.10", "10.11"]


@pytest.mark.parametrize(
	("every", "school", "due"),
	[
		("quarterly", True, ["31.12", "31.03", "31.05"]),  # September goes with the quarter that follows
		("every school quarter", True, ["27.10", "29.12", "23.03", "31.05"]),
		("every trimester", True, ["30.11", "28.02", "31.05"]),
		("half-yearly", True, ["31.12", "31.05"]),
		("half-yearly", False, ["31.12", "31.05"]),
		("yearly", True, ["31.05"]),
	],
)
def test_the_parts_of_a_school_year(every: str, school: bool, due: list[str]) -> None:
	assert [day for _start, day in found(Rhythm(every), YEAR, school=school)] == due


def test_every_two_weeks_is_from_monday_to_the_second_sunday() -> None:
	assert found(Rhythm("every two weeks"), Period(date(2026, 10, 5), date(2026, 11, 1))) == [
		("05.10", "18.10"),
		("19.10", "01.11"),
	]


def test_a_stretch_that_holds_no_unit_is_one_occasion() -> None:
	day = date(2026, 10, 7)
	assert occasions(Rhythm("quarterly"), Period(day, day), True) == [Occurrence(day, day)]


@pytest.mark.parametrize(
	("first", "last", "months"),
	[
		# a month of which the plan holds exactly half counts by itself
		("2026-09-16", "2026-10-31", [("16.09", "30.09"), ("01.10", "31.10")]),
		("2026-09-17", "2026-10-31", [("17.09", "31.10")]),
		("2026-09-20", "2026-11-10", [("20.09", "10.11")]),
		("2026-09-01", "2026-12-10", [("01.09", "30.09"), ("01.10", "31.10"), ("01.11", "10.12")]),
		("2026-09-30", "2026-11-01", [("30.09", "01.11")]),
		("2026-10-01", "2026-11-15", [("01.10", "31.10"), ("01.11", "15.11")]),
		("2026-02-15", "2026-02-20", [("15.02", "20.02")]),
	],
)
def test_less_than_half_of_a_month_goes_with_its_neighbour(
	first: str, last: str, months: list[tuple[str, str]]
) -> None:
	span = Period(date.fromisoformat(first), date.fromisoformat(last))
	assert found(Rhythm("monthly"), span) == months


def test_a_monday_alone_goes_with_the_week_before() -> None:
	assert found(Rhythm("weekly"), Period(date(2026, 10, 5), date(2026, 10, 12))) == [("05.10", "12.10")]


def test_a_few_days_of_a_school_quarter_are_an_occasion_of_their_own() -> None:
	november = Period(date(2026, 11, 1), date(2026, 11, 20))
	assert found(Rhythm("every school quarter"), november) == [("01.11", "20.11")]


@pytest.mark.parametrize(
	("first", "due"),
	[("2026-10-01", ["02.10", "06.11"]), ("2026-10-02", ["02.10", "06.11"]), ("2026-10-03", ["06.11"])],
)
def test_the_first_friday_counts_when_the_plan_holds_it(first: str, due: list[str]) -> None:
	span = Period(date.fromisoformat(first), date(2026, 11, 30))
	assert [day for _start, day in found(Rhythm("monthly", part=("weekday", 1, 4)), span)] == due


def test_a_fifth_weekday_is_due_in_the_months_that_have_one() -> None:
	autumn = Period(date(2026, 9, 1), date(2026, 12, 31))
	assert [day for _start, day in found(Rhythm("monthly", part=("weekday", 5, 4)), autumn)] == ["30.10"]
	assert [day for _start, day in found(Rhythm("quarterly", part=("weekday", -1, 4)), autumn)] == ["25.12"]


def test_a_piece_that_a_month_has_not_is_due_by_its_end() -> None:
	assert found(Rhythm("monthly", part=("week", 6))) == [("01.10", "31.10")]


def test_years_of_a_program_are_the_school_s_or_the_calendar_s() -> None:
	three = years_of(Period(date(2026, 9, 1), date(2029, 3, 31)))
	assert [(one.start.isoformat(), one.end.isoformat()) for one in three] == [
		("2026-09-01", "2027-05-31"),
		("2027-09-01", "2028-05-31"),
		("2028-09-01", "2029-03-31"),
	]
	two = years_of(Period(date(2026, 10, 15), date(2027, 6, 30)))
	assert [(one.start.isoformat(), one.end.isoformat()) for one in two] == [
		("2026-10-15", "2026-12-31"),
		("2027-01-01", "2027-06-30"),
	]


@pytest.mark.parametrize(("month", "school"), [(7, False), (8, True), (9, True), (10, False), (1, False)])
def test_a_plan_from_august_or_september_counts_by_school_years(month: int, school: bool) -> None:
	assert is_school(Period(date(2026, month, 1), date(2027, 12, 31))) is school


@pytest.mark.parametrize(("school", "due"), [(True, ["31.05", "31.05"]), (False, ["31.12", "31.12"])])
def test_once_a_year_in_a_plan_of_two(school: bool, due: list[str]) -> None:
	first = date(2026, 9, 1) if school else date(2026, 1, 1)
	span = Period(first, first.replace(year=2028) - timedelta(days=1))
	assert [day for _start, day in found(Rhythm("yearly"), span, school=school)] == due
