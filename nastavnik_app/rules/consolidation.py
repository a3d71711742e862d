"""What an authority reads out of its organizations' returns: sums, percentages, last year, who stands apart.

Everything here is computed from what the returns publish, never from what they withhold. Whatever follows from
published counts adds nothing to them, so consolidated tables need no suppression of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from nastavnik_app.rules.messages import _
from nastavnik_app.rules.returns import Indicator, Place, Return, denominator_of
from nastavnik_app.rules.suppression import percent

Spot = tuple[str, str, str]  # indicator, form, target group


@dataclass
class Total:
	"""The sum of the counts of `published` organizations; `withheld` others have at least one each."""

	value: int = 0
	published: int = 0
	withheld: int = 0

	@property
	def at_least(self) -> int:
		return self.value + self.withheld


@dataclass
class Share:
	"""A percentage over the `published` organizations that show both counts; `withheld` others do not."""

	numerator: int = 0
	denominator: int = 0
	published: int = 0
	withheld: int = 0

	@property
	def percent(self) -> float | None:
		return self.to(1)

	def to(self, decimals: int) -> float | None:
		return percent(self.numerator, self.denominator, decimals)


@dataclass(frozen=True)
class Consolidated:
	"""The returns of one period. `missing`: who was to send and has not; `unexpected`: who was not to."""

	start: date | None
	end: date | None
	organizations: frozenset[str]
	missing: tuple[str, ...]
	unexpected: tuple[str, ...]
	totals: Mapping[Place, Total] = field(default_factory=dict)
	shares: Mapping[Spot, Share] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
	"""From last year's value to this year's; in percentage points for percentages. None where one is missing."""

	this: float | None
	last: float | None
	change: float | None


@dataclass(frozen=True)
class Comparison:
	"""Two years side by side; `only_this` and `only_last`: organizations of which the other year has no return, so
	that sums are not comparable without a word."""

	totals: Mapping[Place, Change]
	shares: Mapping[Spot, Change]
	only_this: tuple[str, ...]
	only_last: tuple[str, ...]


class Deviation(NamedTuple):
	"""A school's percentage, the median of all, and the difference in percentage points; `apart`: farther from the
	median than 3.5 modified z-scores (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993)."""

	value: float
	median: float
	deviation: float
	apart: bool


APART = 3.5
_NORMAL = 0.6745  # the median absolute deviation of a normal distribution with standard deviation 1


def consolidate(returns: Iterable[Return], expected: Collection[str]) -> Consolidated:
	"""The sums of many returns, read one by one. `expected`: the organizations that were to send one.

	Percentages are divided anew from the sums. Raises ValueError for two returns of one organization, different
	periods, or one code with two meanings.
	"""
	totals: dict[Place, Total] = defaultdict(Total)
	shares: dict[Spot, Share] = defaultdict(Share)
	meanings = _Meanings()
	organizations: set[str] = set()
	period: tuple[date, date] | None = None
	for one in returns:
		if one.organization in organizations:
			raise ValueError(_("{0} has two returns for the period").format(one.organization))
		organizations.add(one.organization)
		period = period or (one.start, one.end)
		if period != (one.start, one.end):
			raise ValueError(_("The return of {0} is for another period").format(one.organization))
		meanings.learn(one)
		known = _add_counts(totals, one)
		for spot, part, whole in _fractions(known, meanings.by_numerator):
			share = shares[spot]
			if part is None or whole is None:
				share.withheld += 1
			else:
				share.numerator += part
				share.denominator += whole
				share.published += 1
	start, end = period or (None, None)
	return Consolidated(
		start,
		end,
		frozenset(organizations),
		missing=tuple(sorted(set(expected) - organizations)),
		unexpected=tuple(sorted(organizations - set(expected))),
		totals=dict(totals),
		shares=dict(shares),
	)


class _Meanings:
	"""What the codes of measures and indicators mean, the same in all returns."""

	def __init__(self) -> None:
		self.by_numerator: dict[str, list[Indicator]] = defaultdict(list)
		self._of_code: dict[tuple[type, str], object] = {}
		self._last: Return | None = None

	def learn(self, one: Return) -> None:
		last, self._last = self._last, one
		if last and last.measures is one.measures and last.indicators is one.indicators:
			return
		for row in (*one.measures, *one.indicators):
			key = type(row), row.code
			if key not in self._of_code:
				self._of_code[key] = row
				if isinstance(row, Indicator):
					self.by_numerator[row.numerator].append(row)
			elif self._of_code[key] != row:
				message = _("{0} means something else in the return of {1} than in the others")
				raise ValueError(message.format(row.code, one.organization))


def _add_counts(totals: dict[Place, Total], one: Return) -> dict[Place, int | None]:
	known: dict[Place, int | None] = {}
	for cell in one.cells:
		place, value = cell[:3], cell[3]
		known[place] = value
		total = totals[place]
		if value is None:
			total.withheld += 1
		else:
			total.value += value
			total.published += 1
	return known


def compare(this: Consolidated, last: Consolidated, decimals: Mapping[str, int] | None = None) -> Comparison:
	"""This year against last; the withheld are in neither sum. `decimals` by indicator, where it is not one."""
	places = decimals or {}
	return Comparison(
		totals=_changes(
			{place: total.value for place, total in this.totals.items()},
			{place: total.value for place, total in last.totals.items()},
		),
		shares=_changes(
			{spot: share.to(places.get(spot[0], 1)) for spot, share in this.shares.items()},
			{spot: share.to(places.get(spot[0], 1)) for spot, share in last.shares.items()},
		),
		only_this=tuple(sorted(this.organizations - last.organizations)),
		only_last=tuple(sorted(last.organizations - this.organizations)),
	)


def _changes(this: Mapping[tuple, float | None], last: Mapping[tuple, float | None]) -> dict[tuple, Change]:
	changes = {}
	for key in sorted(this.keys() | last.keys()):
		now, before = this.get(key), last.get(key)
		known = now is not None and before is not None
		changes[key] = Change(now, before, round(now - before, 3) if known else None)
	return changes


def percents(
	returns: Iterable[Return], decimals: Mapping[str, int] | None = None
) -> dict[Spot, dict[str, float]]:
	"""By indicator, form and group the percentage of each organization that shows it."""
	places = decimals or {}
	found: dict[Spot, dict[str, float]] = defaultdict(dict)
	for one in returns:
		known = {cell[:3]: cell[3] for cell in one.cells}
		by_numerator = defaultdict(list)
		for indicator in one.indicators:
			by_numerator[indicator.numerator].append(indicator)
		for spot, part, whole in _fractions(known, by_numerator):
			if part is not None and whole:
				found[spot][one.organization] = percent(part, whole, places.get(spot[0], 1))
	return dict(found)


def _fractions(
	known: Mapping[Place, int | None], by_numerator: Mapping[str, list[Indicator]]
) -> Iterator[tuple[Spot, int | None, int | None]]:
	for (measure, form, group), part in known.items():
		for indicator in by_numerator.get(measure, ()):
			of = denominator_of(indicator, (measure, form, group), known)
			if of is not None:
				yield (indicator.code, form, group), part, known[of]


def deviations(values: Mapping[str, float]) -> dict[str, Deviation]:
	"""How far each organization's percentage is from the median of all."""
	if not values:
		return {}
	numbers = np.array(list(values.values()), dtype=float)
	median = float(np.median(numbers))
	from_median = numbers - median
	spread = float(np.median(np.abs(from_median)))
	# With more than half of all on the median there is no spread to measure by.
	apart = _NORMAL * np.abs(from_median) > APART * spread if spread else np.zeros(len(numbers), dtype=bool)
	rows = zip(values, numbers.tolist(), from_median.round(3).tolist(), apart.tolist(), strict=True)
	return {name: Deviation(value, median, away, far) for name, value, away, far in rows}
