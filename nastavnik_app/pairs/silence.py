"""Pairs at work that have not met for long: over whole organizations in one query."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe.utils import add_days, getdate

from nastavnik_app.pairs.progress import meetings_held


def silent_pairs(
	organizations: set[str], today: date | str | None = None, days: int | None = None
) -> list[dict[str, Any]]:
	"""Assigned pairs of the organizations without a held meeting for `days` (the setting by default; 0: none).

	Each is {pair, title, organization, program, mentor, last_meeting_on, days}, the longest silence first;
	`mentor` is the name as it is read, and where a pair has never met its days count from its start.
	"""
	days = frappe.db.get_single_value("Mentoring Settings", "silence_days") if days is None else days
	if not organizations or not days:
		return []
	today = getdate(today)
	rows = _last_meetings(organizations, getdate(add_days(today, -days)))
	for row in rows:
		start, last = row.pop("start_date"), row["last_meeting_on"]
		row["days"] = (today - (max(start, last) if last else start)).days
	return sorted(rows, key=lambda row: (-row["days"], row["title"] or ""))


def _last_meetings(organizations: set[str], silent_since: date) -> list[dict[str, Any]]:
	"""Pairs that began, and last met, on the day or before it."""
	pair = frappe.qb.DocType("Pair")
	last = meetings_held().as_("last")
	query = (
		frappe.qb.from_(pair)
		.left_join(last)
		.on(last.pair == pair.name)
		.select(
			pair.name.as_("pair"),
			pair.title,
			pair.organization,
			pair.program,
			pair.mentor_name.as_("mentor"),
			pair.start_date,
			last.last_on.as_("last_meeting_on"),
		)
		.where(pair.workflow_state == "Assigned")
		.where(pair.organization.isin(sorted(organizations)))
		.where(pair.start_date <= silent_since)
		.where(last.last_on.isnull() | (last.last_on <= silent_since))
	)
	rows = query.run(as_dict=True)
	for row in rows:
		row["last_meeting_on"] = getdate(row["last_meeting_on"]) if row["last_meeting_on"] else None
	return rows
