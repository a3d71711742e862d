"""The check of schools' websites: a row for each school and each document of the settings."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from nastavnik_app.permissions import subordinates_of
from nastavnik_app.returns.stored import titles_of


def list_all(check: Document) -> int:
	"""Adds what is not listed yet, without a mark; how many rows."""
	documents = frappe.db.get_single_value("Mentoring Settings", "site_documents") or ""
	listed = {(row.school, row.document) for row in check.marks}
	missing = [
		(school, document.strip())
		for school in titles_of(subordinates_of({check.organization}))
		for document in documents.splitlines()
		if document.strip() and (school, document.strip()) not in listed
	]
	for school, document in missing:
		check.append("marks", {"school": school, "document": document})
	return len(missing)
