"""What a return counts, out of an organization's records: people once, by form and target group; pieces; indicators."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Table

from nastavnik_app.program import headcounts
from nastavnik_app.program.indicators import (
	BY_HAND,
	INDICATOR,
	cohorts_by_name,
	count_all,
	enabled,
	parts,
)
from nastavnik_app.program.indicators import Indicator as Entered
from nastavnik_app.program.marks import MARKS
from nastavnik_app.program.things import Definition, Scope
from nastavnik_app.returns.counting import (
	BY_GROUP,
	HEADCOUNT,
	IN_PAIR,
	NO_GROUP,
	SIDES,
	Figures,
	Places,
	by_group_and_all,
	plain,
	set_of,
)
from nastavnik_app.rules.indicators import IN_PIECES, OF_HEADCOUNT, OF_THEM_ALL
from nastavnik_app.rules.related_counts import ALL
from nastavnik_app.rules.return_measures import Counted, counted, mentors_of_pairs
from nastavnik_app.rules.returns import Indicator

NO_FORM = "no-form"
IN_BANK, CONSENT, AT_WORK = "In the Bank", "Consent Holds", "At Work or Completed"
REGISTERED = "registered"
DOCTYPES = {"Mentees": "Mentee", "Mentors": "Mentor"}
PIECES = (
	("Events", "Held"),
	("Publications", "Published"),
	("Best Practices", "Added"),
	("Awards", "Granted"),
)
ORDERS = Counted("Orders", frozenset(("Signed",)))
# what every return counts, whichever indicators it sends
EVERYWHERE = frozenset(
	one.code
	for one in (
		Counted(HEADCOUNT),
		*(
			counted(thing, *marks)
			for thing in SIDES
			for marks in ((IN_BANK,), (IN_BANK, CONSENT), (IN_PAIR,))
		),
		counted("Pairs", AT_WORK),
		counted("Pairs", AT_WORK, "Plan Completed"),
		*(counted(thing, mark) for thing, mark in PIECES),
		ORDERS,
	)
)


def figures_of(organization: str, start: date, end: date, program: str | None = None) -> Figures:
	"""Everything that an organization's return of these days counts, as it stands at their end or today."""
	cohorts = cohorts_by_name()
	found = Figures(
		scope_of(organization, start, end, program), {name: one for name, (one, _groups) in cohorts.items()}
	)
	for thing in SIDES:
		found.add_people(thing, CONSENT, of_those=IN_BANK, with_whole=True)
		found.add(counted(thing, IN_PAIR), _in_pairs(thing, found.scope))
	if REGISTERED in cohorts:
		found.add_people("Mentees", IN_BANK, cohort=REGISTERED)
	for marks in ((AT_WORK,), (AT_WORK, "Plan Completed")):
		found.add(counted("Pairs", *marks), _pairs(marks, found.scope))
	_add_pieces(found)
	_add_indicators(found)
	found.relate()
	forms = sorted({form for _measure, form, _group in found.counts if form})
	mentors, pairs = counted("Mentors", IN_PAIR).code, counted("Pairs", AT_WORK).code
	found.relations += mentors_of_pairs(mentors, pairs, found.counts, forms)
	return found


def scope_of(organization: str, start: date, end: date, program: str | None = None) -> Scope:
	"""The organization's programmes that run on these days, up to today."""
	day = min(getdate(end), getdate())
	filters = [
		["organization", "=", organization],
		["workflow_state", "!=", "Draft"],
		["period_start", "<=", day],
		["period_end", ">=", start],
	]
	if program:
		filters.append(["name", "=", program])
	programs = frappe.get_all("Mentoring Program", filters=filters, pluck="name")
	return Scope((*programs, ""), (organization,), getdate(start), day)


def _having(query: QueryBuilder, table: Table, marks: tuple[str, ...], scope: Scope) -> QueryBuilder:
	"""The query, over those pairs that have all marks."""
	for mark in marks:
		having = MARKS[mark].query("Pair", scope, Definition("Pairs", mark)).as_("having")
		query = query.where(table.name.isin(frappe.qb.from_(having).select(having.who)))
	return query


def _in_pairs(thing: str, scope: Scope) -> Places:
	"""People in pairs by form and group; in several forms each counts in all of them, and once in the total."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	person = frappe.qb.DocType(DOCTYPES[thing])
	query = frappe.qb.from_(pair)
	if thing == "Mentees":
		query = query.join(row).on((row.parent == pair.name) & (row.parenttype == "Pair"))
	query = query.join(person).on(person.name == (row.mentee if thing == "Mentees" else pair.mentor))
	query = query.select(pair.form, person.target_group, Count(person.name).distinct())
	query = query.where(person.organization.isin(scope.organizations))
	query = query.groupby(pair.form, person.target_group)
	of_forms: dict[tuple[str, str], int] = defaultdict(int)
	for form, group, number in _having(query, pair, (AT_WORK,), scope).run():
		of_forms[form or NO_FORM, group or NO_GROUP] += number
		of_forms[form or NO_FORM, ALL] += number
	once = parts(Definition(thing, IN_PAIR), scope)
	return {**of_forms, **by_group_and_all({group: both[0] for (_school, group), both in once.items()})}


def _pairs(marks: tuple[str, ...], scope: Scope) -> Places:
	"""Pairs by form; one of another school stands with the mentor of this one who works in it."""
	pair = frappe.qb.DocType("Pair")
	query = frappe.qb.from_(pair).select(pair.form, Count(pair.name)).groupby(pair.form)
	by_form = {form or NO_FORM: number for form, number in _having(query, pair, marks, scope).run()}
	return {**{(form, ALL): number for form, number in by_form.items()}, (ALL, ALL): sum(by_form.values())}


def _add_pieces(found: Figures) -> None:
	definitions = {Definition(thing, mark, out_of=IN_PIECES): (thing, mark) for thing, mark in PIECES}
	for definition, said in count_all(definitions, found.scope).items():
		number = said[found.scope.organizations[0]].number
		found.add(counted(*definitions[definition]), {(ALL, ALL): number})
	signed = [
		["program", "in", found.scope.programs],
		["docstatus", "=", 1],
		["order_date", ">=", found.scope.start],
		["order_date", "<=", found.scope.day],
	]
	found.add(ORDERS, {(ALL, ALL): frappe.db.count("Mentoring Order", signed)})


def _add_indicators(found: Figures) -> None:
	names = frappe.get_all(INDICATOR, filters={"disabled": 0, "in_return": 1}, pluck="name")
	cohorts = {
		row.name: row
		for row in frappe.get_all(
			INDICATOR, filters={"name": ["in", [*names, ""]]}, fields=["name", "cohort", "over_cohort"]
		)
	}
	entered = headcounts.of_all(found.scope.organizations, found.scope.day)[found.scope.organizations[0]]
	for one in enabled(names):
		codes = (
			_counted(found, one, cohorts[one.name], entered) if one.definition else _by_hand(found, one.name)
		)
		numerator, denominator = codes
		found.indicators.append(
			Indicator(one.name, numerator, denominator, plain(one.title), plain(one.unit), not one.definition)
		)


def _counted(found: Figures, one: Entered, named: Any, entered: dict) -> tuple[str, str]:
	"""The codes of numerator and denominator; without a denominator of which nothing is known, such as a headcount,
	there is no share."""
	definition = one.definition
	kind, cohort = definition.kind or "", named.cohort or ""
	if definition.thing in BY_GROUP:
		part, whole = found.add_people(
			definition.thing,
			definition.counted,
			definition.of_those,
			cohort,
			named.over_cohort or "",
			kind,
			with_whole=definition.out_of == OF_THEM_ALL,
		)
	else:
		tally = count_all([definition], found.scope)[definition][found.scope.organizations[0]]
		marks = (definition.of_those, definition.counted)
		part = found.add(set_of(definition.thing, cohort, "", kind, *marks), {(ALL, ALL): tally.number})
		whole = ""
		if definition.out_of == OF_THEM_ALL:
			one = set_of(definition.thing, cohort, "", kind, definition.of_those)
			whole = found.add(one, {(ALL, ALL): tally.whole or 0})
	if definition.out_of == IN_PIECES:
		return part, ""
	if definition.out_of == OF_HEADCOUNT:
		whole = found.add_headcount(definition.whole_groups, entered) or ""
	too_many = whole and found.counts[part, ALL, ALL] > found.counts[whole, ALL, ALL]
	# a share of more than everybody says that a number is wrong: it is not sent
	return (part, whole) if whole and not too_many else ("", "")


def _by_hand(found: Figures, indicator: str) -> tuple[str, str]:
	"""A value that a person entered travels with its parts, or not at all: without them it cannot be added up."""
	rows = frappe.get_all(
		"Mentoring Indicator Value",
		filters=[
			["indicator", "=", indicator],
			["program", "in", found.scope.programs],
			["way", "=", BY_HAND],
			["on_date", "<=", found.scope.day],
		],
		fields=["numerator", "denominator"],
		order_by="on_date desc",
		limit=1,
	)
	if not rows or not rows[0].denominator:
		return "", ""
	sets = [
		Counted("Persons", frozenset((BY_HAND, part)), indicator) for part in ("Numerator", "Denominator")
	]
	title = frappe.db.get_value(INDICATOR, indicator, "title")
	numbers = (rows[0].numerator, rows[0].denominator)
	codes = [found.add(one, {(ALL, ALL): number}, title) for one, number in zip(sets, numbers, strict=True)]
	return codes[0], codes[1]
