"""Random schools that look for pairs, and what is the best for them by another solver and by rules told anew."""

from __future__ import annotations

import random
from collections.abc import Iterable

from nastavnik_app.rules.match_model import (
	NEVER,
	NOT_CLEARED,
	TOGETHER,
	Decision,
	Need,
	Offer,
	Search,
	Weights,
)

COMPETENCIES = [f"Умение {number}" for number in range(8)]
INTERESTS = ["шахматы", "чтение", "футбол", "музыка", "робототехника", "театр"]
FORM = "pupil-pupil"
SLOTS = tuple(f"время {number}" for number in range(21))
Edges = dict[tuple[str, str], int]  # (mentor, mentee) → gain


def some(chance: random.Random, among: Iterable, most: int) -> frozenset:
	among = list(among)
	return frozenset(chance.sample(among, chance.randint(0, min(most, len(among)))))


def random_case(
	chance: random.Random, most_mentors: int = 12, most_mentees: int = 24
) -> tuple[list[Offer], list[Need], Search, list[Decision]]:
	"""People with gaps in their records, more or fewer than the places, and a few decisions that can be kept."""
	mentors = [f"m{number:03}" for number in range(chance.randint(1, most_mentors))]
	mentees = [f"n{number:03}" for number in range(chance.randint(1, most_mentees))]
	offers = [random_offer(chance, name, mentees) for name in mentors]
	needs = [random_need(chance, name, mentors) for name in mentees]
	weights = Weights(*(chance.choice((0, 1, 10, 15, 40)) for _weight in range(5)))
	search = Search(
		form=FORM,
		role_model=chance.choice(("", "", "Лидер — пассивный")),
		between_workers=chance.random() < 0.15,
		weights=weights,
		earlier=frozenset(
			(chance.choice(mentors), chance.choice(mentees)) for _pair in range(chance.randint(0, 5))
		),
		slots=SLOTS,
	)
	decisions = [
		Decision(NEVER, chance.choice(mentors), chance.choice(mentees), "не ладят")
		for _decision in range(chance.randint(0, 4))
	]
	return offers, needs, search, decisions + random_fixings(chance, offers, needs, search, decisions)


def random_fixings(chance, offers, needs, search, excluded) -> list[Decision]:
	fixed, places = [], {offer.id: offer.places for offer in offers}
	for need in chance.sample(needs, min(len(needs), chance.choice((0, 0, 1, 2)))):
		suitable = [one for one in offers if places[one.id] and may_be_together(one, need, search, excluded)]
		if suitable:
			offer = chance.choice(suitable)
			places[offer.id] -= 1
			fixed.append(Decision(TOGETHER, offer.id, need.id, "по просьбе родителей"))
	return fixed


def random_offer(chance: random.Random, name: str, mentees: list[str]) -> Offer:
	is_pupil = chance.random() < 0.5
	lowest = chance.choice((None, 8, 11, 12))
	return Offer(
		name,
		f"Наставник {name}",
		places=chance.choice((0, 1, 1, 1, 2, 3, 6)),
		forms=some(
			chance, [(FORM, ""), (FORM, "Лидер — пассивный"), (FORM, "Равный — равному"), ("другая", "")], 2
		),
		competencies=some(chance, COMPETENCIES, 4),
		interests=some(chance, INTERESTS, 3),
		times=some(chance, range(21), 6),
		age_from=lowest,
		age_to=chance.choice((None, 11, 14)),
		age=chance.choice((None, 15, 17, 18, 40)),
		is_pupil=is_pupil,
		grade=chance.choice((None, 5, 7, 9, 11)) if is_pupil else None,
		from_outside=chance.random() < 0.3,
		clearance=chance.choice(("", "Received", NOT_CLEARED)),
		wishes=tuple(chance.sample(mentees, min(len(mentees), chance.randint(0, 3)))),
	)


def random_need(chance: random.Random, name: str, mentors: list[str]) -> Need:
	is_pupil = chance.random() < 0.8
	return Need(
		name,
		f"Наставляемый {name}",
		needs=some(chance, COMPETENCIES, 3),
		interests=some(chance, INTERESTS, 3),
		times=some(chance, range(21), 4),
		age=chance.choice((None, 8, 11, 14, 17, 25)),
		is_pupil=is_pupil,
		grade=chance.choice((None, 2, 5, 9, 10)) if is_pupil else None,
		wishes=tuple(chance.sample(mentors, min(len(mentors), chance.randint(0, 3)))),
	)


def may_be_together(offer: Offer, need: Need, search: Search, decisions: Iterable[Decision]) -> bool:
	"""The hard rules, one pair at a time."""
	suits = [
		form == search.form and ("" in (model, search.role_model) or model == search.role_model)
		for form, model in offer.forms
	]
	if suits and not any(suits):
		return False
	if search.between_workers and (offer.is_pupil or need.is_pupil):
		return False
	minor = need.is_pupil if need.age is None else need.age < 18
	adult = not offer.is_pupil if offer.age is None else offer.age >= 18
	if minor and adult and offer.from_outside and offer.clearance == NOT_CLEARED:
		return False
	if offer.is_pupil and need.is_pupil and offer.grade and need.grade and offer.grade < need.grade:
		return False
	return not any((one.decision, one.mentor, one.mentee) == (NEVER, offer.id, need.id) for one in decisions)


def score(offer: Offer, need: Need, search: Search) -> int:
	"""What coincides, weighed, in hundredths."""
	weights, total = search.weights, 0
	if need.needs:
		total += weights.competencies * (100 * len(need.needs & offer.competencies) // len(need.needs))
	if need.interests:
		total += weights.interests * (100 * len(need.interests & offer.interests) // len(need.interests))
	bounds = (offer.age_from, offer.age_to)
	if need.age is not None and any(bounds) and (bounds[0] or 0) <= need.age <= (bounds[1] or 200):
		total += weights.age * 100
	if need.times & offer.times:
		total += weights.time * 100
	if (offer.id, need.id) in search.earlier:
		total += weights.earlier * 100
	return total


def best_by_flow(gains: Edges, places: dict[str, int]) -> tuple[int, int]:
	"""The most pairs, and the highest total gain among the choices with so many, by OR-Tools' min-cost flow."""
	from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

	mentors, mentees = sorted({one for one, _mentee in gains}), sorted({two for _mentor, two in gains})
	if not gains:
		return 0, 0
	number = {("mentor", one): n for n, one in enumerate(mentors)}
	number |= {("mentee", one): n + len(mentors) for n, one in enumerate(mentees)}
	source, sink = len(number), len(number) + 1
	high = (len(mentees) + 1) * (max(abs(gain) for gain in gains.values()) + 1)
	flow = SimpleMinCostFlow()
	for mentee in mentees:
		flow.add_arc_with_capacity_and_unit_cost(source, number["mentee", mentee], 1, 0)
	arcs = {
		flow.add_arc_with_capacity_and_unit_cost(
			number["mentee", mentee], number["mentor", mentor], 1, -high - gain
		): gain
		for (mentor, mentee), gain in gains.items()
	}
	for mentor in mentors:
		flow.add_arc_with_capacity_and_unit_cost(number["mentor", mentor], sink, places[mentor], 0)
	flow.add_arc_with_capacity_and_unit_cost(source, sink, len(mentees), 0)
	flow.set_node_supply(source, len(mentees))
	flow.set_node_supply(sink, -len(mentees))
	assert flow.solve() == flow.OPTIMAL
	used = [gain for arc, gain in arcs.items() if flow.flow(arc)]
	return len(used), sum(used)


def best_by_trying(gains: Edges, places: dict[str, int], mentees: list[str]) -> tuple[int, int]:
	"""The same by trying everything, for a few people."""
	if not mentees:
		return 0, 0
	first, *rest = mentees
	best = best_by_trying(gains, places, rest)
	for (mentor, mentee), gain in gains.items():
		if mentee == first and places[mentor]:
			count, total = best_by_trying(gains, {**places, mentor: places[mentor] - 1}, rest)
			best = max(best, (count + 1, total + gain))
	return best
