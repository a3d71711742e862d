"""What the pages offer for the year between the order and the report: events, reviews, measures, the own digest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from benchless.desk import returns, rosters
from benchless.desk.pages import page
from nastavnik_app import api, api_authority
from nastavnik_app.people.roster_import import IMPORT
from nastavnik_app.rules.states import OPEN_TASKS

DAYS_OF_YEAR = 366


@dataclass(frozen=True)
class Button:
	"""A button of a form that asks nothing; `run` does it and gives what is told, or nothing."""

	doctype: str
	label: str
	offered: Callable[[Document], bool]
	run: Callable[[Document], str | None]
	right: str = "write"


def _notes_mentors(event: Document) -> bool:
	noted = any(row.potential_mentor for row in event.participants)
	return noted and frappe.has_permission("Mentor", "create")


def _add_potential_mentors(event: Document) -> str:
	found = api.add_potential_mentors(event.name)
	return _("Added to the bank of mentors: {0}. There already: {1}.").format(
		len(found["added"]), len(found["known"])
	)


def _is_measured(task: Document) -> bool:
	return bool(task.measure) and task.status in OPEN_TASKS


def _propose_pairs(matching: Document) -> str:
	found = api.propose_pairs(matching.name)
	return _("Pairs proposed: {0}. Mentees without a pair: {1}.").format(
		found["proposals"], found["unmatched"]
	)


def _has_proposals(matching: Document) -> bool:
	waiting = any(not row.pair for row in matching.proposals)
	return waiting and frappe.has_permission("Pair", "create")


def _leaves_mentees(matching: Document) -> bool:
	return any(row.party_type == "Mentee" and not row.roadmap_task for row in matching.unmatched)


BUTTONS = {
	"propose_pairs": Button("Pair Matching", "Match", lambda matching: True, _propose_pairs),
	"create_pairs": Button(
		"Pair Matching",
		"Create Pairs",
		_has_proposals,
		lambda matching: _("Pairs created: {0}.").format(api.create_pairs(matching.name)),
	),
	"create_search_task": Button(
		"Pair Matching",
		"Create a Task for the Rest",
		_leaves_mentees,
		lambda matching: _("The task is for mentees: {0}.").format(api.create_search_task(matching.name)),
	),
	"add_potential_mentors": Button(
		"Mentoring Event", "Add Potential Mentors to Bank", _notes_mentors, _add_potential_mentors
	),
	"assemble_swot": Button(
		"Program Review",
		"Assemble SWOT",
		lambda review: True,
		lambda review: _("Answers looked at: {0}.").format(api.assemble_swot(review.name)),
	),
	"send_again": Button(
		"Mentoring Report Mailing",
		"Send Again",
		lambda mailing: mailing.status != "Queued",
		lambda mailing: api.send_reports_again(mailing.name),
		right="read",
	),
	"measure_task": Button(
		"Roadmap Task", "Measure Now", _is_measured, lambda task: api.measure_task(task.name)
	),
	"divide_into_years": Button(
		"Mentoring Program",
		"Divide Into Years",
		lambda program: (
			not program.get("years") and date_diff(program.period_end, program.period_start) > DAYS_OF_YEAR
		),
		lambda program: _("Years added: {0}.").format(api.divide_into_years(program.name)),
	),
	"count_return": Button(
		"Program Return",
		"Count Anew",
		returns.is_counted_anew,
		lambda doc: api_authority.count_return(doc.name),
	),
	"remind_schools": Button(
		"Program Return Request",
		"Remind",
		lambda request: True,
		lambda request: _("Schools reminded: {0}.").format(api_authority.remind_schools(request.name)),
	),
	"list_website_documents": Button(
		"Website Check",
		"List Schools and Documents",
		lambda check: True,
		lambda check: _("Rows added: {0}.").format(api_authority.list_website_documents(check.name)),
	),
	"check_list": Button(IMPORT, "Check the List", rosters.may_check, rosters.check),
	"import_list": Button(IMPORT, "Import the List", rosters.may_import, rosters.import_list),
	"measure_now": Button(
		"Mentoring Program",
		"Measure Now",
		lambda program: program.workflow_state == "Running",
		lambda program: _("Tasks measured: {0}.").format(api.measure_now(program.name)),
	),
}


def buttons_of(doc: Document) -> list[dict[str, Any]]:
	return [
		{"key": key, "label": _(button.label)}
		for key, button in BUTTONS.items()
		if button.doctype == doc.doctype and doc.has_permission(button.right) and button.offered(doc)
	]


def press(doc: Document, key: str) -> bool:
	"""Does what a button does; False where there is no such button of this record."""
	button = BUTTONS.get(key)
	if not button or button.doctype != doc.doctype:
		return False
	told = button.run(doc)
	if told:
		frappe.msgprint(told)
	return True


def notes_of(doc: Document) -> list[str]:
	"""What the records say of a task."""
	if doc.doctype != "Roadmap Task":
		return []
	told = api.standing_of_task(doc.name) if doc.measured_on else None
	origin = _("The authority has handed this task down.") if doc.municipal_task else None
	return [line for line in (origin, told) if line]


def digest(request: Request) -> Response:
	"""How often the reader gets the message with what is the reader's own to do."""
	if request.method == "POST":
		api.set_digest_frequency(request.form.get("frequency", ""))
		frappe.msgprint(_("Saved"))
		return redirect("/app", 303)
	options = frappe.get_meta("Mentoring Digest Preference").get_field("frequency").options.split("\n")
	asked = {
		"name": "frequency",
		"label": _("Digest"),
		"kind": "select",
		"options": [(one, _(one)) for one in options],
		"value": api.digest_frequency(),
		"required": True,
	}
	return page("digest.html", title=_("Mentoring Digest"), fields=[asked])
