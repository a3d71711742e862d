"""How many mentees a mentor has, counted so that two writers cannot both give the last place."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder

from nastavnik_app.pairs.between_schools import mentors_school
from nastavnik_app.rules.states import OPEN_PAIRS


def taken_places(mentor: str, except_pair: str | None = None) -> int:
	"""Mentees in the mentor's open pairs, the given pair aside.

	The mentor's row is locked first, so that writers queue; the rows counted are read with a lock as well,
	because under REPEATABLE READ a plain read would still see the state before the queue.
	"""
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	pair = frappe.qb.DocType("Pair")
	row = frappe.qb.DocType("Pair Mentee")
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(row.name)
		.where(pair.mentor == mentor)
		.where(pair.workflow_state.isin(OPEN_PAIRS))
		.where(pair.name != (except_pair or ""))
		.for_update()
	)
	return len(query.run())


def places_taken() -> QueryBuilder:
	"""`mentor` and the `places` that the open pairs take, of everybody at once."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	return (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(pair.mentor, Count(row.name).as_("places"))
		.where(pair.workflow_state.isin(OPEN_PAIRS))
		.groupby(pair.mentor)
	)


def refusal_for_pair(pair: Document) -> str | None:
	"""None where the mentor has places for all mentees of the pair, otherwise what is wrong and what to do."""
	mentor = frappe.db.get_value("Mentor", pair.mentor, ["full_name", "capacity"], as_dict=True)
	taken = taken_places(pair.mentor, except_pair=pair.name)
	if taken + len(pair.mentees) <= mentor.capacity:
		return None
	return _(
		"{0} has {1} places, {2} are taken, and this pair asks for {3}. Choose another mentor, or raise the places in the mentor's record."
	).format(mentor.full_name, mentor.capacity, taken, len(pair.mentees))


def refusal_to_resume(pairs: list[Document]) -> str | None:
	"""None where the mentors have places for ended pairs that all come back at once."""
	asked: Counter[str] = Counter()
	for pair in pairs:
		asked[pair.mentor] += len(pair.mentees)
	for name in sorted(asked):  # locked in the order of refusal_for_order
		mentor = frappe.db.get_value("Mentor", name, ["full_name", "capacity"], as_dict=True)
		taken = taken_places(name)
		if taken + asked[name] > mentor.capacity:
			return _(
				"{0} has {1} places, {2} are taken, and the pairs that would come back ask for {3}. End another pair, or raise the places in the mentor's record."
			).format(mentor.full_name, mentor.capacity, taken, asked[name])
	return None


def refusal_for_order(order: Document) -> str | None:
	"""The first refusal over the pairs that an order is about to assign."""
	if order.effect not in ("Assign Pairs", "Replace Mentor"):
		return None
	pairs = [frappe.get_doc("Pair", row.pair) for row in order.pairs]
	own = [pair for pair in pairs if pair.mentor and mentors_school(pair) == order.organization]
	# mentors are locked one by one: in one order for everybody, so that two signings never wait for each other
	for pair in sorted(own, key=lambda pair: pair.mentor):
		refusal = refusal_for_pair(pair)
		if refusal:
			return refusal
	return None


def open_pairs_of(party_type: str, party: str) -> list[str]:
	"""Names of the pairs in which a person still takes part."""
	pair = frappe.qb.DocType("Pair")
	query = frappe.qb.from_(pair).select(pair.name).where(pair.workflow_state.isin(OPEN_PAIRS))
	if party_type == "Mentor":
		query = query.where(pair.mentor == party)
	else:
		row = frappe.qb.DocType("Pair Mentee")
		query = query.join(row).on(row.parent == pair.name).where(row.mentee == party)
	return query.run(pluck=True)
