"""Where a step of the work in the background ends. A test has one transaction, which is taken back as a whole."""

from __future__ import annotations

import frappe


def keep() -> None:
	"""What is done so far stays done, and everybody sees it, whatever becomes of the rest."""
	if not frappe.flags.in_test:
		frappe.db.commit()  # nosemgrep: frappe-manual-commit (jobs only)


def undo(savepoint: str) -> None:
	"""Takes back what was done since the last `keep`, in a test since the savepoint."""
	if frappe.flags.in_test:
		frappe.db.rollback(save_point=savepoint)
	else:
		frappe.db.rollback()


def look_anew() -> None:
	"""Ends the view of the records that a job has had so far, which hides what other workers have written since."""
	if not frappe.flags.in_test:
		frappe.db.rollback()
