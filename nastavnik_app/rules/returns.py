"""An organization's aggregated return to its authority: what it holds, and which of its counts are withheld.

A return names no person. It holds counts by measure, form and target group, where "" means all; a count is None
where it is withheld (see `suppression`); what was not counted has no cell. Percentages do not travel: an indicator
says which measure is divided by which, and whoever reads the return divides.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from nastavnik_app.rules.related_counts import ALL, Cover, Part, Relation, Sum, Table
from nastavnik_app.rules.suppression import BOUND, suppress

Place = tuple[str, str, str]  # measure, form, target group


@dataclass(frozen=True)
class Measure:
	"""What is counted. `people`: persons, so that a small count is withheld, unless it is `public` anyway, as how many
	pupils there are; else pieces, as publications. A title means nothing: each site may use its own words."""

	code: str
	people: bool
	title: str = field(default="", compare=False)
	public: bool = False


@dataclass(frozen=True)
class Indicator:
	"""A percentage: 100 · numerator / denominator, both measures; without a denominator the count itself. `by_hand`:
	entered by a person, not counted from records."""

	code: str
	numerator: str
	denominator: str = ""
	title: str = field(default="", compare=False)
	unit: str = field(default="", compare=False)
	by_hand: bool = field(default=False, compare=False)


class Cell(NamedTuple):
	"""One published count of a return; `value` is None where it is withheld."""

	measure: str
	form: str
	target_group: str
	value: int | None

	@property
	def place(self) -> Place:
		"""Measure, form and target group: where the count stands."""
		return self[:3]


@dataclass(frozen=True)
class Return:
	"""`organization` and `authority`: what both sites know them by, such as the ОГРН. `computed_at` in UTC.
	`bound`: people's counts from 1 to bound − 1 are withheld."""

	organization: str
	authority: str
	start: date
	end: date
	computed_at: datetime
	bound: int
	measures: tuple[Measure, ...]
	indicators: tuple[Indicator, ...]
	cells: tuple[Cell, ...]


def protect(
	counts: Mapping[Place, int],
	measures: Iterable[Measure],
	indicators: Iterable[Indicator],
	bound: int = BOUND,
	relations: Iterable[Relation] = (),
) -> tuple[Cell, ...]:
	"""The cells of a return, with all withheld that must be; ValueError where counts contradict each other.

	`relations` between cells of different measures are those that a reader knows beside the indicators. Each person
	belongs to one target group, so groups add up; a person may work in several forms, so forms cover their total. A
	group or a form without a row of its own is nobody's.
	"""
	published = suppress(table_of(counts, measures, indicators, relations), bound)
	return tuple(Cell(*place, published.counts.get(place, counts[place])) for place in sorted(counts))


def table_of(
	counts: Mapping[Place, int],
	measures: Iterable[Measure],
	indicators: Iterable[Indicator],
	relations: Iterable[Relation] = (),
) -> Table:
	"""The counts of people in a return, with all that a reader knows of how they belong together."""
	people = {measure.code for measure in measures if measure.people}
	of_people = {place: count for place, count in counts.items() if place[0] in people}
	known = [*_totals(of_people), *relations]
	for one in indicators:
		for place in of_people:
			whole = denominator_of(one, place, of_people)
			if place[0] == one.numerator and whole is not None:
				known.append(Part(place, whole))
	public = {measure.code for measure in measures if measure.public}
	return Table(
		of_people,
		tuple(dict.fromkeys(known)),
		frozenset(place for place in of_people if place[0] in public),
	)


def denominator_of(indicator: Indicator, place: Place, known: Container[Place]) -> Place | None:
	"""Where the whole of a part stands among what is known."""
	return next((whole for whole in wholes_of(indicator, place) if whole in known), None)


def wholes_of(indicator: Indicator, place: Place) -> tuple[Place, Place]:
	"""Where the whole of a part may stand: in the same form and group or, as with headcounts, in all forms."""
	_measure, form, group = place
	return (indicator.denominator, form, group), (indicator.denominator, ALL, group)


def _totals(counts: Mapping[Place, int]) -> Iterable[Relation]:
	for measure, form, group in counts:
		if group == ALL:
			parts = tuple(place for place in counts if place[:2] == (measure, form) and place[2] != ALL)
			if parts:
				yield Sum((measure, form, ALL), parts)
		if form == ALL:
			parts = tuple(
				place for place in counts if (place[0], place[2]) == (measure, group) and place[1] != ALL
			)
			if parts:
				yield Cover((measure, ALL, group), parts)
