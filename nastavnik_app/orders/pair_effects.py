"""What orders do to pairs: assign them, end them, complete them."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.desk import notices
from nastavnik_app.orders.effects import Effect, Moves, first_refusal
from nastavnik_app.pairs import between_schools
from nastavnik_app.people import consents, mentor_duty, mentor_places
from nastavnik_app.system_moves import label, move

ONE_SIDE = "Assigned by One School"


def listed_pairs(order: Document) -> list[str]:
	return [row.pair for row in order.pairs]


def replaced_pairs(order: Document) -> list[str]:
	return [frappe.db.get_value("Pair", row.pair, "replaces") for row in order.pairs]


def pairs_at_work(order: Document) -> list[str]:
	"""The pairs that the closing of the programme completes, or has completed."""
	if not order.docstatus:
		return assigned_pairs(order)
	return frappe.get_all("Pair", filters={"program": order.program, "ended_by": order.name}, pluck="name")


def assigned_pairs(order: Document) -> list[str]:
	assigned = {"program": order.program, "workflow_state": "Assigned"}
	return frappe.get_all("Pair", filters=assigned, pluck="name")


class AssignsPairs(Moves):
	"""Assigns pairs; of a pair between two schools the side of the school whose order it is."""

	def missing(self, order: Document) -> str | None:
		if not order.pairs:
			return super().missing(order)
		return first_refusal(self._not_ready(pair, order) for pair in self.records(order))

	def _not_ready(self, pair: Document, order: Document) -> str | None:
		if not pair.mentor:
			return _("The mentor of the pair “{0}” is not named yet. His school's curator names him.").format(
				pair.get_title()
			)
		if pair.get(between_schools.order_field(pair, order.organization)):
			return _("Your school has already assigned its side of the pair “{0}”.").format(pair.get_title())
		waiting = (self.before, ONE_SIDE) if between_schools.is_between_schools(pair) else (self.before,)
		return None if pair.workflow_state in waiting else self.in_another_state(pair, self.before)

	def says(self, order: Document) -> Iterator[str]:
		for pair in self.records(order):
			state, next_state = _(pair.workflow_state), _(self._reached(pair, order))
			yield _("{0}: {1} → {2}").format(label(pair), state, next_state)

	def _reached(self, pair: Document, order: Document) -> str:
		waits = between_schools.waits_for_other_order(pair, order.organization)
		return ONE_SIDE if waits else self.after

	def carry_out(self, order: Document) -> None:
		for pair in self.records(order):
			pair.db_set(between_schools.order_field(pair, order.organization), order.name)
			move(pair, self._reached(pair, order), because=order)
			notices.settle(pair)

	def undo(self, order: Document) -> None:
		for pair in self.records(order):
			waits = between_schools.waits_for_other_order(pair, order.organization)
			one_side_stays = between_schools.is_between_schools(pair) and not waits
			move(pair, ONE_SIDE if one_side_stays else self.before, because=order)
			pair.db_set(between_schools.order_field(pair, order.organization), None)

	def irreversible(self, order: Document) -> str | None:
		plan = frappe.db.get_value(
			"Individual Plan", {"pair": ["in", self.names(order)], "workflow_state": "Approved"}, "title"
		)
		if plan:
			return _(
				"The plan “{0}” is based on this order and is approved. Cancel the order on plans first."
			).format(plan)
		return first_refusal(self._moved_on(pair, order) for pair in self.records(order))

	def _moved_on(self, pair: Document, order: Document) -> str | None:
		rests = pair.get(between_schools.order_field(pair, order.organization)) == order.name
		if rests and pair.workflow_state == self._reached(pair, order):
			return None
		return self.already_in(pair)


class EntrustsDuty(Effect):
	"""Puts the work of a mentor of workers on record: the consents are asked for, and no pair is moved."""

	def missing(self, order: Document) -> str | None:
		if order.pairs:
			return None
		return _("List at least one {0} in the order “{1}”.").format(_("Pair"), order.get_title())


class EndsPairs(Moves):
	"""The pair's work ends on the day that the order names, for the reason that it names."""

	def missing(self, order: Document) -> str | None:
		if not (order.ended_on and order.reason):
			return _("Enter in the order “{0}” the date on which the pairs end and the reason.").format(
				order.get_title()
			)
		return self._ends_too_early(order) or super().missing(order)

	def _ends_too_early(self, order: Document) -> str | None:
		refusals = (
			mentor_duty.refusal_to_end(pair, order.ended_on or order.order_date)
			for pair in self.records(order)
		)
		return first_refusal(refusals)

	def also_writes(self, record: Document, order: Document) -> None:
		record.db_set({"ended_on": order.ended_on or order.order_date, "end_reason": order.reason})

	def irreversible(self, order: Document) -> str | None:
		refusal = super().irreversible(order)
		if refusal:
			return refusal
		pairs = self.records(order)
		return first_refusal(
			consents.refusal_for_archived(pair) for pair in pairs
		) or mentor_places.refusal_to_resume(pairs)

	def also_takes_back(self, record: Document) -> None:
		record.db_set({"ended_on": None, "end_reason": None})


class EndsReplacedPairs(EndsPairs):
	def missing(self, order: Document) -> str | None:
		for row in order.pairs:
			if not frappe.db.get_value("Pair", row.pair, "replaces"):
				return _(
					"The pair of {0} does not replace another one. Use “Replace Mentor” in the pair whose mentor changes."
				).format(row.mentor_name)
		return self._ends_too_early(order) or Moves.missing(self, order)

	def also_writes(self, record: Document, order: Document) -> None:
		reason = order.reason or _("Mentor replaced")
		record.db_set({"ended_on": order.ended_on or order.order_date, "end_reason": reason})


class CompletesPairs(EndsPairs):
	def missing(self, order: Document) -> str | None:
		return None

	def also_writes(self, record: Document, order: Document) -> None:
		record.db_set("ended_on", order.ended_on or order.order_date)

	def carry_out(self, order: Document) -> None:
		for name in assigned_pairs(order):
			frappe.db.set_value("Pair", name, "ended_by", order.name)
		super().carry_out(order)
