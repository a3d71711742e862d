"""What an authority found on its schools' websites: a row for each school, a column for each document."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from nastavnik_app.arguments import filters_in
from nastavnik_app.rules.fulfilment import percent

CHECK = "Website Check"
PRESENT = "On the Site"
Mark = tuple[str, str, str | None]  # school, document, mark


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; of a check that the reader may see, the newest by default."""
	marks = get_marks(filters_in(filters))
	documents = list(dict.fromkeys(document for _school, document, _mark in marks))
	rows = get_data(marks, documents)
	return get_columns(documents), rows, None, get_chart(rows), get_summary(rows, marks)


def get_columns(documents: list[str]) -> list[dict]:
	columns = [
		{"fieldname": "school", "label": _("School"), "fieldtype": "Data", "width": 280},
		{"fieldname": "share", "label": _("Present, %"), "fieldtype": "Percent", "width": 110},
	]
	for number, document in enumerate(documents):
		columns.append(
			{"fieldname": f"document_{number}", "label": document, "fieldtype": "Data", "width": 170}
		)
	return columns


def get_marks(filters: frappe._dict) -> list[Mark]:
	asked = {"name": filters.check} if filters.get("check") else {}
	found = frappe.get_list(
		CHECK, filters=asked, pluck="name", order_by="checked_on desc, creation desc", limit=1
	)
	return frappe.get_all(
		"Website Check Mark",
		filters={"parent": ["in", [*found, ""]], "parenttype": CHECK},
		fields=["school", "document", "mark"],
		order_by="idx asc",
		as_list=True,
	)


def get_data(marks: list[Mark], documents: list[str]) -> list[dict[str, Any]]:
	places = {document: f"document_{number}" for number, document in enumerate(documents)}
	titles = dict(
		frappe.get_all(
			"Educational Organization",
			filters={"name": ["in", [*{school for school, _document, _mark in marks}, ""]]},
			fields=["name", "title"],
			as_list=True,
		)
	)
	words = {mark: _(mark) if mark else "" for mark in {mark for *_about, mark in marks}}
	rows: dict[str, dict[str, Any]] = {}
	for school, document, mark in marks:
		row = rows.setdefault(school, {"school": titles.get(school), "present": 0, "asked": 0})
		row[places[document]] = words[mark]
		row["asked"] += 1
		row["present"] += mark == PRESENT
	for row in rows.values():
		row["share"] = percent(row["present"], row["asked"])
	return sorted(rows.values(), key=lambda row: row["school"] or "")


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row["school"] for row in rows],
			"datasets": [{"name": _("Present, %"), "values": [row["share"] for row in rows]}],
		},
		"type": "bar",
	}


def get_summary(rows: list[dict], marks: list[Mark]) -> list[dict]:
	missing = sum(1 for *_about, mark in marks if mark == "Missing")
	return [
		{"label": _("Schools"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Everything Is There"),
			"value": sum(1 for row in rows if row["present"] == row["asked"]),
			"datatype": "Int",
			"indicator": "Green",
		},
		{
			"label": _("Missing"),
			"value": missing,
			"datatype": "Int",
			"indicator": "Red" if missing else "Green",
		},
	]
