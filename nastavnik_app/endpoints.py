"""Stand in for endpoints of the framework that look past the rows a reader may see (hooks.py names them)."""

from __future__ import annotations

import frappe
from frappe import _

from nastavnik_app.permissions import may, sees_everything


@frappe.whitelist()
def get_count(
	doctype: str, filters: dict | list | str | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""Rows that the reader may list. The framework counts all of them, so that filters tell what stands in them."""
	if doctype in frappe.get_hooks("permission_query_conditions"):
		filters = frappe.parse_json(filters)
		return len(frappe.client.get_list(doctype, filters=filters, limit_page_length=0, as_dict=False))
	if not frappe.get_meta(doctype).istable:
		frappe.has_permission(doctype, "read", throw=True)
	return frappe.client.get_count(doctype, filters)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: list | str | None = None) -> dict:
	"""A record that the reader may not see is answered like one that is not there."""
	if not may("read", doctype, docname):
		return {"name": None}
	return frappe.client.validate_link(doctype, docname, fields)


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""The title of a record, or its bare name to who may not read it."""
	if not may("read", doctype, docname):
		return docname
	return frappe.get_attr("frappe.desk.search.get_link_title")(doctype, docname)


@frappe.whitelist()
def toggle_like(doctype: str, name: str, add: str = "No") -> None:
	_require_reading(doctype, name)
	frappe.get_attr("frappe.desk.like.toggle_like")(doctype, name, add)


@frappe.whitelist()
def remove_tag(tag: str, dt: str, dn: str) -> None:
	_require_reading(dt, dn)
	frappe.get_attr("frappe.desk.doctype.tag.tag.remove_tag")(tag, dt, dn)


@frappe.whitelist()
def get_open_activities(ref_doctype: str, ref_docname: str) -> dict:
	_require_reading(ref_doctype, ref_docname)
	return frappe.get_attr("erpnext.crm.utils.get_open_activities")(ref_doctype, ref_docname)


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: list | str) -> list:
	"""Counts over all schools, for whoever draws the Workflow."""
	if not sees_everything(frappe.session.user):
		raise frappe.PermissionError
	count = frappe.get_attr("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")
	return count(doctype, workflow_state_field, states)


def _require_reading(doctype: str, name: str) -> None:
	if not may("read", doctype, name):
		frappe.throw(_("You may not read this record of {0}.").format(_(doctype)), frappe.PermissionError)
