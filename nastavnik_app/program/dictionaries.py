"""The records of dictionaries that a programme's records name."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document


def refuse_other_kind(doc: Document, about: str, fieldname: str = "kind") -> None:
	"""Refuses a Mentoring Kind of something else: an award's in an event."""
	kind = doc.get(fieldname) and frappe.get_cached_doc("Mentoring Kind", doc.get(fieldname))
	if kind and kind.about != about:
		frappe.throw(
			_("“{0}” is a kind of “{1}”, not of “{2}”. Choose another kind.").format(
				kind.title, _(kind.about), _(about)
			)
		)


def titles_of(doctype: str) -> dict[str, str]:
	"""Titles of a dictionary's records, by their names."""
	return {row.name: row.title for row in frappe.get_all(doctype, fields=["name", "title"])}
