"""The doors at which a cell of the permission table is tried: each yields actions and whether they were open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import frappe
from frappe.desk.search import search_link

from nastavnik_app import api
from nastavnik_app.rules.states import CURATOR
from nastavnik_app.tests import doors
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.doors import Answered, asked, called
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.permission_cells import ACTIONS, Cell

# fields that a record has from being stored
OF_STORED = "name creation modified modified_by owner idx docstatus parent parenttype parentfield workflow_state".split()

# to write one is to queue one by its endpoint; its controller refuses everybody (test_rest_papers.py)
QUEUED = "Mentoring Print Job"

Tried = Iterator[tuple[str, bool]]


def rights(cell: Cell) -> Tried:
	record = frappe.get_doc(cell.doctype, cell.name)
	with as_user(cell.user):
		for action in ACTIONS:
			yield action, bool(frappe.has_permission(cell.doctype, action, doc=record))


def lists(cell: Cell) -> Tried:
	if not frappe.get_meta(cell.doctype).issingle:
		status, text = called(cell.user, frappe.get_list, cell.doctype, filters={"name": cell.name})
		yield "read", status == 200 and f'"{cell.name}"' in text


def forms(cell: Cell) -> Tried:
	yield "read", is_open(called(cell.user, frappe.client.get, cell.doctype, cell.name))


def link_search(cell: Cell) -> Tried:
	if not frappe.get_meta(cell.doctype).issingle:
		for ignoring in (False, True):
			named = {"page_length": 100, "ignore_user_permissions": ignoring}
			found = called(cell.user, search_link, cell.doctype, cell.name, **named)
			yield "read", found[0] == 200 and f'"{cell.name}"' in found[1]


def rest_v1(cell: Cell) -> Tried:
	yield from _rest(cell, "/api/resource")


def rest_v2(cell: Cell) -> Tried:
	if not is_embedded():
		yield from _rest(cell, "/api/v2/document")


def _rest(cell: Cell, root: str) -> Tried:
	path = f"{root}/{cell.doctype}/{cell.name}"
	yield "read", is_open(asked(cell.user, "GET", path))
	if cell.doctype != QUEUED:
		yield "write", is_open(asked(cell.user, "PUT", path))
	yield "delete", is_open(asked(cell.user, "DELETE", path))
	yield "create", is_open(asked(cell.user, "POST", f"{root}/{cell.doctype}", **_copy(cell)))


def _copy(cell: Cell) -> dict:
	"""What would make another such record."""
	record = frappe.get_doc(cell.doctype, cell.name).as_dict()
	values = {key: value for key, value in record.items() if key not in OF_STORED and value is not None}
	for key, rows in values.items():
		if isinstance(rows, list):
			values[key] = [{name: row[name] for name in row if name not in OF_STORED} for row in rows]
	return json.loads(frappe.as_json(values))


def submitting(cell: Cell) -> Tried:
	"""Shut to who may not; who may is left to the guard (test_guard.py)."""
	if frappe.get_meta(cell.doctype).is_submittable and not cell.may("submit"):
		record = frappe.get_doc(cell.doctype, cell.name).as_dict()
		yield "submit", called(cell.user, frappe.client.submit, record)[0] < 400
	if frappe.get_meta(cell.doctype).is_submittable and not cell.may("cancel"):
		yield "cancel", called(cell.user, frappe.client.cancel, cell.doctype, cell.name)[0] < 400


def prints(cell: Cell) -> Tried:
	if _is_printed(cell):
		yield "print", is_open(called(cell.user, frappe.get_print, cell.doctype, cell.name))


def pdf(cell: Cell) -> Tried:
	"""Shut before anything is drawn; the drawing itself is test_prints.py."""
	if _is_printed(cell) and not cell.may("print"):
		named = {"as_pdf": True}
		yield "print", is_open(called(cell.user, frappe.get_print, cell.doctype, cell.name, **named))


def word(cell: Cell) -> Tried:
	"""Made of the same HTML as the print, so that one role's is enough."""
	is_made = bool(frappe.get_meta(cell.doctype).default_print_format)
	if is_made and (cell.role == CURATOR or not cell.may("print")):
		yield "print", is_open(called(cell.user, api.download_word, cell.doctype, cell.name))


def _is_printed(cell: Cell) -> bool:
	return not is_embedded() or bool(frappe.get_meta(cell.doctype).default_print_format)


def export(cell: Cell) -> Tried:
	"""What may be exported at all is what is listed."""
	if frappe.get_meta(cell.doctype).issingle:
		return
	answer = _exported(cell)
	rows = answer[1].strip().splitlines()[1:] if answer[0] == 200 else []
	yield ("read" if "export" in cell.granted else "export"), bool(rows)


def _exported(cell: Cell) -> Answered:
	if is_embedded():
		from benchless.desk import lists as pages
		from benchless.desk.pages import slug_of

		return doors.page(cell.user, pages.export, slug_of(cell.doctype), "csv", name=cell.name)
	filters = json.dumps([[cell.doctype, "name", "=", cell.name]])
	asked_for = {"doctype": cell.doctype, "title": "x", "fields": '["name"]', "filters": filters}
	return doors.downloaded(
		cell.user, "frappe.desk.reportview.export_query", **asked_for, file_format_type="CSV"
	)


def email(cell: Cell) -> Tried:
	if not is_embedded():
		letter = {"doctype": cell.doctype, "name": cell.name, "content": "x", "subject": "x"}
		method = "/api/method/frappe.core.doctype.communication.email.make"
		yield "email", is_open(asked(cell.user, "POST", method, **letter, recipients="x@school.example"))


def sharing(cell: Cell) -> Tried:
	if not is_embedded():
		add = frappe.get_attr("frappe.share.add")
		yield "share", is_open(called(cell.user, add, cell.doctype, cell.name, user="Administrator"))


def is_open(answer: Answered) -> bool:
	"""A refusal for another reason than permission (what is mandatory, a state) is a door that was open."""
	assert answer[0] != 500, answer[1]
	if "PrintFormatError" in str(answer[1]):  # as which Frappe tells whatever a paper refuses its reader
		return False
	return answer[0] not in (401, 403, 404)


DOORS: dict[str, Callable[[Cell], Tried]] = {
	"rights": rights,
	"list": lists,
	"form": forms,
	"link search": link_search,
	"REST v1": rest_v1,
	"REST v2": rest_v2,
	"submit and cancel": submitting,
	"print": prints,
	"PDF": pdf,
	"Word": word,
	"export": export,
	"email": email,
	"share": sharing,
}
