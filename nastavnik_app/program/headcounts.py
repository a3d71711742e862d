"""How many people a target group of an organization counts."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.utils import getdate


def on_day(organization: str, day: date) -> dict[str, int]:
	"""Headcount by target group, as last entered by that day; what was entered only later counts where there is
	nothing earlier."""
	rows = frappe.get_all(
		"Mentoring Headcount",
		filters={"parent": organization, "parenttype": "Educational Organization"},
		fields=["target_group", "on_date", "headcount"],
	)
	# earlier days last to first, then later ones first to last
	rows.sort(key=lambda row: (getdate(row.on_date) > day, abs((getdate(row.on_date) - day).days)))
	found: dict[str, int] = {}
	for row in rows:
		found.setdefault(row.target_group, row.headcount)
	return found
