"""Terms of the Labour Code that bind a worker who mentors another worker."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
# Labour Code, art. 112: days by month.
HOLIDAYS = {1: range(1, 9), 2: (23,), 3: (8,), 5: (1, 9), 6: (12,), 11: (4,)}


def earliest_end(notice_given_on: date, working_days: int) -> date:
	"""The earliest last day of a mentor's duty that ends early: so many working days after the day of the notice.

	The duty is refused or taken back with at least three working days' notice in writing (Labour Code, art. 351.8);
	a term begins on the day after (art. 14). Working days are Monday to Friday but for the public holidays of
	art. 112; days off that the Government moves, or the region adds, are not known here.
	"""
	day = notice_given_on
	for _working_day in range(working_days):
		day = _next_working_day(day)
	return day


def _next_working_day(day: date) -> date:
	day += timedelta(days=1)
	while day.weekday() >= SATURDAY or day.day in HOLIDAYS.get(day.month, ()):
		day += timedelta(days=1)
	return day
