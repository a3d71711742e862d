"""Who gets which place: the most people first, then the lowest total cost. Provably the best, and the same each time.

Costs are whole numbers, so that nothing is rounded. Of several assignments that are equally good the solver's is
taken; it knows no chance, and the people come in the order of their ids.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

NOBODY = -1
PROMISING = 40  # edges of each person that are looked at first, and that a further round may add
SWEEPS, COOLING = 40, 0.9  # of the estimate of prices: it only chooses what is looked at first
FAR = 1e15  # beyond any cost; whole numbers are exact up to 9e15


def assign(costs: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	"""The place of each row, as the number of a column, NOBODY where it gets none.

	`costs` (whole numbers from 1) and `allowed` are rows × columns, `places` says how many rows a column takes. Few
	edges are solved first; prices of the places then prove that no other edge would do better, or those that would
	are added and it is solved again (column generation).
	"""
	rows, columns = costs.shape
	if not (rows and columns and allowed.any()):
		return np.full(rows, NOBODY)
	without = float(
		(rows + 1) * int(costs.max())
	)  # the cost of getting none: more than any chain of changes can save
	costs = np.where(allowed, costs, FAR)
	kept = _promising(costs, allowed, places)
	while True:
		chosen = assign_edges(costs, kept, places, without)
		priced = costs + _prices(costs, kept, places, without, chosen)
		paid = np.where(chosen >= 0, priced[np.arange(rows), chosen], without)
		better = allowed & ~kept & (priced < paid[:, None])
		if not better.any():
			return chosen
		# what is better is cheaper than all that is kept: each round adds some of it
		kept |= allowed & _smallest(priced, PROMISING)


def assign_edges(costs: np.ndarray, kept: np.ndarray, places: np.ndarray, without: float) -> np.ndarray:
	"""The same over the kept edges alone, with the cost of getting no place.

	A place is a column of its own; the row's own last column means none, so that each row finds one.
	"""
	rows = len(costs)
	places = np.minimum(places, rows)
	total, first = int(places.sum()), np.cumsum(places) - places
	row, column = np.nonzero(kept)
	copies = places[column]
	before = np.cumsum(copies) - copies
	place = np.arange(copies.sum()) + np.repeat(first[column] - before, copies)
	edges = coo_matrix(
		(
			np.concatenate([np.repeat(costs[row, column], copies), np.full(rows, without)]),
			(
				np.concatenate([np.repeat(row, copies), np.arange(rows)]),
				np.concatenate([place, total + np.arange(rows)]),
			),
		)
	)
	found_row, found_place = min_weight_full_bipartite_matching(edges.tocsr())
	chosen = np.full(rows, NOBODY)
	owner = np.repeat(np.arange(len(places)), places)
	is_place = found_place < total
	chosen[found_row[is_place]] = owner[found_place[is_place]]
	return chosen


def _promising(costs: np.ndarray, allowed: np.ndarray, places: np.ndarray) -> np.ndarray:
	"""Edges that are cheap under prices estimated by raising what more people ask for than there is."""
	dear, wanted = costs.astype(np.float32), np.zeros(len(places), dtype=np.float32)
	step = float(costs[allowed].max()) / 4
	for _sweep in range(SWEEPS if costs.shape[1] > PROMISING else 0):
		asked = np.bincount((dear + wanted).argmin(axis=1), minlength=len(places))
		wanted += step * np.clip((asked - places) / places, -1, 1).astype(np.float32)
		np.maximum(wanted, 0, out=wanted)
		step *= COOLING
	return allowed & _smallest(dear + wanted, PROMISING)


def _smallest(values: np.ndarray, count: int) -> np.ndarray:
	"""Marks the smallest values of each row."""
	marked = np.zeros(values.shape, dtype=bool)
	if values.shape[1] <= count:
		return ~marked
	np.put_along_axis(marked, np.argpartition(values, count, axis=1)[:, :count], True, axis=1)
	return marked


def _prices(
	costs: np.ndarray, kept: np.ndarray, places: np.ndarray, without: float, chosen: np.ndarray
) -> np.ndarray:
	"""Prices of places under which everybody has the cheapest of the kept edges: 0 where a place is free.

	The longest that a price may be follows from who sits there and could sit elsewhere: shortest paths from column to
	column, found as by Bellman and Ford. There is no negative cycle, because the kept edges are assigned at the best.
	"""
	seated = np.flatnonzero(chosen >= 0)
	seated = seated[np.argsort(chosen[seated])]
	taken = np.bincount(chosen[seated], minlength=len(places))
	used = np.flatnonzero(taken)
	first = np.cumsum(taken[used]) - taken[used]
	own = costs[seated, chosen[seated]]
	moving = np.where(kept[seated], costs[seated] - own[:, None], FAR)
	moves = np.minimum.reduceat(moving, first, axis=0)
	full = taken >= places
	prices = np.where(full, FAR, 0.0)
	prices[used] = np.minimum(prices[used], np.minimum.reduceat(without - own, first))
	for _step in range(len(places) + 1):
		lower = prices.copy()
		lower[used] = np.minimum(prices[used], (moves + prices).min(axis=1))
		if (lower == prices).all():
			return prices
		prices = lower
	raise ArithmeticError("the kept edges are not assigned at the best")
