"""What signing an order does, once and in the transaction of the signature, and what cancelling it undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, get_fullname

from nastavnik_app.desk import notices
from nastavnik_app.pairs import between_schools
from nastavnik_app.people import mentor_duty
from nastavnik_app.system_moves import label, move

ONE_SIDE = "Assigned by One School"


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


def _listed_pairs(order: Document) -> list[str]:
	return [row.pair for row in order.pairs]


def _replaced_pairs(order: Document) -> list[str]:
	return [frappe.db.get_value("Pair", row.pair, "replaces") for row in order.pairs]


def _pairs_at_work(order: Document) -> list[str]:
	"""The pairs that the closing of the programme completes, or has completed."""
	if not order.docstatus:
		return _assigned_pairs(order)
	return frappe.get_all("Pair", filters={"program": order.program, "ended_by": order.name}, pluck="name")


def _assigned_pairs(order: Document) -> list[str]:
	assigned = {"program": order.program, "workflow_state": "Assigned"}
	return frappe.get_all("Pair", filters=assigned, pluck="name")


class AssignsPairs(Moves):
	"""Assigns pairs; of a pair between two schools the side of the school whose order it is."""

	def missing(self, order: Document) -> str | None:
		if not order.pairs:
			return super().missing(order)
		return _first(self._not_ready(pair, order) for pair in self.records(order))

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
		return _first(self._moved_on(pair, order) for pair in self.records(order))

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
		return _first(refusals)

	def also_writes(self, record: Document, order: Document) -> None:
		record.db_set({"ended_on": order.ended_on or order.order_date, "end_reason": order.reason})

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
		record.db_set({"ended_on": order.order_date, "end_reason": reason})


class CompletesPairs(EndsPairs):
	def missing(self, order: Document) -> str | None:
		return None

	def also_writes(self, record: Document, order: Document) -> None:
		record.db_set("ended_on", order.ended_on or order.order_date)

	def carry_out(self, order: Document) -> None:
		for name in _assigned_pairs(order):
			frappe.db.set_value("Pair", name, "ended_by", order.name)
		super().carry_out(order)


class AppointsCurator(Effect):
	def missing(self, order: Document) -> str | None:
		if order.curator:
			return None
		return _("Choose the curator whom the order “{0}” appoints.").format(order.get_title())

	def says(self, order: Document) -> Iterator[str]:
		if order.curator:
			name = order.curator_name or get_fullname(order.curator)
			yield _("{0} becomes curator of the program").format(name)

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


class ApprovesRoadmap(Effect):
	"""An order approves the roadmap that it is annexed to."""

	def missing(self, order: Document) -> str | None:
		if frappe.db.exists("Roadmap Task", {"program": order.program}):
			return None
		return _(
			"The program of the order “{0}” has no roadmap yet. Load it, or take the annex off the order."
		).format(order.get_title())

	def says(self, order: Document) -> Iterator[str]:
		tasks = frappe.db.count("Roadmap Task", {"program": order.program})
		yield _("The roadmap is approved (tasks: {0})").format(tasks)

	def carry_out(self, order: Document) -> None:
		frappe.get_doc("Mentoring Program", order.program).db_set("roadmap_order", order.name)

	def undo(self, order: Document) -> None:
		earlier = frappe.get_all(
			"Mentoring Order",
			filters={"program": order.program, "docstatus": 1, "annex_roadmap": 1},
			order_by="signed_at desc",
			pluck="name",
			limit_page_length=1,
		)
		frappe.get_doc("Mentoring Program", order.program).db_set(
			"roadmap_order", earlier[0] if earlier else None
		)


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


ASSIGNS_PAIRS = AssignsPairs("Pair", "Draft", "Assigned", names=_listed_pairs)
EFFECTS: dict[str, Effect] = {
	"Assign Pairs": ASSIGNS_PAIRS,
	"Replace Mentor": Both(
		EndsReplacedPairs("Pair", "Assigned", "Terminated", names=_replaced_pairs, rests_on="ended_by"),
		ASSIGNS_PAIRS,
	),
	"Terminate Pairs": EndsPairs("Pair", "Assigned", "Terminated", names=_listed_pairs, rests_on="ended_by"),
	"Approve Plans": Moves(
		"Individual Plan", "Ready", "Approved", names=lambda order: [row.plan for row in order.plans]
	),
	"Start Program": Moves("Mentoring Program", "Draft", "Running", names=lambda order: [order.program]),
	"Close Program": Both(
		CompletesPairs("Pair", "Assigned", "Completed", names=_pairs_at_work, rests_on="ended_by"),
		Moves(
			"Mentoring Program",
			"Running",
			"Closed",
			names=lambda order: [order.program],
			rests_on="closed_by",
		),
	),
	"Appoint Curator": AppointsCurator(),
	"Entrust Duty": EntrustsDuty(),
	"Grant Awards": Moves(
		"Mentoring Award", "Proposed", "Granted", names=lambda order: [row.award for row in order.awards]
	),
}
APPROVES_ACTS = Moves(
	"Mentoring Local Act", "Draft", "Approved", names=lambda order: [row.act for row in order.acts]
)
APPROVES_ROADMAP = ApprovesRoadmap()


def _effects(order: Document) -> list[Effect]:
	"""What the kind of order does, and the approval of what is annexed to it."""
	effects = [EFFECTS[order.effect]] if order.effect else []
	if order.acts:
		effects.append(APPROVES_ACTS)
	if order.annex_roadmap:
		effects.append(APPROVES_ROADMAP)
	return effects


def missing_subject(order: Document) -> str | None:
	"""What an order lacks before it can be sent for approval, or None."""
	if not order.points:
		return _("Write at least one operative point in the order “{0}”.").format(order.get_title())
	return _first(effect.missing(order) for effect in _effects(order))


def what_signing_does(order: Document) -> list[str]:
	"""What the order will change when it is signed, a line for each record; empty where it changes nothing."""
	return [line for effect in _effects(order) for line in effect.says(order)]


def carry_out(order: Document) -> None:
	"""Does what the order says; called once, when it is submitted."""
	refusal = _first(effect.missing(order) for effect in _effects(order))
	if refusal:
		frappe.throw(refusal)
	for effect in _effects(order):
		effect.carry_out(order)


def irreversible(order: Document) -> str | None:
	"""What forbids cancelling a signed order, or None."""
	later = frappe.db.get_value(
		"Mentoring Order", {"amends_order": order.name, "docstatus": 1}, ["order_number", "order_date"]
	)
	if later:
		return _("The order No. {0} of {1} changes this one. Cancel that one first.").format(
			later[0], formatdate(later[1])
		)
	return _first(effect.irreversible(order) for effect in _effects(order))


def undo(order: Document) -> None:
	"""Takes back what signing did; called once, when the order is cancelled."""
	for effect in reversed(_effects(order)):
		effect.undo(order)


def _first(refusals: Iterator[str | None]) -> str | None:
	return next((refusal for refusal in refusals if refusal), None)
