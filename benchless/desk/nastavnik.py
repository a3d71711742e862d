"""What the app's client scripts say on Desk (`*_list.js`, form and report scripts), said once more for these pages.

What decides lies on the server: here is only what is offered where.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from benchless.desk import returns, rosters, year
from benchless.desk.pages import url
from benchless.desk.values import Shown
from nastavnik_app import api
from nastavnik_app.pairs import meetings
from nastavnik_app.people.roster_import import BEGUN, IMPORT
from nastavnik_app.program import roadmap_review
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import MACHINES, OPEN_TASKS

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
	"Mentoring Questionnaire Response",
	"Municipal Report",
	"Pair",
	"Program Return",
	"Program Review",
)
# DocType → its tables that have a template of their own
TABLES = {
	"Program Return": {"cells": "figures.html", "indicators": "figures.html"},
	"Roadmap Import": {"rows": "review.html"},
}
READ, CREATE, ACKNOWLEDGE = "read_document", "create_tasks", "acknowledge"
TAKE_ACTIVITIES = "take_activities"
_STATUS_COLOURS = {
	"Mentoring Event": {"Planned": "orange", "Held": "green", "Cancelled": "grey"},
	"Mentoring Print Job": {"Queued": "grey", "Running": "orange", "Finished": "green", "Failed": "red"},
	"Mentoring Publication": {"Planned": "orange", "Published": "green", "Taken Down": "grey"},
	"Mentoring Questionnaire": {"Draft": "orange", "Published": "green", "Retired": "grey"},
	"Mentoring Questionnaire Response": {"Invited": "orange", "Answered": "green"},
	"Mentoring Report Mailing": {
		"Queued": "grey",
		"Sent": "green",
		"Nothing to Tell": "blue",
		"Failed": "orange",
		"Given Up": "red",
	},
	"Pair Meeting": {"Planned": "orange", "Held": "green", "Cancelled": "grey"},
	"Roadmap Import": {"New": "grey", "Rows Read": "orange", "Tasks Created": "green"},
	"Roster Import": {
		"Draft": "grey",
		"Checked": "orange",
		"Queued": "grey",
		"Running": "orange",
		"Imported": "green",
		"Failed": "red",
	},
}
ROWS_OF_MEETING = {"attendance.absent", "attendance.note", "activities.done", "activities.result"}


def needed(doctype: str) -> tuple[str, ...]:
	"""Further fields that a list's indicator looks at."""
	return ("due_date",) if doctype == "Roadmap Task" else ()


def indicator(doctype: str, row: Any) -> Shown | None:
	"""The state of a row where it is not its Workflow's alone."""
	if doctype == "Roadmap Task" and row.status in OPEN_TASKS:
		if row.due_date and row.due_date < getdate():
			return Shown(_("Overdue"), colour="red")
	colour = _STATUS_COLOURS.get(doctype, {}).get(row.get("status"))
	return Shown(_(row.status), colour=colour) if colour else None


def open_fields(doc: Document) -> frozenset[str] | None:
	"""Fields that stay open in the document's state, columns as `table.column`; None where all are."""
	if doc.doctype == "Mentoring Print Job" or doc.get("status") == "Tasks Created":
		return frozenset()
	if doc.doctype == IMPORT and doc.status in BEGUN:
		return frozenset()
	if doc.doctype == "Pair Meeting":
		# its rows are listed by the app
		return frozenset(
			{df.fieldname for df in doc.meta.fields if df.fieldtype != "Table"} | ROWS_OF_MEETING
		)
	if doc.doctype == "Mentoring Questionnaire Response":
		return _open_of_response(doc)
	if doc.doctype == "Mentoring Questionnaire" and not doc.is_new() and doc.status != "Draft":
		return frozenset({"status"})
	machine = MACHINES.get(doc.doctype)
	return machine.open_fields(doc.get(machine.field)) if machine and not doc.is_new() else None


def _open_of_response(response: Document) -> frozenset[str]:
	"""Answers are typed in question by question, never in the table."""
	if response.is_new():
		own = ("questionnaire", "program", "pair", "party_type", "party", "person_name", "source")
		return frozenset(own)
	return frozenset({"person_name", "source"}) if response.status == "Invited" else frozenset()


def is_deletable(doc: Document) -> bool:
	"""Whether the record only stands at its beginning; what was moved on stays on file."""
	if doc.doctype in ("Mentoring Questionnaire", "Mentoring Questionnaire Response"):
		return doc.status in ("Draft", "Invited")
	if doc.doctype == "Pair Meeting":
		return doc.status != "Held"
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
	if doc.doctype == "Pair Meeting" and doc.has_permission("write") and meetings.lacks_activities(doc):
		return [{"key": TAKE_ACTIVITIES, "label": _("Take From the Plan")}]
	if doc.doctype == "Mentoring Order" and doc.docstatus == 1 and _awaits(doc, frappe.session.user):
		return [{"key": ACKNOWLEDGE, "label": _("I Have Read the Order"), "primary": True}]
	return year.buttons_of(doc)


def ways_of(doc: Document) -> list[dict[str, str]]:
	"""Where a form leads next."""
	if doc.doctype == "Program Return":
		return returns.ways_of(doc)
	if doc.doctype == IMPORT:
		return rosters.ways_of(doc)
	if doc.doctype == "Mentoring Program" and frappe.has_permission("Roadmap Import", "create"):
		return [{"label": _("Load the Roadmap"), "url": url("Roadmap Import", "new", program=doc.name)}]
	if doc.doctype == "Pair":
		return [*_new_meeting(doc), *_calendar_file(doc, len(meetings.planned_of(doc.name)))]
	if doc.doctype == "Pair Meeting":
		return _calendar_file(doc, doc.status == meetings.PLANNED)
	if doc.doctype in PEOPLE and frappe.has_permission("Competency Assessment", "create"):
		asked = {"party_type": doc.doctype, "party": doc.name}
		return [{"label": _("Assess"), "url": url("Competency Assessment", "new", **asked)}]
	if doc.doctype == "Roadmap Import" and doc.status == "Tasks Created":
		return [{"label": _("Open the Tasks"), "url": url("Roadmap Task", roadmap_import=doc.name)}]
	return []


def may_begin(doctype: str, pair: Document) -> bool:
	"""Whether the reader may write a new record of a pair's work."""
	about = {"pair": pair.name, "organization": pair.organization}
	return frappe.has_permission(doctype, "create", doc=frappe.new_doc(doctype, **about))


def _new_meeting(pair: Document) -> list[dict[str, str]]:
	if pair.workflow_state != "Assigned" or not may_begin("Pair Meeting", pair):
		return []
	asked = {"pair": pair.name, "kind": api.next_meeting_kind(pair.name) or ""}
	return [{"label": _("New Meeting"), "url": url("Pair Meeting", "new", **asked)}]


def _calendar_file(doc: Document, is_planned: int | bool) -> list[dict[str, str]]:
	asked = urlencode({"doctype": doc.doctype, "name": doc.name})
	address = f"/api/method/nastavnik_app.api.download_calendar?{asked}"
	return [{"label": _("Calendar File"), "url": address}] if is_planned else []


def begin(doc: Document) -> None:
	"""What a new form brings with it, beside what its address says."""
	if doc.doctype == "Competency Assessment" and doc.party_type and doc.party:
		for competency in api.competencies_to_assess(doc.party_type, doc.party):
			doc.append("scores", {"competency": competency["name"]})


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
	elif doc.doctype == "Pair Meeting" and key == TAKE_ACTIVITIES:
		api.take_activities(doc.name)
	elif doc.doctype == "Mentoring Order" and key == ACKNOWLEDGE:
		api.acknowledge(doc.name)
	elif not year.press(doc, key):
		frappe.throw(_("There is no such action."), frappe.PermissionError)


def notes_of(doc: Document) -> list[str]:
	"""What the form says beside its fields: what a signature will do, what a task has come to."""
	if doc.doctype != "Mentoring Order" or doc.docstatus:
		return year.notes_of(doc)
	lines = api.what_signing_does(doc.name)
	if not lines:
		return [_("Signing changes no record: the order is printed and kept.")]
	return [_("When it is signed:"), *lines]
