"""What an order says of its pairs: read from them while it is a draft, and kept as it was sent from then on."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

FIELDS = ("mentor_name", "form", "start_date", "end_date")


def list_participants(order: Document) -> None:
	"""Writes into the rows of a draft what its pairs are now."""
	said = _said_of(order)
	for row in order.pairs:
		row.update(said.get(row.pair, {}))


def refusal_for_changed(order: Document) -> str | None:
	"""None where the pairs still are what the order says of them, otherwise which one is not and what to do."""
	said = _said_of(order)
	for row in order.pairs:
		if any(cstr(row.get(field)) != cstr(value) for field, value in said[row.pair].items()):
			return _(
				"The pair “{0}” has changed since the order “{1}” was sent for approval. Return the order with a remark, so that it is sent again with the pair as it is now."
			).format(frappe.db.get_value("Pair", row.pair, "title"), order.get_title())
	return None


def _said_of(order: Document) -> dict[str, dict[str, object]]:
	"""Pair → the columns of its row, of all pairs at once."""
	names = [row.pair for row in order.pairs if row.pair]
	if not names:
		return {}
	pairs = frappe.get_all("Pair", filters={"name": ["in", names]}, fields=["name", "replaces", *FIELDS])
	replaced = [pair.replaces for pair in pairs if pair.replaces]
	mentors = dict(
		frappe.get_all(
			"Pair", filters={"name": ["in", [*replaced, ""]]}, fields=["name", "mentor_name"], as_list=True
		)
	)
	mentees: defaultdict[str, list[str]] = defaultdict(list)
	in_pairs = {"parent": ["in", names], "parenttype": "Pair"}
	for row in frappe.get_all(
		"Pair Mentee", filters=in_pairs, fields=["parent", "mentee_name"], order_by="idx asc"
	):
		mentees[row.parent].append(row.mentee_name)
	return {
		pair.name: {
			**{field: pair[field] for field in FIELDS},
			"mentee_names": ", ".join(mentees[pair.name]),
			"replaced_mentor": mentors.get(pair.replaces),
		}
		for pair in pairs
	}
