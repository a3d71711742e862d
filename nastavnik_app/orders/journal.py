"""The journal of orders of an organization: a number once a year, typed or counted without gaps."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.rules.numbering import counted_number, journal_key, leading_number


def enter(order: Document) -> None:
	"""Gives a signed order its place in the journal; refuses a number that the year already has.

	The organization is locked first: those who sign at one time queue, and none of them meets a deadlock over a
	counter that another is just making.
	"""
	frappe.db.get_value("Educational Organization", order.organization, "name", for_update=True)
	organization = frappe.get_doc("Educational Organization", order.organization)
	year = getdate(order.order_date).year
	if organization.order_numbering == "Counted" and not order.order_number:
		order.order_number = counted_number(count_on(order.organization, year), organization.order_suffix)
	elif organization.order_numbering == "Counted":
		_move_on(order.organization, year, leading_number(order.order_number))
	key = journal_key(order.organization, year, order.order_number)
	if frappe.db.exists("Mentoring Order", {"journal_key": key, "name": ["!=", order.name]}):
		frappe.throw(
			_("The journal of {0} for {1} already has an order No. {2}. Enter another number.").format(
				organization.title, year, order.order_number
			),
			frappe.DuplicateEntryError,
		)
	order.journal_key = key


def count_on(organization: str, year: int) -> int:
	"""The next number: the row is updated first and read then, so that writers queue and none gets a number twice."""
	name = _counter_row(organization, year)
	counter = frappe.qb.DocType("Mentoring Order Counter")
	frappe.qb.update(counter).set(counter.last_number, counter.last_number + 1).where(
		counter.name == name
	).run()
	return frappe.db.get_value("Mentoring Order Counter", name, "last_number")


def _move_on(organization: str, year: int, typed: int | None) -> None:
	"""Lets a typed number move the counter on, so that the app does not count it again."""
	name = _counter_row(organization, year)
	counter = frappe.qb.DocType("Mentoring Order Counter")
	query = frappe.qb.update(counter).set(counter.last_number, typed or 0)
	query.where(counter.name == name).where(counter.last_number < (typed or 0)).run()


def _counter_row(organization: str, year: int) -> str:
	name = f"{organization}-{year}"
	if not frappe.db.exists("Mentoring Order Counter", name):
		frappe.get_doc(
			{
				"doctype": "Mentoring Order Counter",
				"organization": organization,
				"year": year,
				"last_number": 0,
			}
		).insert(ignore_permissions=True, ignore_if_duplicate=True)
	return name
