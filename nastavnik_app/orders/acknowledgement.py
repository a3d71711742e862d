"""Who is named in an order and must see it: workers sign, pupils and their parents are informed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.desk import notices
from nastavnik_app.documents import values
from nastavnik_app.pairs.between_schools import people_of_side
from nastavnik_app.people import consents

SIGNS, INFORMED = "Signs", "Is Informed"


def list_people(order: Document) -> None:
	"""Lists in a draft everybody whom the order names, each once. Who was added by hand stays; who is named no more
	goes."""
	concerned: dict[str, dict] = {}
	for row in _concerned(order):
		concerned.setdefault(row["person_name"], row)
	kept = [row for row in order.acknowledgements if not row.by_app or row.person_name in concerned]
	order.set("acknowledgements", kept)
	listed = {row.person_name for row in kept}
	for name, row in concerned.items():
		if name not in listed:
			order.append("acknowledgements", {**row, "by_app": 1})


def _concerned(order: Document) -> Iterator[dict]:
	yield from _participants(order)
	yield from _people_of_list(order)
	program = frappe.get_doc("Mentoring Program", order.program)
	for curator in values.curators_of(order, program):
		yield {"person_name": values.name_of(curator), "way": SIGNS, "user": curator.user}


def _participants(order: Document) -> Iterator[dict]:
	"""Those with a position sign; the others are informed. Workers come first."""
	pairs = consents.listed_pairs(order)
	people = [person for pair in pairs for person in people_of_side(pair, order.organization)]
	people += [
		("Mentor", frappe.db.get_value("Pair", pair.replaces, "mentor")) for pair in pairs if pair.replaces
	]
	awards = [
		frappe.db.get_value("Mentoring Award", row.award, ["party_type", "party"]) for row in order.awards
	]
	people += [person for person in awards if person[1]]
	rows = [_row_of(*person) for person in dict.fromkeys(people)]
	yield from sorted(rows, key=lambda row: row["way"] == INFORMED)


def _row_of(doctype: str, name: str) -> dict:
	fields = ["full_name", "position", "school_class", "user"]
	person = frappe.db.get_value(doctype, name, fields, as_dict=True)
	return {
		"person_name": person.full_name,
		"post": person.position or person.school_class,
		"way": SIGNS if person.position else INFORMED,
		"user": person.user,
	}


def _people_of_list(order: Document) -> Iterator[dict]:
	"""People named in the order's own list, such as a jury: name in the first column, post in the second."""
	if not frappe.db.get_value("Mentoring Order Type", order.order_type, "list_of_people"):
		return
	for row in order.list_rows:
		if row.cell_1:
			yield {"person_name": row.cell_1, "post": row.cell_2, "way": SIGNS}


def acknowledge(order: Document) -> None:
	"""The session's user has read a signed order that names him."""
	rows = [row for row in order.acknowledgements if row.user == frappe.session.user]
	if order.docstatus != 1 or not rows:
		frappe.throw(
			_("The order “{0}” does not ask for your acknowledgement.").format(order.get_title()),
			frappe.PermissionError,
		)
	for row in rows:
		if not row.acknowledged_on:
			row.db_set("acknowledged_on", getdate())
			order.add_comment("Info", _("{0} has read the order").format(row.person_name))
	notices.settle(order, frappe.session.user)


def collect(order: Document, people: list[str], day: date | str) -> None:
	"""Enters for the rows of an order, by their names, the day on which these people signed or were informed."""
	if getdate(day) < getdate(order.order_date) or getdate(day) > getdate():
		frappe.throw(
			_(
				"Nobody can have read the order “{0}” on that day. Enter a date between that of the order and today."
			).format(order.get_title())
		)
	for row in order.acknowledgements:
		if row.name in people:
			row.acknowledged_on = day
	order.save()
