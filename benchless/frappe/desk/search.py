"""Link search: what a user may pick."""

from typing import Any

import frappe
from frappe import _
from frappe.types import _dict
from frappe.utils.data import cint, cstr

_SEARCHED_TYPES = ("Data", "Text", "Small Text", "Long Text", "Link", "Select", "Read Only", "Text Editor")


@frappe.whitelist()
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: Any = None,
	page_length: int = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
) -> list[dict]:
	"""[{"value", "description", "label"?}, …]."""
	filters = frappe.parse_json(filters) if isinstance(filters, str) else filters
	standard = frappe.get_hooks("standard_queries", {})
	if query := query or (standard[doctype][-1] if doctype in standard else None):
		args = (doctype, txt.strip(), searchfield or "name", 0, cint(page_length), filters)
		try:
			frappe.is_whitelisted(method := frappe.get_attr(query))
			rows = frappe.call(method, *args, as_dict=False, reference_doctype=reference_doctype)
		except (frappe.PermissionError, ImportError):
			frappe.clear_messages()
			rows = []
	else:
		rows = _standard_search(
			doctype, txt.strip(), page_length, filters, reference_doctype, ignore_user_permissions
		)
	return [_suggestion(frappe.get_meta(doctype), row) for row in rows]


def _standard_search(
	doctype: str, txt: str, page_length: int, filters: Any, reference_doctype: str | None, unlimited: bool
) -> list:
	meta = frappe.get_meta(doctype)
	shown = ["name", *([meta.title_field] if meta.title_field and meta.show_title_field_in_link else [])]
	searched = dict.fromkeys(["name", meta.title_field or "name", *meta.get_search_fields()])
	names = [name for name in searched if name == "name" or meta.column_type(name) in _SEARCHED_TYPES]
	wanted = [filters] if isinstance(filters, dict) else list(filters or [])
	for name, value in (("enabled", 1), ("disabled", 0)):
		if meta.has_field(name):
			wanted.append([doctype, name, "=", value])
	# Frappe lets the caller leave permissions aside here; `standard_queries` is what closes that door
	may_pick = any(frappe.has_permission(doctype, right) for right in ("select", "read"))
	rows = frappe.get_list(
		doctype,
		filters=wanted,
		or_filters=[[doctype, name, "like", f"%{txt}%"] for name in names] if txt else None,
		fields=list(dict.fromkeys(shown + meta.get_search_fields())),
		limit_page_length=cint(page_length),
		order_by="idx desc",
		ignore_permissions=bool(unlimited) and may_pick,
		reference_doctype=reference_doctype,
	)
	rows.sort(key=lambda row: cstr(row.name).casefold().find(txt.casefold()) % 99999)
	return [tuple(row.values()) for row in rows]


def _suggestion(meta: Any, row: Any) -> _dict:
	value, *rest = row.values() if isinstance(row, dict) else row
	entry = _dict(value=value)
	if meta.title_field and meta.show_title_field_in_link and rest:
		entry["label"] = rest.pop(0)
	entry["description"] = ", ".join(_(cstr(part)) for part in rest if part and part != value)
	return entry
