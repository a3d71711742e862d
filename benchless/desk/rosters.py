"""What the pages offer about lists of people: check, import, the list as a file."""

from __future__ import annotations

from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.people.roster_import import BEGUN


def may_check(doc: Document) -> bool:
	return bool(doc.file) and doc.status not in BEGUN


def check(doc: Document) -> str:
	doc.check_list()
	return _("Rows: {0}. New: {1}, changed: {2}, unchanged: {3}. Faults: {4}, doubtful: {5}.").format(
		doc.row_count or 0,
		doc.new_count or 0,
		doc.changed_count or 0,
		doc.unchanged_count or 0,
		doc.fault_count or 0,
		doc.doubtful_count or 0,
	)


def may_import(doc: Document) -> bool:
	return doc.status == "Checked" and not doc.fault_count and not doc.doubtful_count


def import_list(doc: Document) -> str:
	doc.import_list()
	return _("The import is queued.")


def ways_of(doc: Document) -> list[dict[str, str]]:
	"""The template, and everybody whom the organization keeps as a file that can be read back."""
	template = _address("roster_template", people=doc.people)
	found = [{"label": _("Template"), "url": template}]
	if frappe.has_permission(doc.people, "export"):
		address = _address("export_roster", organization=doc.organization, people=doc.people)
		found.append({"label": _("Everybody as a File"), "url": address})
	return found


def _address(method: str, **asked: str) -> str:
	return f"/api/method/nastavnik_app.api.{method}?{urlencode(asked)}"
