"""A reader who tries to work out withheld counts: linear programming over all that is published."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, identity, kron

from nastavnik_app.rules.related_counts import Cover, Key, Part, Sum, Table
from nastavnik_app.rules.suppression import Published

ROUNDING = 1e-6


def intervals(table: Table, published: Mapping[Key, int | None]) -> dict[object, tuple[float, float]]:
	"""What each withheld count, and each rest of a part, can be at least and at most. The reader knows that a
	withheld count is not zero and, generously, that no count is beyond a large limit."""
	keys = list(published)
	at = {key: number for number, key in enumerate(keys)}
	limit = 50 * (1 + max((count for count in published.values() if count is not None), default=0))
	equal, below = [], []
	rests: set[tuple[Key, Key]] = set()
	for one in table.relations:
		if isinstance(one, Part):
			rests.add((one.part, one.whole))
			continue
		row = np.zeros(len(keys))
		row[at[one.total]] -= 1
		for part in one.parts:
			row[at[part]] += 1
		if isinstance(one, Sum):
			equal.append(row)
		elif isinstance(one, Cover):
			below.append(-row)
			rests.update((part, one.total) for part in one.parts if part != one.total)
	goals = {}
	for part, whole in sorted(rests, key=repr):
		row = np.zeros(len(keys))
		row[at[part]] += 1
		row[at[whole]] -= 1
		below.append(row)
		goals["rest", part, whole] = -row
	for key in keys:
		if published[key] is None:
			goals[key] = np.eye(len(keys))[at[key]]
	bounds = [(1, limit) if published[key] is None else (published[key],) * 2 for key in keys]
	return _extremes(goals, equal, below, bounds)


def _extremes(goals: dict, equal: list, below: list, bounds: list) -> dict[object, tuple[float, float]]:
	"""All goals in one programme: a copy of the unknowns for the least and for the greatest of each."""
	if not goals:
		return {}
	copies = 2 * len(goals)
	each = np.array(list(goals.values()))
	many = identity(copies)
	found = linprog(
		np.concatenate([each.ravel(), -each.ravel()]),
		A_eq=kron(many, csr_matrix(np.array(equal))) if equal else None,
		b_eq=np.zeros(copies * len(equal)) if equal else None,
		A_ub=kron(many, csr_matrix(np.array(below))) if below else None,
		b_ub=np.zeros(copies * len(below)) if below else None,
		bounds=bounds * copies,
	)
	assert found.success, found.message
	least, most = found.x.reshape(2, len(goals), -1)
	return {
		goal: (float(each[number] @ least[number]), float(each[number] @ most[number]))
		for number, goal in enumerate(goals)
	}


def betrayed(table: Table, published: Mapping[Key, int | None], bound: int) -> list[object]:
	"""What the reader narrows down to fewer than `bound` whole numbers, or knows to be small: without there being so
	few from what is public alone."""
	alone: dict[object, tuple[float, float]] = {}
	if table.public:
		least_shown = {
			key: count if key in table.public or not count else None for key, count in table.counts.items()
		}
		alone = intervals(table, least_shown)
	told = []
	for goal, (least, most) in intervals(table, published).items():
		if isinstance(goal, tuple) and goal[0] == "rest":
			rest = table.counts[goal[2]] - table.counts[goal[1]]
			if not 0 < rest < bound:
				continue
		possible = _whole_numbers(least, most)
		lowest, highest = alone.get(goal, (-math.inf, math.inf))
		needed = min(bound, _whole_numbers(lowest, highest) if goal in alone else bound)
		if possible < needed or most < min(bound, highest) - ROUNDING:
			told.append(goal)
	return told


def _whole_numbers(least: float, most: float) -> int:
	return math.floor(most + ROUNDING) - math.ceil(least - ROUNDING) + 1


def hidden(published: Published) -> set[Key]:
	return {key for key, count in published.counts.items() if count is None}
