"""What the indicators say: from their definitions, over any number of organizations, in one query each.

Nobody's rights are asked: the figures of a school are counted by the clock; who is behind them shows the report Who Was
Counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import getdate
from pypika import Case
from pypika.functions import Coalesce, Min
from pypika.queries import QueryBuilder
from pypika.terms import ValueWrapper

from nastavnik_app.program import headcounts
from nastavnik_app.program.attendance import at_events
from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.program.marks import MARKS
from nastavnik_app.program.things import THINGS, Definition, Scope, key_of, of_cohort, records
from nastavnik_app.rules.cohorts import Cohort
from nastavnik_app.rules.indicators import (
	OF_HEADCOUNT,
	PEOPLE,
	Tally,
	Target,
	headcount_of,
	tally,
	years_of,
)
from nastavnik_app.rules.school_year import FIRST_MONTH

INDICATOR, COHORT = "Mentoring Indicator", "Mentoring Cohort"
BY_HAND = "Entered by Hand"


@dataclass(frozen=True)
class Indicator:
	"""An indicator as it is entered; `definition` is None for one whose value a person enters."""

	name: str
	title: str
	unit: str
	decimals: int
	op: str
	tolerance: float
	definition: Definition | None
	targets: tuple[Target, ...] = ()


def enabled(names: Iterable[str] | None = None) -> list[Indicator]:
	"""The indicators in their order: those named, otherwise all that are not disabled."""
	filters = {"disabled": 0} if names is None else {"name": ["in", [*names, ""]]}
	fields = ["name", "title", "unit", "decimals", "op", "tolerance", "value_from", "thing", "counted"]
	fields += ["of_those", "out_of", "kind", "cohort", "over_cohort"]
	rows = frappe.get_all(INDICATOR, filters=filters, fields=fields, order_by="creation asc, name asc")
	cohorts = cohorts_by_name()
	targets: defaultdict[str, list[Target]] = defaultdict(list)
	for one in frappe.get_all(
		"Mentoring Indicator Target",
		filters={"parenttype": INDICATOR},
		fields=["parent", "year", "target", "is_base"],
	):
		targets[one.parent].append(Target(one.year, one.target, bool(one.is_base)))
	return [
		Indicator(
			row.name,
			row.title,
			row.unit or "",
			row.decimals,
			row.op,
			row.tolerance,
			None if row.value_from == BY_HAND else _definition(row, cohorts),
			tuple(targets[row.name]),
		)
		for row in rows
	]


def _definition(row: Any, cohorts: dict[str, tuple[Cohort, frozenset[str]]]) -> Definition:
	cohort, whole_groups = cohorts.get(row.cohort, (Cohort(), frozenset()))
	return Definition(
		row.thing,
		row.counted,
		# an event that is for no group is for the programme's people
		"In a Pair" if row.thing == "Attendance" else row.of_those or "",
		row.out_of,
		row.kind or None,
		cohort,
		cohorts[row.over_cohort][0] if row.over_cohort else None,
		whole_groups,
	)


def cohorts_by_name() -> dict[str, tuple[Cohort, frozenset[str]]]:
	"""The cohorts with the groups whose headcount is their whole."""
	groups: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
	for row in frappe.get_all(
		"Mentoring Cohort Group",
		filters={"parenttype": COHORT},
		fields=["parent", "parentfield", "target_group"],
	):
		groups[row.parent, row.parentfield].add(row.target_group)
	found = {}
	bounds = ("age_from", "age_to", "service_below", "class_from", "class_to")
	for row in frappe.get_all(COHORT, fields=["name", "ground", *bounds]):
		of_cohort = frozenset(groups[row.name, "groups"])
		grounds = frozenset({row.ground} if row.ground else ())
		# an empty bound is stored as 0
		cohort = Cohort(of_cohort, grounds=grounds, **{bound: row[bound] or None for bound in bounds})
		found[row.name] = cohort, frozenset(groups[row.name, "headcount_groups"]) or of_cohort
	return found


def scope_of(program: Document, day: date) -> Scope:
	"""What is counted of a programme on a day: from the first day of its year on."""
	return Scope((program.name,), (program.organization,), year_start(program, day), day)


def year_start(program: Document, day: date) -> date:
	"""The first day of the programme's year that has begun by a day."""
	starts = [getdate(row.start) for row in program.get("years")]
	if not starts:
		start, end = getdate(program.period_start), getdate(program.period_end)
		by_calendar = start.month == 1 and end.month == 12
		starts = [year.start for year in years_of(start, end, first_month=1 if by_calendar else FIRST_MONTH)]
	return max((start for start in starts if start <= day), default=min(starts))


# counting


def members(
	definition: Definition, doctype: str, scope: Scope, cohort: Cohort | None = None
) -> tuple[QueryBuilder, QueryBuilder]:
	"""The query of those of a DocType whom a definition is about, and of those of them who count (`who`, `since`).

	It selects the organization, what tells one from another, the target group and whether it counts.
	"""
	thing, table = THINGS[definition.thing], frappe.qb.DocType(doctype)
	query = records(doctype, scope).select(key_of(thing, table).as_("who"))
	of_group = Coalesce(table.target_group, "") if definition.thing in PEOPLE else ValueWrapper("")
	marked = MARKS[definition.counted].query(doctype, scope, definition).as_("marked")
	if definition.of_those:
		within = MARKS[definition.of_those].query(doctype, scope, definition).as_("within")
		query = query.join(within).on(within.who == table.name)
	query = query.left_join(marked).on(marked.who == table.name)
	is_counted = Case().when(marked.who.isnull(), 0).else_(1)
	if definition.thing in PEOPLE:
		query = query.where(of_cohort(table, definition.cohort if cohort is None else cohort, scope.day))
	return query.select(of_group.as_("target_group"), is_counted.as_("is_counted")), marked


def parts(definition: Definition, scope: Scope) -> dict[tuple[str, str], tuple[int, int]]:
	"""How many count and of how many, by organization and target group, each person in one group."""
	thing = THINGS[definition.thing]
	queries = [members(definition, doctype, scope)[0] for doctype in thing.doctypes]
	every = queries[0] if len(queries) == 1 else queries[0].union_all(queries[1])
	if thing.key != "name":
		# one who stands in both registers, or in several records
		row = every.as_("rows")
		every = (
			frappe.qb.from_(row)
			.select(row.organization, row.who)
			.select(Min(row.target_group).as_("target_group"), Max(row.is_counted).as_("is_counted"))
			.groupby(row.organization, row.who)
		)
	one = every.as_("members")
	query = (
		frappe.qb.from_(one)
		.select(one.organization, one.target_group, Sum(one.is_counted), Count(one.who))
		.groupby(one.organization, one.target_group)
	)
	return {(school, group): (int(counted), whole) for school, group, counted, whole in query.run()}


def count(definition: Definition, scope: Scope) -> dict[str, Tally]:
	"""What a definition comes to in each organization."""
	return count_all([definition], scope)[definition]


def count_all(definitions: Iterable[Definition], scope: Scope) -> dict[Definition, dict[str, Tally]]:
	"""The same of several definitions: equal ones are counted once, headcounts are read once."""
	entered, titles = headcounts.of_all(scope.organizations, scope.day), titles_of("Mentoring Target Group")
	found = {}
	for definition in dict.fromkeys(definitions):
		wholes = {}
		for organization in scope.organizations:
			of_groups = entered.get(organization, {})
			groups = definition.whole_groups or of_groups.keys()
			wholes[organization] = headcount_of(groups, of_groups, titles)
		found[definition] = _count(definition, scope, wholes)
	return found


def _count(definition: Definition, scope: Scope, headcount: dict[str, tuple]) -> dict[str, Tally]:
	of_headcount = definition.out_of == OF_HEADCOUNT
	presence = at_events(definition, scope) if definition.thing == "Attendance" else {}
	sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
	if presence and of_headcount:
		# whoever was there, be it in a pair or not
		sums.update({school: [len(there.people), 0] for school, there in presence.items()})
	elif definition.thing != "Attendance" or not of_headcount:
		for (organization, _group), (counted, whole) in parts(definition, scope).items():
			sums[organization][0] += counted
			sums[organization][1] += whole
	found = {}
	for organization in scope.organizations:
		counted, whole = sums[organization]
		there = presence.get(organization)
		found[organization] = tally(
			counted,
			whole,
			out_of=definition.out_of,
			headcount=headcount[organization],
			by_number=there.beyond(counted) if there else 0,
		)
	return found
