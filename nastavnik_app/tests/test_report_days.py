"""On which days reports fall due, however the settings say it and however long the clock stood still."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nastavnik_app.rules import report_days

MONDAY = date(2026, 11, 16)


def test_a_short_month_has_its_31st_on_the_last_day() -> None:
	found = [
		day
		for day in (date(2027, 2, 1) + timedelta(n) for n in range(40))
		if report_days.is_day_of_month(day, 31)
	]
	assert found == [date(2027, 2, 28)]


@pytest.mark.parametrize(
	("looked_on", "due"),
	[
		(None, None),  # the first look of all: Monday is past
		(MONDAY - timedelta(days=1), MONDAY),
		(MONDAY - timedelta(days=30), MONDAY),  # of five Mondays missed, the last
		(MONDAY, None),
		(MONDAY + timedelta(days=5), None),  # a clock that was set back
	],
)
def test_what_was_missed_is_due_once(looked_on: date | None, due: date | None) -> None:
	thursday = MONDAY + timedelta(days=3)
	assert report_days.last_due(lambda day: report_days.is_weekday(day, "Monday"), looked_on, thursday) == due


def test_months_are_read_as_people_write_them() -> None:
	assert report_days.read_months("6, 12") == report_days.read_months("6;12") == [6, 12]
	for wrong in ("0", "13", "июнь"):
		with pytest.raises(ValueError, match=wrong):
			report_days.read_months(wrong)


def test_a_day_of_the_month_counts_in_the_months_named_alone() -> None:
	assert report_days.is_day_of_month(date(2027, 6, 5), 5)
	assert report_days.is_day_of_month(date(2027, 6, 5), 5, [6, 12])
	assert not report_days.is_day_of_month(date(2027, 7, 5), 5, [6, 12])
	assert not report_days.is_day_of_month(date(2027, 6, 4), 5)
	assert report_days.is_day_of_month(date(2027, 1, 31), 31) and report_days.is_day_of_month(
		date(2027, 12, 31), 31
	)


def test_a_day_before_the_first_is_the_first() -> None:
	assert report_days.is_day_of_month(date(2027, 6, 1), 0)


def test_no_months_are_none() -> None:
	assert report_days.read_months(None) == report_days.read_months(" , ") == []
	assert report_days.read_months("1 12") == [1, 12]


def test_a_site_that_stood_still_for_more_than_a_year_has_no_more_than_that_to_catch_up() -> None:
	asked: list[date] = []

	def is_due(day: date) -> bool:
		asked.append(day)
		return False

	assert report_days.last_due(is_due, date(2020, 1, 1), MONDAY) is None
	assert (asked[0], len(asked)) == (MONDAY, report_days.FARTHEST)


def test_what_was_never_looked_at_is_due_today() -> None:
	assert report_days.last_due(lambda _day: True, None, MONDAY) == MONDAY
	assert report_days.last_due(lambda day: day < MONDAY, None, MONDAY) is None
