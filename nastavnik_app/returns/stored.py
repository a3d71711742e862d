"""Returns as an authority reads them together: those that have arrived, of the same days, with the reader's rights.

Sums come from what the returns publish and from nothing else: an exact total beside them would tell what they withhold.
Each return keeps its rows as two texts as well, so that those of tens of thousands of schools are read in seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime, timezone
from functools import cached_property
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_years, getdate

from nastavnik_app.permissions import listed, subordinates_of
from nastavnik_app.rules.related_counts import ALL
from nastavnik_app.rules.returns import Indicator, Measure, Return
from nastavnik_app.rules.states import ARRIVED_RETURNS, COUNTED_RETURNS

RETURN = "Program Return"
LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Period:
	"""The days of an authority's returns."""

	authority: str
	start: date
	end: date

	@property
	def days(self) -> dict[str, date]:
		return {"period_start": self.start, "period_end": self.end}

	@property
	def filters(self) -> dict[str, Any]:
		"""Of the authority's returns."""
		return {"authority": self.authority, **self.days}

	@property
	def year_before(self) -> Period:
		return Period(self.authority, getdate(add_years(self.start, -1)), getdate(add_years(self.end, -1)))


def period_of(doc: Document) -> Period:
	"""Of what an authority asks for or puts together."""
	return Period(doc.organization, getdate(doc.period_start), getdate(doc.period_end))


@dataclass(frozen=True)
class Meanings:
	"""What the codes of the returns mean. `disputed`: indicators that the returns count in different ways, which
	cannot be added up."""

	measures: tuple[Measure, ...] = ()
	indicators: tuple[Indicator, ...] = ()
	disputed: tuple[str, ...] = ()
	titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrived:
	"""The returns of a period. `rows`: organization and the two texts of each."""

	period: Period
	rows: tuple[tuple[str, str, str], ...]

	@cached_property
	def meanings(self) -> Meanings:
		return _meanings({legend for _organization, legend, _counts in self.rows})

	def returns(self, of_whole: bool = False) -> Iterator[Return]:
		"""One by one, all with the same meanings; `of_whole`: only with the counts of the whole organization."""
		period, known = self.period, self.meanings
		cells_of = _cells_of_whole if of_whole else _cells
		for organization, _legend, counts in self.rows:
			yield Return(
				organization,
				period.authority,
				period.start,
				period.end,
				LONG_AGO,
				0,
				known.measures,
				known.indicators,
				tuple(cells_of(counts)),
			)


def period_asked(filters: dict) -> Period | None:
	"""The days that a report asks for; as far as it leaves them open, those of the newest request or return that the
	reader sees."""
	asked = {name: getdate(filters[name]) for name in ("period_start", "period_end") if filters.get(name)}
	for doctype, authority, arrived in (
		("Program Return Request", "organization", {}),
		(RETURN, "authority", {"workflow_state": ["in", ARRIVED_RETURNS]}),
	):
		whose = {authority: filters["authority"]} if filters.get("authority") else {}
		found = frappe.get_list(
			doctype,
			filters={**asked, **whose, **arrived},
			fields=[authority, "period_start", "period_end"],
			order_by="period_end desc, creation desc",
			limit=1,
		)
		if found:
			return Period(found[0][authority], getdate(found[0].period_start), getdate(found[0].period_end))
	return None


def asked_by(period: Period) -> Any:
	"""The request for returns of these days, if the reader sees one."""
	found = frappe.get_list(
		"Program Return Request",
		filters={"organization": period.authority, **period.days},
		fields=["name", "due_date"],
		order_by="creation desc",
		limit=1,
	)
	return found[0] if found else None


def expected(period: Period) -> dict[str, str]:
	"""Title by name of the organizations that are to send: those that were asked, otherwise all directly below."""
	request = frappe.qb.DocType("Program Return Request")
	row = frappe.qb.DocType("Program Return Request School")
	query = frappe.qb.from_(request).join(row).on(row.parent == request.name).select(row.school)
	query = query.where(request.organization == period.authority)
	query = query.where((request.period_start == period.start) & (request.period_end == period.end))
	names = set(query.run(pluck=True)) or subordinates_of({period.authority})
	return titles_of(names)


def titles_of(organizations: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Educational Organization",
		filters={"name": ["in", [*sorted(organizations), ""]]},
		fields=["name", "title"],
		order_by="title asc",
	)
	return {row.name: row.title for row in rows}


def arrived(period: Period) -> Arrived:
	"""The returns that the reader sees, in one query."""
	table = frappe.qb.DocType(RETURN)
	query = frappe.qb.from_(table).select(table.organization, table.legend, table.published)
	query = query.where(
		(table.authority == period.authority)
		& (table.period_start == period.start)
		& (table.period_end == period.end)
		& table.workflow_state.isin(COUNTED_RETURNS)
	)
	return Arrived(period, tuple(listed(query, RETURN).run()))


def keep_texts(doc: Document) -> None:
	"""Writes the rows of a return as the texts that `arrived` reads."""
	doc.legend, doc.published = legend_of(doc.measures, doc.indicators), counts_of(doc.cells)


def legend_of(measures: Iterable[Any], indicators: Iterable[Any]) -> str:
	"""What the codes of a return's rows mean."""
	said = {
		"measures": [(one.code, one.people, one.title) for one in measures_of(measures)],
		"indicators": [astuple(one) for one in indicators_of(indicators)],
	}
	return json.dumps(said, ensure_ascii=False)


def measures_of(rows: Iterable[Any]) -> tuple[Measure, ...]:
	return tuple(Measure(row.code, bool(row.people), row.title or "", bool(row.public)) for row in rows)


def indicators_of(rows: Iterable[Any]) -> tuple[Indicator, ...]:
	texts = ("code", "numerator", "denominator", "title", "unit")
	return tuple(Indicator(*(row.get(text) or "" for text in texts), bool(row.by_hand)) for row in rows)


def counts_of(cells: Iterable[Any]) -> str:
	"""By measure, form and target group the count, null where it is withheld."""
	counts: dict[str, dict[str, dict[str, int | None]]] = {}
	for row in cells:
		of_form = counts.setdefault(row.measure, {}).setdefault(row.form or ALL, {})
		of_form[row.target_group or ALL] = None if row.withheld else row.value
	return json.dumps(counts, ensure_ascii=False)


def _cells(counts: str) -> list[tuple[str, str, str, int | None]]:
	"""As tuples: there are millions of them, and a Cell takes longer to make."""
	return [
		(measure, form, group, count)
		for measure, forms in json.loads(counts).items()
		for form, groups in forms.items()
		for group, count in groups.items()
	]


def _cells_of_whole(counts: str) -> list[tuple[str, str, str, int | None]]:
	return [
		(measure, ALL, ALL, forms[ALL][ALL])
		for measure, forms in json.loads(counts).items()
		if ALL in forms.get(ALL, ())
	]


def _meanings(legends: Iterable[str]) -> Meanings:
	titles: dict[tuple[str, bool], str] = {}
	ways: dict[str, dict[tuple[str, str], list[tuple[int, Indicator]]]] = {}
	for legend in sorted(legends):
		said = json.loads(legend)
		titles |= {(code, people): title for code, people, title in said["measures"]}
		for number, one in enumerate(Indicator(*row) for row in said["indicators"]):
			if one.numerator:
				way = ways.setdefault(one.code, {}).setdefault((one.numerator, one.denominator), [])
				way.append((number, one))
	agreed, disputed = [], []
	for way in ways.values():
		told = [row for rows in way.values() for row in rows]
		number, one = max(told, key=lambda row: row[0])
		if len(way) > 1:
			disputed.append(one.title)
		else:
			agreed.append((number, replace(one, by_hand=any(other.by_hand for _number, other in told))))
	agreed.sort(key=lambda row: row[0])
	measures = tuple(Measure(code, people, title) for (code, people), title in titles.items())
	return Meanings(
		measures,
		tuple(one for _number, one in agreed),
		tuple(sorted(disputed)),
		{measure.code: measure.title for measure in measures},
	)
