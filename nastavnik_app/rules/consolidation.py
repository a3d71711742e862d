"""What an authority reads out of its organizations' returns: sums, percentages, last year, who stands apart.

Everything here is computed from what the returns publish, never from what they withhold. Whatever follows from
published counts adds nothing to them, so consolidated tables need no suppression of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import NamedTuple

import numpy as np

from nastavnik_app.rules.messages import _
from nastavnik_app.rules.returns import Indicator, Place, Return, wholes_of
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
		"""The least that the true sum can be."""
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
		"""In per cent, rounded down to one decimal; None with nothing to divide by."""
		return self.to(1)

	def to(self, decimals: int) -> float | None:
		"""In per cent with so many decimals."""
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
# in a table of whole numbers, where there is none
_WITHHELD, _NOT_COUNTED = -1, -2
_NORMAL = 0.6745  # the median absolute deviation of a normal distribution with standard deviation 1


def consolidate(returns: Iterable[Return], expected: Collection[str]) -> Consolidated:
	"""The sums of many returns, read one by one. `expected`: the organizations that were to send one.

	Percentages are divided anew from the sums. Raises ValueError for two returns of one organization, different
	periods, or one code with two meanings.
	"""
	table = _Table(returns)
	organizations = set(table.organizations)
	start, end = table.period or (None, None)
	return Consolidated(
		start,
		end,
		frozenset(organizations),
		missing=tuple(sorted(set(expected) - organizations)),
		unexpected=tuple(sorted(organizations - set(expected))),
		totals={place: _total(table.column(place)) for place in table.places},
		shares={spot: _share(part, whole) for spot, part, whole in table.fractions()},
	)


class _Table:
	"""The counts of many returns of one period: a row for each return, a column for each place."""

	def __init__(self, returns: Iterable[Return]) -> None:
		self.period: tuple[date, date] | None = None
		self.organizations: dict[str, None] = {}  # in the order of the rows
		self.places: dict[Place, int] = {}
		self._meanings = _Meanings()
		columns: list[int] = []
		values: list[int] = []
		sizes: list[int] = []
		for one in returns:
			self._add(one)
			sizes.append(len(one.cells))
			for cell in one.cells:
				columns.append(self.places.setdefault(cell[:3], len(self.places)))
				values.append(_WITHHELD if cell[3] is None else cell[3])
		self._counts = np.full((len(sizes), len(self.places)), _NOT_COUNTED, order="F")
		self._counts[np.repeat(np.arange(len(sizes)), sizes), columns] = values

	def _add(self, one: Return) -> None:
		if one.organization in self.organizations:
			raise ValueError(_("{0} has two returns for the period").format(one.organization))
		self.organizations[one.organization] = None
		self.period = self.period or (one.start, one.end)
		if self.period != (one.start, one.end):
			raise ValueError(_("The return of {0} is for another period").format(one.organization))
		self._meanings.learn(one)

	def column(self, place: Place) -> np.ndarray:
		if place in self.places:
			return self._counts[:, self.places[place]]
		return np.full(len(self._counts), _NOT_COUNTED)

	def fractions(self) -> Iterator[tuple[Spot, np.ndarray, np.ndarray]]:
		"""By indicator, form and group the part and the whole in each return."""
		for indicator in self._meanings.indicators():
			for place in self.places:
				measure, form, group = place
				if measure != indicator.numerator:
					continue
				same_form, all_forms = (self.column(whole) for whole in wholes_of(indicator, place))
				part, whole = self.column(place), np.where(same_form == _NOT_COUNTED, all_forms, same_form)
				if _counted(part, whole).any():
					yield (indicator.code, form, group), part, whole


def _total(counts: np.ndarray) -> Total:
	shown = counts >= 0
	return Total(int(counts[shown].sum()), int(shown.sum()), int((counts == _WITHHELD).sum()))


def _share(part: np.ndarray, whole: np.ndarray) -> Share:
	shown = _shown(part, whole)
	withheld = _counted(part, whole) & ~shown
	return Share(int(part[shown].sum()), int(whole[shown].sum()), int(shown.sum()), int(withheld.sum()))


def _counted(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
	return (part != _NOT_COUNTED) & (whole != _NOT_COUNTED)


def _shown(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
	return (part >= 0) & (whole >= 0)


class _Meanings:
	"""What the codes of measures and indicators mean, the same in all returns."""

	def __init__(self) -> None:
		self._of_code: dict[tuple[type, str], object] = {}
		self._last: Return | None = None

	def learn(self, one: Return) -> None:
		last, self._last = self._last, one
		if last and last.measures is one.measures and last.indicators is one.indicators:
			return
		for row in (*one.measures, *one.indicators):
			if self._of_code.setdefault((type(row), row.code), row) != row:
				message = _("{0} means something else in the return of {1} than in the others")
				raise ValueError(message.format(row.code, one.organization))

	def indicators(self) -> Iterator[Indicator]:
		return (row for row in self._of_code.values() if isinstance(row, Indicator))


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
	table, places = _Table(returns), decimals or {}
	found: dict[Spot, dict[str, float]] = {}
	for spot, part, whole in table.fractions():
		of_somebody = _shown(part, whole) & (whole > 0)
		fractions = zip(part[of_somebody].tolist(), whole[of_somebody].tolist(), strict=True)
		values = [percent(*fraction, places.get(spot[0], 1)) for fraction in fractions]
		found[spot] = dict(zip(compress(table.organizations, of_somebody), values, strict=True))
	return found


def deviations(values: Mapping[str, float]) -> dict[str, Deviation]:
	"""How far each organization's percentage is from the median of all."""
	if not values:
		return {}
	numbers = np.array(list(values.values()))
	median = float(np.median(numbers))
	from_median = numbers - median
	spread = float(np.median(np.abs(from_median)))
	# With more than half of all on the median there is no spread to measure by.
	apart = _NORMAL * np.abs(from_median) > APART * spread if spread else np.zeros(len(numbers), dtype=bool)
	rows = zip(values, numbers.tolist(), from_median.round(3).tolist(), apart.tolist(), strict=True)
	return {name: Deviation(value, median, away, far) for name, value, away, far in rows}
