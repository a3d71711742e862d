"""Every mentee against every mentor at once: which hard rules part them, and how much of what counts coincides.

Matrices have a row a mentee and a column a mentor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from nastavnik_app.rules.match_model import NOT_CLEARED, Need, Offer, Search

FORM, WORKERS, CLEARANCE, CLASS, EXCLUDED = "form", "workers", "clearance", "class", "excluded"
SHARES = 100  # per cent


class Tables:
	"""Hard rules and scores of a search."""

	def __init__(
		self,
		offers: Sequence[Offer],
		needs: Sequence[Need],
		search: Search,
		excluded: frozenset[tuple[str, str]] = frozenset(),
	) -> None:
		self.offers, self.needs, self.search, self.excluded = offers, needs, search, excluded
		self.row = {need.id: number for number, need in enumerate(needs)}
		self.column = {offer.id: number for number, offer in enumerate(offers)}

	@cached_property
	def refused(self) -> dict[str, np.ndarray]:
		"""By hard rule: whom it parts. A rule is silent where what it asks about is not recorded."""
		return {
			FORM: self._of_both(True, [not in_form(offer, self.search) for offer in self.offers]),
			WORKERS: self._pupils_among_workers(),
			CLEARANCE: self._of_both(
				[need.is_minor for need in self.needs],
				[offer.is_outside_adult and offer.clearance == NOT_CLEARED for offer in self.offers],
			),
			CLASS: self._below_class(),
			EXCLUDED: self._named(self.excluded),
		}

	@cached_property
	def allowed(self) -> np.ndarray:
		"""Mentees × mentors: True where no hard rule refuses the pair."""
		return ~np.logical_or.reduce(list(self.refused.values()))

	@cached_property
	def points(self) -> np.ndarray:
		"""Scores in hundredths of a point: of needs and interests the share of the mentee's that is met, of the
		others all or nothing."""
		weights = self.search.weights
		points = np.zeros((len(self.needs), len(self.offers)), dtype=np.int32)
		if weights.competencies:
			points += weights.competencies * self._share("needs", "competencies")
		if weights.interests:
			points += weights.interests * self._share("interests", "interests")
		if weights.time:
			points += weights.time * SHARES * (self._common("times", "times") > 0)
		if weights.age:
			points += weights.age * SHARES * self._of_wished_age()
		if weights.earlier:
			points += weights.earlier * SHARES * self._named(self.search.earlier)
		return points

	def _of_both(self, needs: object, offers: object) -> np.ndarray:
		shape = (len(self.needs), len(self.offers))
		return np.broadcast_to(np.atleast_1d(needs)[:, None] & np.atleast_1d(offers)[None, :], shape)

	def _pupils_among_workers(self) -> np.ndarray:
		if not self.search.between_workers:
			return self._of_both(False, False)
		needs, offers = ([one.is_pupil for one in people] for people in (self.needs, self.offers))
		return self._of_both(needs, True) | self._of_both(True, offers)

	def _below_class(self) -> np.ndarray:
		unknown = 0, np.iinfo(np.int32).max  # of a mentee, of a mentor: no class is below
		needs = np.array([one.grade if one.is_pupil and one.grade else unknown[0] for one in self.needs])
		offers = np.array([one.grade if one.is_pupil and one.grade else unknown[1] for one in self.offers])
		return offers[None, :] < needs[:, None]

	def _named(self, pairs: frozenset[tuple[str, str]]) -> np.ndarray:
		marked = np.zeros((len(self.needs), len(self.offers)), dtype=bool)
		known = [(self.row[b], self.column[a]) for a, b in pairs if a in self.column and b in self.row]
		if known:
			marked[tuple(np.array(known).T)] = True
		return marked

	def _common(self, of_need: str, of_offer: str) -> np.ndarray:
		"""How many of two sets are common."""
		sets = [
			[getattr(one, of_need) for one in self.needs],
			[getattr(one, of_offer) for one in self.offers],
		]
		words = {word: number for number, word in enumerate(sorted(frozenset().union(*sets[0], *sets[1])))}
		needs, offers = (_marks(of_side, words) for of_side in sets)
		return (needs @ offers.T).toarray()

	def _share(self, of_need: str, of_offer: str) -> np.ndarray:
		asked = np.array([max(len(getattr(one, of_need)), 1) for one in self.needs])
		return SHARES * self._common(of_need, of_offer) // asked[:, None].astype(np.int32)

	def _of_wished_age(self) -> np.ndarray:
		ages = np.array([np.nan if one.age is None else one.age for one in self.needs])[:, None]
		told = np.array([bool(one.age_from or one.age_to) for one in self.offers])
		lowest = np.array([one.age_from or 0 for one in self.offers])
		highest = np.array([one.age_to or np.inf for one in self.offers])
		return told & (ages >= lowest) & (ages <= highest)


def _marks(sets: Sequence[frozenset], words: dict) -> csr_matrix:
	lengths = np.cumsum([0, *(len(one) for one in sets)])
	numbers = [words[word] for one in sets for word in one]
	shape = (len(sets), len(words))
	return csr_matrix((np.ones(len(numbers), dtype=np.int32), numbers, lengths), shape=shape)


def in_form(offer: Offer, search: Search) -> bool:
	"""Whether a mentor works in the form, and in its role model where both name one."""
	if not offer.forms:
		return True
	models = [model for form, model in offer.forms if form == search.form]
	return any(not model or not search.role_model or model == search.role_model for model in models)


def is_meant(offer: Offer, search: Search) -> bool:
	"""Whether a mentor looks for mentees in such a search at all."""
	return in_form(offer, search) and not (search.between_workers and offer.is_pupil)


def of_wished_age(offer: Offer, need: Need) -> bool:
	"""Whether the mentor named ages, and the mentee's is among them."""
	if need.age is None or not (offer.age_from or offer.age_to):
		return False
	return (offer.age_from or 0) <= need.age <= (offer.age_to or need.age)
