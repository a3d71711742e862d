"""frappe.client: documents over the wire, each call under the session's permissions."""

from typing import Any

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields
from frappe.types import _dict


@frappe.whitelist()
def get_list(
	doctype: str,
	fields: Any = None,
	filters: Any = None,
	order_by: str | None = None,
	limit_start: int | None = None,
	limit_page_length: int = 20,
	parent: str | None = None,
	or_filters: Any = None,
	as_dict: bool = True,
) -> list:
	_check_parent_permission(parent, doctype)
	return frappe.get_list(
		doctype,
		fields=fields,
		filters=filters,
		or_filters=or_filters,
		order_by=order_by,
		limit_start=limit_start,
		limit_page_length=limit_page_length,
		parent_doctype=parent,
		as_list=not as_dict,
	)


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None) -> int:
	"""Rows the user may see."""
	return len(frappe.get_list(doctype, filters=filters, as_list=True))


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: Any = None) -> dict:
	"""The stored name of a document and, when asked, fields of it that the reader may see."""
	if not any(frappe.has_permission(doctype, right) for right in ("select", "read")):
		raise frappe.PermissionError(_("No permission for {0}").format(_(doctype)))
	values = _dict(name=frappe.db.exists(doctype, docname))
	return values.update(get_value(doctype, fields, docname)) if values.name and fields else values


@frappe.whitelist()
def get(doctype: str, name: str | None = None, filters: Any = None) -> dict:
	doc = frappe.get_doc(doctype, name or frappe.parse_json(filters) or doctype)
	doc.check_permission()
	return doc.as_dict()


@frappe.whitelist()
def get_value(doctype: str, fieldname: Any, filters: Any = None, parent: str | None = None) -> Any:
	"""Fields of the first match as a dict; an empty one when there is none."""
	_check_parent_permission(parent, doctype)
	fields, filters = _loaded(fieldname), _loaded(filters)
	fields = [fields] if isinstance(fields, str) else fields
	if frappe.get_meta(doctype).issingle:
		frappe.has_permission(doctype, throw=True)
		return frappe.db.get_value(doctype, None, fields, as_dict=True)
	rows = frappe.get_list(doctype, filters=filters, fields=fields, limit=1, parent_doctype=parent)
	return rows[0] if rows else _dict()


@frappe.whitelist(methods=["POST", "PUT"])
def set_value(doctype: str, name: str, fieldname: Any, value: Any = None) -> dict:
	"""Sets fields of a document and saves."""
	values = _loaded(fieldname)
	values = values if isinstance(values, dict) else {values: value}
	if fieldname in (*default_fields, *child_table_fields):
		frappe.throw(_("Cannot edit standard fields"))
	_refuse_row(doctype)
	return frappe.get_doc(doctype, name).update(values).save().as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def insert(doc: Any = None) -> dict:
	values = frappe.parse_json(doc)
	_refuse_row(values["doctype"])
	return frappe.get_doc(values).insert().as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def save(doc: Any) -> dict:
	return frappe.get_doc(frappe.parse_json(doc)).save().as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def submit(doc: Any) -> dict:
	"""Submits the document as given by the caller."""
	return frappe.get_doc(frappe.parse_json(doc)).submit().as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(doctype: str, name: str) -> dict:
	return frappe.get_doc(doctype, name).cancel().as_dict()


@frappe.whitelist(methods=["DELETE", "POST"])
def delete(doctype: str, name: str) -> None:
	_refuse_row(doctype)
	frappe.delete_doc(doctype, name, ignore_missing=False)


@frappe.whitelist(methods=["POST", "PUT"])
def bulk_update(docs: Any) -> dict:
	"""Changes many documents; those that failed are named with their trace."""
	failed = []
	for item in frappe.parse_json(docs):
		values = {key: value for key, value in item.items() if key not in ("doctype", "docname")}
		frappe.db.savepoint("bulk_update")
		try:
			frappe.get_doc(item["doctype"], item["docname"]).update(values).save()
		except Exception:
			frappe.db.rollback(save_point="bulk_update")
			failed.append({"doc": values, "exc": frappe.get_traceback()})
	return {"failed_docs": failed}


def _refuse_row(doctype: str) -> None:
	if frappe.get_meta(doctype).istable:
		raise NotImplementedError(f"{doctype}: rows are written with their document in benchless")


def _loaded(value: Any) -> Any:
	return frappe.parse_json(value) if isinstance(value, str) and value[:1] in ("[", "{") else value


def _check_parent_permission(parent: str | None, child_doctype: str) -> None:
	if not parent and not frappe.get_meta(child_doctype).istable:
		return
	tables = frappe.get_meta(parent).get_table_fields() if parent else ()
	if not any(field.options == child_doctype for field in tables) or not frappe.has_permission(parent):
		raise frappe.PermissionError
