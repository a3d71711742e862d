"""People whom an event or a publication lists: taken from the banks, named as there."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.rules.scope import PEOPLE

FIELDS = ["name", "full_name", "position", "school_class", "organization"]


def fill_in(doc: Document, table: str) -> None:
	"""Names the people that rows link to, and their posts where none is typed; refuses those of another school."""
	rows = [row for row in doc.get(table) if row.party]
	found = {part: _people(part, rows) for part in PEOPLE}
	for row in rows:
		person = found.get(row.party_type, {}).get(row.party)
		if not person:
			continue  # the framework refuses a link to nothing
		if person.organization != doc.organization:
			frappe.throw(
				_(
					"Row {0}: this person belongs to another organization. Enter the name without a link."
				).format(row.idx),
				frappe.PermissionError,
			)
		row.person_name = person.full_name
		if row.meta.has_field("post"):
			row.post = row.post or person.position or person.school_class


def _people(party_type: str, rows: list[Document]) -> dict[str, Any]:
	names = [row.party for row in rows if row.party_type == party_type]
	people = frappe.get_all(party_type, filters={"name": ["in", [*names, ""]]}, fields=FIELDS)
	return {person.name: person for person in people}
