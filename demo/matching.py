"""Who mentors whom: three simple rules, applied in this order.

A young specialist gets the longest-serving teacher who is free. A senior pupil gets one younger pupil, if possible
with a request that the senior can answer. The pupils who remain form groups of neighbouring classes around teachers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.roster import MENTEE, MENTOR, Person, Roster

YEARS_BETWEEN_PUPILS = 2


@dataclass(frozen=True)
class Match:
	"""A pair (or a group, with several mentees) in a form of mentoring, named by its slug."""

	form: str
	role_model: str
	mentor: Person
	mentees: tuple[Person, ...]


def match(roster: Roster) -> list[Match]:
	mentors, mentees = roster.of_role(MENTOR), roster.of_role(MENTEE)
	by_service = sorted(mentors, key=lambda mentor: -mentor.years_of_service)
	teachers = [mentor for mentor in by_service if not mentor.is_pupil]
	seniors = [mentor for mentor in mentors if mentor.is_pupil]
	young = [mentee for mentee in mentees if not mentee.is_pupil]
	pupils = [mentee for mentee in mentees if mentee.is_pupil]
	found = [
		Match("teacher-teacher", "Опытный учитель — молодой специалист", teacher, (mentee,))
		for teacher, mentee in zip(teachers, young, strict=False)
	]
	found += _pupils_with_seniors(seniors, pupils)
	taken = {mentee for one in found for mentee in one.mentees}
	found += _groups(teachers[len(young) :], [pupil for pupil in pupils if pupil not in taken])
	return found


def _pupils_with_seniors(seniors: list[Person], pupils: list[Person]) -> Iterator[Match]:
	waiting = list(pupils)
	for senior in seniors:
		younger = [pupil for pupil in waiting if pupil.grade + YEARS_BETWEEN_PUPILS <= senior.grade]
		if not younger:
			continue
		mentee = next((pupil for pupil in younger if set(pupil.themes) & set(senior.themes)), younger[0])
		waiting.remove(mentee)
		yield Match("pupil-pupil", "Лидер — пассивный", senior, (mentee,))


def _groups(teachers: list[Person], pupils: list[Person]) -> Iterator[Match]:
	waiting = sorted(pupils, key=lambda pupil: (pupil.grade, pupil.school_class))
	for teacher in teachers:
		group, waiting = waiting[: teacher.places], waiting[teacher.places :]
		if group:
			yield Match("teacher-pupil", "Учитель — неуспевающий ученик", teacher, tuple(group))
