"""What an order can do to records: the ways of doing it, which kinds of orders share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.desk import notices
from nastavnik_app.system_moves import label, move


class Effect:
	"""What an order of a kind does to the records that it is about."""

	def missing(self, order: Document) -> str | None:
		"""What the order lacks before it can be sent."""

	def says(self, order: Document) -> Iterator[str]:
		"""What will be done, a line for each record."""
		yield from ()

	def carry_out(self, order: Document) -> None:
		"""Does what the signed order says."""

	def irreversible(self, order: Document) -> str | None:
		"""What forbids cancelling the order."""

	def undo(self, order: Document) -> None:
		"""Brings the records back to where they were before the order."""


@dataclass(frozen=True)
class Moves(Effect):
	"""Takes each record that the order names along an edge of the system, and back.

	`rests_on` is the record's field for the order that moved it.
	"""

	doctype: str
	before: str
	after: str
	names: Callable[[Document], list[str]]
	rests_on: str = "order"

	def records(self, order: Document) -> list[Document]:
		return [frappe.get_doc(self.doctype, name) for name in self.names(order)]

	def missing(self, order: Document) -> str | None:
		records = self.records(order)
		if not records:
			return _("List at least one {0} in the order “{1}”.").format(_(self.doctype), order.get_title())
		for record in records:
			if record.workflow_state != self.before:
				return self.in_another_state(record, self.before)
		return None

	def in_another_state(self, record: Document, expected: str) -> str:
		return _(
			"{0} “{1}” is in the state “{2}”; an order can include it only in the state “{3}”. Take it off the order."
		).format(_(self.doctype), record.get_title(), _(record.workflow_state), _(expected))

	def says(self, order: Document) -> Iterator[str]:
		for record in self.records(order):
			yield _("{0}: {1} → {2}").format(label(record), _(record.workflow_state), _(self.after))

	def carry_out(self, order: Document) -> None:
		for record in self.records(order):
			record.db_set(self.rests_on, order.name)
			self.also_writes(record, order)
			move(record, self.after, because=order)
			notices.settle(record)

	def also_writes(self, record: Document, order: Document) -> None:
		"""What else the order enters in a record."""

	def irreversible(self, order: Document) -> str | None:
		for record in self.records(order):
			if (record.workflow_state, record.get(self.rests_on)) != (self.after, order.name):
				return self.already_in(record)
		return None

	def already_in(self, record: Document) -> str:
		return _("{0} is already in the state “{1}”: the order can no longer be cancelled.").format(
			label(record), _(record.workflow_state)
		)

	def undo(self, order: Document) -> None:
		for record in self.records(order):
			move(record, self.before, because=order)
			record.db_set(self.rests_on, None)
			self.also_takes_back(record)

	def also_takes_back(self, record: Document) -> None:
		"""Clears what the order entered in a record."""


@dataclass(frozen=True)
class Both(Effect):
	"""One effect and then another; taken back in the opposite order."""

	first: Effect
	second: Effect

	def missing(self, order: Document) -> str | None:
		return self.first.missing(order) or self.second.missing(order)

	def says(self, order: Document) -> Iterator[str]:
		yield from self.first.says(order)
		yield from self.second.says(order)

	def carry_out(self, order: Document) -> None:
		self.first.carry_out(order)
		self.second.carry_out(order)

	def irreversible(self, order: Document) -> str | None:
		return self.first.irreversible(order) or self.second.irreversible(order)

	def undo(self, order: Document) -> None:
		self.second.undo(order)
		self.first.undo(order)


def first_refusal(refusals: Iterator[str | None]) -> str | None:
	return next((refusal for refusal in refusals if refusal), None)
