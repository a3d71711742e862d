"""Orders, each by the person whose work it is: the curator makes one out of its kind and completes its wording, the
director enters the number and the date from the journal and signs."""

from __future__ import annotations

import re

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from demo.papers import Pairs
from demo.roster import Person
from demo.staff import School, acting
from nastavnik_app.orders import acknowledgement, drafting
from nastavnik_app.rules.names import initials_last

BLANK = re.compile(r"_{4,}(\.?)")  # with the full stop that may follow


def make(
	school: School,
	order_type: str,
	doctype: str = "Mentoring Program",
	names: list[str] | None = None,
	**values,
) -> Document:
	"""The curator's draft of an order about records, the programme by default, in the wording of its kind."""
	return drafting.make_order(order_type, doctype, names or [school.program], **values)


def complete(order: Document, *blanks: str, rows: list[dict[str, str]] | None = None) -> Document:
	"""Writes what the wording leaves to be written: its blank lines, one after another, and cells of its list."""
	left = list(blanks)
	order.preamble = _filled(order.preamble, left)
	for point in order.points:
		point.text = _filled(point.text, left)
	if rows:
		for number, cells in enumerate(rows):
			row = order.list_rows[number] if number < len(order.list_rows) else order.append("list_rows", {})
			row.update(cells)
	assert not left, f"{order.heading}: no blank line for {left}"
	return order.save()


def _filled(text: str | None, left: list[str]) -> str:
	def written(blank: re.Match) -> str:
		if not left:
			return blank[0]
		return left.pop(0).removesuffix(blank[1]) + blank[1]

	return BLANK.sub(written, text or "")


def send(school: School, order: Document) -> Document:
	with acting(school.logins["curator"]):
		return apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Send for Approval")


def sign(school: School, order: Document) -> Document:
	"""The curator sends the order, the director enters it in the journal and signs."""
	send(school, order)
	signed = frappe.db.count("Mentoring Order", {"program": school.program, "docstatus": 1})
	with acting(school.logins["director"]):
		order = frappe.get_doc("Mentoring Order", order.name)
		order.order_number, order.order_date = f"{school.numbers_taken + signed + 1}-од", getdate()
		order.save()
		return apply_workflow(order, "Sign")


def collect_signatures(order: Document) -> Document:
	"""The curator enters that the workers named in a signed order have signed its sheet."""
	order = frappe.get_doc("Mentoring Order", order.name)
	workers = [row.name for row in order.acknowledgements if row.way == acknowledgement.SIGNS]
	acknowledgement.collect(order, workers, getdate())
	return order


def refusal_of(order: Document) -> str:
	"""Tries to send an order for approval and returns the refusal. A refusal must come: the demonstration shows it."""
	try:
		apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Send for Approval")
	except frappe.ValidationError as refusal:
		frappe.clear_messages()
		return str(refusal)
	raise AssertionError("An order with people who have not consented was sent for approval")


def take_off(order: Document, pairs: Pairs, missing: list[Person]) -> list[str]:
	"""Takes the pairs of people without a consent off the order; returns the titles of those pairs."""
	order.reload()
	off = [row for row in order.pairs if {pairs[row.pair].mentor, *pairs[row.pair].mentees} & set(missing)]
	for row in off:
		order.remove(row)
	order.save()
	return [frappe.db.get_value("Pair", row.pair, "title") for row in off]


def cells(person: Person, **others: str) -> dict[str, str]:
	"""A row of a list of people: name and post, and what else stands in it."""
	return {"cell_1": person.full_name, "cell_2": person.position, **others}


def signed_off(person: Person) -> str:
	"""«Иванова А. П.» as a term or a duty names who answers for it."""
	return initials_last(person.full_name)
