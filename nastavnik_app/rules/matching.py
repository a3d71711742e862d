"""Finding pairs: decisions by hand first, then mutual choice, then the best assignment of the rest.

Of the wishes: as many mutual choices as possible, then the lowest sum of ranks. Of the rest: as many pairs as possible,
then the highest sum of scores. A hard rule is broken by none of them. The same input gives the same pairs, in whatever
order it comes; a wish of one side alone counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from nastavnik_app.rules import match_reasons
from nastavnik_app.rules.match_assignment import NOBODY, assign
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
)
from nastavnik_app.rules.match_tables import Tables, is_meant
from nastavnik_app.rules.messages import _


def match(
	offers: Iterable[Offer], needs: Iterable[Need], search: Search, decisions: Sequence[Decision] = ()
) -> Found:
	"""Pairs for these mentors and mentees, and everybody who is left over but mentors of other forms. Ids are unique
	among either.

	Raises DecisionRefused where a decision breaks a hard rule, contradicts another or names somebody who is not here.
	"""
	tables = _tables(offers, needs, search, decisions)
	places = np.array([offer.places for offer in tables.offers], dtype=np.int64)
	chosen = np.full(len(tables.needs), NOBODY)
	ways = np.empty(len(tables.needs), dtype=object)
	told = _decide(tables, decisions, places, chosen, ways)
	_take(_mutual(tables, places, chosen), MUTUAL, places, chosen, ways)
	_take(_best(tables, places, chosen), BEST, places, chosen, ways)
	return Found(
		tuple(_proposals(tables, chosen, ways, told)),
		tuple(_leftovers(tables, chosen, places)),
		{offer.id: int(free) for offer, free in zip(tables.offers, places, strict=True)},
	)


def alternatives(
	need: Need,
	offers: Iterable[Offer],
	search: Search,
	decisions: Sequence[Decision] = (),
	*,
	free: dict[str, int] | None = None,
	count: int = 5,
) -> list[Alternative]:
	"""The mentors whom a mentee may have, the highest score first, then those with free places, then by id.

	`free` says how many places the proposals leave of each mentor; without it all are free.
	"""
	tables = _tables(offers, [need], search, decisions)
	left = {offer.id: offer.places for offer in tables.offers} | (free or {})
	suitable = [
		(int(tables.points[0, column]), offer)
		for column, offer in enumerate(tables.offers)
		if tables.allowed[0, column]
	]
	suitable.sort(key=lambda one: (-one[0], left[one[1].id] <= 0, one[1].id))
	return [
		Alternative(offer.id, points, max(left[offer.id], 0), match_reasons.of_pair(offer, need, search))
		for points, offer in suitable[:count]
	]


def _tables(
	offers: Iterable[Offer], needs: Iterable[Need], search: Search, decisions: Sequence[Decision]
) -> Tables:
	excluded = frozenset((one.mentor, one.mentee) for one in decisions if one.decision == NEVER)
	with_places = [offer for offer in offers if offer.places > 0]
	ordered = (sorted(people, key=lambda one: one.id) for people in (with_places, needs))
	return Tables(*ordered, search, excluded)


def _decide(
	tables: Tables, decisions: Sequence[Decision], places: np.ndarray, chosen: np.ndarray, ways: np.ndarray
) -> dict[int, Decision]:
	"""Carries the decisions out; which of them decided, by mentee."""
	told: dict[int, Decision] = {}
	for one in decisions:
		if one.decision != TOGETHER:
			continue
		row, column = tables.row.get(one.mentee), tables.column.get(one.mentor)
		if row is None or column is None:
			refusal = _("The decision “{0}” names somebody who does not look for a pair here. Remove it.")
			raise DecisionRefused(refusal.format(one.reason))
		mentor, mentee = tables.offers[column].name, tables.needs[row].name
		broken = match_reasons.broken_rule(tables, row, column)
		if broken:
			refusal = _("{0} cannot mentor {1}: {2}. Remove the decision, or correct the records.")
			raise DecisionRefused(refusal.format(mentor, mentee, broken))
		if chosen[row] not in (NOBODY, column):
			refusal = _("{0} is given to two mentors by decisions. Leave one of them.")
			raise DecisionRefused(refusal.format(mentee))
		if chosen[row] == NOBODY and not places[column]:
			refusal = _("{0} has no place for {1}: decisions took all. Take one back, or raise the places.")
			raise DecisionRefused(refusal.format(mentor, mentee))
		places[column] -= chosen[row] == NOBODY
		chosen[row], ways[row], told[row] = column, BY_DECISION, one
	return told


def _mutual(tables: Tables, places: np.ndarray, chosen: np.ndarray) -> np.ndarray:
	"""The mentor of each mentee by mutual choice."""
	ranks: dict[tuple[int, int], int] = {}
	for column, offer in enumerate(tables.offers):
		for rank, mentee in enumerate(offer.wishes, 1):
			row = tables.row.get(mentee)
			if row is None or chosen[row] != NOBODY or not places[column] or not tables.allowed[row, column]:
				continue
			if offer.id in tables.needs[row].wishes:
				ranks[row, column] = rank + tables.needs[row].wishes.index(offer.id)
	found = np.full(len(chosen), NOBODY)
	if ranks:
		rows = np.array(sorted({row for row, _column in ranks}))
		columns = np.array(sorted({column for _row, column in ranks}))
		costs = np.zeros((len(rows), len(columns)), dtype=np.int64)
		edges = np.array(list(ranks))
		at = np.searchsorted(rows, edges[:, 0]), np.searchsorted(columns, edges[:, 1])
		costs[at] = list(ranks.values())
		assigned = assign(costs, costs > 0, places[columns])
		got = assigned != NOBODY
		found[rows[got]] = columns[assigned[got]]
	return found


def _best(tables: Tables, places: np.ndarray, chosen: np.ndarray) -> np.ndarray:
	"""The mentor of each mentee who has none yet, by the best assignment."""
	found = np.full(len(chosen), NOBODY)
	rows, columns = np.flatnonzero(chosen == NOBODY), np.flatnonzero(places)
	if len(rows) and len(columns):
		part = np.ix_(rows, columns)
		points = tables.points[part]
		assigned = assign(points.max() + 1 - points, tables.allowed[part], places[columns])
		got = assigned != NOBODY
		found[rows[got]] = columns[assigned[got]]
	return found


def _take(found: np.ndarray, way: str, places: np.ndarray, chosen: np.ndarray, ways: np.ndarray) -> None:
	rows = np.flatnonzero(found != NOBODY)
	chosen[rows], ways[rows] = found[rows], way
	np.subtract.at(places, found[rows], 1)


def _proposals(
	tables: Tables, chosen: np.ndarray, ways: np.ndarray, told: dict[int, Decision]
) -> Iterable[Proposal]:
	for row in np.flatnonzero(chosen != NOBODY):
		need, offer = tables.needs[row], tables.offers[chosen[row]]
		reasons = match_reasons.of_pair(offer, need, tables.search)
		if ways[row] == BY_DECISION:
			reasons = (_("Decided by hand: {0}").format(told[row].reason), *reasons)
		elif ways[row] == MUTUAL:
			reasons = (match_reasons.of_choice(offer, need), *reasons)
		yield Proposal(offer.id, need.id, ways[row], int(tables.points[row, chosen[row]]), reasons)


def _leftovers(tables: Tables, chosen: np.ndarray, places: np.ndarray) -> Iterable[Leftover]:
	for row in np.flatnonzero(chosen == NOBODY):
		yield Leftover(False, tables.needs[row].id, match_reasons.of_mentee(tables, row))
	for column in np.flatnonzero(places):
		if not is_meant(tables.offers[column], tables.search):
			continue
		reasons = match_reasons.of_mentor(tables, column, int(places[column]))
		yield Leftover(True, tables.offers[column].id, reasons)
