"""What signing an order does, once and in the transaction of the signature, and what cancelling it undoes."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, get_fullname

from nastavnik_app.orders.effects import Both, Effect, Moves, first_refusal
from nastavnik_app.orders.pair_effects import (
	AssignsPairs,
	CompletesPairs,
	EndsPairs,
	EndsReplacedPairs,
	EntrustsDuty,
	listed_pairs,
	pairs_at_work,
	replaced_pairs,
)
from nastavnik_app.program import indicator_values


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
		listed = [row for row in program.curators if row.user == order.curator]
		row = listed[0] if listed else program.append("curators", {"user": order.curator})
		row.update({"person_name": order.curator_name or row.person_name, "order": order.name})
		program.save(ignore_permissions=True)

	def undo(self, order: Document) -> None:
		program = frappe.get_doc("Mentoring Program", order.program)
		for row in [row for row in program.curators if row.order == order.name]:
			row.order = _order_in_force(order.program, curator=row.user)
			if row.order is None:
				program.remove(row)
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
		earlier = _order_in_force(order.program, annex_roadmap=1)
		frappe.get_doc("Mentoring Program", order.program).db_set("roadmap_order", earlier)


def _order_in_force(program: str, **what: object) -> str | None:
	"""The last signed order on the same, once a later one is cancelled."""
	filters = {"program": program, "docstatus": 1, **what}
	return frappe.db.get_value("Mentoring Order", filters, order_by="signed_at desc")


class ClosesProgram(Moves):
	def also_writes(self, record: Document, order: Document) -> None:
		indicator_values.freeze_closed(record)

	def also_takes_back(self, record: Document) -> None:
		indicator_values.release_reopened(record)


ASSIGNS_PAIRS = AssignsPairs("Pair", "Draft", "Assigned", names=listed_pairs)
EFFECTS: dict[str, Effect] = {
	"Assign Pairs": ASSIGNS_PAIRS,
	"Replace Mentor": Both(
		EndsReplacedPairs("Pair", "Assigned", "Terminated", names=replaced_pairs, rests_on="ended_by"),
		ASSIGNS_PAIRS,
	),
	"Terminate Pairs": EndsPairs("Pair", "Assigned", "Terminated", names=listed_pairs, rests_on="ended_by"),
	"Approve Plans": Moves(
		"Individual Plan", "Ready", "Approved", names=lambda order: [row.plan for row in order.plans]
	),
	"Start Program": Moves("Mentoring Program", "Draft", "Running", names=lambda order: [order.program]),
	"Close Program": Both(
		CompletesPairs("Pair", "Assigned", "Completed", names=pairs_at_work, rests_on="ended_by"),
		ClosesProgram(
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
	return first_refusal(effect.missing(order) for effect in _effects(order))


def what_signing_does(order: Document) -> list[str]:
	"""What the order will change when it is signed, a line for each record; empty where it changes nothing."""
	return [line for effect in _effects(order) for line in effect.says(order)]


def carry_out(order: Document) -> None:
	"""Does what the order says; called once, when it is submitted."""
	refusal = first_refusal(effect.missing(order) for effect in _effects(order))
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
	return first_refusal(effect.irreversible(order) for effect in _effects(order))


def undo(order: Document) -> None:
	"""Takes back what signing did; called once, when the order is cancelled."""
	for effect in reversed(_effects(order)):
		effect.undo(order)
