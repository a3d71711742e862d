"""Small tables, each with a trap of its own: a reader gets nothing out of them, and as much is shown as can be."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import OptimizeResult, milp

from nastavnik_app.rules.related_counts import ALL, Cover, Part, Relation, Sum, Table
from nastavnik_app.rules.suppression import suppress
from nastavnik_app.tests.attack import betrayed, hidden
from nastavnik_app.tests.test_suppression import FORMS, GROUPS, crossed


def just_enough_is_withheld(table: Table) -> None:
	published = suppress(table)
	assert betrayed(table, published.counts, 5) == []
	for key in published.complementary:
		assert betrayed(table, {**published.counts, key: table.counts[key]}, 5), key


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize(
	("pupils", "teachers"),
	[
		((4, 4), (2, 22)),
		((1, 4), (8, 11)),
		((6, 26), (3, 4)),
		((9, 29), (1, 4)),
		((4, 5), (5, 25)),
		((1, 1), (2, 3)),
		((2, 2), (20, 20)),
		((3, 3), (20, 20)),
	],
)
def test_mentors_out_of_all_in_two_groups_betray_nobody(
	pupils: tuple[int, int], teachers: tuple[int, int], is_public: bool
) -> None:
	"""Also where everybody knows how many pupils and teachers there are."""
	who, groups = ("mentors", "all"), ("pupils", "teachers")
	counts = {("mentors", "pupils"): pupils[0], ("mentors", "teachers"): teachers[0]}
	counts |= {("all", "pupils"): pupils[1], ("all", "teachers"): teachers[1]}
	counts |= {("mentors", ALL): pupils[0] + teachers[0], ("all", ALL): pupils[1] + teachers[1]}
	counts["events", ALL] = 50  # hang together with none of them
	sums = (Sum((one, ALL), tuple((one, group) for group in groups)) for one in who)
	shares = (Part(("mentors", group), ("all", group)) for group in (*groups, ALL))
	public = {place for place in counts if place[0] == "all"} if is_public else ()
	just_enough_is_withheld(Table(counts, (*sums, *shares), frozenset(public)))


def small_school(seed: int) -> Table:
	"""Mentors out of all by group, where everybody knows how many there are; of some schools also by form."""
	chance = random.Random(seed)
	groups, who = GROUPS[: chance.randint(1, 2)], ("mentors", "all")
	counts = {("events", ALL): 50}  # hang together with none of them
	for group in groups:
		counts["mentors", group] = chance.choice((0, 1, 1, 2, 3, 4, 6, 9, 20))
		counts["all", group] = counts["mentors", group] + chance.choice((0, 0, 1, 2, 3, 6, 20))
	counts |= {(one, ALL): sum(counts[one, group] for group in groups) for one in who}
	relations = [Sum((one, ALL), tuple((one, group) for group in groups)) for one in who]
	relations += [Part(("mentors", group), ("all", group)) for group in (*groups, ALL)]
	if chance.random() < 0.5:
		forms, mentors = tuple((form, ALL) for form in FORMS), counts["mentors", ALL]
		counts |= dict(zip(forms, (chance.randint(0, mentors), mentors), strict=True))
		relations.append(Cover(("mentors", ALL), forms))
	return Table(counts, tuple(relations), frozenset(place for place in counts if place[0] == "all"))


@pytest.mark.parametrize("seed", range(40))
def test_a_small_school_of_which_all_is_known_withholds_no_more_than_it_must(seed: int) -> None:
	just_enough_is_withheld(small_school(seed))


@pytest.mark.parametrize("counts", [(3, 0, 3, 5), (1, 5, 5, 5), (2, 5, 5, 7), (3, 30, 31, 60)])
def test_forms_of_a_small_school_betray_nobody(counts: tuple[int, int, int, int]) -> None:
	forms = ("form 1", "form 2")
	names = (*forms, "mentees", "pupils")
	parts = (Part(name, "pupils") for name in names[:3])
	just_enough_is_withheld(Table(dict(zip(names, counts, strict=True)), (Cover("mentees", forms), *parts)))


def test_forms_in_which_nobody_works_twice_are_all_shown() -> None:
	table = Table({"form 1": 20, "form 2": 30, "mentees": 50}, (Cover("mentees", ("form 1", "form 2")),))
	assert suppress(table).counts == table.counts


def test_who_works_in_a_small_form_may_be_anybody_of_the_large_one() -> None:
	table = Table({"form 1": 30, "form 2": 3, "mentees": 30}, (Cover("mentees", ("form 1", "form 2")),))
	assert hidden(suppress(table)) == {"form 2"}


@pytest.mark.parametrize(
	("counts", "withheld"), [((3, 50, 20), {"a", "c"}), ((3, 20, 20), {"a", "b"}), ((20, 3, 20), {"a", "b"})]
)
def test_of_equal_choices_the_smaller_count_is_withheld_then_the_earlier(
	counts: tuple[int, int, int], withheld: set[str]
) -> None:
	table = Table({**dict(zip("abc", counts, strict=True)), "all": sum(counts)}, (Sum("all", tuple("abc")),))
	assert hidden(suppress(table)) == withheld


def sums_are_wrong(found: np.ndarray) -> np.ndarray:
	return found + 5 * np.arange(len(found))


def published_counts_move(found: np.ndarray) -> np.ndarray:
	return 6 * found


def both_tables_are_one(found: np.ndarray) -> np.ndarray:
	size = 9  # counts of a table of two by two with its totals
	return np.concatenate([found[:size], found[:size], found[2 * size :]])


@pytest.mark.parametrize("lie", [sums_are_wrong, published_counts_move, both_tables_are_one])
def test_a_solver_that_errs_betrays_nobody(
	lie: Callable[[np.ndarray], np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
	def solver(*arguments: Any, **named: Any) -> OptimizeResult:
		found = milp(*arguments, **named)
		return OptimizeResult(success=True, x=lie(found.x)) if found.success else found

	monkeypatch.setattr("nastavnik_app.rules.suppression_proofs.milp", solver)
	table = crossed(FORMS, GROUPS, dict(zip(product(FORMS, GROUPS), (3, 20, 30, 40), strict=True)))
	assert betrayed(table, suppress(table).counts, 5) == []


def test_a_share_of_itself_tells_nothing() -> None:
	counts = {"mentors": 3, "pupils": 120}
	published = suppress(Table(counts, (Part("mentors", "pupils"), Part("pupils", "pupils"))))
	assert published.counts == {"mentors": None, "pupils": 120}


def test_counts_that_all_hang_on_a_small_one_are_all_withheld() -> None:
	names = ("a", "as many", "twice", "as many again", "four times", "again", "eight")
	counts = dict(zip(names, (1, 1, 2, 2, 4, 4, 8), strict=True))
	relations = (
		Sum("as many", ("a",)),
		Cover("as many", ("a",)),
		Sum("twice", ("a", "as many")),
		Sum("as many again", ("twice",)),
		Sum("four times", ("twice", "as many again")),
		Sum("again", ("four times",)),
		Sum("eight", ("four times", "again")),
		Part("a", "eight"),
	)
	assert hidden(suppress(Table(counts, relations))) == counts.keys()


@pytest.mark.parametrize(
	("counts", "relation", "why"),
	[
		({"a": 1, "b": 2, "all": 4}, Sum("all", ("a", "b")), "The parts of all do not add up to the total"),
		({"part": 12, "all": 10}, Part("part", "all"), "part is more than all, of which it is a part"),
		({"a": 1, "b": 2, "all": 4}, Cover("all", ("a", "b")), "The parts of all are fewer than the total"),
		({"a": 1.5}, None, "A count is a whole number from zero: 1.5 at a"),
		({"a": -1}, None, "A count is a whole number from zero: -1 at a"),
		({"a": True}, None, "A count is a whole number from zero: True at a"),
	],
)
def test_counts_that_contradict_each_other_are_refused(
	counts: dict, relation: Relation | None, why: str
) -> None:
	with pytest.raises(ValueError) as refused:
		suppress(Table(counts, (relation,) if relation else ()))
	assert str(refused.value) == why
