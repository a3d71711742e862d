"""Records as the reader of a document may see them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document


def readable(doctype: str, name: str | None) -> Document | None:
	"""The record, or None where there is none or the reader may not see it."""
	if not name or not frappe.db.exists(doctype, name):
		return None
	record = frappe.get_doc(doctype, name)
	# not by the record, which tells the reader of every refusal
	return record if frappe.has_permission(record.doctype, "read", doc=record) else None
