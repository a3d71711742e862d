"""Many returns as one: what the reports of an authority, its document and its comparisons show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import frappe
from frappe import _

from nastavnik_app.returns.stored import Arrived, Meanings, Period, arrived, expected, titles_of
from nastavnik_app.returns.way import title_of
from nastavnik_app.rules.consolidation import (
	Change,
	Comparison,
	Consolidated,
	Deviation,
	compare,
	consolidate,
	deviations,
	percents,
)
from nastavnik_app.rules.related_counts import ALL
from nastavnik_app.rules.returns import Indicator, Place

WHOLE = (ALL, ALL)


class Line(NamedTuple):
	"""An indicator or a count of all organizations together. `schools` show it, `withheld` others do not."""

	code: str
	title: str
	unit: str
	value: float | None
	counted: int | None
	out_of: int | None
	schools: int
	withheld: int
	last: float | None
	change: float | None
	by_hand: bool = False


class Apart(NamedTuple):
	"""A school's indicator beside that of all."""

	school: str
	indicator: Indicator
	value: float
	of_all: float | None
	deviation: float | None
	standing: Deviation


@dataclass(frozen=True)
class Together:
	"""The returns of some days as the session's user sees them; the year before is read when it is asked for."""

	period: Period

	@cached_property
	def arrived(self) -> Arrived:
		return arrived(self.period)

	@property
	def meanings(self) -> Meanings:
		return self.arrived.meanings

	@cached_property
	def decimals(self) -> dict[str, int]:
		rows = frappe.get_all("Mentoring Indicator", fields=["name", "decimals"])
		return {row.name: row.decimals for row in rows}

	@cached_property
	def expected(self) -> dict[str, str]:
		return expected(self.period)

	@cached_property
	def this(self) -> Consolidated:
		return consolidate(self.arrived.returns(), self.expected)

	@cached_property
	def last(self) -> Consolidated:
		return consolidate(arrived(self.period.year_before).returns(), ())

	@cached_property
	def comparison(self) -> Comparison:
		return compare(self.this, self.last, self.decimals)

	@cached_property
	def schools(self) -> dict[str, str]:
		"""Titles of those that have sent or are to send."""
		return {**self.expected, **titles_of(set(self.this.organizations) - self.expected.keys())}

	def indicators(self) -> list[Line]:
		lines = []
		for one in self.meanings.indicators:
			if not one.denominator:
				lines.append(self._count((one.numerator, *WHOLE), one))
				continue
			share = self.this.shares.get((one.code, *WHOLE))
			change = self.comparison.shares.get((one.code, *WHOLE), Change(None, None, None))
			lines.append(
				Line(
					one.code,
					one.title or one.code,
					one.unit,
					change.this,
					share.numerator if share and share.published else None,
					share.denominator if share and share.published else None,
					share.published if share else 0,
					share.withheld if share else 0,
					change.last,
					change.change,
					one.by_hand,
				)
			)
		return lines

	def counts(self) -> list[tuple[Place, Line]]:
		"""Each count with its form and target group, the totals first."""
		places = sorted(self.this.totals, key=lambda place: (place[0], place[1] != "", place))
		return [(place, self._count(place)) for place in places]

	def _count(self, place: Place, indicator: Indicator | None = None) -> Line:
		total = self.this.totals.get(place)
		change = self.comparison.totals.get(place, Change(None, None, None))
		shown = total.value if total and total.published else None
		title = indicator.title if indicator else self.meanings.titles.get(place[0], place[0])
		return Line(
			indicator.code if indicator else place[0],
			title,
			indicator.unit if indicator else "",
			shown,
			shown,
			None,
			total.published if total else 0,
			total.withheld if total else 0,
			change.last,
			change.change,
			bool(indicator and indicator.by_hand),
		)

	def apart(self) -> list[Apart]:
		"""Each school's percentages beside those of all, indicator by indicator."""
		shares = [one for one in self.meanings.indicators if one.denominator]
		found = percents(self.arrived.returns(of_whole=True), self.decimals)
		rows = []
		for one in shares:
			spot = (one.code, *WHOLE)
			total = self.this.shares.get(spot)
			of_all = total.to(self.decimals.get(one.code, 1)) if total else None
			for school, standing in deviations(found.get(spot, {})).items():
				away = None if of_all is None else round(standing.value - of_all, 3)
				rows.append(Apart(school, one, standing.value, of_all, away, standing))
		return rows

	def remarks(self) -> list[str]:
		"""What the reader of the sums has to know: who has not sent, what is not comparable."""
		said = []
		missing = [self.expected[name] for name in self.this.missing]
		if missing:
			said.append(_("Not sent yet: {0}.").format(", ".join(missing)))
		withheld = sum(1 for total in self.this.totals.values() if total.withheld)
		if withheld:
			said.append(
				_("Small counts are withheld by the schools: such a count is in no sum and in no percentage.")
			)
		if self.meanings.disputed:
			said.append(
				_("The schools count these in different ways, so they are not added up: {0}.").format(
					", ".join(self.meanings.disputed)
				)
			)
		if self.last.organizations and (self.comparison.only_this or self.comparison.only_last):
			said.append(
				_("Last year other schools sent returns: sums of the two years are not of the same schools.")
			)
		return said


def form_title(code: str) -> str:
	return title_of("Mentoring Form", code) if code else ""


def group_title(code: str) -> str:
	return title_of("Mentoring Target Group", code) if code else ""
