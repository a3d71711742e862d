"""Moves that the system makes, when one document's effect brings another to its next state.

They have no button: Workflow knows no such transition, so the state is written past it, after the facts are checked.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.rules.states import MACHINES

Fact = Callable[[Document, Document], str | None]


class StateJumped(frappe.ValidationError):
	"""A state was written that no action leads to."""


def move(doc: Document, next_state: str, because: Document) -> None:
	"""Takes a document along an edge that belongs to the system, with a Version and a comment.

	`because` is the document whose effect this is; the facts it must bear out are checked first.
	Raises StateJumped where the table has no such edge or the facts are missing.
	"""
	machine = MACHINES[doc.doctype]
	state = doc.get(machine.field)
	edge = next((edge for edge in machine.edges_between(state, next_state) if not edge.by_person), None)
	if not edge:
		frappe.throw(
			_("{0} cannot pass from “{1}” to “{2}”. Reload the form and use its actions.").format(
				label(doc), _(state), _(next_state)
			),
			StateJumped,
		)
	refusal = FACTS[doc.doctype, next_state](doc, because)
	if refusal:
		frappe.throw(refusal, StateJumped)
	doc.db_set(machine.field, next_state, notify=True)
	doc.save_version()
	doc.add_comment("Workflow", _("{0}: {1}").format(_(next_state), label(because)))


def label(doc: Document) -> str:
	return _("{0} “{1}”").format(_(doc.doctype), doc.get_title() or doc.name)


def _is_signed_order(because: Document) -> bool:
	return because.doctype == "Mentoring Order" and because.docstatus == 1


def _listed_in_signed_order(table: str, link: str) -> Fact:
	def fact(doc: Document, because: Document) -> str | None:
		if _is_signed_order(because) and doc.name in [row.get(link) for row in because.get(table)]:
			return None
		return _("No signed order lists {0}.").format(doc.get_title())

	return fact


def _about_signed_orders_program(program_field: str) -> Fact:
	def fact(doc: Document, because: Document) -> str | None:
		if _is_signed_order(because) and because.program == doc.get(program_field):
			return None
		return _("No signed order starts or closes the program {0}.").format(doc.get_title())

	return fact


def _order_cancelled(rests_on: str) -> Fact:
	def fact(doc: Document, because: Document) -> str | None:
		cancelled = because.doctype == "Mentoring Order" and because.docstatus == 2
		if cancelled and doc.get(rests_on) == because.name:
			return None
		return _("The order that {0} is based on is not cancelled.").format(doc.get_title())

	return fact


def _replaced_by_signed_order(doc: Document, because: Document) -> str | None:
	if _is_signed_order(because):
		successors = frappe.get_all("Pair", filters={"replaces": doc.name}, pluck="name")
		if set(successors) & {row.pair for row in because.pairs}:
			return None
	return _("No signed order replaces the mentor of {0}.").format(doc.get_title())


def _consent_withdrawn(doc: Document, because: Document) -> str | None:
	people = {("Mentor", doc.mentor), *(("Mentee", row.mentee) for row in doc.mentees)}
	withdrawn = because.doctype == "Consent" and because.workflow_state == "Withdrawn"
	if withdrawn and (because.party_type, because.party) in people:
		return None
	return _("No participant of {0} withdrew a consent.").format(doc.get_title())


def _consent_ran_out(doc: Document, because: Document) -> str | None:
	if doc.valid_until and getdate(doc.valid_until) < getdate():
		return None
	return _("The consent of {0} has not expired.").format(doc.party_name)


def _is_blocked(doc: Document, because: Document) -> str | None:
	if doc.blocked_on:
		return None
	return _("{0} is not blocked.").format(doc.get_title())


def _came_from_partner(doc: Document, because: Document) -> str | None:
	sides = (doc.organization, doc.authority)
	if doc.direction == "From Another Site" and sides == (
		because.get("partner"),
		because.get("organization"),
	):
		return None
	return _("No other site has sent {0}.").format(doc.get_title())


def _newer_return_sent(doc: Document, because: Document) -> str | None:
	same = ("doctype", "organization", "authority", "period_start", "period_end", "direction")
	is_newer = because.get("workflow_state") == "Sent" and because.name != doc.name
	if is_newer and all(str(because.get(field)) == str(doc.get(field)) for field in same):
		return None
	return _("No newer return replaces {0}.").format(doc.get_title())


def _one_of(*facts: Fact) -> Fact:
	"""A fact that is borne out by one of several; of refusals the first is told."""

	def fact(doc: Document, because: Document) -> str | None:
		refusals = [one(doc, because) for one in facts]
		return refusals[0] if all(refusals) else None

	return fact


FACTS: dict[tuple[str, str], Fact] = {
	("Pair", "Assigned"): _one_of(_listed_in_signed_order("pairs", "pair"), _order_cancelled("ended_by")),
	("Pair", "Assigned by One School"): _one_of(
		_listed_in_signed_order("pairs", "pair"), _order_cancelled("order"), _order_cancelled("mentor_order")
	),
	("Pair", "Draft"): _one_of(_order_cancelled("order"), _order_cancelled("mentor_order")),
	("Pair", "Terminated"): _one_of(
		_consent_withdrawn, _listed_in_signed_order("pairs", "pair"), _replaced_by_signed_order
	),
	("Pair", "Completed"): _about_signed_orders_program("program"),
	("Individual Plan", "Approved"): _listed_in_signed_order("plans", "plan"),
	("Individual Plan", "Ready"): _order_cancelled("order"),
	("Mentoring Program", "Running"): _one_of(
		_about_signed_orders_program("name"), _order_cancelled("closed_by")
	),
	("Mentoring Program", "Draft"): _order_cancelled("order"),
	("Mentoring Program", "Closed"): _about_signed_orders_program("name"),
	("Mentoring Local Act", "Approved"): _listed_in_signed_order("acts", "act"),
	("Mentoring Local Act", "Draft"): _order_cancelled("order"),
	("Mentoring Award", "Granted"): _listed_in_signed_order("awards", "award"),
	("Mentoring Award", "Proposed"): _order_cancelled("order"),
	("Consent", "Expired"): _consent_ran_out,
	("Mentor", "Archived"): _is_blocked,
	("Mentee", "Archived"): _is_blocked,
	("Program Return", "Sent"): _came_from_partner,
	("Program Return", "Replaced"): _newer_return_sent,
}
