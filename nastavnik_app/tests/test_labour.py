"""The terms of labour law."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.labour import earliest_end


@pytest.mark.parametrize(
	("given", "days", "last"),
	[
		(date(2026, 10, 5), 3, date(2026, 10, 8)),  # Monday: Tuesday, Wednesday, Thursday
		(date(2026, 10, 1), 3, date(2026, 10, 6)),  # over a weekend
		(date(2026, 10, 3), 3, date(2026, 10, 7)),  # given on a Saturday
		(date(2026, 10, 5), 5, date(2026, 10, 12)),
		(date(2026, 10, 5), 0, date(2026, 10, 5)),
		(date(2026, 12, 30), 3, date(2027, 1, 12)),  # over the New Year holidays
		(
			date(2027, 5, 6),
			3,
			date(2027, 5, 11),
		),  # 9 May falls on a Sunday; the day moved for it is not known
	],
)
def test_notice_of_an_early_end_lasts_whole_working_days(given: date, days: int, last: date) -> None:
	assert earliest_end(given, days) == last
