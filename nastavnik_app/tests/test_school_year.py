"""The school's calendar."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from itertools import pairwise

import pytest

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import (
	SCHOOL_HALF_YEARS,
	SCHOOL_HOLIDAYS,
	SCHOOL_QUARTERS,
	Period,
	academic_year,
	calendar_half_year,
	calendar_quarter,
	calendar_year,
	in_school_year,
	month_end,
	month_span,
)


def test_school_year_runs_from_september_to_may_and_holds_its_summer():
	year = academic_year(2022)
	assert year == Period(date(2022, 9, 1), date(2023, 5, 31))
	assert year.container_end == date(2023, 8, 31)
	assert date(2022, 9, 1) in year and date(2023, 6, 1) not in year


def test_period_keeps_how_it_was_learned():
	assert (academic_year(2022).basis, academic_year(2022, "stated").basis) == ("given", "stated")
	assert (calendar_year(2022).basis, calendar_year(2022, "inferred").basis) == ("given", "inferred")


def test_calendar_year_ends_in_december():
	assert calendar_year(2023) == Period(date(2023, 1, 1), date(2023, 12, 31))
	assert calendar_year(2023).container_end == date(2023, 12, 31)


@pytest.mark.parametrize(
	("start", "end", "first"),
	[
		("2022-09-01", "2023-05-31", 2022),
		("2022-08-15", "2023-08-31", 2022),
		("2022-10-01", "2022-12-31", 2022),
		("2023-01-01", "2023-12-31", None),
		("2022-03-18", "2023-08-01", None),
		("2022-09-01", "2025-05-31", None),
	],
)
def test_which_school_year_a_plan_is_for(start, end, first):
	assert Period(date.fromisoformat(start), date.fromisoformat(end)).school_year == first


def test_months_quarters_and_halves():
	assert month_end(2024, 2) == date(2024, 2, 29)
	assert month_end(2023, 12) == date(2023, 12, 31)
	assert month_span(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
	assert calendar_quarter(2023, 4) == (date(2023, 10, 1), date(2023, 12, 31))
	assert calendar_half_year(2023, 1) == (date(2023, 1, 1), date(2023, 6, 30))


def test_school_quarters_and_holidays_follow_one_another():
	quarters = [in_school_year(2022, span) for span in SCHOOL_QUARTERS.values()]
	assert quarters[0][0] == date(2022, 9, 1) and quarters[-1][1] == date(2023, 5, 31)
	assert all(before[1] < after[0] for before, after in pairwise(quarters))
	winter = in_school_year(2022, SCHOOL_HOLIDAYS["winter"])
	assert quarters[1][1] < winter[0] and winter[1] < quarters[2][0]
	assert in_school_year(2022, SCHOOL_HALF_YEARS[2])[1] == date(2023, 5, 31)


def test_message_keeps_what_a_translation_needs():
	message = _("The term ends before it starts: {0} – {1}").format("a", "{b}")
	assert message == "The term ends before it starts: a – {b}"
	assert (message.source, message.args) == ("The term ends before it starts: {0} – {1}", ("a", "{b}"))
	plain = _("No term is written")
	assert isinstance(plain, Message) and (plain, plain.args) == (plain.source, ())
	for again in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
		assert (again, again.source, again.args) == (message, message.source, message.args)


def test_a_period_holds_its_first_and_its_last_day() -> None:
	year = academic_year(2026)
	assert date(2026, 9, 1) in year and date(2027, 5, 31) in year
	assert date(2026, 8, 31) not in year and date(2027, 6, 1) not in year


def test_september_is_of_the_first_of_the_two_years() -> None:
	assert in_school_year(2026, ((9, 1), (9, 30))) == (date(2026, 9, 1), date(2026, 9, 30))
	assert in_school_year(2026, ((8, 1), (8, 31))) == (date(2027, 8, 1), date(2027, 8, 31))
