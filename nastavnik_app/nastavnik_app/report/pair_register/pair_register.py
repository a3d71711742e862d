"""Every pair with its people, its order, how far its plan is fulfilled and when it met last."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate
from pypika import Order
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.pairs.progress import meetings_held, plans_fulfilled
from nastavnik_app.permissions import listed

AT_WORK = "Assigned"
FILTERS = {"organization": "organization", "program": "program", "form": "form", "state": "workflow_state"}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters), getdate())
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "pair", "label": _("Pair"), "fieldtype": "Link", "options": "Pair", "width": 60},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 260},
		{"fieldname": "form", "label": _("Form of Mentoring"), "fieldtype": "Data", "width": 150},
		{"fieldname": "role_model", "label": _("Role Model"), "fieldtype": "Data", "width": 160},
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentees", "label": _("Mentees"), "fieldtype": "Data", "width": 240},
		{"fieldname": "start_date", "label": _("Start Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "end_date", "label": _("End"), "fieldtype": "Date", "width": 100},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 130},
		{"fieldname": "order_number", "label": _("Order Number"), "fieldtype": "Data", "width": 110},
		{"fieldname": "fulfilment", "label": _("Plan Fulfilled"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "held", "label": _("Meetings Held"), "fieldtype": "Int", "width": 110},
		{"fieldname": "last_on", "label": _("Last Meeting"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days", "label": _("Days Without a Meeting"), "fieldtype": "Int", "width": 120},
	]


def get_data(filters: frappe._dict, today: date) -> list[dict]:
	mentees = _mentees(filters)
	rows = _pairs(filters)
	states = {state: _(state) for state in {row["workflow_state"] for row in rows}}
	for row in rows:
		is_at_work = row["workflow_state"] == AT_WORK
		last_on = getdate(row["last_on"]) if row["last_on"] else None
		row.update(
			mentees=", ".join(mentees.get(row["pair"], ())),
			state=states[row["workflow_state"]],
			held=row["held"] or 0,
			last_on=last_on,
			end_date=row["ended_on"] or row["end_date"],
			days=max((today - (last_on or row["start_date"])).days, 0) if is_at_work else None,
		)
	return rows


def _pairs(filters: frappe._dict) -> list[frappe._dict]:
	pair, form, order = (frappe.qb.DocType(name) for name in ("Pair", "Mentoring Form", "Mentoring Order"))
	plan, meeting = plans_fulfilled().as_("plan"), meetings_held().as_("meeting")
	query = (
		frappe.qb.from_(pair)
		.left_join(form)
		.on(form.name == pair.form)
		.left_join(order)
		.on(order.name == pair.order)
		.left_join(plan)
		.on(plan.pair == pair.name)
		.left_join(meeting)
		.on(meeting.pair == pair.name)
		.select(
			pair.name.as_("pair"),
			pair.title,
			form.title.as_("form"),
			pair.role_model,
			pair.mentor_name.as_("mentor"),
			pair.start_date,
			pair.end_date,
			pair.ended_on,
			pair.workflow_state,
			order.order_number,
			plan.fulfilment,
			meeting.held,
			meeting.last_on,
		)
		.orderby(pair.start_date, order=Order.desc)
		.orderby(pair.title)
	)
	return _asked(query, filters).run(as_dict=True)


def _mentees(filters: frappe._dict) -> dict[str, list[str]]:
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	query = (
		frappe.qb.from_(row)
		.join(pair)
		.on(row.parent == pair.name)
		.select(row.parent, row.mentee_name)
		.orderby(row.idx)
	)
	found: dict[str, list[str]] = defaultdict(list)
	for name, mentee in _asked(query, filters).run():
		found[name].append(mentee or "")
	return found


def _asked(query: QueryBuilder, filters: frappe._dict) -> QueryBuilder:
	"""Narrowed to what the filters name and the reader may see."""
	pair = frappe.qb.DocType("Pair")
	query = query.where(pair.name.isnotnull())
	for name, field in FILTERS.items():
		if filters.get(name):
			query = query.where(pair[field] == filters[name])
	return listed(query, "Pair")


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	every = Counter(row["form"] or "" for row in rows)
	at_work = Counter(row["form"] or "" for row in rows if row["workflow_state"] == AT_WORK)
	return {
		"data": {
			"labels": list(every),
			"datasets": [
				{"name": _("At Work"), "values": [at_work[form] for form in every]},
				{"name": _("Others"), "values": [every[form] - at_work[form] for form in every]},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	at_work = [row for row in rows if row["workflow_state"] == AT_WORK]
	never = sum(1 for row in at_work if not row["held"])
	return [
		{"label": _("Pairs"), "value": len(rows), "datatype": "Int"},
		{"label": _("Pairs at Work"), "value": len(at_work), "datatype": "Int", "indicator": "Green"},
		{"label": _("Meetings Held"), "value": sum(row["held"] for row in rows), "datatype": "Int"},
		{"label": _("Have Never Met"), "value": never, "datatype": "Int", "indicator": "Orange"},
	]
