"""The wording of new documents, taken from their templates: what is empty is filled, what somebody wrote stays."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.documents import order_methods, placeholders, values
from nastavnik_app.documents import template_methods as methods

WORDED_FIELDS = ("heading", "preamble", "control", "annex_title", "list_title")


def fill_order(order: Document) -> None:
	"""Fills what is empty in a new order from its type: the texts, the points, the list and the annexes."""
	if not order.order_type:
		return
	kind = frappe.get_cached_doc("Mentoring Order Type", order.order_type)
	refuse_faulty_order_type(kind)
	known = values.of_order(order)
	for field in WORDED_FIELDS:
		if not order.get(field):
			order.set(field, placeholders.fill(kind.get(field), known))
	if not order.points:
		for row in kind.points:
			order.append("points", {"text": placeholders.fill(row.text, known)})
	_fill_list(order, kind)
	_annex_acts(order, kind)
	order.annex_roadmap = order.annex_roadmap or kind.annex_roadmap


def _fill_list(order: Document, kind: Document) -> None:
	order.list_columns = order.list_columns or kind.list_columns
	if not order.list_rows and order.effect == "Entrust Duty":
		order.set("list_rows", [_duty(row.pair) for row in order.pairs])
	elif not order.list_rows:
		for row in kind.list_rows:
			order.append("list_rows", {cell: row.get(cell) for cell in order_methods.CELLS})


def _duty(pair_name: str) -> dict[str, str]:
	"""A row of the list: mentor, post, what the addendum says of the work, and the pay."""
	pair = frappe.get_doc("Pair", pair_name)
	first, last = (methods.day_in_figures(day) for day in (pair.start_date, pair.end_date))
	work = [pair.work_content, pair.work_form, f"{first} – {last}"]
	return {
		"cell_1": pair.mentor_name,
		"cell_2": frappe.db.get_value("Mentor", pair.mentor, "position"),
		"cell_3": "\n".join(part for part in work if part),
		"cell_4": pair.work_pay,
	}


def _annex_acts(order: Document, kind: Document) -> None:
	"""Annexes the local acts of the type: the programme's draft of each, or a new one out of its template."""
	if order.acts:
		return
	for row in kind.acts:
		drafts = {"program": order.program, "template": row.template, "workflow_state": "Draft"}
		act = frappe.db.exists("Mentoring Local Act", drafts)
		if not act:
			record = {"doctype": "Mentoring Local Act", "program": order.program, "template": row.template}
			act = frappe.get_doc(record).insert().name
		order.append(
			"acts", {"act": act, "act_title": frappe.db.get_value("Mentoring Local Act", act, "title")}
		)


def fill_act(act: Document) -> None:
	"""Fills the empty title, heading and sections of a new local act from its template."""
	template = frappe.get_cached_doc("Mentoring Local Act Template", act.template)
	refuse_faulty_act_template(template)
	known = values.of_program(frappe.get_doc("Mentoring Program", act.program))
	act.title = act.title or template.title
	act.heading = act.heading or placeholders.fill(template.heading, known)
	if not act.sections:
		for row in template.sections:
			text = placeholders.fill(row.text, known)
			act.append("sections", {"heading": row.heading, "text": text, "content": row.content})


def refuse_faulty_order_type(kind: Document) -> None:
	"""Refuses an order type whose templates hold more than known placeholders, naming the place."""
	for field in WORDED_FIELDS:
		_refuse_fault(kind, field, kind.get(field), placeholders.ORDER_PLACEHOLDERS)
	for row in kind.points:
		_refuse_fault(kind, "points", row.text, placeholders.ORDER_PLACEHOLDERS, row.idx)


def refuse_faulty_act_template(template: Document) -> None:
	_refuse_fault(template, "heading", template.heading, placeholders.PROGRAM_PLACEHOLDERS)
	for row in template.sections:
		_refuse_fault(template, "sections", row.text, placeholders.PROGRAM_PLACEHOLDERS, row.idx)


def refuse_faulty_award_wording(record: Document) -> None:
	"""Of a kind of award, or of an award with a wording of its own."""
	_refuse_fault(record, "wording", record.wording, placeholders.AWARD_PLACEHOLDERS)


def _refuse_fault(
	record: Document, field: str, text: str | None, known: tuple[str, ...], row: int | None = None
) -> None:
	fault = placeholders.check_template(text, known)
	if not fault:
		return
	reason = _(fault.source).format(*fault.args)
	title, label = record.get_title(), _(record.meta.get_label(field), context=record.doctype)
	if row:
		frappe.throw(_("{0}, {1}, row {2}: {3}").format(title, label, row, reason))
	frappe.throw(_("{0}, {1}: {2}").format(title, label, reason))
