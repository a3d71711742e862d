"""The register of orders: number and date, what each is about, who signed it, who has read it."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from pypika import Order

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed

SIGNED, ON_APPROVAL = "Signed", "On Approval"
FILTERS = {
	"organization": "organization",
	"program": "program",
	"type": "order_type",
	"state": "workflow_state",
}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "order",
			"label": _("Order"),
			"fieldtype": "Link",
			"options": "Mentoring Order",
			"width": 60,
		},
		{"fieldname": "order_number", "label": _("Order Number"), "fieldtype": "Data", "width": 110},
		{"fieldname": "order_date", "label": _("Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "type", "label": _("Order Type"), "fieldtype": "Data", "width": 220},
		{"fieldname": "heading", "label": _("Heading"), "fieldtype": "Data", "width": 320},
		{"fieldname": "effect_told", "label": _("What Signing Does"), "fieldtype": "Data", "width": 160},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "signatory_name", "label": _("Signatory"), "fieldtype": "Data", "width": 200},
		{"fieldname": "acknowledged", "label": _("Acknowledged"), "fieldtype": "Data", "width": 120},
		{"fieldname": "on_paper", "label": _("Signed on Paper"), "fieldtype": "Data", "width": 110},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	rows = _orders(filters)
	told = {word for row in rows for word in (row["workflow_state"], row["effect"]) if word}
	words = {word: _(word) for word in told}
	yes, of = _("Yes"), _("{0} of {1}")
	for row in rows:
		row.update(
			state=words[row["workflow_state"]],
			effect_told=words.get(row["effect"], ""),
			acknowledged=of.format(row["read_by"], row["readers"])
			if row["docstatus"] and row["readers"]
			else "",
			on_paper=yes if row["signed_on_paper"] else "",
		)
	return rows


def _orders(filters: frappe._dict) -> list[frappe._dict]:
	order, kind = frappe.qb.DocType("Mentoring Order"), frappe.qb.DocType("Mentoring Order Type")
	acknowledgement = frappe.qb.DocType("Mentoring Order Acknowledgement")
	reader = (
		frappe.qb.from_(acknowledgement)
		.select(
			acknowledgement.parent,
			Count(acknowledgement.name).as_("readers"),
			Count(acknowledgement.acknowledged_on).as_("read_by"),
		)
		.where(acknowledgement.parenttype == "Mentoring Order")
		.groupby(acknowledgement.parent)
		.as_("reader")
	)
	query = (
		frappe.qb.from_(order)
		.left_join(kind)
		.on(kind.name == order.order_type)
		.left_join(reader)
		.on(reader.parent == order.name)
		.select(
			order.name.as_("order"),
			order.order_number,
			order.order_date,
			kind.title.as_("type"),
			order.heading,
			order.effect,
			order.workflow_state,
			order.docstatus,
			order.signatory_name,
			order.signed_on_paper,
			reader.readers,
			reader.read_by,
		)
		.where(order.name.isnotnull())
		.orderby(order.order_date, order=Order.desc)
		.orderby(order.creation, order=Order.desc)
	)
	for name, field in FILTERS.items():
		if filters.get(name):
			query = query.where(order[field] == filters[name])
	return listed(query, "Mentoring Order").run(as_dict=True)


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	counts = Counter(row["type"] or "" for row in rows)
	return {
		"data": {
			"labels": list(counts),
			"datasets": [{"name": _("Orders"), "values": list(counts.values())}],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	states = Counter(row["workflow_state"] for row in rows)
	signed = [row for row in rows if row["workflow_state"] == SIGNED]
	unread = sum(1 for row in signed if (row["readers"] or 0) > (row["read_by"] or 0))
	return [
		{"label": _("Orders"), "value": len(rows), "datatype": "Int"},
		{"label": _("Signed"), "value": len(signed), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("On Approval"),
			"value": states[ON_APPROVAL],
			"datatype": "Int",
			"indicator": "Orange",
		},
		{"label": _("Not Read by Everybody"), "value": unread, "datatype": "Int", "indicator": "Red"},
	]
