"""What anybody may read of a school: the figures of its newest approved return, as they were withheld for it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate
from frappe.website.utils import clear_cache

from nastavnik_app.returns import tables

PATH = "nastavnichestvo"
SHOWN = ("Approved", "Sent", "Accepted")


def is_open() -> bool:
	return bool(frappe.db.get_single_value("Mentoring Settings", "public_page"))


def schools() -> list[dict[str, Any]]:
	"""`title`, `days` and `tables` of each organization that chose to be shown and has an approved return."""
	found = []
	for organization in frappe.get_all(
		"Educational Organization",
		filters={"on_public_page": 1},
		fields=["name", "title"],
		order_by="title asc",
	):
		newest = frappe.get_all(
			"Program Return",
			filters={"organization": organization.name, "workflow_state": ["in", SHOWN]},
			pluck="name",
			order_by="period_end desc, computed_at desc",
			limit=1,
		)
		if newest:
			doc = frappe.get_doc("Program Return", newest[0])
			found.append(
				{
					"title": organization.title,
					"days": _("{0} – {1}").format(formatdate(doc.period_start), formatdate(doc.period_end)),
					"tables": tables.tables_of(doc),
					"bound": doc.bound,
				}
			)
	return found


def forget(doc: Document, event: str) -> None:
	"""Frappe keeps the page until what it shows has changed."""
	clear_cache(PATH)
