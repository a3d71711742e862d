"""Script reports: a module's `report/<name>/<name>.py` with `execute(filters)`."""

from typing import Any

import frappe
from frappe import _
from frappe.apps import module_app
from frappe.permissions import get_user_permissions

_PARTS = ("columns", "result", "message", "chart", "report_summary")


@frappe.whitelist()
def run(
	report_name: str, filters: Any = None, user: str | None = None, ignore_prepared_report: bool = False
) -> dict[str, Any]:
	"""{"columns", "result", "message", "chart", "report_summary"} for the session's reader."""
	report = get_report_doc(report_name)
	if report.report_type != "Script Report" or report.report_script or report.add_total_row:
		raise NotImplementedError(f"{report.name}: only script reports of modules are within the contract")
	key, module = frappe.scrub(report.name), frappe.scrub(report.module)
	execute = frappe.get_attr(f"{module_app(report.module)}.{module}.report.{key}.{key}.execute")
	parts = list(execute(frappe._dict(frappe.parse_json(filters) or {})))
	out = dict(zip(_PARTS, parts + [None] * (len(_PARTS) - len(parts)), strict=True))
	rows = _filtered(report.ref_doctype, out["columns"], out["result"] or [], user)
	return {**out, "result": rows}


def get_report_doc(report_name: str) -> Any:
	"""The Report, when the session's user may run it."""
	doc = frappe.get_doc("Report", report_name)
	roles = {row.role for row in doc.roles}
	if frappe.session.user != "Administrator" and roles and roles.isdisjoint(frappe.get_roles()):
		frappe.throw(_("You don't have access to Report: {0}").format(_(report_name)), frappe.PermissionError)
	if not frappe.has_permission(doc.ref_doctype, "report"):
		text = _("You don't have permission to get a report on: {0}").format(_(doc.ref_doctype))
		frappe.throw(text, frappe.PermissionError)
	if doc.disabled:
		frappe.throw(_("Report {0} is disabled").format(_(report_name)))
	return doc


def _filtered(doctype: str, columns: list[dict], rows: list[dict], user: str | None) -> list[dict]:
	"""Leaves out rows that link to records which User Permissions close."""
	restrictions, allowed = get_user_permissions(user), {}
	for column in columns if restrictions else ():
		if column.get("fieldtype") == "Link":
			found = restrictions.get(column["options"], ())
			names = {row.doc for row in found if row.applicable_for in (None, "", doctype)}
			allowed.update({column["fieldname"]: names} if names else {})
	if not allowed:
		return rows
	return [
		row for row in rows if all(row.get(field) in {None, "", *names} for field, names in allowed.items())
	]
