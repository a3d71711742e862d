"""The director's role of those who act for the director: given on the first day, taken back after the last."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from nastavnik_app.rules.states import DIRECTOR


def give_and_take_roles(dismissed: frozenset[str] = frozenset()) -> None:
	"""Runs daily and whenever an organization is saved; `dismissed` were taken off its list. A director of any
	organization keeps the role."""
	today = getdate()
	rows = frappe.get_all(
		"Acting Director",
		filters={"parenttype": "Educational Organization"},
		fields=["user", "from_date", "to_date"],
	)
	acting = {row.user for row in rows if row.from_date <= today <= row.to_date}
	directors = set(
		frappe.get_all("Educational Organization", filters={"director": ["is", "set"]}, pluck="director")
	)
	# users are saved only where the role changes: the list of those who once acted grows with the years
	holders = set(
		frappe.get_all("Has Role", filters={"role": DIRECTOR, "parenttype": "User"}, pluck="parent")
	)
	for user in acting - holders:
		frappe.get_doc("User", user).add_roles(DIRECTOR)
	ended = {row.user for row in rows if row.to_date < today}
	for user in ((ended | dismissed) - acting - directors) & holders:
		frappe.get_doc("User", user).remove_roles(DIRECTOR)
