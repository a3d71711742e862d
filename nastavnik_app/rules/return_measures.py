"""The sets of people that a return counts, and what a reader knows of how they lie in each other.

Two measures of the same set have the same code, so that one cannot tell what is withheld of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator
from dataclasses import dataclass

from nastavnik_app.rules.cohorts import Cohort
from nastavnik_app.rules.related_counts import ALL, Cover, Part, Relation, Sum
from nastavnik_app.rules.returns import Place

# a pair or an answered questionnaire is as good as its people: two pairs have two mentors
OF_PEOPLE = frozenset(
	("Mentees", "Mentors", "Participants", "Persons", "Pairs", "Questionnaires", "Attendance", "Headcount")
)
# who has the first mark has the others as well
IMPLIED = {
	"In a Pair": ("In the Bank or in a Pair",),
	"In the Bank": ("In the Bank or in a Pair", "In the Register"),
	"Grown": ("Measured at Entry and Exit",),
	"Satisfied": ("Asked About Satisfaction",),
}

Narrower = Callable[[str, str], bool]  # whether all of one cohort are of the other


@dataclass(frozen=True)
class Counted:
	"""A set: of a thing (people, pairs, events …) those with all marks, of a cohort; of mentors those over mentees of
	another cohort; of events those of a kind."""

	thing: str
	marks: frozenset[str] = frozenset()
	cohort: str = ""
	over_cohort: str = ""
	kind: str = ""

	@property
	def code(self) -> str:
		"""The stable code of the set, «mentees:in-a-pair»; of all of a thing, the thing alone."""
		said = (self.thing, "+".join(sorted(self.marks)), self.cohort, self.over_cohort, self.kind)
		return ":".join(said).rstrip(":").lower().replace(" ", "-")

	@property
	def people(self) -> bool:
		"""Whether people are counted, and not pieces."""
		return self.thing in OF_PEOPLE


def counted(thing: str, *marks: str | None, **narrowed: str | None) -> Counted:
	"""The set with these marks, without those that follow from another of them."""
	given = {mark for mark in marks if mark}
	implied = {other for mark in given for other in IMPLIED.get(mark, ())}
	return Counted(thing, frozenset(given - implied), **{key: one or "" for key, one in narrowed.items()})


def is_within(part: Counted, whole: Counted, narrower: Narrower) -> bool:
	"""Whether everybody of one set is of the other, by what the two are called."""
	marks = part.marks | {other for mark in part.marks for other in IMPLIED.get(mark, ())}
	return (
		part != whole
		and part.thing == whole.thing
		and whole.marks <= marks
		and whole.kind in ("", part.kind)
		and _all_of(part.cohort, whole.cohort, narrower)
		and _all_of(part.over_cohort, whole.over_cohort, narrower)
	)


def _all_of(cohort: str, other: str, narrower: Narrower) -> bool:
	return not other or cohort == other or (bool(cohort) and narrower(cohort, other))


def all_of(cohort: Cohort, other: Cohort) -> bool:
	"""Whether all of one cohort are of the other, by its bounds."""
	return (
		(not other.groups or (bool(cohort.groups) and cohort.groups <= other.groups))
		and _at_least(cohort.age_from, other.age_from)
		and _at_most(cohort.age_to, other.age_to)
		and _at_most(cohort.service_below, other.service_below)
		and _at_least(cohort.class_from, other.class_from)
		and _at_most(cohort.class_to, other.class_to)
		and (not other.grounds or (bool(cohort.grounds) and cohort.grounds <= other.grounds))
	)


def _at_least(bound: int | None, other: int | None) -> bool:
	return other is None or (bound is not None and bound >= other)


def _at_most(bound: int | None, other: int | None) -> bool:
	return other is None or (bound is not None and bound <= other)


def relations(
	sets: Collection[Counted], known: Collection[Place], narrower: Narrower = lambda one, other: False
) -> list[Relation]:
	"""What a reader knows of the cells of different sets: parts of each other, mentors and mentees together."""
	of_people = [one for one in sets if one.people]
	pairs = {(a, b) for a in of_people for b in of_people if is_within(a, b, narrower)}
	found: list[Relation] = []
	for part, whole in sorted(pairs, key=lambda pair: (pair[0].code, pair[1].code)):
		# what lies between says it already
		if not any((part, one) in pairs and (one, whole) in pairs for one in of_people):
			found += _parts(part.code, whole.code, known)
	for one in of_people:
		found += _together(one, known)
	return found


def _parts(part: str, whole: str, known: Collection[Place]) -> Iterator[Part]:
	for measure, form, group in known:
		if measure == part and (whole, form, group) in known:
			yield Part((part, form, group), (whole, form, group))


def _together(one: Counted, known: Collection[Place]) -> Iterator[Relation]:
	"""Participants are mentors and mentees; a pupil who is both is one person."""
	relation = {"Participants": Sum, "Persons": Cover}.get(one.thing)
	if not relation:
		return
	sides = [
		Counted(side, one.marks, one.cohort, one.over_cohort, one.kind).code
		for side in ("Mentees", "Mentors")
	]
	for measure, form, group in known:
		if measure == one.code:
			parts = [(side, form, group) for side in sides]
			if all(part in known for part in parts):
				yield relation((measure, form, group), tuple(parts))


def mentors_of_pairs(mentors: str, pairs: str, known: Container[Place], forms: Collection[str]) -> list[Part]:
	"""A pair has one mentor: of a form there are no more mentors than pairs."""
	places = [((mentors, form, ALL), (pairs, form, ALL)) for form in ("", *forms)]
	return [Part(one, other) for one, other in places if one in known and other in known]
