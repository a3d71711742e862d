"""Whom mentors and mentees want to work with, in the order of preference."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from nastavnik_app.references import require_same_organization

DEFAULT_LIMIT = 3
WISHED = {"Mentor": "mentee", "Mentee": "mentor"}


def limit() -> int:
	"""How many names somebody may wish for."""
	return cint(frappe.db.get_single_value("Mentoring Settings", "wish_limit")) or DEFAULT_LIMIT


def refuse_wrong(person: Document) -> None:
	"""Refuses more wishes than the settings allow, a name twice, and people of another organization."""
	most = limit()
	if len(person.wishes) > most:
		frappe.throw(
			_("{0}: {1} wishes, and at most {2} are taken. Leave the first ones.").format(
				person.full_name, len(person.wishes), most
			)
		)
	field, seen = WISHED[person.doctype], set()
	for row in person.wishes:
		if row.get(field) in seen:
			frappe.throw(
				_("{0}: {1} stands twice among the wishes. Leave one row.").format(
					person.full_name, row.get(f"{field}_name")
				)
			)
		seen.add(row.get(field))
	require_same_organization(person, rows=person.wishes)
