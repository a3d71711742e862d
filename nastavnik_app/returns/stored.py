"""Returns as an authority reads them together: those that have arrived, of the same days, with the reader's rights.

Sums come from what the returns publish and from nothing else: an exact total beside them would tell what they withhold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import add_years, getdate
from pypika import Case
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from nastavnik_app.permissions import listed, subordinates_of
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Return
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
	def year_before(self) -> Period:
		return Period(self.authority, getdate(add_years(self.start, -1)), getdate(add_years(self.end, -1)))


@dataclass(frozen=True)
class Meanings:
	"""What the codes of the returns mean. `disputed`: indicators that the returns count in different ways, which
	cannot be added up."""

	measures: tuple[Measure, ...] = ()
	indicators: tuple[Indicator, ...] = ()
	disputed: tuple[str, ...] = ()
	titles: dict[str, str] = field(default_factory=dict)


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
		filters={
			"organization": period.authority,
			"period_start": period.start,
			"period_end": period.end,
		},
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


def meanings(period: Period) -> Meanings:
	measure = frappe.qb.DocType("Program Return Measure")
	query = _rows(period, "Program Return Measure").select(measure.code, measure.people, Max(measure.title))
	rows = query.groupby(measure.code, measure.people).run()
	measures = tuple(Measure(code, bool(people), title or "") for code, people, title in rows)
	one = frappe.qb.DocType("Program Return Indicator")
	query = _rows(period, "Program Return Indicator").select(
		one.code,
		one.numerator,
		one.denominator,
		Max(one.title),
		Max(one.unit),
		Max(one.by_hand),
		Max(one.idx),
	)
	by_code = defaultdict(list)
	for code, numerator, denominator, title, unit, by_hand, idx in (
		query.where(one.numerator != "").groupby(one.code, one.numerator, one.denominator).run()
	):
		said = Indicator(code, numerator, denominator or "", title or "", unit or "", bool(by_hand))
		by_code[code].append((idx, said))
	agreed = sorted((rows[0] for rows in by_code.values() if len(rows) == 1), key=lambda row: row[0])
	return Meanings(
		measures,
		tuple(indicator for _idx, indicator in agreed),
		tuple(sorted(rows[0][1].title for rows in by_code.values() if len(rows) > 1)),
		{measure.code: measure.title for measure in measures},
	)


def returns_of(period: Period, known: Meanings, criterion: Criterion | None = None) -> Iterator[Return]:
	"""The returns one by one, in two queries; `criterion` narrows their cells."""
	senders = dict(_returns(period).select(frappe.qb.DocType(RETURN).name, _organization()).run())
	cell = frappe.qb.DocType("Program Return Cell")
	query = _rows(period, "Program Return Cell").select(
		cell.parent,
		cell.measure,
		Coalesce(cell.form, ""),
		Coalesce(cell.target_group, ""),
		Case().when(cell.withheld == 0, cell.value),
	)
	if criterion:
		query = query.where(criterion)
	cells: dict[str, list[Cell]] = {name: [] for name in senders}
	for row in query.run():
		# millions of them: a row is as good as a Cell
		cells[row[0]].append(row[1:])
	for name, organization in senders.items():
		yield Return(
			organization,
			period.authority,
			period.start,
			period.end,
			LONG_AGO,
			0,
			known.measures,
			known.indicators,
			tuple(cells.pop(name)),
		)


def _organization():
	return frappe.qb.DocType(RETURN).organization


def _returns(period: Period) -> QueryBuilder:
	table = frappe.qb.DocType(RETURN)
	return _narrowed(frappe.qb.from_(table), period)


def _rows(period: Period, child: str) -> QueryBuilder:
	table, row = frappe.qb.DocType(RETURN), frappe.qb.DocType(child)
	return _narrowed(
		frappe.qb.from_(table).join(row).on((row.parent == table.name) & (row.parenttype == RETURN)), period
	)


def _narrowed(query: QueryBuilder, period: Period) -> QueryBuilder:
	table = frappe.qb.DocType(RETURN)
	query = query.where(
		(table.authority == period.authority)
		& (table.period_start == period.start)
		& (table.period_end == period.end)
		& table.workflow_state.isin(COUNTED_RETURNS)
	)
	return listed(query, RETURN)
