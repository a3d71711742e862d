"""How others find pairs out of the same scores: OR-Tools, the greedy way, and stable pairs of the package `matching`.

`points` (whole numbers) and `allowed` have a row a mentee and a column a mentor, `places` says how many mentees a mentor
takes. Each gives the mentor of every mentee as the number of a column, NOBODY where there is none.
"""

from __future__ import annotations

import numpy as np

from nastavnik_app.rules.match_assignment import NOBODY


def by_flow(points: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	"""OR-Tools' min-cost flow: the most pairs, then the highest sum. It takes the places as they are; its linear
	assignment wants a column for each of them and took a hundred times as long."""
	from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

	rows, columns = points.shape
	row, column = np.nonzero(allowed)
	high = (rows + 1) * (int(points.max()) + 1)  # one pair more is worth more than any sum of scores
	source, sink = rows + columns, rows + columns + 1
	flow = SimpleMinCostFlow()
	add = flow.add_arcs_with_capacity_and_unit_cost
	arcs = add(row, rows + column, np.ones_like(row), -high - points[row, column].astype(np.int64))
	add(np.full(rows, source), np.arange(rows), np.ones(rows, np.int64), np.zeros(rows, np.int64))
	add(rows + np.arange(columns), np.full(columns, sink), places, np.zeros(columns, np.int64))
	flow.add_arc_with_capacity_and_unit_cost(source, sink, rows, 0)
	flow.set_node_supply(source, rows)
	flow.set_node_supply(sink, -rows)
	if flow.solve() != flow.OPTIMAL:
		raise ArithmeticError("OR-Tools has found no optimum")
	used = flow.flows(arcs) > 0
	chosen = np.full(rows, NOBODY)
	chosen[row[used]] = column[used]
	return chosen


def greedily(points: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	"""The best score of all first, then the best of those who are left."""
	chosen, free = np.full(len(points), NOBODY), places.tolist()
	row, column = np.nonzero(allowed)
	best_first = np.argsort(-points[row, column], kind="stable")
	left = min(len(points), sum(free))
	for mentee, mentor in zip(row[best_first].tolist(), column[best_first].tolist(), strict=True):
		if chosen[mentee] == NOBODY and free[mentor]:
			chosen[mentee], free[mentor], left = mentor, free[mentor] - 1, left - 1
			if not left:
				break
	return chosen


def stably(points: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	"""Gale and Shapley's pairs (`HospitalResident`): each side ranks the other by the scores, and no two would both
	rather have each other. It asks for no highest sum."""
	from matching.games import HospitalResident

	def ranked(scores: np.ndarray, may: np.ndarray) -> dict[int, list[int]]:
		return {
			one: [int(other) for other in np.argsort(-scores[one], kind="stable") if may[one, other]]
			for one in range(len(scores))
			if may[one].any()
		}

	mentees, mentors = ranked(points, allowed), ranked(points.T, allowed.T)
	game = HospitalResident.create_from_dictionaries(
		mentees, mentors, {mentor: int(places[mentor]) for mentor in mentors}
	)
	chosen = np.full(len(points), NOBODY)
	for mentor, taken in game.solve(optimal="resident").items():
		for mentee in taken:
			chosen[mentee.name] = mentor.name
	return chosen
