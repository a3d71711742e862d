"""What the buttons of returns do, for whoever may."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import organizations_of, sees_everything
from nastavnik_app.returns import files, way
from nastavnik_app.rules.return_files import LARGEST, UNCHANGED
from nastavnik_app.rules.states import OFFICER


def count_anew(name: str) -> Document:
	"""Counts the figures of a draft from the records as they are now."""
	doc = frappe.get_doc("Program Return", name)
	doc.check_permission("write")
	if doc.workflow_state != "Draft" or doc.direction != "Own":
		frappe.throw(_("Figures are counted anew in a draft alone. Make a new return."))
	doc.flags.count = True
	return doc.save()


def as_file(name: str, kind: str) -> tuple[bytes, str]:
	"""An approved return as a signed file, and its extension. `kind`: JSON or XLSX."""
	doc = frappe.get_doc("Program Return", name)
	doc.check_permission("export")
	if doc.organization not in organizations_of(frappe.session.user) and not sees_everything(
		frappe.session.user
	):
		frappe.throw(
			_("An organization's return is signed by the organization alone."), frappe.PermissionError
		)
	text = way.as_text(doc)
	return (files.to_xlsx(text), "xlsx") if kind == "XLSX" else (text.encode(), "json")


def read_in(content: str, file_name: str) -> dict[str, str]:
	"""Takes a school's file, as base64, to an authority of the session's user; `name` of the return and what was
	`done`."""
	if OFFICER not in frappe.get_roles() and not sees_everything(frappe.session.user):
		frappe.throw(_("Returns are read in by an officer of the authority."), frappe.PermissionError)
	if len(content) > 8 * LARGEST:
		frappe.throw(_("The file is larger than a return can be"))
	try:
		data = b64decode(content, validate=True)
	except (Error, ValueError):
		frappe.throw(_("The file cannot be read: {0}").format("Base64"))
	text, origin = files.text_of(data, file_name)
	done, name = way.receive(text, origin, _authorities())
	return {"name": name, "done": done}


def _authorities() -> set[str]:
	user = frappe.session.user
	if sees_everything(user):
		return set(frappe.get_all("Return Partner", pluck="organization"))
	return organizations_of(user)


def told_of(done: dict[str, str]) -> str:
	if done["done"] == UNCHANGED:
		return _("This return is here already: nothing was changed.")
	return _("The return is read in: {0}.").format(
		frappe.db.get_value("Program Return", done["name"], "title")
	)
