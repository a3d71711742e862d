"""Whose set an indicator counts: mentees, pairs, tasks; and who of the people is of a cohort on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import frappe
from pypika.functions import Coalesce, Lower
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from nastavnik_app.rules.cohorts import Cohort, birth_dates
from nastavnik_app.rules.indicators import OF_HEADCOUNT, OF_THEM_ALL

PROFILE = "Mentee Support Profile"
LOW_RESULTS, ON_REGISTER, TUTOR_RECOMMENDED = "Low Results", "On a Register", "Tutor Recommended"
# ground → what of a support profile says so
TICKS = {
	"Underachieving": "underachieving",
	"Disability": "disability",
	"Hard Life": "hard_life",
	"Orphan": "orphan",
	"Gifted": "gifted",
	"Low Income": "low_income",
	"Rural": "rural",
}


@dataclass(frozen=True)
class Scope:
	"""Whose records are counted, from the first of the days to the reporting day. A pair that an order starts up to
	`arranged_to`, the reporting day where it is None, is at work."""

	programs: tuple[str, ...]
	organizations: tuple[str, ...]
	start: date
	day: date
	arranged_to: date | None = None


@dataclass(frozen=True)
class Definition:
	"""What an indicator counts: of a thing, of a cohort and with a mark, those who have another mark; out of them all,
	of a headcount, or in pieces. `whole_groups`: whose headcount it is, all groups where there are none."""

	thing: str
	counted: str
	of_those: str = ""
	out_of: str = OF_THEM_ALL
	kind: str | None = None
	cohort: Cohort = field(default_factory=Cohort)
	over: Cohort | None = None
	whole_groups: frozenset[str] = frozenset()

	@property
	def is_sensitive(self) -> bool:
		"""Whether the list alone tells a special category of data."""
		grounds = self.cohort.grounds | (self.over.grounds if self.over else frozenset())
		return bool(grounds - {LOW_RESULTS})

	@property
	def line(self) -> str:
		"""The definition as one line, which changes whenever it does: values of two definitions are not compared."""
		whole = f"{self.out_of} {_groups(self.whole_groups)}" if self.out_of == OF_HEADCOUNT else self.out_of
		over = f" over {_bounds(self.over)}" if self.over else ""
		marks = " → ".join(mark for mark in (self.of_those, self.counted) if mark)
		return f"{self.thing} {_bounds(self.cohort)} · {marks}{over} · {self.kind or ''} / {whole}"


def _bounds(cohort: Cohort) -> str:
	bounds = {
		"ages": (cohort.age_from, cohort.age_to),
		"service": (None, cohort.service_below),
		"classes": (cohort.class_from, cohort.class_to),
	}
	said = [f"{name} {low or ''}–{high or ''}" for name, (low, high) in bounds.items() if low or high]
	return f"[{'; '.join([_groups(cohort.groups), *said, *sorted(cohort.grounds)])}]"


def _groups(names: frozenset[str]) -> str:
	return ", ".join(sorted(names)) or "all"


@dataclass(frozen=True)
class Thing:
	"""The DocTypes of a thing, the field that tells one from another, and the one that names it."""

	doctypes: tuple[str, ...]
	key: str = "name"
	title: str = "title"


THINGS = {
	"Mentees": Thing(("Mentee",), title="full_name"),
	"Mentors": Thing(("Mentor",), title="full_name"),
	"Participants": Thing(("Mentee", "Mentor"), title="full_name"),
	"Persons": Thing(("Mentee", "Mentor"), key="person_key", title="full_name"),
	"Attendance": Thing(("Mentee", "Mentor"), title="full_name"),
	"Pairs": Thing(("Pair",)),
	"Plan Activities": Thing(("Plan Activity",), title="activity"),
	"Roadmap Tasks": Thing(("Roadmap Task",)),
	"Questionnaires": Thing(("Mentoring Questionnaire Response",), title="person_name"),
	"Events": Thing(("Mentoring Event",)),
	"Publications": Thing(("Mentoring Publication",)),
	"Rubrics": Thing(("Mentoring Publication",), key="rubric", title="rubric"),
	"Partners": Thing(("Partner Organization",)),
	"Best Practices": Thing(("Mentoring Best Practice",)),
	"Awards": Thing(("Mentoring Award",)),
}


def records(doctype: str, scope: Scope) -> QueryBuilder:
	"""The records of the programmes, with their organization; of people and partners all of the organizations."""
	table = frappe.qb.DocType(doctype)
	if doctype == "Plan Activity":
		plan = frappe.qb.DocType("Individual Plan")
		query = frappe.qb.from_(table).join(plan)
		query = query.on((plan.name == table.parent) & (table.parenttype == "Individual Plan"))
		return query.select(plan.organization).where(plan.program.isin(scope.programs))
	of_school = doctype in ("Mentee", "Mentor", "Partner Organization")
	whose = table.organization.isin(scope.organizations) if of_school else table.program.isin(scope.programs)
	return frappe.qb.from_(table).select(table.organization).where(whose)


def key_of(thing: Thing, table: Table) -> Term:
	return Lower(table[thing.key]) if thing.key == "rubric" else table[thing.key]


def present(person: Table, day: date) -> Criterion:
	"""Who has joined and not left by a day; archived ones of whom no day is known are not there."""
	is_here = (person.left_on > day) | (person.left_on.isnull() & (person.workflow_state != "Archived"))
	return (person.joined_on.isnull() | (person.joined_on <= day)) & is_here


def in_bank(person: Table, day: date) -> Criterion:
	return present(person, day) & (person.workflow_state != "Candidate")


def of_cohort(person: Table, cohort: Cohort, day: date) -> Criterion:
	"""Who is of a cohort on a day, as rules.cohorts.why_outside has it; grounds are asked of mentees alone."""
	bounds = [person.name.isnotnull()]
	if cohort.groups:
		bounds.append(person.target_group.isin(sorted(cohort.groups)))
	earliest, latest = birth_dates(day, cohort.age_from, cohort.age_to)
	if earliest:
		bounds.append(person.birth_date >= earliest)
	if latest:
		bounds.append(person.birth_date <= latest)
	if cohort.service_below is not None:
		_earliest, long_ago = birth_dates(day, cohort.service_below, None)
		is_known = person.hired_on.isnotnull() | (person.years_of_service > 0)
		bounds += [is_known, person.hired_on.isnull() | (person.hired_on > long_ago)]
		bounds.append(person.years_of_service < cohort.service_below)
	if cohort.class_from is not None or cohort.class_to is not None:
		bounds.append(person.class_number >= (cohort.class_from or 1))
	if cohort.class_to is not None:
		bounds.append(person.class_number <= cohort.class_to)
	bounds += [_on_ground(person, ground, day) for ground in sorted(cohort.grounds)]
	return Criterion.all(bounds)


def _on_ground(mentee: Table, ground: str, day: date) -> Criterion:
	if ground == LOW_RESULTS:
		return mentee.low_results == 1
	profile, entry = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Register Entry")
	query = frappe.qb.from_(profile).select(profile.mentee)
	if ground == ON_REGISTER:
		query = query.join(entry).on((entry.parent == profile.name) & (entry.parenttype == PROFILE))
		query = query.where(Coalesce(entry.entered_on, profile.opened_on) <= day)
		return mentee.name.isin(query.where(entry.removed_on.isnull() | (entry.removed_on > day)))
	query = query.where(profile.opened_on.isnull() | (profile.opened_on <= day))
	if ground == TUTOR_RECOMMENDED:
		return mentee.name.isin(query.where(Coalesce(profile.commission_conclusion, "") != ""))
	return mentee.name.isin(query.where(profile[TICKS[ground]] == 1))
