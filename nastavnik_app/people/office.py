"""Who holds office in an organization on a day, and who works in its programme."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.rules.approval import ActingDirector, Signatory, approver_on
from nastavnik_app.rules.names import CASES


def approver_of(organization: str, day: date | None = None) -> Signatory:
	"""The director of an organization on a day (today by default), or the acting one named for that day.

	A branch without a director of its own is signed for by its parent organization.
	"""
	record = frappe.get_doc("Educational Organization", organization)
	if not record.director and record.parent_organization:
		return approver_of(record.parent_organization, day)
	director = Signatory(
		record.director,
		record.director_name or "",
		record.director_post or "",
		name_cases=given_cases(record, "director_name"),
		post_cases=given_cases(record, "director_post"),
	)
	acting = [_acting(row) for row in record.acting_directors]
	return approver_on(day or getdate(), director, acting)


def can_log_in(user: str) -> bool:
	"""Whether a login is there and not closed."""
	return bool(frappe.db.get_value("User", user, "enabled"))


def staff_of(organization: str, role: str) -> list[str]:
	"""Logins of an organization's members with a role, of those who can log in."""
	members = frappe.get_all("Mentoring Organization Member", filters={"parent": organization}, pluck="user")
	enabled = frappe.get_all("User", filters={"name": ["in", [*members, ""]], "enabled": 1}, pluck="name")
	return [user for user in dict.fromkeys(members) if user in enabled and role in frappe.get_roles(user)]


def _acting(row: Document) -> ActingDirector:
	signatory = Signatory(
		row.user,
		row.person_name,
		row.post or "",
		acting=True,
		name_cases=given_cases(row, "person_name"),
		post_cases=given_cases(row, "post"),
	)
	return ActingDirector(signatory, getdate(row.from_date), getdate(row.to_date))


def given_cases(record: Document, field: str) -> dict[str, str]:
	"""The forms of a name or a post that a record has of its own in `<field>_<case>`, by case."""
	forms = {case: record.get(f"{field}_{case}") for case in CASES}
	return {case: form for case, form in forms.items() if form}
