"""Finding pairs, from records to proposals, and who gets which place beside others that solve the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds

OF = "mentees"
SIZES = (50, 200, 1000, 5000)
MOST_FOR_STABLE = (
	200  # mentees: the package copies everybody with all whom they rank, and gives up at a thousand
)

Solver = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	from benchmarks.matching_fill import matching_of
	from nastavnik_app.pairs import candidates, matching
	from nastavnik_app.rules.match_tables import Tables
	from nastavnik_app.rules.matching import match

	with taken_back():
		doc = matching_of(size)
		people = candidates.of_matching(doc)
		tables = Tables(people.offers, people.needs, people.search)
		places = np.array([offer.places for offer in people.offers])
		for yardstick, solver in _others(size).items():
			yield _beside(tables.points, tables.allowed, places, yardstick, solver, rounds)
		(read,) = rounds.shortest(lambda: candidates.of_matching(doc))
		yield Line("records read", size, read)
		(found,) = rounds.shortest(lambda: match(people.offers, people.needs, people.search))
		yield Line("pairs found, with reasons", size, found)
		(proposed,) = rounds.shortest(lambda: matching.propose(doc.name), undone=True)
		yield Line("from records to proposals", size, proposed)


def _others(size: int) -> dict[str, Solver]:
	"""By name; without those that are not installed."""
	from benchmarks import matching_others

	found: dict[str, Solver] = {"greedy": matching_others.greedily}
	if find_spec("ortools"):
		found["OR-Tools"] = matching_others.by_flow
	if find_spec("matching") and size <= MOST_FOR_STABLE:
		found["PyPI matching"] = matching_others.stably
	return found


def _beside(
	points: np.ndarray,
	allowed: np.ndarray,
	places: np.ndarray,
	yardstick: str,
	solver: Solver,
	rounds: Rounds,
) -> Line:
	ours, theirs = (lambda: _best(points, allowed, places)), (lambda: solver(points, allowed, places))
	seconds, by_yardstick = rounds.shortest(ours, theirs)
	(pairs, score), (their_pairs, their_score) = (_worth(one(), points) for one in (ours, theirs))
	return Line(
		"best places",
		len(points),
		seconds,
		yardstick,
		by_yardstick,
		rows=pairs,
		rows_of_yardstick=their_pairs,
		gain=score / their_score,
	)


def _best(points: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	from nastavnik_app.rules.match_assignment import assign

	return assign(points.max() + 1 - points, allowed, places)


def _worth(chosen: np.ndarray, points: np.ndarray) -> tuple[int, int]:
	"""How many pairs, and the sum of their scores."""
	rows = np.flatnonzero(chosen >= 0)
	return len(rows), int(points[rows, chosen[rows]].sum())
