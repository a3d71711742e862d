"""A rhythm within a plan → its occasions, each with the day by which it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nastavnik_app.rules.school_year import (
	SCHOOL_HALF_YEARS,
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
from nastavnik_app.rules.term_dates import ONE_DAY, Days, nth_weekday, piece_of
from nastavnik_app.rules.term_model import Rhythm


@dataclass(frozen=True)
class Occurrence:
	"""One occasion of a term; `due` is its last day. A deadline has no start, an undated term neither."""

	start: date | None
	due: date | None


def is_school(period: Period) -> bool:
	"""Whether the plan counts by school years rather than by calendar years."""
	return period.start.month in (8, 9)


def years_of(period: Period) -> list[Period]:
	"""The plan's school years or calendar years, clipped to the plan."""
	units = _units("yearly", period.start, period.end, is_school(period))
	return [Period(max(start, period.start), min(end, period.end)) for start, end in units]


def occasions(rhythm: Rhythm, span: Period, school: bool) -> list[Occurrence]:
	"""The occasions of a rhythm within a stretch of days. `school`: years and half-years are the school's."""
	units = _without_remnants(list(_units(rhythm.every, span.start, span.end, school)), span)
	step = rhythm.interval
	units = [(units[at][0], units[at : at + step][-1][1]) for at in range(0, len(units), step)]
	result = []
	for start, end in units:
		first, last = max(start, span.start), min(end, span.end)
		if rhythm.weekdays:
			result += _on_weekdays(rhythm.weekdays, first, last)
			continue
		if rhythm.times > 1 and (last - first).days >= rhythm.times:
			result += _shares(first, last, rhythm.times)
			continue
		due = _due(rhythm, first, last)
		if due:
			result.append(Occurrence(min(first, due), due))
	return result


def _units(every: str, first: date, last: date, school: bool) -> Iterator[Days]:
	"""The calendar's units of that length which touch the days from first to last."""
	if every in ("weekly", "every two weeks"):
		length = timedelta(days=6 if every == "weekly" else 13)
		monday = first - timedelta(days=first.weekday())
		while monday <= last:
			yield monday, monday + length
			monday += length + ONE_DAY
		return
	for year in range(first.year - 1, last.year + 1):
		for unit in _units_of_year(every, year, school):
			if unit[1] >= first and unit[0] <= last:
				yield unit


def _units_of_year(every: str, year: int, school: bool) -> list[Days]:
	if every == "monthly":
		return [month_span(year, month) for month in range(1, 13)]
	if every == "quarterly":
		return [calendar_quarter(year, number) for number in range(1, 5)]
	if every == "every school quarter":
		return [in_school_year(year, span) for span in SCHOOL_QUARTERS.values()]
	if every == "every trimester":
		return [in_school_year(year, span) for span in SCHOOL_TRIMESTERS.values()]
	if every == "half-yearly":
		if school:
			return [in_school_year(year, span) for span in SCHOOL_HALF_YEARS.values()]
		return [calendar_half_year(year, number) for number in (1, 2)]
	whole = academic_year(year) if school else Period(date(year, 1, 1), date(year, 12, 31))
	return [(whole.start, whole.end)]


def _without_remnants(units: list[Days], period: Period) -> list[Days]:
	"""A unit of which the plan holds less than half belongs to its neighbour: a plan from September counts
	its quarters by 31 December, 31 March and its end."""
	kept: list[Days] = []
	waiting: date | None = None
	for start, end in units:
		held = (min(end, period.end) - max(start, period.start)).days + 1
		if 2 * held < (end - start).days + 1:
			if kept and start > period.start:
				kept[-1] = (kept[-1][0], min(end, period.end))
			else:
				waiting = start
			continue
		kept.append((waiting or start, end))
		waiting = None
	return kept or [(period.start, period.end)]


def _shares(first: date, last: date, times: int) -> list[Occurrence]:
	"""The stretch in equal shares, one for each time."""
	days = (last - first).days + 1
	edges = [first + timedelta(days=days * share // times) for share in range(times + 1)]
	return [Occurrence(edges[i], edges[i + 1] - ONE_DAY) for i in range(times)]


def _on_weekdays(weekdays: tuple[int, ...], first: date, last: date) -> list[Occurrence]:
	"""The first of each of these days of the week in the stretch."""
	days = sorted({first + timedelta(days=(weekday - first.weekday()) % 7) for weekday in weekdays})
	return [Occurrence(first, day) for day in days if day <= last]


def _due(rhythm: Rhythm, first: date, last: date) -> date | None:
	"""The day in the unit by which the work is due; None when the unit has no such day."""
	if rhythm.part:
		if rhythm.part[0] == "weekday":
			day = nth_weekday(last.year, last.month, rhythm.part[1], rhythm.part[2])
			return day if day and first <= day <= last else None
		piece = piece_of((first, last), rhythm.part)
		return piece[1] if piece else last
	if rhythm.day is None:
		return last
	month = last + ONE_DAY if rhythm.next_month and last == month_end(last.year, last.month) else last
	day = min(rhythm.day, month_end(month.year, month.month).day)
	due = month.replace(day=day)
	return due if due >= first else None
