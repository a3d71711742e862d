"""How many people a target group of an organization counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import getdate

from nastavnik_app.rules.indicators import Headcount


def on_day(organization: str, day: date) -> dict[str, int]:
	"""Headcount by target group, as last entered by that day; what was entered only later counts where there is
	nothing earlier."""
	return {group: one.number for group, one in of_all([organization], day)[organization].items()}


def of_all(organizations: Iterable[str], day: date) -> dict[str, dict[str, Headcount]]:
	"""The same of several organizations in one query."""
	rows = frappe.get_all(
		"Mentoring Headcount",
		filters={"parent": ["in", [*organizations, ""]], "parenttype": "Educational Organization"},
		fields=["parent", "target_group", "on_date", "headcount"],
	)
	# earlier days last to first, then later ones first to last
	rows.sort(key=lambda row: (getdate(row.on_date) > day, abs((getdate(row.on_date) - day).days)))
	found: defaultdict[str, dict[str, Headcount]] = defaultdict(dict)
	for row in rows:
		found[row.parent].setdefault(row.target_group, Headcount(row.headcount, getdate(row.on_date) > day))
	return found


@dataclass(frozen=True)
class Entered:
	"""All that organizations have entered, for many days at once."""

	rows: dict[tuple[str, str], list[tuple[date, int]]]
	_found: dict[tuple[str, Hashable, date], int | None] = field(default_factory=dict)

	def on_day(self, organization: str, group: str | None, day: date) -> int | None:
		asked = (organization, group, day)
		if asked not in self._found:
			given = self.rows.get(asked[:2], ())
			last = min(given, key=lambda one: (one[0] > day, abs((one[0] - day).days)), default=(None, None))
			self._found[asked] = last[1]
		return self._found[asked]

	def of_groups(self, organization: str, groups: frozenset[str], day: date) -> int:
		"""Of several groups together; one that has entered nothing counts nobody."""
		asked = (organization, groups, day)
		if asked not in self._found:
			self._found[asked] = sum(self.on_day(organization, group, day) or 0 for group in groups)
		return self._found[asked]


def entered(organizations: Iterable[str]) -> Entered:
	"""The headcounts of organizations on whatever days, in one query."""
	rows = frappe.get_all(
		"Mentoring Headcount",
		filters={"parent": ["in", [*organizations, ""]], "parenttype": "Educational Organization"},
		fields=["parent", "target_group", "on_date", "headcount"],
	)
	found: defaultdict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
	for row in rows:
		found[row.parent, row.target_group].append((getdate(row.on_date), row.headcount))
	return Entered(dict(found))
