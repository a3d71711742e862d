"""Assessments of competencies: what a person is assessed in, and the series of whole programs at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import flt, getdate
from pypika import Case
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Term

from nastavnik_app.permissions import listed
from nastavnik_app.rules.growth import ENTRY, EXIT, QUARTERLY, Measurement, quarter_of
from nastavnik_app.rules.school_year import calendar_quarter
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import WORKED_PAIRS

Key = tuple[str, str, str]  # party type, party, program


def competencies_of(party_type: str, party: str) -> list[dict[str, str]]:
	"""`name` and `title` of the competencies of the person's last assessment.

	Before the first one: of a mentee the needs; of a mentor what is offered, and the readiness to be a mentor.
	"""
	names = _of_the_last(party_type, party) or _of_the_person(party_type, party)
	titles = dict(
		frappe.get_all(
			"Mentoring Competency",
			filters={"name": ["in", [*names, ""]]},
			fields=["name", "title"],
			as_list=True,
		)
	)
	return [{"name": name, "title": titles[name]} for name in names]


def _of_the_last(party_type: str, party: str) -> list[str]:
	person = {"party_type": party_type, "party": party}
	last = frappe.get_all(
		"Competency Assessment",
		filters=person,
		order_by="assessed_on desc, creation desc",
		pluck="name",
		limit=1,
	)
	rows = {"parent": ["in", [*last, ""]], "parenttype": "Competency Assessment"}
	return frappe.get_all("Competency Score", filters=rows, pluck="competency", order_by="idx asc")


def _of_the_person(party_type: str, party: str) -> list[str]:
	table = "Mentor Competency" if party_type == "Mentor" else "Mentee Need"
	rows = {"parent": party, "parenttype": party_type}
	names = frappe.get_all(table, filters=rows, pluck="competency", order_by="idx asc")
	if party_type == "Mentor":
		readiness = {"area": ["is", "set"], "disabled": 0}
		names += frappe.get_all(
			"Mentoring Competency", filters=readiness, pluck="name", order_by="creation asc"
		)
	return list(dict.fromkeys(name for name in names if name))


@dataclass
class Series:
	"""The measurements of a person in a programme, in their order."""

	person_name: str
	measurements: list[Measurement] = field(default_factory=list)


def series(criterion: Criterion) -> dict[Key, Series]:
	"""The measurements with their scores, by person, of the assessments that meet the criterion and that the reader may
	see."""
	assessment = frappe.qb.DocType("Competency Assessment")
	query = (
		frappe.qb.from_(assessment)
		.select(
			assessment.name,
			assessment.party_type,
			assessment.party,
			assessment.program,
			assessment.person_name,
			assessment.kind,
			assessment.assessed_on,
		)
		.where(criterion)
		.orderby(assessment.assessed_on)
		.orderby(assessment.name)
	)
	scores, found = _scores(criterion), {}
	for name, *key, person_name, kind, day in listed(query, "Competency Assessment").run():
		if name in scores:
			one = found.setdefault(tuple(key), Series(person_name))
			one.measurements.append(Measurement(kind, getdate(day), scores[name]))
	return found


def _scores(criterion: Criterion) -> dict[str, dict[str, float]]:
	"""By assessment and competency."""
	assessment, score = frappe.qb.DocType("Competency Assessment"), frappe.qb.DocType("Competency Score")
	query = (
		frappe.qb.from_(assessment)
		.join(score)
		.on((score.parent == assessment.name) & (score.parenttype == "Competency Assessment"))
		.select(score.parent, score.competency, score.score)
		.where(criterion)
		.orderby(score.idx)
	)
	found: dict[str, dict[str, float]] = defaultdict(dict)
	for name, competency, value in listed(query, "Competency Assessment").run():
		found[name][competency] = flt(value)
	return found


@dataclass
class Working:
	"""Somebody who works in pairs of a programme until a day: the measurements that decide what is due."""

	full_name: str
	ends_on: date
	measurements: list[Measurement]


def working(today: date, program: str | None = None, party_type: str | None = None) -> dict[Key, Working]:
	"""Everybody in a pair at work, or completed, of a programme, of all running ones where none is given; of those whom
	the reader may see."""
	conditions = {"name": program} if program else {"workflow_state": "Running"}
	rows = frappe.get_list(
		"Mentoring Program",
		filters=conditions,
		fields=["name", "period_end"],
		as_list=True,
		limit_page_length=0,
	)
	ends = {name: getdate(end) for name, end in rows}
	found: dict[Key, Working] = {}
	for part in (party_type,) if party_type else PEOPLE:
		for of_program, name, full_name, end, ended, *days in _in_pairs(part, [*ends], today):
			key, last = (part, name, of_program), ended or end or ends[of_program]
			known = found.get(key)
			if known is None:
				found[key] = Working(full_name, last, _decisive(days))
			elif last > known.ends_on:
				# who works in several pairs works until the last of them
				known.ends_on = last
	return found


def _in_pairs(party_type: str, programs: list[str], today: date) -> tuple:
	"""Programme, name, full name, planned and actual end of each part that somebody has in a pair, and the days of
	`_measured_days`."""
	pair, person = frappe.qb.DocType("Pair"), frappe.qb.DocType(party_type)
	query = frappe.qb.from_(pair)
	if party_type == "Mentor":
		query = query.join(person).on(person.name == pair.mentor)
	else:
		row = frappe.qb.DocType("Pair Mentee")
		query = query.join(row).on((row.parent == pair.name) & (row.parenttype == "Pair"))
		query = query.join(person).on(person.name == row.mentee)
	days = _measured_days(party_type, programs, today).as_("days")
	query = (
		query.left_join(days)
		.on((days.party == person.name) & (days.program == pair.program))
		.select(pair.program, person.name, person.full_name, pair.end_date, pair.ended_on)
		.select(days.entry_on, days.quarterly_on, days.exit_on, days.this_quarter_on)
		.where(pair.program.isin([*programs, ""]))
		.where(pair.workflow_state.isin(WORKED_PAIRS))
		.orderby(person.full_name)
	)
	return listed(query, party_type).run()


def _measured_days(party_type: str, programs: list[str], today: date) -> QueryBuilder:
	"""`party`, `program` and the last day of each kind of measurement, and of any kind in this quarter."""
	assessment, (year, quarter) = frappe.qb.DocType("Competency Assessment"), quarter_of(today)
	first, last = calendar_quarter(year, quarter)

	def last_day(condition: Criterion, name: str) -> Term:
		return Max(Case().when(condition, assessment.assessed_on)).as_(name)

	query = (
		frappe.qb.from_(assessment)
		.select(
			assessment.party,
			assessment.program,
			*(last_day(assessment.kind == kind, f"{kind.lower()}_on") for kind in (ENTRY, QUARTERLY, EXIT)),
			last_day((assessment.assessed_on >= first) & (assessment.assessed_on <= last), "this_quarter_on"),
		)
		.where(assessment.party_type == party_type)
		.where(assessment.program.isin([*programs, ""]))
		.groupby(assessment.party, assessment.program)
	)
	return listed(query, "Competency Assessment")


def _decisive(days: list) -> list[Measurement]:
	"""What of all measurements decides which is due: the last of each kind, and one of this quarter."""
	kinds = (ENTRY, QUARTERLY, EXIT, QUARTERLY)
	return [Measurement(kind, getdate(day)) for kind, day in zip(kinds, days, strict=True) if day]
