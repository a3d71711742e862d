"""What the app's client scripts say on Desk (`*_list.js`, form and report scripts), said once more for these pages.

What decides lies on the server: here is only what is offered where.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from benchless.desk.pages import url
from benchless.desk.values import Shown
from nastavnik_app import api
from nastavnik_app.program import roadmap_review
from nastavnik_app.rules.states import MACHINES

PAPERS = (
	"Consent",
	"Data Destruction Act",
	"Individual Plan",
	"Mentee Support Profile",
	"Mentoring Award",
	"Mentoring Event",
	"Mentoring Local Act",
	"Mentoring Order",
	"Mentoring Program",
	"Pair",
)
# DocType → its tables that have a template of their own
TABLES = {"Roadmap Import": {"rows": "review.html"}}
READ, CREATE, ACKNOWLEDGE = "read_document", "create_tasks", "acknowledge"
_STATUS_COLOURS = {
	"Mentoring Print Job": {"Queued": "grey", "Running": "orange", "Finished": "green", "Failed": "red"},
	"Roadmap Import": {"New": "grey", "Rows Read": "orange", "Tasks Created": "green"},
}
_ORGANIZATION = {
	"name": "organization",
	"label": "Organization",
	"kind": "link",
	"doctype": "Educational Organization",
}
_PROGRAM = {"name": "program", "label": "Program", "kind": "link", "doctype": "Mentoring Program"}


def kinds_of_consent() -> list[str]:
	return frappe.get_meta("Consent").get_field("kind").options.split("\n")


def report_filters(report: str) -> list[dict[str, Any]]:
	"""The filters of a report, as its script declares them."""
	return {
		"Consent Coverage": [
			_ORGANIZATION,
			{
				"name": "kind",
				"label": "Consent To",
				"kind": "select",
				"options": kinds_of_consent(),
				"default": kinds_of_consent()[0],
			},
			{"name": "only_missing", "label": "Only Missing", "kind": "check", "default": "1"},
		],
		"Mentee Bank": [{**_PROGRAM, "required": True}],
		"Mentor Bank": [{**_PROGRAM, "required": True}],
		"Roadmap Fulfilment": [
			_ORGANIZATION,
			_PROGRAM,
			{"name": "on_date", "label": "As Of", "kind": "date", "default": nowdate()},
		],
	}.get(report, [])


def needed(doctype: str) -> tuple[str, ...]:
	"""Further fields that a list's indicator looks at."""
	return ("due_date",) if doctype == "Roadmap Task" else ()


def indicator(doctype: str, row: Any) -> Shown | None:
	"""The state of a row where it is not its Workflow's alone."""
	if doctype == "Roadmap Task" and row.status in ("Planned", "In Progress"):
		if row.due_date and row.due_date < getdate():
			return Shown(_("Overdue"), colour="red")
	colour = _STATUS_COLOURS.get(doctype, {}).get(row.get("status"))
	return Shown(_(row.status), colour=colour) if colour else None


def open_fields(doc: Document) -> frozenset[str] | None:
	"""Fields that stay open in the document's state, columns as `table.column`; None where all are."""
	if doc.doctype == "Mentoring Print Job" or doc.get("status") == "Tasks Created":
		return frozenset()
	machine = MACHINES.get(doc.doctype)
	state = machine.state(doc.get(machine.field)) if machine and not doc.is_new() else None
	return state.editable if state else None


def is_deletable(doc: Document) -> bool:
	"""Whether the record only stands at its beginning; what was moved on stays on file."""
	machine = MACHINES.get(doc.doctype)
	return not machine or doc.get(machine.field) == machine.initial.name


def methods_of(doc: Document) -> list[dict[str, Any]]:
	"""Buttons of a form that ask nothing."""
	if doc.doctype == "Roadmap Import" and doc.has_permission("write") and doc.status != "Tasks Created":
		reading = {"key": READ, "label": _("Read the Document")}
		creating = {
			"key": CREATE,
			"label": _("Create Tasks"),
			"primary": True,
			"long": _("Creating tasks"),
		}
		found = [reading] if doc.document or doc.template else []
		return (
			[*found, creating] if doc.status == "Rows Read" else [{**one, "primary": True} for one in found]
		)
	if doc.doctype == "Mentoring Order" and doc.docstatus == 1 and _awaits(doc, frappe.session.user):
		return [{"key": ACKNOWLEDGE, "label": _("I Have Read the Order"), "primary": True}]
	return []


def ways_of(doc: Document) -> list[dict[str, str]]:
	"""Where a form leads next."""
	if doc.doctype == "Mentoring Program" and frappe.has_permission("Roadmap Import", "create"):
		return [{"label": _("Load the Roadmap"), "url": url("Roadmap Import", "new", program=doc.name)}]
	if doc.doctype == "Roadmap Import" and doc.status == "Tasks Created":
		return [{"label": _("Open the Tasks"), "url": url("Roadmap Task", roadmap_import=doc.name)}]
	return []


def doubts_of(row: Document, field: str = "") -> list[dict[str, Any]]:
	"""What was doubtful when a cell was read; `settled` where somebody has looked at its row."""
	if row.doctype not in ("Roadmap Import Row", "Roadmap Import Indicator"):
		return []
	settled = bool(row.get("checked") or row.get("skip"))
	return [{**one, "settled": settled} for one in roadmap_review.doubts_of(row, field)]


def _awaits(order: Document, user: str) -> bool:
	return any(row.user == user and not row.acknowledged_on for row in order.acknowledgements)


def run_method(doc: Document, key: str) -> None:
	"""What such a button does."""
	if doc.doctype == "Roadmap Import" and key == READ:
		doc.read_document()
		frappe.msgprint(_("Rows read: {0}, with doubts: {1}.").format(len(doc.rows), doc.doubt_count))
	elif doc.doctype == "Roadmap Import" and key == CREATE:
		frappe.msgprint(_("Tasks created: {0}.").format(doc.create_tasks()))
	elif doc.doctype == "Mentoring Order" and key == ACKNOWLEDGE:
		api.acknowledge(doc.name)
	else:
		frappe.throw(_("There is no such action."), frappe.PermissionError)


def notes_of(doc: Document) -> list[str]:
	"""What the form says beside its fields: what a signature will do."""
	if doc.doctype != "Mentoring Order" or doc.docstatus:
		return []
	lines = api.what_signing_does(doc.name)
	if not lines:
		return [_("Signing changes no record: the order is printed and kept.")]
	return [_("When it is signed:"), *lines]
