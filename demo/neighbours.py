"""The other schools of the invented district: they work on sites of their own and send their returns as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone

import frappe

from nastavnik_app.program.indicators import cohorts_by_name, enabled
from nastavnik_app.program.things import Scope
from nastavnik_app.returns.counting import Figures, by_group_and_all, set_of
from nastavnik_app.rules.indicators import Headcount
from nastavnik_app.rules.return_measures import counted
from nastavnik_app.rules.returns import Indicator, Return

YOUNGER, OLDER, NOVICES, TEACHERS = "pupils-10-14", "pupils-15-19", "young-specialists", "teachers"
BOUND = 5
# title; younger and older pupils who are mentored, novices; pupils and teachers of the school; done of 30 tasks
SCHOOLS = (
	("Вымышленская СОШ № 101", 24, 16, 5, 480, 38, 21),
	("Вымышленская СОШ № 102", 40, 20, 7, 760, 55, 26),
	("Вымышленская СОШ № 103", 12, 8, 0, 310, 27, 15),
	("Вымышленская СОШ № 104", 33, 28, 6, 690, 50, 24),
	("Вымышленская СОШ № 105", 18, 12, 5, 405, 31, 18),
	("Вымышленская СОШ № 106", 7, 3, 1, 120, 14, 9),
	("Вымышленская СОШ № 107", 52, 36, 9, 940, 66, 28),
	("Вымышленская СОШ № 108", 15, 20, 0, 350, 30, 20),
	("Вымышленская СОШ № 109", 28, 12, 6, 510, 40, 22),
	("Вымышленская СОШ № 110", 4, 8, 2, 95, 12, 8),
	("Вымышленская СОШ № 111", 36, 24, 8, 720, 52, 27),
	("Вымышленская СОШ № 112", 21, 16, 5, 430, 35, 19),
	("Вымышленская гимназия № 1", 45, 32, 7, 810, 60, 29),
	("Вымышленский лицей № 1", 30, 40, 6, 640, 48, 30),
)
GROUP = 4  # older pupils whom one teacher mentors
SENT = (
	"federal-mentees-10-19",
	"federal-mentors-15-19",
	"federal-young-teachers",
	"municipal-over-young",
	"school-roadmap",
	"school-publications",
)


@dataclass(frozen=True)
class Neighbour:
	title: str
	younger: int
	older: int
	novices: int
	pupils: int
	teachers: int
	done: int

	@property
	def leaders(self) -> int:
		"""Teachers who mentor groups of older pupils."""
		return -(-self.older // GROUP)

	def a_year_before(self) -> Neighbour:
		"""Fewer took part then."""
		less = {name: getattr(self, name) * 4 // 5 for name in ("younger", "older", "novices", "done")}
		return Neighbour(**{**self.__dict__, **less})


def neighbours() -> Iterator[Neighbour]:
	yield from (Neighbour(*row) for row in SCHOOLS)


def return_of(school: Neighbour, codes: tuple[str, str], period: tuple[date, date]) -> Return:
	"""A school's return for a period; `codes`: by which the authority's site knows the school, and itself."""
	found = _figures(school, period)
	moment = datetime(period[1].year, period[1].month, period[1].day, 9, tzinfo=timezone.utc)
	return Return(
		*codes, *period, moment, BOUND, found.measures, tuple(found.indicators), found.protected(BOUND)
	)


def _figures(school: Neighbour, period: tuple[date, date]) -> Figures:
	found = Figures(
		Scope(("",), ("",), *period), {name: one for name, (one, _groups) in cohorts_by_name().items()}
	)
	mentees = {YOUNGER: school.younger, OLDER: school.older, NOVICES: school.novices}
	mentors = {OLDER: school.younger, TEACHERS: school.leaders + school.novices}
	for thing, groups in (("Mentees", mentees), ("Mentors", mentors)):
		for marks in (("In the Bank",), ("In the Bank", "Consent Holds")):
			found.add(counted(thing, *marks), by_group_and_all(groups))
	forms = {"pupil-pupil": YOUNGER, "teacher-pupil": OLDER, "teacher-teacher": NOVICES}
	of_forms = {
		"pupil-pupil": {OLDER: school.younger},
		"teacher-pupil": {TEACHERS: school.leaders},
		"teacher-teacher": {TEACHERS: school.novices},
	}
	_add_paired(found, "Mentees", mentees, {form: {group: mentees[group]} for form, group in forms.items()})
	_add_paired(found, "Mentors", mentors, of_forms)
	pairs = {form: sum(groups.values()) for form, groups in of_forms.items()}
	found.add(
		counted("Pairs", "At Work or Completed"),
		{**{(form, ""): number for form, number in pairs.items() if number}, ("", ""): sum(pairs.values())},
	)
	_add_indicators(found, school)
	found.relate()
	return found


def _add_paired(found: Figures, thing: str, groups: dict[str, int], forms: dict[str, dict[str, int]]) -> None:
	places = by_group_and_all(groups)
	for form, of_form in forms.items():
		places |= {
			(form, group): number for (_form, group), number in by_group_and_all(of_form).items() if number
		}
	found.add(counted(thing, "In a Pair"), places)


def _add_indicators(found: Figures, school: Neighbour) -> None:
	entered = {
		YOUNGER: Headcount(school.pupils * 3 // 5),
		OLDER: Headcount(school.pupils - school.pupils * 3 // 5),
		TEACHERS: Headcount(school.teachers - school.novices),
		NOVICES: Headcount(school.novices),
	}
	parts = {
		"federal-mentees-10-19": {YOUNGER: school.younger, OLDER: school.older},
		"federal-mentors-15-19": {OLDER: school.younger},
		"federal-young-teachers": {NOVICES: school.novices},
		"municipal-over-young": {TEACHERS: school.novices},
	}
	named = {
		row.name: row
		for row in frappe.get_all(
			"Mentoring Indicator", filters={"name": ["in", SENT]}, fields=["name", "cohort", "over_cohort"]
		)
	}
	for one in enabled(SENT):
		definition, about = one.definition, named[one.name]
		marks = (definition.of_those, definition.counted)
		part = set_of(
			definition.thing, about.cohort or "", about.over_cohort or "", definition.kind or "", *marks
		)
		whole = ""
		if one.name in parts:
			numerator = found.add(part, by_group_and_all(parts[one.name]))
			whole = found.add_headcount(definition.whole_groups, entered) or ""
		else:
			numerator = found.add(part, {("", ""): school.done})
		if one.name == "school-roadmap":
			whole = found.add(counted(definition.thing, definition.of_those), {("", ""): 30})
		found.indicators.append(Indicator(one.name, numerator, whole, one.title, one.unit))
