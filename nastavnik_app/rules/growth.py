"""How scores of competencies change from the entry through the quarters to the exit, and which measurement is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ENTRY, QUARTERLY, EXIT = "Entry", "Quarterly", "Exit"
BEFORE_THE_END = timedelta(days=31)  # when the exit measurement falls due

Quarter = tuple[int, int]  # year, 1 to 4: of the calendar, not of the school


@dataclass(frozen=True)
class Measurement:
	"""One assessment of a person: competency → score from 0 to 10."""

	kind: str
	day: date
	scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Growth:
	"""The scores of one competency; `change` is from the first score to the last, None with fewer than two."""

	competency: str
	entry: float | None
	quarters: Mapping[Quarter, float]
	exit: float | None
	first: float
	last: float
	change: float | None


def quarter_of(day: date) -> Quarter:
	"""The calendar year and its quarter, from 1 to 4."""
	return day.year, (day.month - 1) // 3 + 1


def compare(measurements: Iterable[Measurement]) -> list[Growth]:
	"""What became of each competency over the measurements of one person, in the order in which they were first met."""
	series: dict[str, list[tuple[Measurement, float]]] = {}
	for one in sorted(measurements, key=lambda one: (one.day, (ENTRY, QUARTERLY, EXIT).index(one.kind))):
		for competency, score in one.scores.items():
			series.setdefault(competency, []).append((one, score))
	return [_growth(competency, scored) for competency, scored in series.items()]


def _growth(competency: str, scored: Sequence[tuple[Measurement, float]]) -> Growth:
	first, last = scored[0][1], scored[-1][1]
	return Growth(
		competency,
		entry=next((score for one, score in scored if one.kind == ENTRY), None),
		quarters={quarter_of(one.day): score for one, score in scored if one.kind == QUARTERLY},
		exit=next((score for one, score in scored if one.kind == EXIT), None),
		first=first,
		last=last,
		change=round(last - first, 2) if len(scored) > 1 else None,
	)


def entry_and_exit(
	measurements: Iterable[Measurement], until: date
) -> tuple[Measurement | None, Measurement | None]:
	"""The first entry and the last exit by a day; before there is an exit, the last quarterly measurement after the
	entry."""
	done = sorted((one for one in measurements if one.day <= until), key=lambda one: one.day)
	entry = next((one for one in done if one.kind == ENTRY), None)
	later = [one for one in done if entry is None or one.day > entry.day]
	for kind in (EXIT, QUARTERLY):
		if last := next((one for one in reversed(later) if one.kind == kind), None):
			return entry, last
	return entry, None


def average(scores: Iterable[float]) -> float | None:
	"""To two digits; None of nothing."""
	values = list(scores)
	return round(sum(values) / len(values), 2) if values else None


def due(measurements: Iterable[Measurement], ends_on: date | None, today: date) -> str | None:
	"""The kind of measurement that a person lacks today: the entry, the one of this quarter, or the exit.

	A measurement of any kind covers its quarter. The exit falls due a month before the end of the person's work.
	"""
	done = list(measurements)
	kinds = {one.kind for one in done}
	if EXIT in kinds:
		return None
	if ENTRY not in kinds:
		return ENTRY
	if ends_on and today >= ends_on - BEFORE_THE_END:
		return EXIT
	covered = {quarter_of(one.day) for one in done}
	return None if quarter_of(today) in covered else QUARTERLY
