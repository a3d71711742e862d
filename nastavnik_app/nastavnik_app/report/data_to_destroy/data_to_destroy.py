"""Whose data are to be destroyed, by which day, and what stands in the way; papers that have outlived their terms."""

from __future__ import annotations

from collections import Counter

from frappe import _
from frappe.utils import getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.privacy import due
from nastavnik_app.rules import retention

SOON = 7  # days


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	rows = [as_row(one) for one in due.due(filters.organization)]
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def as_row(one: due.Due) -> dict:
	return {
		"what": _(one.doctype),
		"document_type": one.doctype,
		"document": one.name,
		"title": one.title,
		"reason": _(one.reason),
		"since": one.since,
		"destroy_by": one.until,
		"days_left": retention.days_left(one.until, getdate()),
		"held": "; ".join(one.held),
		"act": one.act,
	}


def get_columns() -> list[dict]:
	return [
		{"fieldname": "what", "label": _("Kind of Record"), "fieldtype": "Data", "width": 130},
		{"fieldname": "title", "label": _("Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "reason", "label": _("Reason"), "fieldtype": "Data", "width": 170},
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 110},
		{"fieldname": "destroy_by", "label": _("Destroy By"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_left", "label": _("Days Left"), "fieldtype": "Int", "width": 90},
		{"fieldname": "held", "label": _("What Stands in the Way"), "fieldtype": "Data", "width": 300},
		{
			"fieldname": "act",
			"label": _("Act"),
			"fieldtype": "Link",
			"options": "Data Destruction Act",
			"width": 130,
		},
	]


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	counts = Counter(row["reason"] for row in rows)
	datasets = [{"name": _("Data to Destroy"), "values": list(counts.values())}]
	return {"data": {"labels": list(counts), "datasets": datasets}, "type": "bar"}


def get_summary(rows: list[dict]) -> list[dict]:
	late = sum(row["days_left"] < 0 for row in rows)
	soon = sum(0 <= row["days_left"] <= SOON for row in rows)
	return [
		{"label": _("Data to Destroy"), "value": len(rows), "datatype": "Int"},
		{"label": _("Within a Week"), "value": soon, "datatype": "Int", "indicator": "Orange"},
		{"label": _("Overdue"), "value": late, "datatype": "Int", "indicator": "Red"},
	]
