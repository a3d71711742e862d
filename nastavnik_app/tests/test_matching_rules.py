"""Pairs are the best there are for the weights, no hard rule is broken, and everybody is told why."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.rules import match_assignment
from nastavnik_app.rules.match_assignment import NOBODY, assign
from nastavnik_app.rules.match_model import (
	BEST,
	BY_DECISION,
	MUTUAL,
	NEVER,
	TOGETHER,
	Decision,
	DecisionRefused,
	Found,
	Need,
	Offer,
	Search,
	Weights,
	grade_of,
	interests_of,
)
from nastavnik_app.rules.matching import alternatives, match
from nastavnik_app.tests.matching_cases import (
	FORM,
	SLOTS,
	best_by_flow,
	best_by_trying,
	may_be_together,
	random_case,
	score,
)

WORKER = Need("w", "Взрослый")  # whom no rule parts from a mentor but those of the form
SEARCH = Search(FORM, slots=SLOTS)
CASES = 1000


def check_lawful(found: Found, offers, needs, search, decisions) -> None:
	mentors, mentees = ({one.id: one for one in people} for people in (offers, needs))
	taken = Counter(one.mentor for one in found.proposals)
	assert all(count <= mentors[name].places for name, count in taken.items())
	assert len({one.mentee for one in found.proposals}) == len(found.proposals)
	for one in found.proposals:
		assert may_be_together(mentors[one.mentor], mentees[one.mentee], search, decisions)
		assert one.score == score(mentors[one.mentor], mentees[one.mentee], search)
	fixed = {(one.mentor, one.mentee) for one in decisions if one.decision == TOGETHER}
	assert fixed == {(one.mentor, one.mentee) for one in found.proposals if one.way == BY_DECISION}


def check_reasons(found: Found, offers, needs, search, decisions) -> None:
	"""Each reason is read: what it says is so."""
	mentors, mentees = ({one.id: one for one in people} for people in (offers, needs))
	for one in found.proposals:
		words = "; ".join(one.reasons)
		assert words and not re.search(r"[{}]", words)
		offer, need = mentors[one.mentor], mentees[one.mentee]
		for competency in offer.competencies & need.needs if search.weights.competencies else ():
			assert competency in words
		for interest in offer.interests & need.interests if search.weights.interests else ():
			assert interest in words
		assert ("worked together" in words) == bool(
			search.weights.earlier and (offer.id, need.id) in search.earlier
		)
		assert ("Nothing recorded" in words) <= (one.score == 0)
		assert ("chose each other" in words) == (one.way == MUTUAL)
		assert ("Decided by hand" in words) == (one.way == BY_DECISION)
	left = {one.person: "; ".join(one.reasons) for one in found.leftovers if not one.is_mentor}
	assert set(left) == set(mentees) - {one.mentee for one in found.proposals}
	with_places = [one for one in offers if one.places]
	for name, words in left.items():
		fitting = [one for one in with_places if may_be_together(one, mentees[name], search, decisions)]
		if fitting:
			assert f"mentors who fit: {len(fitting)}," in words
			assert not any(found.places[one.id] for one in fitting)
		elif with_places:
			assert f"No mentor fits, out of {len(with_places)}" in words
			assert sum(int(number) for number in re.findall(r": (\d+)", words)) == len(with_places)
		else:
			assert words == "No mentor has a free place"
	free = {one.person: "; ".join(one.reasons) for one in found.leftovers if one.is_mentor}
	assert free.keys() == {
		name
		for name, places in found.places.items()
		if places and may_be_together(mentors[name], WORKER, replace(search, earlier=frozenset()), ())
	}
	assert all(f"Places left free: {found.places[name]}" in words for name, words in free.items())


def gains_of(found: Found, offers, needs, search, decisions, ways: tuple[str, ...]):
	"""Who could still have whom, and the places, when what was chosen in these ways stands."""
	standing = [one for one in found.proposals if one.way in ways]
	given, taken = {one.mentee for one in standing}, Counter(one.mentor for one in standing)
	places = {one.id: one.places - taken[one.id] for one in offers}
	pairs = [
		(offer, need)
		for offer in offers
		for need in needs
		if places[offer.id] and need.id not in given and may_be_together(offer, need, search, decisions)
	]
	return pairs, places


def check_best(found: Found, offers, needs, search, decisions) -> None:
	"""The mutual choices, then the rest, against the optimum of another solver."""
	mentors, mentees = ({one.id: one for one in people} for people in (offers, needs))
	pairs, places = gains_of(found, offers, needs, search, decisions, (BY_DECISION,))
	ranks = {
		(offer.id, need.id): -(offer.wishes.index(need.id) + need.wishes.index(offer.id))
		for offer, need in pairs
		if need.id in offer.wishes and offer.id in need.wishes
	}
	mutual = [
		-(mentors[one.mentor].wishes.index(one.mentee) + mentees[one.mentee].wishes.index(one.mentor))
		for one in found.proposals
		if one.way == MUTUAL
	]
	assert (len(mutual), sum(mutual)) == best_by_flow(ranks, places)
	pairs, places = gains_of(found, offers, needs, search, decisions, (BY_DECISION, MUTUAL))
	gains = {(offer.id, need.id): score(offer, need, search) for offer, need in pairs}
	rest = [one.score for one in found.proposals if one.way == BEST]
	assert (len(rest), sum(rest)) == best_by_flow(gains, places)


@pytest.mark.parametrize("part", range(10))
def test_thousand_schools_get_the_best_pairs(part: int) -> None:
	pytest.importorskip("ortools", reason="the independent optimum is OR-Tools'")
	seen = Counter()
	for seed in range(part, CASES, 10):
		offers, needs, search, decisions = random_case(random.Random(seed))
		found = match(offers, needs, search, decisions)
		check_lawful(found, offers, needs, search, decisions)
		check_reasons(found, offers, needs, search, decisions)
		check_best(found, offers, needs, search, decisions)
		seen.update(one.way for one in found.proposals)
		seen.update("mentor left" if one.is_mentor else "mentee left" for one in found.leftovers)
	assert all(seen[what] > 20 for what in (BEST, MUTUAL, BY_DECISION, "mentor left", "mentee left")), seen


@pytest.mark.parametrize("seed", range(12))
def test_larger_schools_too(seed: int) -> None:
	pytest.importorskip("ortools", reason="the independent optimum is OR-Tools'")
	offers, needs, search, decisions = random_case(random.Random(seed), 90, 160)
	found = match(offers, needs, search, decisions)
	check_lawful(found, offers, needs, search, decisions)
	check_best(found, offers, needs, search, decisions)


@pytest.mark.parametrize(("looked_at", "estimated"), [(1, 40), (2, 40), (40, 40), (1, 0), (2, 0)])
def test_edges_that_were_not_looked_at_first_are_not_lost(
	looked_at: int, estimated: int, monkeypatch
) -> None:
	pytest.importorskip("ortools", reason="the independent optimum is OR-Tools'")
	monkeypatch.setattr(match_assignment, "PROMISING", looked_at)
	monkeypatch.setattr(match_assignment, "SWEEPS", estimated)
	rounds = []
	solve = match_assignment.assign_edges
	monkeypatch.setattr(match_assignment, "assign_edges", lambda *given: rounds.append(1) or solve(*given))
	tables = 40
	for seed in range(tables):
		chance = np.random.default_rng(seed)
		rows, columns = chance.integers(2, 60, size=2)
		costs = chance.integers(1, chance.choice([3, 50, 10_000]), size=(rows, columns))
		allowed = chance.random((rows, columns)) < chance.choice([0.1, 0.5, 1.0])
		places = chance.integers(1, 4, size=columns)
		chosen = assign(costs, allowed, places)
		got = np.flatnonzero(chosen != NOBODY)
		assert allowed[got, chosen[got]].all()
		assert (np.bincount(chosen[got], minlength=columns) <= places).all()
		gains = {(str(c), str(r)): -int(costs[r, c]) for r, c in zip(*np.nonzero(allowed), strict=True)}
		optimum = best_by_flow(gains, {str(c): int(n) for c, n in enumerate(places)})
		assert (len(got), -int(costs[got, chosen[got]].sum())) == optimum
	assert len(rounds) > tables or looked_at == 40  # where little is looked at, edges are added


@settings(max_examples=150)
@given(st.integers(0, 10**6))
def test_few_people_get_what_trying_everything_finds(seed: int) -> None:
	offers, needs, search, _decisions = random_case(random.Random(seed), 4, 5)
	needs = [replace(need, wishes=()) for need in needs]
	found = match(offers, needs, search)
	pairs, places = gains_of(found, offers, needs, search, (), ())
	gains = {(offer.id, need.id): score(offer, need, search) for offer, need in pairs}
	total = sum(one.score for one in found.proposals)
	assert (len(found.proposals), total) == best_by_trying(gains, places, [need.id for need in needs])


@settings(max_examples=100)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_same_people_in_any_order_get_the_same_pairs(seed: int, order: random.Random) -> None:
	offers, needs, search, decisions = random_case(random.Random(seed))
	first = match(offers, needs, search, decisions)
	order.shuffle(offers)
	order.shuffle(needs)
	again = match(offers, needs, search, decisions)
	assert again.proposals == first.proposals and again.leftovers == first.leftovers


def offer(name: str = "m", **values) -> Offer:
	return Offer(name, f"Наставник {name}", **values)


def need(name: str = "n", **values) -> Need:
	return Need(name, f"Наставляемый {name}", **values)


def pairs_of(found: Found) -> list[tuple[str, str]]:
	return [(one.mentor, one.mentee) for one in found.proposals]


def test_mutual_choice_goes_before_a_better_score() -> None:
	offers = [offer("m1", wishes=("n1",)), offer("m2", competencies=frozenset({"чтение"}))]
	needs = [need("n1", needs=frozenset({"чтение"}), wishes=("m1",)), need("n2")]
	found = match(offers, needs, SEARCH)
	assert pairs_of(found) == [("m1", "n1"), ("m2", "n2")]
	assert "number 1 of the mentee's wishes, the mentee 1" in found.proposals[0].reasons[0]


def test_as_many_mutual_choices_as_possible_even_where_a_first_wish_gives_way() -> None:
	offers = [offer("m1", wishes=("n1", "n2")), offer("m2", wishes=("n1",))]
	needs = [need("n1", wishes=("m1", "m2")), need("n2", wishes=("m1",))]
	assert pairs_of(match(offers, needs, SEARCH)) == [("m2", "n1"), ("m1", "n2")]


def test_wish_of_one_side_counts_nothing() -> None:
	offers, needs = [offer("m1"), offer("m2")], [need("n1", wishes=("m2",))]
	assert match(offers, needs, SEARCH).proposals[0].way == BEST
	assert match(offers, needs, SEARCH).proposals[0].score == 0


def test_rest_is_matched_around_a_decision() -> None:
	offers = [offer("m1", competencies=frozenset({"чтение"})), offer("m2")]
	needs = [need("n1", needs=frozenset({"чтение"})), need("n2")]
	assert pairs_of(match(offers, needs, SEARCH)) == [("m1", "n1"), ("m2", "n2")]
	together = Decision(TOGETHER, "m1", "n2", "живут рядом")
	found = match(offers, needs, SEARCH, [together])
	assert pairs_of(found) == [("m2", "n1"), ("m1", "n2")]
	assert found.proposals[1].reasons[0] == "Decided by hand: живут рядом"
	apart = Decision(NEVER, "m1", "n1", "родственники")
	assert pairs_of(match(offers, needs, SEARCH, [apart])) == [("m2", "n1"), ("m1", "n2")]


@pytest.mark.parametrize(
	("decisions", "told"),
	[
		([Decision(TOGETHER, "m1", "n1", "а"), Decision(TOGETHER, "m2", "n1", "б")], "given to two mentors"),
		([Decision(TOGETHER, "m1", "n1", "а"), Decision(TOGETHER, "m1", "n2", "б")], "has no place for"),
		([Decision(TOGETHER, "m1", "n1", "а"), Decision(NEVER, "m1", "n1", "б")], "keeps them apart"),
		([Decision(TOGETHER, "m3", "n1", "а")], "below the mentee's class"),
		([Decision(TOGETHER, "m1", "nobody", "а")], "does not look for a pair"),
	],
)
def test_decision_that_cannot_be_kept_is_refused(decisions: list[Decision], told: str) -> None:
	offers = [offer("m1"), offer("m2"), offer("m3", is_pupil=True, grade=5)]
	needs = [need("n1", is_pupil=True, grade=9), need("n2")]
	with pytest.raises(DecisionRefused, match=told) as refused:
		match(offers, needs, SEARCH, decisions)
	assert told in refused.value.message


@pytest.mark.parametrize(
	("one", "other", "told"),
	[
		(offer(forms=frozenset({("teacher-pupil", "")})), need(), "of another form or role model: 1"),
		(offer(forms=frozenset({(FORM, "Лидер — пассивный")})), need(), "of another form or role model: 1"),
		(offer(is_pupil=True, grade=6), need(is_pupil=True, grade=7), "of a class that does not suit: 1"),
		(offer(from_outside=True, clearance="Not Received"), need(age=17), "without a certificate"),
	],
)
def test_hard_rule_leaves_a_mentee_out_and_says_so(one: Offer, other: Need, told: str) -> None:
	found = match([one], [other], replace(SEARCH, role_model="Равный — равному"))
	assert not found.proposals
	assert [told in "; ".join(left.reasons) for left in found.leftovers] == [True, True][
		: len(found.leftovers)
	]
	assert [left.is_mentor for left in found.leftovers] == (
		[False] if "another form" in told else [False, True]
	)


def test_unrecorded_certificate_is_allowed_and_said() -> None:
	found = match([offer(from_outside=True)], [need(age=17)], SEARCH)
	assert "certificate of no criminal record is not recorded" in found.proposals[0].reasons[-1]


def test_weight_of_nothing_leaves_it_out() -> None:
	people = [offer(interests=frozenset({"шахматы"}))], [need(interests=frozenset({"шахматы"}))]
	assert "шахматы" in match(*people, SEARCH).proposals[0].reasons[0]
	silent = replace(SEARCH, weights=Weights(interests=0))
	assert match(*people, silent).proposals[0].reasons == ("Nothing recorded coincides",)


def test_nobody_at_all() -> None:
	assert match([], [], SEARCH) == Found()
	assert match([], [need()], SEARCH).leftovers[0].reasons == ("No mentor has a free place",)
	assert match([offer(places=0)], [need()], SEARCH).leftovers[0].reasons == ("No mentor has a free place",)
	assert "No mentee is without a pair" in match([offer()], [], SEARCH).leftovers[0].reasons


def test_alternatives_come_with_the_best_first_and_say_where_places_are() -> None:
	asked = need(needs=frozenset({"чтение", "счёт"}))
	offers = [
		offer("m1"),
		offer("m2", competencies=frozenset({"чтение"})),
		offer("m3", competencies=frozenset({"чтение", "счёт"})),
		offer("m4", forms=frozenset({("другая", "")})),
	]
	found = alternatives(asked, offers, SEARCH, free={"m3": 0}, count=2)
	assert [(one.mentor, one.score, one.free) for one in found] == [("m3", 4000, 0), ("m2", 2000, 1)]
	assert found[0].reasons == ("Competencies for the needs: счёт, чтение",)
	assert len(alternatives(asked, offers, SEARCH, count=9)) == 3
	equal = [offer(f"m{number}", places=2) for number in range(7)]
	found = alternatives(asked, equal, SEARCH, free={"m0": 0, "m1": -1, "m3": 1})
	assert [one.mentor for one in found] == ["m2", "m3", "m4", "m5", "m6"], "who has no place comes last"


@pytest.mark.parametrize(
	("text", "grade"),
	[
		("7А", 7),
		("10 «Б»", 10),
		("11-в", 11),
		("2 курс", 13),
		("подготовительная", None),
		("", None),
		(None, None),
	],
)
def test_grade_is_read_from_the_class(text: str | None, grade: int | None) -> None:
	assert grade_of(text) == grade


def test_interests_are_compared_as_they_are_meant() -> None:
	assert interests_of("Шахматы;  чтение\n«Ёлки».") == interests_of("чтение, шахматы, «елки»")
	assert interests_of("– Настольный   теннис; ,•хор -") == {"настольный теннис", "хор"}
	assert interests_of(None) == frozenset()
