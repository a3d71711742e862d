"""Custom fields that link our records to those of Education and ERPNext, as long as their DocTypes are there.

A Link to a DocType that is not there breaks every form it stands in, so the fields come and go with the apps. Columns
stay in the database: an app installed again finds its people linked.
"""

from __future__ import annotations

from typing import Any

import frappe

from nastavnik_app.rules.messages import _

MODULE = "Nastavnik App"
# our DocType, field, DocType that it links to, label (not the bare word, which other apps translate in their own way),
# field that it stands behind
LINKS = (
	("Educational Organization", "company", "Company", _("Company in ERPNext"), "parent_organization"),
	("Mentor", "employee", "Employee", _("Employee in ERPNext"), "user"),
	("Mentor", "instructor", "Instructor", _("Instructor in Education"), "employee"),
	("Mentee", "student", "Student", _("Student in Education"), "user"),
	("Mentee", "employee", "Employee", _("Employee in ERPNext"), "student"),
	("Mentee Representative", "guardian", "Guardian", _("Guardian in Education"), "full_name"),
)
CUSTOM = "Custom Field"


def refresh(app: str | None = None) -> None:
	"""Puts the fields whose DocType is there, takes away those whose DocType is gone; called at installation, after
	each migration, and when another app comes."""
	if not frappe.db.table_exists(CUSTOM):
		return
	missing: dict[str, list[dict[str, Any]]] = {}
	for doctype, field, linked, label, behind in LINKS:
		is_there = bool(frappe.db.exists("DocType", linked))
		stands = frappe.db.exists(CUSTOM, {"dt": doctype, "fieldname": field})
		if stands and not is_there:
			_remove(doctype, field)
		elif is_there and not stands:
			missing.setdefault(doctype, []).append(_field(field, linked, label, behind))
	if missing:
		# asked of the framework by name: an engine without Custom Field has no such module
		create = frappe.get_attr("frappe.custom.doctype.custom_field.custom_field.create_custom_fields")
		create(missing)


def _field(field: str, linked: str, label: str, behind: str) -> dict[str, Any]:
	return {
		"fieldname": field,
		"fieldtype": "Link",
		"options": linked,
		"label": str(label),
		"insert_after": behind,
		"module": MODULE,
		"is_system_generated": 1,
		"no_copy": 1,
		"search_index": 1,
		# whoever may see but his own Employee (so ERPNext sets its users up) still sees the mentors of his school
		"ignore_user_permissions": 1,
	}


def withdraw(app: str) -> None:
	"""Takes away the fields that link to an app's DocTypes; called before it is removed."""
	if app == "nastavnik_app" or not frappe.db.table_exists(CUSTOM):
		return
	modules = frappe.get_all("Module Def", filters={"app_name": app}, pluck="name")
	for doctype, field, linked, _label, _behind in LINKS:
		if frappe.db.get_value("DocType", linked, "module") in modules:
			_remove(doctype, field)


def remove_all() -> None:
	"""Takes all of them away; called before the app itself is removed."""
	if frappe.db.table_exists(CUSTOM):
		for doctype, field, *_rest in LINKS:
			_remove(doctype, field)


def _remove(doctype: str, field: str) -> None:
	for name in frappe.get_all(CUSTOM, filters={"dt": doctype, "fieldname": field}, pluck="name"):
		frappe.delete_doc(CUSTOM, name, ignore_missing=True, force=True)
	frappe.clear_cache(doctype=doctype)


def has_field(doctype: str, field: str) -> bool:
	return bool(frappe.get_meta(doctype).has_field(field))
