"""Who read which support profile, when and by which door."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed

USUAL_DAYS = 30


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	rows = get_data(filters_in(filters))
	message = None if filters and filters.get("from_date") else _("Of the last {0} days.").format(USUAL_DAYS)
	return get_columns(), rows, message, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "read_at", "label": _("Read At"), "fieldtype": "Datetime", "width": 170},
		{"fieldname": "reader_name", "label": _("Reader"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentee_name", "label": _("Mentee"), "fieldtype": "Data", "width": 240},
		{"fieldname": "way", "label": _("Door"), "fieldtype": "Data", "width": 120},
		{"fieldname": "path", "label": _("Address"), "fieldtype": "Data", "width": 280},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	access, user = frappe.qb.DocType("Support Profile Access"), frappe.qb.DocType("User")
	profile = frappe.qb.DocType("Mentee Support Profile")
	query = (
		frappe.qb.from_(access)
		.left_join(user)
		.on(user.name == access.reader)
		.left_join(profile)
		.on(profile.name == access.profile)
		.select(access.read_at, access.reader, user.full_name.as_("reader_name"), profile.mentee_name)
		.select(access.profile, access.door, access.path)
		.where(access.read_at >= getdate(filters.from_date or add_days(getdate(), -USUAL_DAYS)))
		.orderby(access.read_at)
	)
	if filters.to_date:
		query = query.where(access.read_at < getdate(add_days(filters.to_date, 1)))
	if filters.organization:
		query = query.where(access.organization == filters.organization)
	rows = listed(query, "Support Profile Access").run(as_dict=True)
	words = {door: _(door) for door in ("Form", "Print", "List", "Server")}
	gone, several = _("a profile that is destroyed"), _("a list of profiles")
	for row in rows:
		row["way"] = words[row["door"]]
		row["reader_name"] = row["reader_name"] or row["reader"]
		row["mentee_name"] = row["mentee_name"] or (gone if row["profile"] else several)
	return rows


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	counts = Counter(row["reader_name"] for row in rows)
	datasets = [{"name": _("Readings"), "values": list(counts.values())}]
	return {"data": {"labels": list(counts), "datasets": datasets}, "type": "bar"}


def get_summary(rows: list[dict]) -> list[dict]:
	readers = len({row["reader"] for row in rows})
	profiles = len({row["profile"] for row in rows if row["profile"]})
	return [
		{"label": _("Readings"), "value": len(rows), "datatype": "Int"},
		{"label": _("Readers"), "value": readers, "datatype": "Int"},
		{"label": _("Profiles Read"), "value": profiles, "datatype": "Int"},
	]
