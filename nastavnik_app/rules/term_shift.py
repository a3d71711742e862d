"""A roadmap's words moved on by a year: «до 15 мая 2027 г.» → «до 15 мая 2028 г.».

Only years are touched. A day that the next year does not have becomes the last one of its month.
"""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from nastavnik_app.rules.school_year import Period

_FULL = re.compile(r"(?<!\d)(20\d\d)(20\d\d)?(?!\d)")
_SECOND = re.compile(r"(?<!\d)(20\d\d)(\s*[/–—-]\s*)(\d\d)(?![\d.])")
_DAY_OF_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?)(\d\d)(?!\d)")
_MONTH_OF_SHORT_YEAR = re.compile(
	r"((?:январ|феврал|март|апрел|ма[йея]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\s+)(\d\d)(?!\d|\s*(?:числ|[–—-]))",
	re.IGNORECASE,
)
_LEAP_DAY = re.compile(
	r"(?<!\d)29(?P<between>\s+февраля\s+|\s?\.\s?0?2\s?\.\s?)(?P<year>20\d\d|\d\d)(?!\d)", re.IGNORECASE
)
_SCHOOL_YEARS = re.compile(r"(?<!\d)20\d\d(?:\s*[/–—-]\s*(?:20)?\d\d|20\d\d)(?=\s*(?:уч|г))", re.IGNORECASE)


def a_year_later(day: date) -> date:
	"""The same day of the next year, whatever day of the week it is; 28 February for the 29th."""
	return day + relativedelta(years=1)


def later_period(period: Period) -> Period:
	"""The period a year on; one that ended with February goes on to its end."""
	end = a_year_later(period.end)
	if (period.end + relativedelta(days=1)).day == 1:
		end = end + relativedelta(day=31)
	return Period(a_year_later(period.start), end, period.basis)


def later_words(text: str, period: Period) -> str:
	"""The text with every year one greater. Years of two figures count where they are those of the period."""
	short = {str(year)[2:] for year in range(period.start.year, period.end.year + 1)}

	def shorter(match: re.Match) -> str:
		before, year = match.groups()
		return before + _next(year) if year in short else match.group()

	text = _LEAP_DAY.sub(_day_that_is_there, text)
	text = _DAY_OF_SHORT_YEAR.sub(shorter, text)
	text = _MONTH_OF_SHORT_YEAR.sub(shorter, text)
	text = _SECOND.sub(_later_second, text)
	return _FULL.sub(lambda match: "".join(_next(year) for year in match.groups() if year), text)


def later_school_years(text: str) -> str:
	"""The text with the years of «2026/2027 учебный год» one greater, and no other figure touched."""
	return _SCHOOL_YEARS.sub(lambda match: re.sub(r"20\d\d|\d\d", lambda one: _next(one[0]), match[0]), text)


def _later_second(match: re.Match) -> str:
	"""«2026/27» has a second year, «2026-09-15» a month."""
	first, between, second = match.groups()
	is_year = 0 < (int(second) - int(first)) % 100 <= 10
	return first + between + (_next(second) if is_year else second)


def _next(year: str) -> str:
	return str(int(year) + 1).zfill(len(year))[-len(year) :]


def _day_that_is_there(match: re.Match) -> str:
	leap_again = (int(match["year"]) + 1) % 4 == 0
	return match.group() if leap_again else f"28{match['between']}{match['year']}"
