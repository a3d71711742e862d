"""No count of fewer than the bound can be read, or worked out from the rest of what is published."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.rules.related_counts import ALL, Cover, Part, Sum, Table
from nastavnik_app.rules.suppression import suppress
from nastavnik_app.tests.attack import betrayed, hidden

# TABLES_TO_SUPPRESS=1000 tries a thousand
TABLES = int(os.environ.get("TABLES_TO_SUPPRESS", 80))
FORMS, GROUPS = ("pupil-pupil", "teacher-teacher"), ("pupils", "young teachers")


def crossed(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], int]) -> Table:
	"""A table of rows × columns with the totals of rows, of columns and of all; a missing cell is zero."""
	counts = {(row, column): cells.get((row, column), 0) for row in rows for column in columns}
	relations = []
	for row in rows:
		counts[row, ALL] = sum(counts[row, column] for column in columns)
		relations.append(Sum((row, ALL), tuple((row, column) for column in columns)))
	for column in (*columns, ALL):
		counts[ALL, column] = sum(counts[row, column] for row in rows)
		relations.append(Sum((ALL, column), tuple((row, column) for row in rows)))
	relations.append(Sum((ALL, ALL), tuple((ALL, column) for column in columns)))
	return Table(counts, tuple(relations))


def linked(one: Table, other: Table) -> Table:
	"""Two tables as one, with the cells that they share."""
	return Table({**one.counts, **other.counts}, tuple(dict.fromkeys((*one.relations, *other.relations))))


def random_table(seed: int) -> Table:
	chance = random.Random(seed)
	rows = [f"row {number}" for number in range(chance.randint(1, 4))]
	columns = [f"column {number}" for number in range(chance.randint(1, 5))]
	counts = chance.choice([(0, 0, 1, 2, 3, 4), (0, 1, 4, 5, 6, 9), (0, 2, 7, 20, 50), (3, 30, 40, 90)])
	return crossed(rows, columns, {cell: chance.choice(counts) for cell in product(rows, columns)})


@pytest.mark.parametrize("part", range(4))
def test_nobody_narrows_down_a_withheld_cell_of_many_tables(part: int) -> None:
	withheld = 0
	for seed in range(part, TABLES, 4):
		table = random_table(seed)
		published = suppress(table)
		assert betrayed(table, published.counts, 5) == [], seed
		assert all(count is None or count == 0 or count >= 5 for count in published.counts.values()), seed
		withheld += len(published.complementary)
	assert withheld


def test_the_attack_finds_what_primary_suppression_alone_leaves_open() -> None:
	found = 0
	for seed in range(60):
		table = random_table(seed)
		small_ones_only = {key: None if 0 < count < 5 else count for key, count in table.counts.items()}
		found += bool(betrayed(table, small_ones_only, 5))
	assert found > 30


def test_one_small_cell_takes_three_others_with_it() -> None:
	table = crossed(FORMS, GROUPS, dict(zip(product(FORMS, GROUPS), (3, 20, 30, 40), strict=True)))
	published = suppress(table)
	assert published.primary == {(FORMS[0], GROUPS[0])}
	assert hidden(published) == set(product(FORMS, GROUPS))
	assert published.counts[ALL, ALL] == 93


def test_two_small_cells_of_a_row_are_not_told_by_their_sum() -> None:
	groups = ("pupils", "students", "teachers")
	cells = dict(zip(product(FORMS, groups), (1, 1, 12, 9, 8, 20), strict=True))
	table = crossed(FORMS, groups, cells)
	published = suppress(table)
	both = {(FORMS[0], "pupils"), (FORMS[0], "students")}
	assert published.primary == both
	# Two withheld in each row and column, yet of 1 + 1 the sum is known to be 2.
	column_by_column = both | {(FORMS[1], "pupils"), (FORMS[1], "students")}
	naive = {key: None if key in column_by_column else count for key, count in table.counts.items()}
	assert betrayed(table, naive, 5)
	assert betrayed(table, published.counts, 5) == []


def test_a_small_total_is_withheld_too() -> None:
	table = crossed(FORMS, GROUPS, {(FORMS[0], GROUPS[0]): 2, (FORMS[1], GROUPS[1]): 50})
	published = suppress(table)
	assert {(FORMS[0], ALL), (ALL, GROUPS[0])} <= published.primary
	assert betrayed(table, published.counts, 5) == []


def test_a_table_of_one_row_withholds_the_same_count_in_its_totals() -> None:
	published = suppress(
		crossed(FORMS[:1], GROUPS, dict(zip(product(FORMS[:1], GROUPS), (3, 20), strict=True)))
	)
	assert published.counts[ALL, GROUPS[0]] is None
	assert published.counts[FORMS[0], ALL] == published.counts[ALL, ALL] == 23
	assert published.counts[FORMS[0], GROUPS[1]] is None


def test_a_single_small_cell_is_withheld_wherever_it_stands() -> None:
	assert hidden(suppress(crossed(FORMS[:1], GROUPS[:1], {(FORMS[0], GROUPS[0]): 4}))) == set(
		product((FORMS[0], ALL), (GROUPS[0], ALL))
	)


def test_zero_and_the_bound_itself_are_published() -> None:
	cells = dict(zip(product(FORMS, GROUPS), (0, 5, 6, 7), strict=True))
	table = crossed(FORMS, GROUPS, cells)
	assert suppress(table).counts == table.counts


def test_nothing_is_withheld_needlessly() -> None:
	for seed in range(25):
		table = random_table(seed)
		published = suppress(table)
		for key in published.complementary:
			assert betrayed(table, {**published.counts, key: table.counts[key]}, 5), (seed, key)


def test_no_other_choice_withholds_much_less() -> None:
	"""Against the fewest cells that do, found by trying all choices."""
	more = []
	for seed in range(12):
		chance = random.Random(seed)
		rows, columns = ("a", "b"), ("c", "d", "e")[: chance.randint(2, 3)]
		cells = {cell: chance.choice((0, 2, 4, 7, 30)) for cell in product(rows, columns)}
		table = crossed(rows, columns, cells)
		published = suppress(table)
		more.append(len(published.complementary) - _fewest(table, published.primary))
	assert max(more) <= 1
	assert sum(more) <= 3


def _fewest(table: Table, primary: frozenset) -> int:
	others = [key for key, count in table.counts.items() if count >= 5]
	for number in range(len(others) + 1):
		for choice in combinations(others, number):
			out = {key: None if key in primary or key in choice else n for key, n in table.counts.items()}
			if not betrayed(table, out, 5):
				return number
	raise AssertionError("not even all together")


def test_the_same_table_gives_the_same_answer() -> None:
	for seed in range(10):
		assert suppress(random_table(seed)) == suppress(random_table(seed))


def test_tables_with_a_common_margin_do_not_betray_each_other() -> None:
	by_group = crossed(FORMS, GROUPS, dict(zip(product(FORMS, GROUPS), (3, 20, 30, 40), strict=True)))
	ages = ("10 to 14", "15 to 19")
	by_age = crossed(FORMS, ages, dict(zip(product(FORMS, ages), (11, 12, 30, 40), strict=True)))
	both = linked(by_group, by_age)
	assert betrayed(both, suppress(both).counts, 5) == []
	# A row total withheld in one table only would stand in the other.
	for seed in range(15):
		chance = random.Random(seed)
		first = crossed("ab", "cd", {cell: chance.choice((0, 1, 3, 8, 40)) for cell in product("ab", "cd")})
		second = {(row, "e"): chance.randint(0, first.counts[row, ALL]) for row in "ab"}
		second |= {(row, "f"): first.counts[row, ALL] - second[row, "e"] for row in "ab"}
		both = linked(first, crossed("ab", "ef", second))
		assert betrayed(both, suppress(both).counts, 5) == [], seed


def test_a_percentage_does_not_tell_a_withheld_count() -> None:
	table = Table({"mentors": 3, "pupils": 120}, (Part("mentors", "pupils"),))
	published = suppress(table)
	assert published.counts == {"mentors": None, "pupils": 120}
	assert published.percent("mentors", "pupils") is None


def test_a_high_percentage_does_not_tell_the_few_that_are_left() -> None:
	table = Table({"satisfied": 98, "asked": 100}, (Part("satisfied", "asked"),))
	published = suppress(table)
	assert None in published.counts.values()
	assert published.percent("satisfied", "asked") is None
	assert betrayed(table, published.counts, 5) == []
	for shown in (95, 100):
		enough = suppress(Table({"satisfied": shown, "asked": 100}, table.relations))
		assert enough.percent("satisfied", "asked") == shown


def test_a_percentage_is_rounded_down_and_of_nobody_there_is_none() -> None:
	published = suppress(Table({"some": 1999, "all": 2000 + 10, "nobody": 0}))
	assert published.percent("some", "all") == 99.4
	assert published.percent("nobody", "nobody") is None


def test_a_person_in_two_forms_is_counted_once_in_the_total() -> None:
	table = Table({"form 1": 30, "form 2": 3, "all": 31}, (Cover("all", ("form 1", "form 2")),))
	published = suppress(table)
	assert published.counts["form 2"] is None
	assert betrayed(table, published.counts, 5) == []


@st.composite
def programmes(draw: st.DrawFn) -> Table:
	"""Numerators by form and group that cover a total, each a part of its group's headcount."""
	groups = ("pupils", "teachers")
	counts, relations = {}, []
	for group in groups:
		first, second = draw(st.integers(0, 12)), draw(st.integers(0, 40))
		together = draw(st.integers(max(first, second), first + second))
		counts |= {("form 1", group): first, ("form 2", group): second, ("", group): together}
		counts["headcount", group] = together + draw(st.integers(0, 60))
		relations += [
			Cover(("", group), (("form 1", group), ("form 2", group))),
			Part(("", group), ("headcount", group)),
			Part(("form 1", group), ("headcount", group)),
		]
	for form in ("", "form 1", "form 2", "headcount"):
		counts[form, ""] = sum(counts[form, group] for group in groups)
		relations.append(Sum((form, ""), tuple((form, group) for group in groups)))
	relations.append(Cover(("", ""), (("form 1", ""), ("form 2", ""))))
	return Table(counts, tuple(relations))


@settings(max_examples=20)
@given(programmes(), st.integers(1, 8))
def test_shares_and_people_in_several_forms_betray_nothing_either(table: Table, bound: int) -> None:
	published = suppress(table, bound)
	assert betrayed(table, published.counts, bound) == []


def test_every_whole_number_of_the_interval_is_possible() -> None:
	"""By trying all tables of 2 × 2 up to a limit: the guarantee in whole numbers, not only in fractions."""
	rows, columns = ("a", "b"), ("c", "d")
	cells = np.indices((21,) * 4).reshape(4, -1)
	others = crossed(rows, columns, dict(zip(product(rows, columns), cells, strict=True))).counts
	for seed in range(20):
		chance = random.Random(seed)
		true = {cell: chance.choice((0, 1, 2, 4, 6, 9)) for cell in product(rows, columns)}
		published = suppress(crossed(rows, columns, true)).counts
		fits = np.logical_and.reduce(
			[others[key] > 0 if count is None else others[key] == count for key, count in published.items()]
		)
		for key, count in published.items():
			assert count is not None or len(np.unique(others[key][fits])) >= 5, (seed, key)


def test_what_is_public_is_shown_and_hides_as_much_as_it_leaves_open() -> None:
	table = Table(
		{"mentors": 8, "teachers": 10, "young": 2, "young teachers": 3, "all": 10, "everybody": 13},
		(
			Part("mentors", "teachers"),
			Part("young", "young teachers"),
			Sum("all", ("mentors", "young")),
			Sum("everybody", ("teachers", "young teachers")),
		),
		public=frozenset(("teachers", "young teachers", "everybody")),
	)
	published = suppress(table)
	assert [published.counts[key] for key in ("teachers", "young teachers", "everybody")] == [10, 3, 13]
	assert {"mentors", "young", "all"} & hidden(published) >= {"mentors", "young"}
	assert betrayed(table, published.counts, 5) == []
	naive = {**table.counts, "young": None}
	assert betrayed(table, naive, 5)
