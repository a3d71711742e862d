"""The hand counts of the school full of traps, held against the rules; the records are counted against the same table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from nastavnik_app.rules.cohorts import Cohort, Person, same_person, takes_part, why_outside
from nastavnik_app.rules.consents import holds
from nastavnik_app.rules.indicators import OF_HEADCOUNT, OF_THEM_ALL, Value
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.tests import indicator_cases as case
from nastavnik_app.tests.indicator_cases import CHRISTMAS, HAND, YEAR_END

PUPILS = ("pupils-under-10", "pupils-10-14", "pupils-15-19")
STAFF = ("teachers", "young-specialists")
CHILDREN = Cohort(groups=frozenset(PUPILS), age_from=10, age_to=19)
NOT_IN_PAIR, NO_TUTOR, NO_GROWTH = _("Not in a pair"), _("No tutor"), _("No growth")
Who = tuple[str, str]
REGISTERS = {"Mentee": case.MENTEES, "Mentor": case.MENTORS}


@dataclass(frozen=True)
class Tally:
	"""The value, and who of the people does not count, with the first mark that is lacking."""

	value: Value
	left_out: dict[Who, Message]


def tally(
	people: Iterable[Who],
	marks: Sequence[tuple[Collection[Who], Message]] = (),
	out_of: str = OF_THEM_ALL,
	headcount: int | None = None,
) -> Tally:
	members, left_out = set(people), {}
	counted = members
	for marked, reason in marks:
		left_out.update(dict.fromkeys(counted - set(marked), reason))
		counted = counted & set(marked)
	return Tally(Value(len(counted), len(members) if out_of == OF_THEM_ALL else headcount or 0), left_out)


def person(who: Who, day: date) -> Person:
	facts = REGISTERS[who[0]][who[1]]
	return Person(
		group=facts["group"],
		birth_date=facts["born"],
		hired_on=facts.get("hired"),
		school_class=facts.get("class"),
		grounds=frozenset(
			ground
			for ground, rows in case.GROUNDS.items()
			for name, since, until in rows
			if who == ("Mentee", name) and since <= day and not (until and until <= day)
		),
	)


def present(register: str, day: date, candidates: bool = False) -> set[Who]:
	return {
		(register, name)
		for name, facts in REGISTERS[register].items()
		if facts.get("joined", date(2026, 9, 1)) <= day
		and not (facts.get("left") and facts["left"] <= day)
		and (candidates or not facts.get("candidate"))
	}


def pairs(day: date) -> list[tuple[Who, list[Who]]]:
	return [
		(("Mentor", mentor), [("Mentee", mentee) for mentee in mentees])
		for mentor, mentees, start, end, state in case.PAIRS
		if state != "Draft" and takes_part(day, start=start, ended_on=end, completed=state == "Completed")
	]


def in_pairs(register: str, day: date) -> set[Who]:
	if register == "Mentor":
		return {mentor for mentor, _mentees in pairs(day)}
	return {mentee for _mentor, mentees in pairs(day) for mentee in mentees}


def of(people: set[Who], day: date, *groups: str, **bounds: object) -> set[Who]:
	cohort = Cohort(groups=frozenset(groups), **bounds)
	return {who for who in people if why_outside(person(who, day), cohort, day) is None}


def headcount(day: date, *groups: str) -> int | None:
	entered = {group: [row for row in case.HEADCOUNTS.get(group, []) if row[0] <= day] for group in groups}
	last = [max(rows)[1] for rows in entered.values() if rows]
	return sum(last) if last else None


def share(people: set[Who], day: date, *groups: str) -> Tally:
	return tally(people, out_of=OF_HEADCOUNT, headcount=headcount(day, *groups))


def over(day: date, *groups: str, **bounds: object) -> Tally:
	"""Teachers who mentor somebody of a cohort."""
	mentors = {mentor for mentor, mentees in pairs(day) if of(set(mentees), day, *groups, **bounds)}
	return share(of(mentors, day, *STAFF), day, *STAFF)


def consents(day: date) -> Tally:
	people = present("Mentee", day, True) | present("Mentor", day, True)
	groups: dict[Message, set[Who]] = {}
	for who in people:
		signed = case.CONSENTS.get(who, (date(2026, 9, 1), None, None))
		if not signed:
			groups.setdefault(_("No consent"), set()).add(who)
			continue
		dates = dict(zip(("signed_on", "valid_until", "withdrawn_on"), signed, strict=True))
		if not holds(day, **dates):
			gone = dates["withdrawn_on"]
			said = _("The consent was withdrawn on {0}") if gone else _("The consent ran out on {0}")
			groups.setdefault(said.format(gone or dates["valid_until"]), set()).add(who)
	return tally(people, [(people - lacking, reason) for reason, lacking in groups.items()])


def formed(day: date) -> Tally:
	paired = in_pairs("Mentee", day) | in_pairs("Mentor", day)
	return tally(paired | present("Mentee", day) | present("Mentor", day), [(paired, NOT_IN_PAIR)])


def involved(day: date) -> Tally:
	everybody = of(in_pairs("Mentee", day) | in_pairs("Mentor", day), day, *PUPILS)
	people = {
		same_person("school", facts.get("full_name", " ".join(who)), facts["born"], " ".join(who))
		for who in everybody
		for facts in (REGISTERS[who[0]][who[1]],)
	}
	return share(people, day, *PUPILS)


def tutored(day: date, out_of: str) -> Tally:
	recommended = of(present("Mentee", day), day, grounds=frozenset({"commission"}))
	with_tutor = {("Mentee", name) for name in case.TUTORED}
	for (_register, mentor), mentees in pairs(day):
		if (mentor, mentees[0][1]) in case.TUTORING:
			with_tutor.update(mentees)
	if out_of == OF_HEADCOUNT:
		return share(recommended & with_tutor, day, *PUPILS)
	return tally(recommended, [(with_tutor, NO_TUTOR)])


def partners(day: date) -> Tally:
	there = {name for name, until in case.PARTNERS.items() if not until or until >= day}
	gave = {case.MENTORS[name].get("partner") for _register, name in present("Mentor", day)}
	return tally(there, [(gave, _("Gave no mentor"))])


def satisfied() -> Tally:
	return tally(
		case.SATISFIED, [({name for name, yes in case.SATISFIED.items() if yes}, _("Not satisfied"))]
	)


def deficits(day: date) -> Tally:
	twice = {
		("Mentee", name): scores[1] > scores[0] for name, scores in case.GROWTH.items() if None not in scores
	}
	measured = in_pairs("Mentee", day) & twice.keys()
	return tally(measured, [({who for who in measured if twice[who]}, NO_GROWTH)])


COUNT: dict[str, Callable[[date], Tally]] = {
	"federal-mentees-10-19": lambda day: share(
		of(in_pairs("Mentee", day), day, *PUPILS, age_from=10, age_to=19), day, "pupils-10-14", "pupils-15-19"
	),
	"federal-mentors-15-19": lambda day: share(
		of(in_pairs("Mentor", day), day, *PUPILS, age_from=15, age_to=19), day, "pupils-15-19"
	),
	"federal-young-teachers": lambda day: share(
		of(in_pairs("Mentee", day), day, *STAFF, service_below=3), day, "young-specialists"
	),
	"school-pupil-mentors": lambda day: share(of(present("Mentor", day), day, *PUPILS), day, *PUPILS),
	"school-teacher-mentors": lambda day: share(of(present("Mentor", day), day, *STAFF), day, *STAFF),
	"parent-mentors": lambda day: share(of(present("Mentor", day), day, "parents"), day, "parents"),
	"graduate-mentors": lambda day: share(of(present("Mentor", day), day, "graduates"), day, "graduates"),
	"school-consents": consents,
	"school-pairs-formed": formed,
	"pupils-involved": involved,
	"municipal-over-young": lambda day: over(day, *STAFF, age_to=34),
	"municipal-over-low-achievers": lambda day: over(
		day, class_from=8, class_to=9, grounds=frozenset({"underachieving"})
	),
	"municipal-over-registered": lambda day: over(day, grounds=frozenset({"registered"})),
	"municipal-tutored": lambda day: tutored(day, OF_HEADCOUNT),
	"tutored-of-recommended": lambda day: tutored(day, OF_THEM_ALL),
	"school-partners": partners,
	"mentees-satisfied": lambda _day: satisfied(),
	"deficits-reduced": deficits,
}
CASES = [(name, day, *expected) for name, days in HAND.items() for day, expected in days.items()]


@pytest.mark.parametrize(("indicator", "day", "numerator", "denominator", "shown"), CASES)
def test_each_indicator_is_what_was_counted_by_hand(
	indicator: str, day: date, numerator: int, denominator: int, shown: float | None
) -> None:
	said = COUNT[indicator](day)
	assert (said.value.numerator, said.value.denominator, said.value.shown()) == (
		numerator,
		denominator,
		shown,
	)


@pytest.mark.parametrize(("indicator", "day"), list(case.LEFT_OUT))
def test_who_does_not_count_is_named_with_the_reason(indicator: str, day: date) -> None:
	said = COUNT[indicator](day).left_out
	assert {" ".join(who): str(reason) for who, reason in said.items()} == case.LEFT_OUT[indicator, day]


def test_whom_the_bounds_of_age_leave_out_is_told_why() -> None:
	outside = {
		name: why_outside(person(("Mentee", name), YEAR_END), CHILDREN, YEAR_END)
		for _register, name in in_pairs("Mentee", YEAR_END)
	}
	assert {name: reason for name, reason in outside.items() if reason} == case.OUTSIDE_10_TO_19


def test_children_are_counted_again_when_the_day_is_another() -> None:
	names = {name for _register, name in in_pairs("Mentee", CHRISTMAS) - in_pairs("Mentee", YEAR_END)}
	assert names == {"left", "withdrawn"}
