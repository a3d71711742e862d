"""What went wrong, in the words of the person who is told, and the jobs that a stopped worker left behind."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, nowdate, strip_html

QUEUED, RUNNING, FAILED = "Queued", "Running", "Failed"


def reason_of(error: Exception) -> str:
	"""What an error says; it is told once, here, and no longer shown as a message of its own."""
	frappe.clear_messages()
	return strip_html(str(error)) or type(error).__name__


def give_up(doctype: str, stamp: str, days: int, reason: str) -> None:
	"""Fails the jobs that have waited or run since more than `days` days by their field `stamp`."""
	left = {"status": ["in", [QUEUED, RUNNING]], stamp: ["<", add_days(nowdate(), -days)]}
	for name in frappe.get_all(doctype, filters=left, pluck="name"):
		frappe.get_doc(doctype, name).db_set({"status": FAILED, "problems": reason})


def delete_old(doctype: str, days: int) -> None:
	"""Deletes the jobs of more than `days` days ago with the files attached to them."""
	old = {"creation": ["<", add_days(nowdate(), -days)]}
	for name in frappe.get_all(doctype, filters=old, pluck="name"):
		frappe.delete_doc(doctype, name, ignore_permissions=True)
