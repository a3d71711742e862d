"""How scores change from the entry to the exit, and which measurement somebody lacks on a day."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.growth import (
	ENTRY,
	EXIT,
	QUARTERLY,
	Measurement,
	average,
	compare,
	due,
	entry_and_exit,
	quarter_of,
)

MIDDLE, END = date(2026, 12, 20), date(2027, 5, 31)


def measured(kind: str, day: date, **scores: float) -> Measurement:
	return Measurement(kind, day, scores)


def test_quarters_are_those_of_the_calendar() -> None:
	assert [quarter_of(date(2026, month, 1))[1] for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
		1, 1, 2, 2, 3, 3, 4, 4,
	]  # fmt: skip


def test_growth_goes_from_the_first_score_to_the_last() -> None:
	grown = compare(
		[
			measured(EXIT, date(2027, 5, 20), speech=8),
			measured(ENTRY, date(2026, 9, 20), speech=3, order=5),
			measured(QUARTERLY, date(2026, 12, 20), speech=5, order=4, late=7),
		]
	)
	speech, order, late = grown
	assert (speech.competency, speech.entry, speech.exit, speech.change) == ("speech", 3, 8, 5)
	assert dict(speech.quarters) == {(2026, 4): 5}
	assert (order.exit, order.change) == (None, -1)
	assert (late.entry, late.first, late.last, late.change) == (None, 7, 7, None)


def test_entry_comes_before_a_quarter_of_the_same_day() -> None:
	day = date(2026, 10, 1)
	(growth,) = compare([measured(QUARTERLY, day, speech=6), measured(ENTRY, day, speech=4)])
	assert (growth.first, growth.last) == (4, 6)


def test_average_of_nothing_is_nothing() -> None:
	assert (average([]), average([1, 2, 2])) == (None, 1.67)


def test_what_is_due_on_a_day() -> None:
	entry = measured(ENTRY, date(2026, 9, 20))
	assert due([], END, MIDDLE) == ENTRY
	assert due([entry], END, date(2026, 9, 30)) is None
	assert due([entry], END, MIDDLE) == QUARTERLY
	assert due([entry, measured(QUARTERLY, date(2026, 10, 2))], END, MIDDLE) is None
	assert due([entry], END, date(2027, 4, 29)) == QUARTERLY
	assert due([entry, measured(QUARTERLY, date(2027, 4, 2))], END, date(2027, 4, 30)) == EXIT
	assert due([entry, measured(EXIT, date(2027, 5, 20))], END, date(2027, 5, 30)) is None
	assert due([entry], None, MIDDLE) == QUARTERLY


def test_growth_is_told_without_the_traces_of_binary_fractions() -> None:
	(growth,) = compare(
		[measured(ENTRY, date(2026, 9, 20), speech=0.1), measured(EXIT, date(2027, 5, 20), speech=0.4)]
	)
	assert growth.change == 0.3
	(growth,) = compare([measured(ENTRY, END, speech=0), measured(EXIT, END, speech=3.333)])
	assert growth.change == 3.33


FIRST, AUTUMN = measured(ENTRY, date(2026, 9, 20)), measured(QUARTERLY, date(2026, 11, 1))
WINTER, LAST = measured(QUARTERLY, date(2027, 2, 1)), measured(EXIT, date(2027, 5, 20))


@pytest.mark.parametrize(
	("until", "found"),
	[
		(date(2026, 9, 19), (None, None)),
		(date(2026, 9, 20), (FIRST, None)),
		(date(2026, 11, 1), (FIRST, AUTUMN)),
		(date(2027, 5, 19), (FIRST, WINTER)),
		(date(2027, 5, 20), (FIRST, LAST)),
	],
)
def test_the_end_of_a_comparison_is_the_exit_or_the_last_quarter_so_far(until: date, found: tuple) -> None:
	assert entry_and_exit([LAST, WINTER, FIRST, AUTUMN], until) == found


def test_what_lies_before_the_entry_closes_nothing() -> None:
	assert entry_and_exit([FIRST, measured(QUARTERLY, FIRST.day)], END) == (FIRST, None)
	assert entry_and_exit([AUTUMN, measured(ENTRY, date(2026, 12, 1))], END)[1] is None


def test_without_an_entry_there_is_still_an_end() -> None:
	assert entry_and_exit([AUTUMN, WINTER], END) == (None, WINTER)
