"""What signing an order does, once and in the transaction of the signature, and what cancelling it undoes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.system_moves import move


class Effect:
	"""What an order of a kind does to the records that it is about."""

	def missing(self, order: Document) -> str | None:
		"""What the order lacks before it can be sent."""

	def carry_out(self, order: Document) -> None:
		"""Does what the signed order says."""

	def irreversible(self, order: Document) -> str | None:
		"""What forbids cancelling the order."""

	def undo(self, order: Document) -> None:
		"""Brings the records back to where they were before the order."""


@dataclass(frozen=True)
class Moves(Effect):
	"""Takes each record that the order names along an edge of the system, and back."""

	doctype: str
	before: str
	after: str
	names: Callable[[Document], list[str]]

	def records(self, order: Document) -> list[Document]:
		return [frappe.get_doc(self.doctype, name) for name in self.names(order)]

	def missing(self, order: Document) -> str | None:
		records = self.records(order)
		if not records:
			return _("List at least one {0} in the order “{1}”.").format(_(self.doctype), order.get_title())
		for record in records:
			if record.workflow_state != self.before:
				return _("{0} “{1}” stands at {2}; an order takes it up only at {3}.").format(
					_(self.doctype), record.get_title(), _(record.workflow_state), _(self.before)
				)
		return None

	def carry_out(self, order: Document) -> None:
		for record in self.records(order):
			record.db_set("order", order.name)
			move(record, self.after, because=order)

	def irreversible(self, order: Document) -> str | None:
		for record in self.records(order):
			if record.workflow_state != self.after:
				return _("{0} “{1}” already stands at {2}: the order cannot be cancelled any more.").format(
					_(self.doctype), record.get_title(), _(record.workflow_state)
				)
		return None

	def undo(self, order: Document) -> None:
		for record in self.records(order):
			move(record, self.before, because=order)
			record.db_set("order", None)


class AssignsPairs(Moves):
	def irreversible(self, order: Document) -> str | None:
		plan = frappe.db.get_value(
			"Individual Plan", {"pair": ["in", self.names(order)], "workflow_state": "Approved"}, "title"
		)
		if plan:
			return _(
				"The plan “{0}” rests on this order and is approved. Cancel the order on plans first."
			).format(plan)
		return super().irreversible(order)


class AppointsCurator(Effect):
	def missing(self, order: Document) -> str | None:
		if order.curator:
			return None
		return _("Choose the curator whom the order “{0}” appoints.").format(order.get_title())

	def carry_out(self, order: Document) -> None:
		program = frappe.get_doc("Mentoring Program", order.program)
		program.append(
			"curators", {"user": order.curator, "person_name": order.curator_name, "order": order.name}
		)
		program.save(ignore_permissions=True)

	def undo(self, order: Document) -> None:
		program = frappe.get_doc("Mentoring Program", order.program)
		program.curators = [row for row in program.curators if row.order != order.name]
		program.save(ignore_permissions=True)


EFFECTS: dict[str, Effect] = {
	"Assign Pairs": AssignsPairs(
		"Pair", "Draft", "Assigned", names=lambda order: [row.pair for row in order.pairs]
	),
	"Approve Plans": Moves(
		"Individual Plan", "Ready", "Approved", names=lambda order: [row.plan for row in order.plans]
	),
	"Start Program": Moves("Mentoring Program", "Draft", "Running", names=lambda order: [order.program]),
	"Appoint Curator": AppointsCurator(),
}
_NOTHING = Effect()


def _effect(order: Document) -> Effect:
	return EFFECTS.get(order.effect, _NOTHING)


def missing_subject(order: Document) -> str | None:
	"""What an order lacks before it can be sent for approval, or None."""
	if not order.points:
		return _("Write at least one operative point in the order “{0}”.").format(order.get_title())
	return _effect(order).missing(order)


def carry_out(order: Document) -> None:
	"""Does what the order says; called once, when it is submitted."""
	refusal = _effect(order).missing(order)
	if refusal:
		frappe.throw(refusal)
	_effect(order).carry_out(order)


def irreversible(order: Document) -> str | None:
	"""What forbids cancelling a signed order, or None."""
	return _effect(order).irreversible(order)


def undo(order: Document) -> None:
	"""Takes back what signing did; called once, when the order is cancelled."""
	_effect(order).undo(order)
