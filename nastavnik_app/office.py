"""Who holds office in an organization on a day."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.utils import getdate

from nastavnik_app.rules.approval import ActingDirector, Signatory, approver_on


def approver_of(organization: str, day: date | None = None) -> Signatory:
	"""The director of an organization on a day (today by default), or the acting one named for that day.

	A branch without a director of its own is signed for by its parent organization.
	"""
	record = frappe.get_doc("Educational Organization", organization)
	if not record.director and record.parent_organization:
		return approver_of(record.parent_organization, day)
	director = Signatory(record.director, record.director_name or "", record.director_post or "")
	acting = [
		ActingDirector(
			Signatory(row.user, row.person_name, row.post or "", acting=True),
			getdate(row.from_date),
			getdate(row.to_date),
		)
		for row in record.acting_directors
	]
	return approver_on(day or getdate(), director, acting)
