"""What a school reads of each pair and of everybody who is left over, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nastavnik_app.rules.match_model import (
	BEST,
	BY_DECISION,
	MUTUAL,
	NEVER,
	TOGETHER,
	Alternative,
	Decision,
	DecisionRefused,
	Found,
	Leftover,
	Need,
	Offer,
	Proposal,
	Search,
	Weights,
)
from nastavnik_app.rules.matching import alternatives, match
from nastavnik_app.tests.matching_cases import FORM, SLOTS

TEACHER = Offer(
	"m",
	"Ромашкин Пример",
	competencies=frozenset({"чтение", "счёт", "пение"}),
	interests=frozenset({"шахматы", "театр", "музыка"}),
	times=frozenset({0, 1, 5}),
	age_from=10,
	age_to=12,
)
PUPIL = Need(
	"n",
	"Осинкина Проба",
	needs=frozenset({"чтение", "счёт", "письмо"}),
	interests=frozenset({"музыка", "шахматы", "футбол"}),
	times=frozenset({1, 5, 7}),
	age=12,
)
SEARCH = Search(FORM, slots=SLOTS, earlier=frozenset({("m", "n")}))
NOTHING = "Nothing recorded coincides"
NO_CLEARANCE = "Check: the mentor's certificate of no criminal record is not recorded"
NO_CLASS = "Check: a class is not recorded, and the mentor's must not be below"


def only(offer: Offer, need: Need, search: Search = SEARCH) -> Proposal:
	(pair,) = match([offer], [need], search).proposals
	return pair


def test_pair_is_explained_by_everything_that_coincides() -> None:
	pair = only(TEACHER, PUPIL)
	assert pair.reasons == (
		"Competencies for the needs: счёт, чтение",
		"Common interests: музыка, шахматы",
		"Age as the mentor wishes: 12",
		"Common time: время 1, время 5",
		"They have worked together before",
	)
	assert pair.score == 40 * 66 + 20 * 66 + 15 * 100 + 15 * 100 + 10 * 100, "two thirds, rounded down"


@pytest.mark.parametrize(
	("weight", "said", "points"),
	[
		("competencies", "Competencies for the needs: счёт, чтение", 40 * 66),
		("interests", "Common interests: музыка, шахматы", 20 * 66),
		("age", "Age as the mentor wishes: 12", 1500),
		("time", "Common time: время 1, время 5", 1500),
		("earlier", "They have worked together before", 1000),
	],
)
def test_coincidence_of_no_weight_is_neither_counted_nor_said(weight: str, said: str, points: int) -> None:
	everything = only(TEACHER, PUPIL)
	silent = only(TEACHER, PUPIL, replace(SEARCH, weights=replace(Weights(), **{weight: 0})))
	assert silent.reasons == tuple(reason for reason in everything.reasons if reason != said)
	assert silent.score == everything.score - points
	nothing = dict.fromkeys(("competencies", "interests", "age", "time", "earlier"), 0)
	alone = only(TEACHER, PUPIL, replace(SEARCH, weights=Weights(**nothing | {weight: 1})))
	assert alone.reasons == (said,)


def test_what_only_one_of_them_has_coincides_with_nothing() -> None:
	pair = only(TEACHER, Need("other", "Лугов Проба", needs=frozenset({"письмо"}), times=frozenset({9})))
	assert (pair.score, pair.reasons) == (0, (NOTHING,))
	pair = only(Offer("other", "Лугов Пример"), PUPIL)
	assert (pair.score, pair.reasons) == (0, (NOTHING,))


@pytest.mark.parametrize(
	("lowest", "highest", "age", "wished"),
	[
		(10, 12, 9, False),
		(10, 12, 10, True),
		(10, 12, 12, True),
		(10, 12, 13, False),
		(None, 12, 5, True),
		(None, 12, 13, False),
		(10, None, 90, True),
		(10, None, 9, False),
		(None, None, 11, False),
		(10, 12, None, False),
	],
)
def test_bounds_of_the_wished_age_are_wished_too(
	lowest: int | None, highest: int | None, age: int | None, wished: bool
) -> None:
	pair = only(
		Offer("m", "Ромашкин Пример", age_from=lowest, age_to=highest), Need("x", "Лугов Проба", age=age)
	)
	told = (f"Age as the mentor wishes: {age}",) if wished else (NOTHING,)
	assert (pair.score, pair.reasons) == (1500 if wished else 0, told)


@pytest.mark.parametrize(
	("mentor", "mentee", "checks"),
	[
		({"from_outside": True}, {"age": 17}, [NO_CLEARANCE]),
		({"from_outside": True}, {"age": 18}, []),
		({"from_outside": True}, {"is_pupil": True}, [NO_CLEARANCE]),
		({"from_outside": True}, {"is_pupil": True, "age": 18}, []),
		({"from_outside": True}, {}, []),
		({}, {"age": 17}, []),
		({"from_outside": True, "clearance": "Received"}, {"age": 17}, []),
		({"from_outside": True, "age": 17}, {"age": 17}, []),
		({"from_outside": True, "age": 18, "is_pupil": True}, {"age": 17}, [NO_CLEARANCE]),
		({"from_outside": True, "is_pupil": True, "grade": 9}, {"age": 17}, []),
		({"is_pupil": True, "grade": 9}, {"is_pupil": True}, [NO_CLASS]),
		({"is_pupil": True}, {"is_pupil": True, "grade": 5}, [NO_CLASS]),
		({"is_pupil": True, "grade": 5}, {"is_pupil": True, "grade": 5}, []),
		({"is_pupil": True}, {"grade": 5}, []),
		({}, {"is_pupil": True}, []),
		(
			{"is_pupil": True, "from_outside": True, "age": 18},
			{"is_pupil": True},
			[NO_CLEARANCE, NO_CLASS],
		),
	],
)
def test_what_is_not_recorded_is_to_be_checked(mentor: dict, mentee: dict, checks: list[str]) -> None:
	pair = only(Offer("m", "Ромашкин Пример", **mentor), Need("x", "Лугов Проба", **mentee))
	assert pair.reasons == (NOTHING, *checks)


def test_mutual_choice_tells_both_ranks() -> None:
	mentor = replace(TEACHER, wishes=("a", "b", "n"))
	pair = only(mentor, replace(PUPIL, wishes=("c", "m")))
	chosen = "They chose each other: the mentor is number 2 of the mentee's wishes, the mentee 3"
	assert (pair.way, pair.reasons[:2]) == (MUTUAL, (chosen, "Competencies for the needs: счёт, чтение"))


def test_decision_is_told_before_what_coincides() -> None:
	decision = Decision(TOGETHER, "m", "n", "по просьбе родителей")
	(pair,) = match([TEACHER], [PUPIL], SEARCH, [decision]).proposals
	said = ("Decided by hand: по просьбе родителей", "Competencies for the needs: счёт, чтение")
	assert (pair.way, pair.reasons[:2]) == (BY_DECISION, said)


def pupil_mentor(name: str, grade: int, **values) -> Offer:
	return Offer(name, f"Ромашкин {name}", is_pupil=True, grade=grade, **values)


def test_mentee_without_a_pair_learns_what_refused_each_mentor() -> None:
	"""Each mentor under the first rule only, the rules in their order."""
	offers = [
		pupil_mentor("m1", 5, forms=frozenset({("другая", "")})),
		pupil_mentor("m2", 5),
		pupil_mentor("m3", 5),
		pupil_mentor("m4", 6, from_outside=True, age=18, clearance="Not Received"),
		pupil_mentor("m5", 8),
	]
	mentee = Need("n", "Осинкина Проба", is_pupil=True, grade=7)
	apart = [Decision(NEVER, "m5", "n", "не ладят"), Decision(NEVER, "m3", "n", "не ладят")]
	found = match(offers, [mentee], SEARCH, apart)
	mentors = (
		("m2", "of a class that does not suit: 1"),
		("m3", "of a class that does not suit: 1"),
		("m4", "without a certificate of no criminal record: 1"),
		("m5", "kept apart by a decision: 1"),
	)
	assert found.leftovers == (
		Leftover(
			False,
			"n",
			(
				"No mentor fits, out of 5",
				"of another form or role model: 1",
				"without a certificate of no criminal record: 1",
				"of a class that does not suit: 2",
				"kept apart by a decision: 1",
			),
		),
		*(
			Leftover(True, name, ("Places left free: 1", "No mentee fits, out of 1", reason))
			for name, reason in mentors
		),
	)
	between_workers = match(offers, [mentee], replace(SEARCH, between_workers=True)).leftovers
	pupils = "pupils, while the form is between workers: 4"
	assert between_workers == (
		Leftover(False, "n", ("No mentor fits, out of 5", "of another form or role model: 1", pupils)),
	)


def test_places_that_ran_out_and_places_that_stay_free_are_told() -> None:
	alone = match([TEACHER], [PUPIL, replace(PUPIL, id="n2"), replace(PUPIL, id="n3", age=9)], SEARCH)
	ran_out = "Places ran out: mentors who fit: 1, all their places went to others"
	assert alone.leftovers == (Leftover(False, "n2", (ran_out,)), Leftover(False, "n3", (ran_out,)))
	roomy = match([replace(TEACHER, places=4)], [PUPIL, replace(PUPIL, id="n2")], SEARCH)
	said = ("Places left free: 2", "Mentees who fit: 2, all of them have a pair")
	assert roomy.leftovers == (Leftover(True, "m", said),)
	assert roomy.places == {"m": 2}
	nobody = match([replace(TEACHER, places=4)], [], SEARCH)
	said = ("Places left free: 4", "No mentee is without a pair")
	assert nobody == Found((), (Leftover(True, "m", said),), {"m": 4})


@pytest.mark.parametrize(
	("decisions", "refusal"),
	[
		(
			[("m", "n", "а"), ("m2", "n", "б")],
			"Осинкина Проба is given to two mentors by decisions. Leave one of them.",
		),
		(
			[("m", "n", "а"), ("m", "n2", "б")],
			"Ромашкин Пример has no place for Лугов Проба: decisions took all."
			" Take one back, or raise the places.",
		),
		(
			[("m3", "n", "а")],
			"Ромашкин m3 cannot mentor Осинкина Проба: the mentor is below the mentee's class."
			" Remove the decision, or correct the records.",
		),
		(
			[("m", "gone", "живут рядом")],
			"The decision “живут рядом” names somebody who does not look for a pair here. Remove it.",
		),
		(
			[("gone", "n", "живут рядом")],
			"The decision “живут рядом” names somebody who does not look for a pair here. Remove it.",
		),
	],
)
def test_refusal_of_a_decision_says_what_to_do(decisions: list[tuple], refusal: str) -> None:
	offers = [TEACHER, replace(TEACHER, id="m2"), pupil_mentor("m3", 6)]
	needs = [replace(PUPIL, is_pupil=True, grade=7), Need("n2", "Лугов Проба")]
	with pytest.raises(DecisionRefused) as refused:
		match(offers, needs, SEARCH, [Decision(TOGETHER, *one) for one in decisions])
	assert refused.value.message == str(refused.value) == refusal


@pytest.mark.parametrize(
	("mentor", "mentee", "broken"),
	[
		({"forms": frozenset({("другая", "")})}, {}, "the mentor works in another form or role model"),
		({"is_pupil": True}, {}, "one of them is a pupil, and the form is between workers"),
		({}, {"is_pupil": True}, "one of them is a pupil, and the form is between workers"),
		(
			{"from_outside": True, "clearance": "Not Received"},
			{},
			"the certificate of no criminal record is not received",
		),
	],
)
def test_decision_does_not_break_a_hard_rule(mentor: dict, mentee: dict, broken: str) -> None:
	offers, needs = [replace(TEACHER, **mentor)], [replace(PUPIL, **mentee)]
	search = replace(SEARCH, between_workers="is_pupil" in mentor | mentee)
	with pytest.raises(DecisionRefused, match=f"cannot mentor Осинкина Проба: {broken}. Remove"):
		match(offers, needs, search, [Decision(TOGETHER, "m", "n", "а")])


@pytest.mark.parametrize(
	("models", "looked_for", "works"),
	[
		(["Лидер — пассивный"], "Лидер — пассивный", True),
		(["Лидер — пассивный"], "Равный — равному", False),
		(["Лидер — пассивный", "Равный — равному"], "Равный — равному", True),
		(["Лидер — пассивный"], "", True),
		([""], "Равный — равному", True),
		([""], "", True),
	],
)
def test_role_model_parts_only_where_both_name_another(
	models: list[str], looked_for: str, works: bool
) -> None:
	offer = replace(TEACHER, forms=frozenset((FORM, model) for model in models))
	assert bool(match([offer], [PUPIL], replace(SEARCH, role_model=looked_for)).proposals) == works


def test_decisions_are_carried_out_in_whatever_order_they_come() -> None:
	offers = [TEACHER, Offer("m2", "Лугов Пример")]
	decisions = [Decision(NEVER, "m2", "gone", "не ладят"), Decision(TOGETHER, "m2", "n", "а")]
	for order in (decisions, decisions[::-1]):
		(pair,) = match(offers, [PUPIL], SEARCH, order).proposals
		assert (pair.mentor, pair.way) == ("m2", BY_DECISION)


def test_same_decision_twice_takes_one_place() -> None:
	twice = [Decision(TOGETHER, "m", "n", "сначала"), Decision(TOGETHER, "m", "n", "потом")]
	found = match([TEACHER], [PUPIL], SEARCH, twice)
	assert found.proposals[0].reasons[0] == "Decided by hand: потом"
	assert found.places == {"m": 0} and not found.leftovers


def test_alternatives_are_explained_and_count_what_is_free() -> None:
	other = Offer("a", "Лугов Пример", places=3)
	full = Offer("b", "Рощин Пример", places=0)
	best, second = alternatives(PUPIL, [other, full, TEACHER], SEARCH)
	assert best == Alternative("m", only(TEACHER, PUPIL).score, 1, only(TEACHER, PUPIL).reasons)
	assert second == Alternative("a", 0, 3, (NOTHING,))
	apart = [Decision(NEVER, "m", "n", "родственники")]
	assert [one.mentor for one in alternatives(PUPIL, [other, TEACHER], SEARCH, apart)] == ["a"]


def test_rest_gets_the_best_pairs_in_the_order_of_ids() -> None:
	offers = [replace(TEACHER, id="m2"), Offer("m1", "Лугов Пример")]
	needs = [PUPIL, Need("a", "Рощин Проба")]
	found = match(offers, needs, SEARCH)
	assert [(one.mentor, one.mentee, one.way) for one in found.proposals] == [
		("m1", "a", BEST),
		("m2", "n", BEST),
	]
