"""Sets of people and pieces counted for a return, each once, with what a reader knows of how they lie in each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import frappe
from frappe import _

from nastavnik_app.program.indicators import parts
from nastavnik_app.program.things import Definition, Scope
from nastavnik_app.rules.cohorts import Cohort
from nastavnik_app.rules.indicators import Headcount
from nastavnik_app.rules.related_counts import ALL, Part, Relation, Sum
from nastavnik_app.rules.return_measures import Counted, all_of, counted, relations
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Place, protect

NO_GROUP = "no-group"
HEADCOUNT = "Headcount"
SIDES = ("Mentees", "Mentors")
BY_GROUP = frozenset((*SIDES, "Participants", "Persons"))
# marks that ask for a kind
OF_A_KIND = frozenset(("Held", "Trained", "Published", "Granted"))
IN_PAIR = "In a Pair"

Places = dict[tuple[str, str], int]  # by form and target group


@dataclass
class Figures:
	"""Counts as they are, of the sets by their codes; what is `protected` alone is for others to see."""

	scope: Scope
	cohorts: dict[str, Cohort]
	counts: dict[Place, int] = field(default_factory=dict)
	sets: dict[str, Counted] = field(default_factory=dict)
	indicators: list[Indicator] = field(default_factory=list)
	relations: list[Relation] = field(default_factory=list)
	titles: dict[str, str] = field(default_factory=dict)

	def add(self, one: Counted, places: Places, title: str = "") -> str:
		"""Counts of a set, unless it is counted already; its code."""
		if one.code not in self.sets:
			self.sets[one.code] = one
			self.titles[one.code] = plain(title or title_of(one))
			self.counts |= {(one.code, form, group): count for (form, group), count in places.items()}
		return one.code

	def add_people(
		self,
		thing: str,
		mark: str,
		of_those: str = "",
		cohort: str = "",
		over_cohort: str = "",
		kind: str = "",
		with_whole: bool = False,
	) -> tuple[str, str]:
		"""Counts those of a thing with a mark, and if asked for of whom they are; the codes of the two sets."""
		definition = Definition(
			thing,
			mark,
			of_those,
			kind=kind or None,
			cohort=self.cohorts[cohort] if cohort else Cohort(),
			over=self.cohorts[over_cohort] if over_cohort else None,
		)
		sets = [set_of(thing, cohort, over_cohort, kind, of_those, mark)]
		if with_whole:
			sets.append(set_of(thing, cohort, over_cohort, kind, of_those))
		if cohort and _by_groups_alone(definition.cohort):
			bases = self.add_people(thing, mark, of_those, "", over_cohort, kind, with_whole)
			for one, base in zip(sets, bases, strict=False):
				self._add_sum(one, base, definition.cohort.groups)
		elif any(one.code not in self.sets for one in sets):
			by_group = {group: both for (_school, group), both in parts(definition, self.scope).items()}
			for at, one in enumerate(sets):
				self.add(one, by_group_and_all({group: both[at] for group, both in by_group.items()}))
		if thing in ("Participants", "Persons"):
			for side in SIDES:
				self.add_people(side, mark, of_those, cohort, over_cohort, kind, with_whole)
		return sets[0].code, sets[1].code if with_whole else ""

	def _add_sum(self, one: Counted, base: str, groups: Collection[str]) -> None:
		"""The sum of some groups of a set that is counted by groups."""
		places = [place for place in self.counts if place[:2] == (base, ALL) and place[2] in groups]
		if one.code not in self.sets:
			self.add(one, {(ALL, ALL): sum(self.counts[place] for place in places)})
			if places:
				self.relations.append(Sum((one.code, ALL, ALL), tuple(places)))

	def add_headcount(self, groups: Collection[str], entered: dict[str, Headcount]) -> str | None:
		"""The headcount of some groups (of all where none are named); None where nobody entered any."""
		every = Counted(HEADCOUNT)
		if not set(groups or entered) & entered.keys():
			return None
		self.add(every, by_group_and_all({group: one.number for group, one in entered.items()}))
		if not groups:
			return every.code
		one = Counted(HEADCOUNT, cohort="+".join(sorted(groups)))
		title = ", ".join(frappe.get_cached_value("Mentoring Target Group", name, "title") for name in groups)
		if one.code not in self.sets:
			self._add_sum(one, every.code, groups)
			self.titles[one.code] = plain(f"{_(HEADCOUNT)}: {title}")
		return one.code

	def relate(self) -> None:
		"""Adds what a reader knows beside the indicators: sets within sets, and groups within their headcount."""
		narrower = lambda one, other: all_of(self.cohorts[one], self.cohorts[other])  # noqa: E731
		sets = [one for one in self.sets.values() if one.thing != HEADCOUNT]
		self.relations += relations(sets, self.counts, narrower)
		every = Counted(HEADCOUNT).code
		for (measure, form, group), count in self.counts.items():
			whole = (every, ALL, group)
			is_of_group = group and self.sets[measure].thing in (*SIDES, "Persons") and measure != every
			# told by their age, people stand in groups of other ages as well
			if is_of_group and whole in self.counts and count <= self.counts[whole]:
				self.relations.append(Part((measure, form, group), whole))

	@property
	def measures(self) -> tuple[Measure, ...]:
		return tuple(
			Measure(code, one.people, self.titles[code][:300], public=one.thing == HEADCOUNT)
			for code, one in sorted(self.sets.items())
		)

	def protected(self, bound: int) -> tuple[Cell, ...]:
		"""The cells for the return; ValueError (with a Message) where records contradict each other."""
		return protect(self.counts, self.measures, self.indicators, bound, self.relations)


def by_group_and_all(by_group: dict[str, int]) -> Places:
	places = {(ALL, group or NO_GROUP): count for group, count in by_group.items() if count}
	return {**places, (ALL, ALL): sum(by_group.values())}


def title_of(one: Counted) -> str:
	"""What a set is called."""
	marks = ", ".join(_(mark) for mark in sorted(one.marks))
	narrowed = [
		frappe.db.get_value(doctype, name, "title")
		for doctype, name in (
			("Mentoring Cohort", one.cohort),
			("Mentoring Cohort", one.over_cohort),
			("Mentoring Kind", one.kind),
		)
		if name
	]
	said = [f"{_(one.thing)}: {marks}" if marks else _(one.thing), *(title for title in narrowed if title)]
	return " — ".join(said)


def plain(title: str) -> str:
	"""A title that Frappe stores as it is."""
	return title.replace("<", "‹").replace(">", "›")


def set_of(thing: str, cohort: str, over_cohort: str, kind: str, *marks: str) -> Counted:
	"""A set as it is told apart from others: what asks nothing of it is left out of its name."""
	given = {mark for mark in marks if mark}
	if thing == "Attendance" and given == {IN_PAIR}:
		thing = "Participants"
	return counted(
		thing,
		*marks,
		cohort=cohort,
		over_cohort=over_cohort if IN_PAIR in given else "",
		kind=kind if given & OF_A_KIND else "",
	)


def _by_groups_alone(cohort: Cohort) -> bool:
	return cohort == Cohort(cohort.groups)
