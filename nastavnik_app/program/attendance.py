"""Who was at the events of a kind: by the lists, and by number alone where no list was kept."""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe

from nastavnik_app.permissions import listed
from nastavnik_app.program.things import Definition, Scope

EVENT = "Mentoring Event"


@dataclass
class Presence:
	"""`people`: the names of everybody listed, each once; `numbers`: of each event without a list; `by_class`: pupils come class by class,
	so their numbers add up, while grown-ups come to the same council again, and the largest counts."""

	people: dict[tuple, str] = field(default_factory=dict)
	numbers: list[int] = field(default_factory=list)
	by_class: bool = False

	def beyond(self, named: int) -> int:
		"""How many more than those who are known by name."""
		return sum(self.numbers) if self.by_class else max([named, *self.numbers]) - named


def at_events(definition: Definition, scope: Scope, *, for_reader: bool = False) -> dict[str, Presence]:
	"""Presence by organization at the events held within the days: of the kind, for the cohort's groups or for nobody
	in particular; `for_reader`: at those alone that the reader may list."""
	event, row, group = (
		frappe.qb.DocType(name) for name in (EVENT, "Mentoring Event Participant", "Mentoring Target Group")
	)
	is_listed = (row.parent == event.name) & (row.parenttype == EVENT) & (row.absent == 0)
	query = (
		frappe.qb.from_(event)
		.left_join(row)
		.on(is_listed)
		.left_join(group)
		.on(group.name == event.target_group)
		.select(event.organization, event.name, event.present_count, group.is_pupil)
		.select(row.name, row.party_type, row.party, row.person_name, row.post)
		.where(event.program.isin(scope.programs) & (event.status == "Held"))
		.where(event.held_on[scope.start : scope.day])
	)
	if for_reader:
		query = listed(query, EVENT)
	if definition.kind:
		query = query.where(event.kind == definition.kind)
	if definition.cohort.groups:
		of_group = event.target_group.isin(sorted(definition.cohort.groups))
		query = query.where(of_group | event.target_group.isnull() | (event.target_group == ""))
	found: dict[str, Presence] = {}
	numbers: dict[str, tuple[str, int]] = {}
	for organization, name, present, is_pupil, row_name, *person in query.run():
		presence = found.setdefault(organization, Presence())
		presence.by_class |= bool(is_pupil)
		if row_name:
			presence.people[_who(*person)] = person[2]
		else:
			numbers[name] = organization, present or 0
	for organization, number in numbers.values():
		found[organization].numbers.append(number)
	return found


def _who(party_type: str, party: str | None, name: str | None, post: str | None) -> tuple:
	return (party_type, party) if party else ((name or "").casefold(), post or "")
