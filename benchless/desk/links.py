"""Links between records: their titles, and what completes them while one types."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.desk.search import search_link
from frappe.utils import get_fullname
from werkzeug.wrappers import Request, Response

from nastavnik_app.permissions import may_name
from nastavnik_app.rules.scope import SCOPE_FIELD

Titles = dict[tuple[str, str], str]
SUGGESTIONS = 12


def target_of(df: Any, row: Any) -> str | None:
	"""The DocType that a Link or Dynamic Link of a row leads to."""
	return row.get(df.options) if df.fieldtype == "Dynamic Link" else df.options


def titles_of(rows: Iterable[Any], fields: Iterable[Any]) -> Titles:
	"""(DocType, name) → title of the records linked from rows, as far as the reader may see them."""
	wanted: dict[str, set[str]] = defaultdict(set)
	fields = [df for df in fields if df.fieldtype in ("Link", "Dynamic Link")]
	for row in rows:
		for df in fields:
			if row.get(df.fieldname) and target_of(df, row):
				wanted[target_of(df, row)].add(row.get(df.fieldname))
	return {(doctype, name): text for doctype in wanted for name, text in _titles(doctype, wanted[doctype])}


def _titles(doctype: str, names: set[str]) -> list[tuple[str, str]]:
	if doctype == "User":
		return [(name, get_fullname(name)) for name in names]
	meta = frappe.get_meta(doctype)
	if not meta.title_field or meta.issingle:
		return [(name, _(name)) for name in names]
	if not _may_choose(doctype):
		return []
	filters = {"name": ["in", sorted(names)]}
	found = dict(frappe.get_list(doctype, filters=filters, fields=["name", meta.title_field], as_list=True))
	for name in names - found.keys() if doctype in SCOPE_FIELD else ():
		if may_name(doctype, name):  # no record for this reader, but a title
			found[name] = frappe.db.get_value(doctype, name, meta.title_field)
	return list(found.items())


def suggestions(doctype: str, txt: str) -> list[dict[str, str]]:
	"""[{"value", "label", "description"}] of what the user may pick."""
	if doctype == "User":
		# as the framework's own search for users, which everybody with a desk may ask
		rows = frappe.get_all(
			"User",
			filters={"enabled": 1, "user_type": "System User", "name": ["not in", frappe.STANDARD_USERS]},
			or_filters=[["name", "like", f"%{txt}%"], ["full_name", "like", f"%{txt}%"]],
			fields=["name", "full_name"],
			order_by="full_name asc",
			limit=SUGGESTIONS,
		)
		return [{"value": row.name, "label": row.full_name, "description": row.name} for row in rows]
	if not _may_choose(doctype):
		return []
	rows = search_link(doctype, txt, page_length=SUGGESTIONS)
	return [
		{"value": row.value, "label": row.get("label") or _(row.value), "description": row.description or ""}
		for row in rows
	]


def the_only(doctype: str) -> str | None:
	"""The record that stands alone in the reader's list: among neighbours, whom a link may name too, there is a choice."""
	if not _may_choose(doctype):
		return None
	names = frappe.get_list(doctype, limit_page_length=2, pluck="name")
	return names[0] if len(names) == 1 else None


def resolve(doctype: str, text: str) -> str | None:
	"""The one record that is called exactly so, for a title typed without choosing from the list."""
	exact = [row["value"] for row in suggestions(doctype, text) if text in (row["label"], row["value"])]
	return exact[0] if len(exact) == 1 else None


def search(request: Request) -> Response:
	doctype = request.args.get("doctype", "")
	found = suggestions(doctype, request.args.get("txt", "")) if frappe.db.exists("DocType", doctype) else []
	return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


def _may_choose(doctype: str) -> bool:
	return any(frappe.has_permission(doctype, right) for right in ("select", "read"))
