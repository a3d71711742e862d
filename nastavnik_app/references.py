"""What a record may be about or lead to: nothing that its author may not read, nothing of another organization."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import may, may_name, schools_of
from nastavnik_app.rules.scope import REFERENCES, SCOPE_FIELD


def require_seen(doc: Document, event: str) -> None:
	"""Refuses a comment, to-do, tag or subscription about a record that its author may not read."""
	if doc.doctype == "Comment" and doc.comment_type != "Comment":  # what the framework notes by itself
		return
	about, name = (doc.get(field) for field in REFERENCES[doc.doctype])
	require_reading(about, name)


def require_reading(doctype: str | None, name: str | None) -> None:
	"""Refuses a record that the session's user may not read."""
	if not may("read", doctype, name):
		refuse_reading(doctype)


def refuse_reading(doctype: str) -> None:
	frappe.throw(_("You may not read this record of {0}.").format(_(doctype)), frappe.PermissionError)


def require_same_organization(
	doc: Document, except_fields: tuple[str, ...] = (), rows: list[Document] | None = None
) -> None:
	"""Refuses a link to another organization's record, in the document or in its tables (or in these `rows` of
	them)."""
	for row in (doc, *(doc.get_all_children() if rows is None else rows)):
		for df in row.meta.get_link_fields():
			name = row.get(df.fieldname)
			if df.fieldname in except_fields:
				continue
			if name and SCOPE_FIELD.get(df.options) == "organization":
				label = _(row.meta.get_label(df.fieldname), context=row.doctype)
				_refuse_foreign(doc, df.options, name, label)


def _refuse_foreign(doc: Document, doctype: str, name: str, label: str) -> None:
	if doc.organization not in schools_of(doctype, name):
		# the organization may have been fetched from a record of another school
		if not may_name("Educational Organization", doc.organization):
			frappe.throw(_("{0}: there is no such record.").format(label), frappe.PermissionError)
		frappe.throw(
			_("{0}: this record belongs to another organization. Choose one of {1}.").format(
				label, frappe.db.get_value("Educational Organization", doc.organization, "title")
			),
			frappe.PermissionError,
		)
