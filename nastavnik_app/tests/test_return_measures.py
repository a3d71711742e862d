"""What a reader of a return knows of how its sets lie in each other, by what they are called."""

from __future__ import annotations

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


def test_what_lies_between_says_the_rest() -> None:
	sets = [counted("Mentees", "In the Bank", "Consent Holds"), counted("Mentees", "In the Bank")]
	sets.append(counted("Mentees", "In the Register"))
	known = [(one.code, "", "") for one in sets]
	assert relations(sets, known, narrower) == [
		Part(known[0], known[1]),
		Part(known[1], known[2]),
	]


def test_participants_are_mentors_and_mentees_and_people_are_counted_once() -> None:
	sets = [counted(thing, "In a Pair") for thing in ("Mentees", "Mentors", "Participants", "Persons")]
	known = [(one.code, "", "pupils") for one in sets]
	found = relations(sets, known, narrower)
	assert Sum(known[2], (known[0], known[1])) in found
	assert Cover(known[3], (known[0], known[1])) in found


def test_few_pairs_tell_how_few_mentors_there_are() -> None:
	mentors, pairs = "mentors:in-a-pair", "pairs:at-work-or-completed"
	counts = {
		(mentors, "", ""): 40,
		(pairs, "", ""): 40,
		(mentors, "network", ""): 2,
		(pairs, "network", ""): 2,
	}
	table = Table(counts, tuple(mentors_of_pairs(mentors, pairs, counts, ["network"])))
	assert betrayed(table, suppress(table).counts, 5) == []
	assert Counted("Pairs").people
