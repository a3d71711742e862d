"""What an order says of its pairs: read from them while it is a draft, and kept as it was sent from then on."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr


def list_participants(order: Document) -> None:
	"""Writes into the rows of a draft what its pairs are now."""
	for row in order.pairs:
		row.update(_said_of(row.pair))


def refusal_for_changed(order: Document) -> str | None:
	"""None where the pairs still are what the order says of them, otherwise which one is not and what to do."""
	for row in order.pairs:
		if any(cstr(row.get(field)) != cstr(value) for field, value in _said_of(row.pair).items()):
			return _(
				"The pair “{0}” has changed since the order “{1}” was sent for approval. Return the order with a remark, so that it is sent again with the pair as it is now."
			).format(frappe.db.get_value("Pair", row.pair, "title"), order.get_title())
	return None


def _said_of(name: str) -> dict[str, object]:
	fields = ["mentor_name", "form", "start_date", "end_date", "replaces"]
	said = frappe.db.get_value("Pair", name, fields, as_dict=True)
	replaced = said.pop("replaces")
	mentees = frappe.get_all("Pair Mentee", filters={"parent": name}, order_by="idx", pluck="mentee_name")
	return {
		**said,
		"mentee_names": ", ".join(mentees),
		"replaced_mentor": replaced and frappe.db.get_value("Pair", replaced, "mentor_name"),
	}
