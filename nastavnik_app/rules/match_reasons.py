"""Why two people are proposed as a pair, and why somebody is left over, in words."""

from __future__ import annotations

from nastavnik_app.rules.match_model import Need, Offer, Search
from nastavnik_app.rules.match_tables import (
	CLASS,
	CLEARANCE,
	EXCLUDED,
	FORM,
	WORKERS,
	Tables,
	of_wished_age,
)
from nastavnik_app.rules.messages import Message, _

BROKEN = {
	FORM: _("the mentor works in another form or role model"),
	WORKERS: _("one of them is a pupil, and the form is between workers"),
	CLEARANCE: _("the certificate of no criminal record is not received"),
	CLASS: _("the mentor is below the mentee's class"),
	EXCLUDED: _("a decision keeps them apart"),
}
COUNTED = {
	FORM: _("of another form or role model: {0}"),
	WORKERS: _("pupils, while the form is between workers: {0}"),
	CLEARANCE: _("without a certificate of no criminal record: {0}"),
	CLASS: _("of a class that does not suit: {0}"),
	EXCLUDED: _("kept apart by a decision: {0}"),
}


def of_pair(offer: Offer, need: Need, search: Search) -> tuple[Message, ...]:
	"""What coincides, out of what counts, then what is still to be checked."""
	return (*(_coincidences(offer, need, search) or [_("Nothing recorded coincides")]), *_checks(offer, need))


def _coincidences(offer: Offer, need: Need, search: Search) -> list[Message]:
	weights, found = search.weights, []
	if weights.competencies and (common := need.needs & offer.competencies):
		found.append(_("Competencies for the needs: {0}").format(", ".join(sorted(common))))
	if weights.interests and (common := need.interests & offer.interests):
		found.append(_("Common interests: {0}").format(", ".join(sorted(common))))
	if weights.age and of_wished_age(offer, need):
		found.append(_("Age as the mentor wishes: {0}").format(need.age))
	if weights.time and (common := need.times & offer.times):
		found.append(_("Common time: {0}").format(", ".join(search.slots[slot] for slot in sorted(common))))
	if weights.earlier and (offer.id, need.id) in search.earlier:
		found.append(_("They have worked together before"))
	return found


def _checks(offer: Offer, need: Need) -> list[Message]:
	found = []
	if offer.is_outside_adult and need.is_minor and not offer.clearance:
		found.append(_("Check: the mentor's certificate of no criminal record is not recorded"))
	if offer.is_pupil and need.is_pupil and not (offer.grade and need.grade):
		found.append(_("Check: a class is not recorded, and the mentor's must not be below"))
	return found


def of_choice(offer: Offer, need: Need) -> Message:
	"""Where each stands in the wishes of the other."""
	return _("They chose each other: the mentor is number {0} of the mentee's wishes, the mentee {1}").format(
		need.wishes.index(offer.id) + 1, offer.wishes.index(need.id) + 1
	)


def broken_rule(tables: Tables, row: int, column: int) -> Message | None:
	"""The first hard rule that parts two people."""
	return next((BROKEN[rule] for rule, refused in tables.refused.items() if refused[row, column]), None)


def of_mentee(tables: Tables, row: int) -> tuple[Message, ...]:
	"""Why a mentee is left without a pair."""
	if not tables.offers:
		return (_("No mentor has a free place"),)
	fitting = int(tables.allowed[row].sum())
	if fitting:
		return (_("Places ran out: mentors who fit: {0}, all their places went to others").format(fitting),)
	refused = {rule: table[row] for rule, table in tables.refused.items()}
	return (_("No mentor fits, out of {0}").format(len(tables.offers)), *_counted(refused))


def of_mentor(tables: Tables, column: int, free: int) -> tuple[Message, ...]:
	"""Why places of a mentor stay free."""
	left = _("Places left free: {0}").format(free)
	if not tables.needs:
		return (left, _("No mentee is without a pair"))
	fitting = int(tables.allowed[:, column].sum())
	if fitting:
		return (left, _("Mentees who fit: {0}, all of them have a pair").format(fitting))
	refused = {rule: table[:, column] for rule, table in tables.refused.items()}
	return (left, _("No mentee fits, out of {0}").format(len(tables.needs)), *_counted(refused))


def _counted(refused: dict) -> list[Message]:
	"""Each person under the first rule that refuses."""
	found, seen = [], None
	for rule, marks in refused.items():
		new = marks if seen is None else marks & ~seen
		seen = marks if seen is None else marks | seen
		if new.any():
			found.append(COUNTED[rule].format(int(new.sum())))
	return found
