"""The wording of a new order, taken from its type: what is empty is filled, what somebody wrote stays."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname

from nastavnik_app import consents
from nastavnik_app.documents import template_methods
from nastavnik_app.documents.placeholders import check_template, fill

WORDED_FIELDS = ("heading", "preamble", "control", "annex_title")


def fill_order(order: Document) -> None:
	"""Fills the empty heading, preamble, points, control and annex title of an order from its type."""
	if not order.order_type:
		return
	kind = frappe.get_cached_doc("Mentoring Order Type", order.order_type)
	refuse_faulty_templates(kind)
	values = _values(order)
	for field in WORDED_FIELDS:
		if not order.get(field):
			order.set(field, fill(kind.get(field), values))
	if not order.points:
		for row in kind.points:
			order.append("points", {"text": fill(row.text, values)})


def refuse_faulty_templates(kind: Document) -> None:
	"""Refuses an order type whose templates hold more than known placeholders, naming the place."""
	for field in WORDED_FIELDS:
		_refuse_fault(kind, kind.meta.get_label(field), kind.get(field))
	for row in kind.points:
		_refuse_fault(kind, kind.meta.get_label("points"), row.text, row.idx)


def _refuse_fault(kind: Document, label: str, text: str | None, row: int | None = None) -> None:
	fault = check_template(text)
	if not fault:
		return
	reason = _(fault.source).format(*fault.args)
	if row:
		frappe.throw(
			_("{0}, {1}, row {2}: {3}").format(kind.title, _(label, context=kind.doctype), row, reason)
		)
	frappe.throw(_("{0}, {1}: {2}").format(kind.title, _(label, context=kind.doctype), reason))


def _values(order: Document) -> dict[str, object]:
	program = frappe.get_doc("Mentoring Program", order.program)
	organization = template_methods.organization_letterhead(order.organization)
	first, last = (template_methods.day_in_words(day) for day in (program.period_start, program.period_end))
	return {
		"organization": organization["full_name"],
		"organization_short": organization["title"],
		"place": organization["city"],
		"program": program.title,
		"period": f"{first} – {last}",
		"legal_basis": "; ".join((program.legal_basis or "").split("\n")),
		"curator": ", ".join(_curators(order, program)),
		"pair_count": len(order.pairs),
		"plan_count": len(order.plans),
		"date": template_methods.day_in_words(order.order_date),
	}


def _curators(order: Document, program: Document) -> list[str]:
	"""The curator whom the order appoints, otherwise those of the programme."""
	if order.curator:
		return [order.curator_name or get_fullname(order.curator)]
	return [row.person_name or get_fullname(row.user) for row in program.curators]


def list_for_acknowledgement(order: Document) -> None:
	"""Adds the staff whom an order concerns to its acknowledgement sheet, each once."""
	listed = {row.person_name for row in order.acknowledgements}
	for name, post in _concerned(order):
		if name not in listed:
			listed.add(name)
			order.append("acknowledgements", {"person_name": name, "post": post})


def _concerned(order: Document) -> list[tuple[str, str | None]]:
	"""Name and post of those who hold a position here, pair by pair, and then of the curators."""
	people = dict.fromkeys(
		person for pair in consents.listed_pairs(order) for person in consents.people_of(pair)
	)
	staff = [frappe.db.get_value(*person, ["full_name", "position"]) for person in people]
	program = frappe.get_cached_doc("Mentoring Program", order.program)
	curators = [(name, None) for name in _curators(order, program)]
	return [(name, position) for name, position in staff if position] + curators
