"""frappe.get_list and get_all: rows of a DocType by filters, with or without the reader's permissions."""

import re
from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.database.filters import column, conditions, normalize, order_clause, quote
from frappe.permissions import list_conditions
from frappe.types import _dict

_FIELD = re.compile(r"^`?(\w+|\*)`?$")


def get_all(doctype: str, *args: Any, **kwargs: Any) -> list:
	"""Rows regardless of permissions."""
	return get_list(doctype, *args, **{**kwargs, "ignore_permissions": True})


def get_list(
	doctype: str,
	fields: str | Sequence[str] | None = None,
	filters: Any = None,
	or_filters: Any = None,
	order_by: str | None = None,
	limit_start: int = 0,
	limit_page_length: int | None = None,
	as_list: bool = False,
	distinct: bool = False,
	ignore_permissions: bool = False,
	start: int | None = None,
	page_length: int | None = None,
	limit: int | None = None,
	pluck: str | None = None,
	reference_doctype: str | None = None,
	parent_doctype: str | None = None,
) -> list:
	"""Rows that the session's user may read: dictionaries; tuples with `as_list`; plain values with `pluck`."""
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		raise NotImplementedError(f"frappe.get_list on the Single {doctype} is outside the contract")
	if isinstance(fields, dict) or (isinstance(fields, list) and fields and isinstance(fields[0], list)):
		fields, filters = filters, fields  # callers give filters first; the shapes tell them apart
	if not ignore_permissions and not any(
		frappe.has_permission(doctype, ptype, parent_doctype=parent_doctype) for ptype in ("select", "read")
	):
		frappe.flags.error_message = _("Insufficient Permission for {0}").format(frappe.bold(_(doctype)))
		raise frappe.PermissionError(doctype)
	names = _columns(meta, fields or [pluck or "name"])
	where, values = conditions(normalize(doctype, _loaded(filters)), coalesce=True)
	either, more = conditions(normalize(doctype, _loaded(or_filters)), coalesce=True)
	if either:
		where.append("(" + " or ".join(either) + ")")
	if not ignore_permissions:
		where += list_conditions(meta, frappe.session.user, reference_doctype or doctype)
	query = f"select {'distinct ' if distinct else ''}{', '.join(column(doctype, name) for name in names)}"
	query += f" from {quote('tab' + doctype)}{' where ' if where else ''}{' and '.join(where)}"
	if order_by is None:
		direction = "" if "," in (meta.sort_field or "") else (meta.sort_order or "desc")
		order_by = f"{meta.sort_field or 'modified'} {direction}"
	query += order_clause(order_by, doctype)
	if length := int(limit or page_length or limit_page_length or 0):
		query += f" limit {length} offset {int(start or limit_start or 0)}"
	rows = frappe.db.run(query, values + more).fetchall()
	if as_list:
		return rows
	if pluck:
		return [row[names.index(pluck)] for row in rows]
	return [_dict(zip(names, row, strict=True)) for row in rows]


def _columns(meta: Any, fields: str | Sequence[str]) -> list[str]:
	if isinstance(fields, str):
		fields = frappe.parse_json(fields) if fields.startswith("[") else fields.split(",")
	out: list[str] = []
	for text in fields:
		found = _FIELD.match(str(text).strip())
		if not found:
			raise NotImplementedError(f"get_list field {text!r}: joins and expressions go through frappe.qb")
		if found[1] != "*" and not meta.is_column(found[1]):
			raise frappe.DataError(_("Field not permitted in query: {0}").format(text))
		out += meta.columns if found[1] == "*" else [found[1]]
	return out


def _loaded(filters: Any) -> Any:
	is_json = isinstance(filters, str) and filters[:1] in ("[", "{")
	return frappe.parse_json(filters) if is_json else filters
