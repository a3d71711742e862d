"""What a new document starts with."""

from typing import Any

import frappe
from frappe.database.values import COLUMN_TYPES
from frappe.model import float_like_fields
from frappe.permissions import get_user_permissions
from frappe.types import _dict
from frappe.utils.data import cint, flt, now_datetime, nowdate


def defaults_of(doctype: str, parent_doc: Any = None, parentfield: str | None = None) -> _dict:
	"""Values of a new document that has no others."""
	key = (doctype, frappe.session.user)
	templates = frappe.local.new_doc_templates
	if key not in templates:
		templates[key] = _static_defaults(doctype)
	values = templates[key].copy()
	values.update({name: now_datetime() for name, value in values.items() if value == "Now"})
	if parent_doc is not None:
		values.update(parent=parent_doc.name, parenttype=parent_doc.doctype, parentfield=parentfield)
	return values


def _static_defaults(doctype: str) -> _dict:
	meta, values = frappe.get_meta(doctype), _dict(docstatus=0)
	special = {"__user": frappe.session.user, "Today": nowdate()}
	for field in meta.fields:
		if field.fieldtype not in COLUMN_TYPES:
			continue
		if str(field.default).startswith(":"):
			raise NotImplementedError(f"default {field.default} of {doctype} is outside the contract")
		value = _permitted_default(field)
		if value is None and field.fieldname != meta.title_field:
			value = special.get(field.default, field.default) or None
			if value is None and field.fieldtype == "Select" and field.options:
				value = field.options.split("\n", 1)[0]
		if field.fieldtype == "Check" or (field.fieldtype == "Int" and value is not None):
			value = cint(value)
		elif field.fieldtype in float_like_fields and value is not None:
			value = flt(value)
		if value is not None:
			values[field.fieldname] = value
	return values


def _permitted_default(field: Any) -> str | None:
	if field.fieldtype != "Link" or field.options == "User" or field.ignore_user_permissions:
		return None
	rows = get_user_permissions(frappe.session.user).get(field.options, ())
	rows = [row for row in rows if row.applicable_for in (None, "", field.parent)]
	default = next((row.doc for row in rows if row.is_default), rows[0].doc if len(rows) == 1 else None)
	return default if default and frappe.db.exists(field.options, default) else None
