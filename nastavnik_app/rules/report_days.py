"""On which days reports go out by mail, as the settings of a site say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, timedelta

from nastavnik_app.rules.school_year import month_end

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# a site that stood still for longer has nothing to catch up
FARTHEST = 366


def is_weekday(day: date, weekday: str) -> bool:
	"""Whether a day is the weekday of this English name."""
	return WEEKDAYS[day.weekday()] == weekday


def is_day_of_month(day: date, number: int, months: Collection[int] = range(1, 13)) -> bool:
	"""Whether it is this day of one of these months; a month that is shorter has it on its last day."""
	last = month_end(day.year, day.month).day
	return day.month in months and day.day == min(max(number, 1), last)


def read_months(text: str | None) -> list[int]:
	"""«6, 12» → [6, 12]. Raises ValueError where something is no month."""
	months = [int(word) for word in re.split(r"[,;\s]+", text or "") if word]
	if not all(1 <= month <= 12 for month in months):
		raise ValueError(text)
	return months


def last_due(is_due: Callable[[date], bool], looked_on: date | None, today: date) -> date | None:
	"""The last day on which something was due after it was looked at, today included; of several missed days this one
	counts. Where it was never looked at, today alone."""
	looked_on = max(looked_on or today - timedelta(days=1), today - timedelta(days=FARTHEST))
	days = (today - timedelta(days=back) for back in range((today - looked_on).days))
	return next((day for day in days if is_due(day)), None)
