"""Which organizations of an authority have sent their return, and what it came to."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Table

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.returns.stored import RETURN, Period, asked_by, expected, period_asked, titles_of
from nastavnik_app.rules.states import ARRIVED_RETURNS


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; returns are those that the reader may see."""
	period = period_asked(filters_in(filters))
	rows = get_data(period) if period else []
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "school", "label": _("School"), "fieldtype": "Data", "width": 300},
		{"fieldname": "name", "label": _("Return"), "fieldtype": "Link", "options": RETURN, "width": 120},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 130},
		{"fieldname": "due_date", "label": _("Due"), "fieldtype": "Date", "width": 110},
		{"fieldname": "arrived", "label": _("Arrived On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "origin", "label": _("Came As"), "fieldtype": "Data", "width": 90},
		{"fieldname": "withheld", "label": _("Counts Withheld"), "fieldtype": "Int", "width": 110},
		{"fieldname": "advice", "label": _("Recommendations"), "fieldtype": "Int", "width": 130},
		{"fieldname": "answered", "label": _("Answered"), "fieldtype": "Int", "width": 100},
	]


def get_data(period: Period) -> list[dict[str, Any]]:
	returns = frappe.get_list(
		RETURN,
		filters={**period.filters, "workflow_state": ["in", ARRIVED_RETURNS]},
		fields=["name", "organization", "workflow_state", "sent_at", "received_at", "origin"],
		limit_page_length=0,
	)
	withheld, advised = _withheld(period), _advised(period)
	request = asked_by(period)
	due = getdate(request.due_date) if request else None
	by_school = {row.organization: row for row in returns}
	schools = {**expected(period), **titles_of(set(by_school))}
	said = {"Overdue", "Not Sent"}.union(*((row.workflow_state, row.origin) for row in returns))
	words = {word: _(word) for word in said}
	rows = []
	for school, title in schools.items():
		sent = by_school.get(school, frappe._dict())
		arrived = sent.get("sent_at") or sent.get("received_at")
		overdue = not sent and due and due < getdate()
		advice, answered = advised.get(sent.get("name"), (0, 0))
		state = sent.get("workflow_state") or ("Overdue" if overdue else "Not Sent")
		rows.append(
			{
				"school": title,
				"name": sent.get("name"),
				"state": state,
				"status": words[state],
				"due_date": due,
				"arrived": getdate(arrived) if arrived else None,
				"origin": words[sent.origin] if sent else "",
				"withheld": withheld.get(sent.get("name"), 0),
				"advice": advice,
				"answered": answered,
			}
		)
	return rows


def _withheld(period: Period) -> dict[str, int]:
	"""Return → how many of its counts are withheld."""
	cell = frappe.qb.DocType("Program Return Cell")
	query = _of_returns(period, cell).select(cell.parent, Count(cell.name)).where(cell.withheld == 1)
	return dict(listed(query, RETURN).run())


def _advised(period: Period) -> dict[str, tuple[int, int]]:
	"""Return → how many recommendations it has, and how many of them are answered."""
	advice = frappe.qb.DocType("Program Return Recommendation")
	query = _of_returns(period, advice).select(advice.parent, Count(advice.name), Count(advice.answered_on))
	return {name: (number, answered) for name, number, answered in listed(query, RETURN).run()}


def _of_returns(period: Period, row: Table) -> QueryBuilder:
	"""The rows of a table of the returns of some days, return by return."""
	table = frappe.qb.DocType(RETURN)
	return (
		frappe.qb.from_(table)
		.join(row)
		.on((row.parent == table.name) & (row.parenttype == RETURN))
		.where(table.authority == period.authority)
		.where((table.period_start == period.start) & (table.period_end == period.end))
		.groupby(row.parent)
	)


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	states = list(dict.fromkeys(row["status"] for row in rows))
	return {
		"data": {
			"labels": states,
			"datasets": [
				{
					"name": _("Schools"),
					"values": [sum(1 for row in rows if row["status"] == state) for state in states],
				}
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict]) -> list[dict]:
	sent = sum(1 for row in rows if row["name"])
	return [
		{"label": _("Schools"), "value": len(rows), "datatype": "Int"},
		{"label": _("Have Sent"), "value": sent, "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Have Not Sent"),
			"value": len(rows) - sent,
			"datatype": "Int",
			"indicator": "Red" if sent < len(rows) else "Green",
		},
	]
