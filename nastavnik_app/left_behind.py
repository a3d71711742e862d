"""Work in the background that nobody does any more, because its worker was stopped or lost the database, or that nobody
looks at any more."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.utils import add_days, now_datetime, nowdate

LONGEST_RUN = timedelta(hours=2)  # a worker is stopped after an hour
LONGEST_WAIT = timedelta(days=1)  # in the queue, behind others


def give_up(doctype: str, told: str) -> None:
	"""Marks such records as failed and says in them what to do."""
	for status, longest in (("Running", LONGEST_RUN), ("Queued", LONGEST_WAIT)):
		silent = {"status": status, "modified": ["<", now_datetime() - longest]}
		for name in frappe.get_all(doctype, filters=silent, pluck="name"):
			frappe.get_doc(doctype, name).db_set({"status": "Failed", "problems": told})


def delete_old(doctype: str, days: int) -> None:
	"""Deletes what was asked for more than `days` days ago, with the files attached to it."""
	old = {"creation": ["<", add_days(nowdate(), -days)]}
	for name in frappe.get_all(doctype, filters=old, pluck="name"):
		frappe.delete_doc(doctype, name, ignore_permissions=True)
