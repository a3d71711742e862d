"""What a reader of a return knows of how its sets lie in each other, by what they are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nastavnik_app.rules.cohorts import Cohort
from nastavnik_app.rules.related_counts import Cover, Part, Sum, Table
from nastavnik_app.rules.return_measures import (
	Counted,
	all_of,
	counted,
	is_within,
	mentors_of_pairs,
	relations,
)
from nastavnik_app.rules.suppression import suppress
from nastavnik_app.tests.attack import betrayed

COHORTS = {
	"pupils": Cohort(frozenset(("10-14", "15-19"))),
	"teenagers": Cohort(frozenset(("15-19",)), age_from=15, age_to=19),
	"registered": Cohort(frozenset(("10-14", "15-19")), grounds=frozenset(("On a Register",))),
}


def narrower(one: str, other: str) -> bool:
	return all_of(COHORTS[one], COHORTS[other])


def test_two_ways_to_say_the_same_set_have_one_code() -> None:
	said = counted("Mentees", "In the Bank or in a Pair", "In a Pair")
	assert said == counted("Mentees", "In a Pair")
	assert said.code == "mentees:in-a-pair"
	assert counted("Mentors", "In a Pair", over_cohort="pupils").code == "mentors:in-a-pair::pupils"
	assert counted("Mentors", None, over_cohort=None).code == "mentors"


def test_more_marks_and_a_narrower_cohort_are_within() -> None:
	bank, paired = counted("Mentees", "In the Bank"), counted("Mentees", "In a Pair")
	either = counted("Mentees", "In the Bank or in a Pair")
	assert is_within(counted("Mentees", "In the Bank", "Consent Holds"), bank, narrower)
	assert is_within(bank, either, narrower) and is_within(paired, either, narrower)
	assert not is_within(paired, bank, narrower)
	assert not is_within(counted("Mentors", "In a Pair"), either, narrower)
	teenagers = counted("Mentees", "In a Pair", cohort="teenagers")
	assert is_within(teenagers, counted("Mentees", "In a Pair", cohort="pupils"), narrower)
	assert not is_within(counted("Mentees", "In a Pair", cohort="pupils"), teenagers, narrower)
	assert not is_within(teenagers, counted("Mentees", "In a Pair", cohort="registered"), narrower)
	assert is_within(teenagers, paired, None), "a cohort is of everybody"
	agreed = counted("Mentees", "Consent Holds", cohort="teenagers")
	assert is_within(agreed, counted("Mentees", "Consent Holds", cohort="pupils"), narrower)
	of_teenagers = counted("Mentors", "In a Pair", over_cohort="teenagers")
	assert is_within(of_teenagers, counted("Mentors", "In a Pair", over_cohort="pupils"), narrower)
	assert not is_within(counted("Mentors", "In a Pair", over_cohort="pupils"), of_teenagers, narrower)
	trained = counted("Attendance", "Held", kind="training")
	assert is_within(trained, counted("Attendance", "Held"), narrower)
	assert not is_within(trained, counted("Attendance", "Held", kind="council"), narrower)
	assert not is_within(counted("Attendance", "Held"), trained, narrower)


WIDE = Cohort(
	groups=frozenset(("pupils", "students")),
	age_from=10,
	age_to=19,
	service_below=5,
	class_from=5,
	class_to=9,
	grounds=frozenset(("On a Register", "Orphan")),
)


@pytest.mark.parametrize(
	("bound", "narrower", "wider"),
	[
		("groups", frozenset(("pupils",)), frozenset(("pupils", "teachers"))),
		("age_from", 11, 9),
		("age_to", 18, 20),
		("service_below", 4, 6),
		("class_from", 6, 4),
		("class_to", 8, 10),
		("grounds", frozenset(("Orphan",)), frozenset(("Orphan", "Rural"))),
	],
)
def test_a_cohort_is_of_another_where_each_of_its_bounds_is(
	bound: str, narrower: object, wider: object
) -> None:
	assert all_of(replace(WIDE, **{bound: narrower}), WIDE)
	assert not all_of(replace(WIDE, **{bound: wider}), WIDE)
	open_there = replace(WIDE, **{bound: getattr(Cohort(), bound)})
	assert not all_of(open_there, WIDE)
	assert all_of(WIDE, open_there) and all_of(WIDE, WIDE)


def test_what_lies_between_says_the_rest() -> None:
	sets = [counted("Mentees", "In the Bank", "Consent Holds"), counted("Mentees", "In the Bank")]
	sets.append(counted("Mentees", "In the Register"))
	known = [(one.code, "", "") for one in sets]
	assert relations(sets, known, narrower) == [
		Part(known[0], known[1]),
		Part(known[1], known[2]),
	]


def test_the_same_return_is_always_read_in_the_same_order() -> None:
	marks = ("Consent Holds", "Assessed", "Grown", "Satisfied", "Has a Tutor", "Off the Register")
	sets = [counted("Mentees"), *(counted("Mentees", mark) for mark in marks)]
	known = [(one.code, "", "") for one in sets]
	assert relations(sets, known) == [Part(place, known[0]) for place in sorted(known[1:])]


def test_participants_are_mentors_and_mentees_and_people_are_counted_once() -> None:
	sets = [counted(thing, "In a Pair") for thing in ("Mentees", "Mentors", "Participants", "Persons")]
	known = [(one.code, "", "pupils") for one in sets]
	found = relations(sets, known, narrower)
	assert Sum(known[2], (known[0], known[1])) in found
	assert Cover(known[3], (known[0], known[1])) in found


def test_participants_of_a_cohort_are_its_mentors_and_its_mentees() -> None:
	narrowed = {"cohort": "pupils", "over_cohort": "teenagers", "kind": "training"}
	sets = [counted(thing, "In a Pair", **narrowed) for thing in ("Mentees", "Mentors", "Participants")]
	known = [(one.code, "", "") for one in sets]
	assert relations(sets, known) == [Sum(known[2], (known[0], known[1]))]
	assert relations(sets, known[1:]) == [], "the mentees are not told"


def test_of_cohorts_that_nobody_has_compared_nothing_is_known() -> None:
	sets = [counted("Mentees", "In a Pair", cohort=cohort) for cohort in ("teenagers", "pupils")]
	known = [(one.code, "", "") for one in sets]
	assert relations(sets, known) == []
	assert relations(sets, known, narrower) == [Part(known[0], known[1])]


def test_few_pairs_tell_how_few_mentors_there_are() -> None:
	mentors, pairs = "mentors:in-a-pair", "pairs:at-work-or-completed"
	counts = {
		(mentors, "", ""): 40,
		(pairs, "", ""): 40,
		(mentors, "network", ""): 2,
		(pairs, "network", ""): 2,
	}
	known = mentors_of_pairs(mentors, pairs, counts, ["network"])
	assert known == [Part((mentors, form, ""), (pairs, form, "")) for form in ("", "network")]
	without_pairs = {place: count for place, count in counts.items() if place[0] == mentors}
	assert mentors_of_pairs(mentors, pairs, without_pairs, ["network"]) == []
	without_mentors = {place: count for place, count in counts.items() if place[0] == pairs}
	assert mentors_of_pairs(mentors, pairs, without_mentors, ["network"]) == []
	table = Table(counts, tuple(known))
	assert betrayed(table, suppress(table).counts, 5) == []
	assert Counted("Pairs").people
