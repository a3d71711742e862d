"""Days for the marks of a term: open years filled from their neighbours and from the plan's period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import (
	FIRST_MONTH,
	SCHOOL_HALF_YEARS,
	SCHOOL_HOLIDAYS,
	SCHOOL_QUARTERS,
	SCHOOL_TRIMESTERS,
	Period,
	academic_year,
	calendar_half_year,
	calendar_quarter,
	in_school_year,
	month_end,
	month_span,
)
from nastavnik_app.rules.term_model import Mark, Phrase

Days = tuple[date, date]
_SEASON_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
_SCHOOL_UNITS = {
	"school_quarter": SCHOOL_QUARTERS,
	"trimester": SCHOOL_TRIMESTERS,
	"holidays": SCHOOL_HOLIDAYS,
	"half_year": SCHOOL_HALF_YEARS,
}
_YEARLESS = ("year", "years", "school_year", "plan")
ONE_DAY = timedelta(days=1)


def month_year(month: int, period: Period, closing: bool) -> int | None:
	"""The year of a month named without one; None when the plan has several such months.

	School year: September to December first, January to July second, August before the year, or at its end in a
	closing section."""
	first = period.school_year
	if first is not None:
		return first if month >= FIRST_MONTH or (month == FIRST_MONTH - 1 and not closing) else first + 1
	years = range(period.start.year, period.end.year + 1)
	inside = [y for y in years if date(y, month, 1) <= period.end and month_end(y, month) >= period.start]
	if len(inside) == 1:
		return inside[0]
	return period.start.year if len(years) == 1 else None


def nth_weekday(year: int, month: int, number: int, weekday: int) -> date | None:
	"""The first … fifth, or last (-1), such weekday of the month."""
	if number == -1:
		last = month_end(year, month)
		return last - timedelta(days=(last.weekday() - weekday) % 7)
	first = date(year, month, 1)
	day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
	return day if day.month == month else None


def piece_of(days: Days, part: tuple) -> Days | None:
	"""A named piece of a stretch: thirds, halves, decades and weeks of a month; first or last month of a longer one."""
	start, end = days
	name, number = part[0], part[1]
	short = (end - start).days <= 31
	if name == "start":
		return start, start + timedelta(days=9) if short else month_end(start.year, start.month)
	if name == "end":
		return (start + timedelta(days=20) if short else end.replace(day=1)), end
	third = (end - start).days // 3
	if name == "middle":
		return start + timedelta(days=10 if short else third), start + timedelta(
			days=19 if short else 2 * third
		)
	if name == "half":
		half = start + timedelta(days=14 if short else (end - start).days // 2)
		return (start, half) if number == 1 else (half + ONE_DAY, end) if number in (2, -1) else None
	if name == "decade":
		if number not in (1, 2, 3, -1):
			return None
		begin = start + timedelta(days=20 if number in (3, -1) else 10 * (number - 1))
		return begin, end if number in (3, -1) else begin + timedelta(days=9)
	if name == "week":
		begin = end - timedelta(days=6) if number == -1 else start + timedelta(days=7 * (number - 1))
		return (begin, min(begin + timedelta(days=6), end)) if begin <= end else None
	day = nth_weekday(start.year, start.month, number, part[2])
	return (day, day) if day else None


class Dater:
	"""Gives days to marks within one period; collects what could not be decided in `problems`."""

	def __init__(self, period: Period | None, closing: bool) -> None:
		self.period = period
		self.closing = closing
		self.problems: list[Message] = []
		self.notes: list[Message] = []

	# -- years ---------------------------------------------------------------------------------------------------

	def fill_years(self, phrases: Sequence[Phrase]) -> list[Phrase]:
		"""The phrases with a year in every mark for which one can be told."""
		result = []
		for place, phrase in enumerate(phrases):
			mark, until = phrase.mark, phrase.until
			if mark and until:
				mark, until = self._range_years(mark, until)
			elif mark and self._is_open(mark):
				mark = self._context(
					mark, self._dated(phrases[:place])[-1:], self._dated(phrases[place + 1 :])[:1]
				)
			result.append(replace(phrase, mark=mark, until=until))
		return result

	@staticmethod
	def _dated(phrases: Sequence[Phrase]) -> list[Mark]:
		marks = [mark for phrase in phrases for mark in (phrase.mark, phrase.until) if mark]
		return [mark for mark in marks if mark.year and mark.unit in ("day", "month")]

	@staticmethod
	def _is_open(mark: Mark) -> bool:
		return mark.unit not in _YEARLESS and mark.year is None and mark.school_year is None

	@staticmethod
	def _place(mark: Mark) -> tuple[int, int]:
		"""(month, day) to compare marks of one year."""
		if mark.unit in ("day", "month"):
			return mark.number, mark.day or 0
		if mark.unit == "season":
			return _SEASON_STARTS[mark.number], 0
		if mark.unit == "quarter":
			return 3 * mark.number - 2, 0
		return _SCHOOL_UNITS[mark.unit][mark.number][0]

	def _range_years(self, first: Mark, last: Mark) -> tuple[Mark, Mark]:
		"""A range runs forward: «сентябрь – май 2023» starts in 2022."""
		if last.school_year is not None and last.unit != "school_year" and self._is_open(first):
			first = replace(first, school_year=last.school_year)
		if self._is_open(first) and last.year and last.unit in ("day", "month", "quarter", "season"):
			return self._start_before(first, last), last
		if self._is_open(first):
			first = self._context(first)
		if self._is_open(last):
			if first.year and last.unit in ("day", "month", "quarter", "season"):
				last = replace(last, year=first.year + (self._place(last) < self._place(first)))
			elif first.school_year is not None and first.unit != "school_year":
				last = replace(last, school_year=first.school_year)
			else:
				last = self._context(last)
		return first, last

	def _start_before(self, first: Mark, last: Mark) -> Mark:
		"""The year of a start whose end has one; where only the year before would make it run forward, and that is
		no year of the plan, the contradiction is left for a person."""
		if first.unit in _SCHOOL_UNITS:
			placed = self._planned(first)
			if placed != first:
				return placed
		turns = self._place(first) > self._place(last)
		if turns and self.period and first.unit in ("day", "month"):
			planned = month_year(first.number, self.period, self.closing)
			if (
				planned == last.year
				and date(last.year, first.number, 1) > self.period.start.replace(day=1) - ONE_DAY
			):
				return replace(first, year=planned)
		return replace(first, year=last.year - turns)

	def _context(self, mark: Mark, before: Sequence[Mark] = (), behind: Sequence[Mark] = ()) -> Mark:
		"""A year from the plan's period; where the plan does not tell it, from a dated neighbour in the same list,
		which runs forward."""
		placed = self._planned(mark)
		neighbours = [*behind, *before] if mark.unit in ("day", "month") else []
		for neighbour in neighbours:
			open_neighbour = replace(neighbour, year=None)
			if placed == mark or self._planned(open_neighbour) != neighbour:
				turn = self._place(mark) > self._place(neighbour) if neighbour in behind else 0
				turn -= self._place(mark) < self._place(neighbour) if neighbour in before else 0
				return replace(mark, year=neighbour.year - turn)
		if placed == mark and self.period is None:
			self._say(_("The year is not known: give the plan's period"))
		elif placed == mark:
			self._say(_("The plan has several such dates: write the year"))
		return placed

	def _planned(self, mark: Mark) -> Mark:
		"""The mark in the plan's period; unchanged when there is none or it holds several."""
		if self.period is None:
			return mark
		school_year = self.period.school_year
		if school_year is not None and mark.unit in _SCHOOL_UNITS:
			return replace(mark, school_year=school_year)
		return replace(mark, year=month_year(self._month_of(mark), self.period, self.closing))

	def _month_of(self, mark: Mark) -> int:
		if mark.unit in ("day", "month"):
			return mark.number if 1 <= mark.number <= 12 else 1
		if mark.unit == "season":
			return _SEASON_STARTS[mark.number]
		if mark.unit == "quarter":
			return 3 * mark.number
		if mark.unit == "half_year":
			return 6 * mark.number
		return _SCHOOL_UNITS[mark.unit][mark.number][0][0]

	def _say(self, problem: Message) -> None:
		if problem not in self.problems:
			self.problems.append(problem)

	# -- days ----------------------------------------------------------------------------------------------------

	def days(self, mark: Mark) -> Days | None:
		"""First and last day of the mark, or None with a problem said."""
		days = self._whole(mark)
		if days and mark.part:
			days = piece_of(days, mark.part)
			if not days:
				self._say(_("There is no such day in the calendar"))
		return days

	def _whole(self, mark: Mark) -> Days | None:
		if mark.unit == "plan":
			if mark.part and self.period and (self.period.end - self.period.start).days > 366:
				self._say(_("The plan has several such dates: write the year"))
				return None
			return self._school_year_of_plan(mark) or self._plan(mark.year)
		if mark.unit == "school_year":
			year = academic_year(mark.school_year)
			return year.start, year.end
		if mark.unit in ("year", "years"):
			return date(mark.year, 1, 1), date(mark.last_year or mark.year, 12, 31)
		if mark.year is None and mark.school_year is None:
			return None
		if mark.unit in ("day", "month", "season", "quarter"):
			return self._calendar(mark)
		if mark.unit == "half_year" and mark.school_year is None:
			return calendar_half_year(mark.year, mark.number)
		if mark.unit in ("school_quarter", "holidays", "trimester"):
			self._say(_("Usual dates are taken: check them against the school's own calendar"))
		span = _SCHOOL_UNITS[mark.unit][mark.number]
		first = mark.school_year
		if first is None:
			first = mark.year - (span[0][0] < FIRST_MONTH)
			turns = span[1][0] < span[0][0]  # «зимние каникулы 2023» in a plan for 2022/2023
			if turns and self.period and self.period.school_year == first - 1:
				first -= 1
		return in_school_year(first, span)

	def _school_year_of_plan(self, mark: Mark) -> Days | None:
		"""«Начало учебного года» in a plan for a calendar year is September, its end is May."""
		if mark.number != "school" or self.period is None or self.period.start.year != self.period.end.year:
			return None
		if self.period.school_year is not None:
			return None
		year = self.period.start.year
		school_year = academic_year(year if mark.part and mark.part[0] == "start" else year - 1)
		return school_year.start, school_year.end

	def _plan(self, year: int | None) -> Days | None:
		if self.period is None:
			self._say(_("The plan's period is not known"))
			return None
		if year is not None and not self.period.start.year <= year <= self.period.end.year:
			self._say(_("The year is outside the plan's period: {0}").format(year))
			return None
		return self.period.start, self.period.end

	def _calendar(self, mark: Mark) -> Days | None:
		month = _SEASON_STARTS[mark.number] if mark.unit == "season" else mark.number
		if mark.unit == "quarter":
			month = 3 * mark.number
		year = mark.year
		if year is None:
			year = mark.school_year + (month < FIRST_MONTH)
		elif (
			mark.unit == "season" and month == 12 and not (self.period and date(year, 12, 31) in self.period)
		):
			year -= 1  # «зима 2023» is the one that ends in 2023
		if mark.unit == "quarter":
			return calendar_quarter(year, mark.number)
		try:
			if mark.unit == "season":
				return date(year, month, 1), month_end(year + month // 12, (month + 2 - 1) % 12 + 1)
			if mark.unit == "month":
				return month_span(year, month)
			return date(year, month, mark.day), date(year, month, mark.day)
		except ValueError:
			self._say(_("There is no such day in the calendar"))
			return None

	def phrase_days(self, phrase: Phrase) -> tuple[date | None, date | None] | None:
		"""Start and end of a phrase that has marks; a deadline has no start. None when it cannot be dated."""
		days = self.days(phrase.mark) if phrase.mark else None
		if not days:
			return None
		if phrase.kind == "due":
			return None, self._last_day(phrase.mark, days, phrase.exclusive)
		if phrase.kind == "from":
			start = days[1] + ONE_DAY if phrase.exclusive else days[0]
			if self.period and start <= self.period.end:
				self.notes.append(_("No end is written: the plan's end is taken"))
				return start, self.period.end
			return start, None
		if phrase.until:
			last = self.days(phrase.until)
			return (days[0], self._last_day(phrase.until, last, phrase.exclusive)) if last else None
		return days

	def _last_day(self, mark: Mark, days: Days, exclusive: bool) -> date:
		"""«До октября» is 30 September; «до конца октября» 31 October; «до середины» the 15th or so."""
		if not exclusive or (mark.part and mark.part[0] == "end"):
			return days[1]
		if mark.part and mark.part[0] == "middle":
			return days[0] + (days[1] - days[0]) // 2
		if mark.unit == "month" and not mark.part:
			self.notes.append(_("«До» a month is read as the last day of the month before"))
		return days[0] - ONE_DAY
