"""Periods of a school's work: school years, calendar years, quarters, half-years, holidays.

Dates are inclusive. Dates of school quarters and holidays differ from school to school and from year to year;
the ones here are usual values, to be checked against the school's own calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# (month, day) of the first and the last day; a school year runs from September to August.
MonthDay = tuple[int, int]
SCHOOL_QUARTERS: dict[int, tuple[MonthDay, MonthDay]] = {
	1: ((9, 1), (10, 27)),
	2: ((11, 5), (12, 29)),
	3: ((1, 9), (3, 23)),
	4: ((4, 1), (5, 31)),
}
SCHOOL_TRIMESTERS: dict[int, tuple[MonthDay, MonthDay]] = {
	1: ((9, 1), (11, 30)),
	2: ((12, 1), (2, 28)),
	3: ((3, 1), (5, 31)),
}
SCHOOL_HALF_YEARS: dict[int, tuple[MonthDay, MonthDay]] = {
	1: ((9, 1), (12, 31)),
	2: ((1, 1), (5, 31)),
}
SCHOOL_HOLIDAYS: dict[str, tuple[MonthDay, MonthDay]] = {
	"autumn": ((10, 28), (11, 4)),
	"winter": ((12, 30), (1, 8)),
	"spring": ((3, 24), (3, 31)),
	"summer": ((6, 1), (8, 31)),
}
FIRST_MONTH = 9


@dataclass(frozen=True)
class Period:
	"""What a plan covers, both days included. `basis`: "given" by a person, "stated" in the document, "inferred"."""

	start: date
	end: date
	basis: str = "given"

	def __contains__(self, day: date) -> bool:
		return self.start <= day <= self.end

	@property
	def school_year(self) -> int | None:
		"""First calendar year of the one school year that the period runs through, else None.

		A period inside one calendar year is not counted: it does not say which of two school years it means."""
		first = self.start.year if self.start.month >= FIRST_MONTH - 1 else self.start.year - 1
		if self.start.year == self.end.year and self.start.month < FIRST_MONTH - 1:
			return None
		return first if self.end <= date(first + 1, 8, 31) else None

	@property
	def container_end(self) -> date:
		"""Last day on which work of this period may still be due: a school year's summer belongs to it."""
		first = self.school_year
		if first is not None and self.end >= date(first + 1, 5, 1):
			return max(self.end, date(first + 1, 8, 31))
		return self.end


def academic_year(first_year: int, basis: str = "given") -> Period:
	"""The school year that starts in `first_year`: 1 September to 31 May."""
	return Period(date(first_year, 9, 1), date(first_year + 1, 5, 31), basis)


def calendar_year(year: int, basis: str = "given") -> Period:
	"""From 1 January to 31 December."""
	return Period(date(year, 1, 1), date(year, 12, 31), basis)


def month_end(year: int, month: int) -> date:
	"""Last day of the month."""
	return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def month_span(year: int, month: int) -> tuple[date, date]:
	"""First and last day of a month, from 1 to 12."""
	return date(year, month, 1), month_end(year, month)


def calendar_quarter(year: int, number: int) -> tuple[date, date]:
	"""Quarter 1–4 of a calendar year."""
	return date(year, 3 * number - 2, 1), month_end(year, 3 * number)


def calendar_half_year(year: int, number: int) -> tuple[date, date]:
	"""First and last day of the half of a calendar year, 1 or 2."""
	return date(year, 6 * number - 5, 1), month_end(year, 6 * number)


def in_school_year(first_year: int, span: tuple[MonthDay, MonthDay]) -> tuple[date, date]:
	"""A span of (month, day) placed into the school year that starts in `first_year`."""
	(month1, day1), (month2, day2) = span
	start = date(first_year + (month1 < FIRST_MONTH), month1, day1)
	return start, date(first_year + (month2 < FIRST_MONTH), month2, day2)
