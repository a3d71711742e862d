"""The duty of a mentor of workers, which ends early only after notice."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.rules.labour import earliest_end


def last_day_after(notice: date | str) -> date:
	"""The earliest day on which the duty ends after a notice given on a day (Labour Code, art. 351.8)."""
	days = frappe.db.get_single_value("Mentoring Settings", "notice_working_days")
	return earliest_end(getdate(notice), days)


def refusal_to_end(pair: Document, ended_on: date | str | None) -> str | None:
	"""None where the pair may end on that day. Without a notice it ends by agreement, or with the contract."""
	if not pair.notice_given_on or not frappe.db.get_value("Mentoring Form", pair.form, "worker_to_worker"):
		return None
	earliest = last_day_after(pair.notice_given_on)
	if getdate(ended_on) >= earliest:
		return None
	return _(
		"Notice to end the pair “{0}” was given on {1}: the mentor’s duty ends on {2} at the earliest. Correct the day on which it ends."
	).format(pair.title, formatdate(pair.notice_given_on), formatdate(earliest))
