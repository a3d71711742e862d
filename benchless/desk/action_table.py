"""The actions on chosen records: what each asks, what it does, who may take it and where it is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate
from werkzeug.wrappers import Response

from benchless.desk import consents, files, handing_down, nastavnik, privacy, questionnaires, returns
from benchless.desk.pages import url
from nastavnik_app import api
from nastavnik_app.documents.binding import OUTPUTS
from nastavnik_app.rules.scope import PEOPLE

Names = list[str]


@dataclass(frozen=True)
class Action:
	"""`asks` gives the fields for the chosen records, `run` does it and gives the address to go to, or a page that is
	shown this once."""

	label: str
	button: str
	asks: Callable[[str, Names], list[dict[str, Any]]]
	run: Callable[[str, Names, dict[str, Any]], str | Response]
	may: Callable[[], bool]
	lists: tuple[str, ...] = ()
	on_form: Callable[[Document], bool] = field(default=lambda doc: False)


def _nothing(doctype: str, names: Names) -> list[dict[str, Any]]:
	return []


def _order_types(doctype: str, names: Names) -> list[dict[str, Any]]:
	kinds = [(kind["name"], kind["title"]) for kind in api.order_types_for(doctype)]
	return [
		{"name": "order_type", "label": "Order Type", "kind": "select", "options": kinds, "required": True}
	]


def _make_order(doctype: str, names: Names, values: dict) -> str:
	return url("Mentoring Order", api.make_order(values["order_type"], doctype, names))


def _day(name: str, label: str) -> dict[str, Any]:
	return {"name": name, "label": label, "kind": "date", "default": nowdate(), "required": True}


def _print_choices(doctype: str, names: Names) -> list[dict[str, Any]]:
	return [
		{
			"name": "print_format",
			"label": "Print Format",
			"kind": "select",
			"options": [(one, _(one)) for one in files.print_formats(doctype)],
			"required": True,
		},
		{
			"name": "output",
			"label": "Output",
			"kind": "select",
			"options": [(one, _(one)) for one in OUTPUTS],
			"required": True,
		},
	]


def _print_together(doctype: str, names: Names, values: dict) -> str:
	return url(
		"Mentoring Print Job", api.print_many(doctype, names, values["print_format"], values["output"])
	)


def _successor(doctype: str, names: Names) -> list[dict[str, Any]]:
	return [
		{"name": "mentor", "label": "New Mentor", "kind": "link", "doctype": "Mentor", "required": True},
		{"name": "reason", "label": "Reason", "kind": "text"},
	]


def _replace_mentor(doctype: str, names: Names, values: dict) -> str:
	return url("Mentoring Order", api.replace_mentor(names[0], values["mentor"], values["reason"]))


def _who_signed(doctype: str, names: Names) -> list[dict[str, Any]]:
	rows = frappe.get_doc(doctype, names[0]).acknowledgements
	people = [(row.name, row.person_name) for row in rows if not row.acknowledged_on]
	everybody = [name for name, _title in people]
	who = {"name": "rows", "label": "Who Signed or Was Informed", "kind": "checks", "options": people}
	return [{**who, "default": everybody}, _day("day", "Day")]


def _collect(doctype: str, names: Names, values: dict) -> str:
	api.collect_acknowledgements(names[0], values["rows"], values["day"])
	return url(doctype, names[0])


def _templates(doctype: str, names: Names) -> list[dict[str, Any]]:
	pair = names[0] if doctype == "Pair" else frappe.db.get_value(doctype, names[0], "pair")
	choices = [(one["name"], one["title"]) for one in api.plan_templates_for(pair)]
	default = choices[0][0] if choices else ""
	asked = {"name": "template", "label": "Template", "kind": "select", "options": choices}
	return [{**asked, "default": default, "required": True}]


def _draw_up_plan(doctype: str, names: Names, values: dict) -> str:
	return url("Individual Plan", api.draw_up_plan(names[0], values["template"]))


def _fill_plan(doctype: str, names: Names, values: dict) -> str:
	api.fill_plan(names[0], values["template"])
	return url(doctype, names[0])


def _mentee_of_matching(doctype: str, names: Names) -> list[dict[str, Any]]:
	matching = frappe.get_doc(doctype, names[0])
	people = [(row.mentee, row.mentee_name) for row in matching.proposals if not row.pair]
	people += [(row.party, row.person_name) for row in matching.unmatched if row.party_type == "Mentee"]
	people.sort(key=lambda one: one[1])
	return [{"name": "mentee", "label": "Mentee", "kind": "select", "options": people, "required": True}]


def _show_alternatives(doctype: str, names: Names, values: dict) -> str:
	text = _("{0}: score {1}, places free {2}. {3}")
	lines = [
		text.format(one["mentor_name"], f"{one['score']:g}", one["free"], one["reason"])
		for one in api.alternatives_for(names[0], values["mentee"])
	]
	told = "".join(f"<li>{line}</li>" for line in lines)
	frappe.msgprint(f"<ol>{told}</ol>" if lines else _("No mentor fits this mentee."))
	return url(doctype, names[0])


def _may(right: str, doctype: str) -> Callable[[], bool]:
	return lambda: frappe.has_permission(doctype, right)


def _stands(doctype: str, *states: str) -> Callable[[Document], bool]:
	return lambda doc: doc.doctype == doctype and doc.workflow_state in states


def _gathers_signatures(doc: Document) -> bool:
	is_order = doc.doctype == "Mentoring Order" and doc.docstatus == 1
	return (
		is_order
		and doc.has_permission("write")
		and any(not row.acknowledged_on for row in doc.acknowledgements)
	)


def _lacks_plan(doc: Document) -> bool:
	is_open = doc.doctype == "Pair" and doc.workflow_state in ("Draft", "Assigned")
	return is_open and nastavnik.may_begin("Individual Plan", doc)


def _is_draft_of_plan(doc: Document) -> bool:
	return _stands("Individual Plan", "Draft")(doc) and doc.has_permission("write")


def _goes_on(doc: Document) -> bool:
	return (
		doc.doctype == "Mentoring Program" and doc.workflow_state != "Draft" and doc.has_permission("write")
	)


ACTIONS = {
	"make-order": Action(
		"Make an Order",
		"Make",
		_order_types,
		_make_order,
		_may("create", "Mentoring Order"),
		("Pair", "Individual Plan", "Mentoring Award"),
		lambda doc: (
			_stands("Pair", "Draft", "Assigned by One School")(doc) or doc.doctype == "Mentoring Program"
		),
	),
	"next-roadmap": Action(
		"Roadmap of the Next Year",
		"Make",
		_nothing,
		lambda doctype, names, values: url("Roadmap Import", api.make_next_roadmap(names[0])),
		_may("create", "Mentoring Program"),
		on_form=_goes_on,
	),
	"hand-down": Action(
		"Hand Down to Schools",
		"Hand Down",
		handing_down.asked_schools,
		handing_down.hand_down,
		handing_down.may_hand_down,
		("Roadmap Task",),
		handing_down.is_of_authority,
	),
	"take-back": Action(
		"Take Back",
		"Take Back",
		handing_down.asked_to_take_back,
		handing_down.take_back,
		handing_down.may_hand_down,
		on_form=handing_down.may_be_taken_back,
	),
	"read-in-return": Action(
		"Read In a File",
		"Read In",
		returns.asked_file,
		returns.read_in,
		returns.may_read_in,
		on_form=lambda doc: doc.doctype == returns.REQUEST,
	),
	"replace-mentor": Action(
		"Replace Mentor",
		"Make an Order",
		_successor,
		_replace_mentor,
		_may("create", "Mentoring Order"),
		on_form=_stands("Pair", "Assigned"),
	),
	"collect-acknowledgements": Action(
		"Collect Acknowledgements",
		"Record",
		_who_signed,
		_collect,
		_may("write", "Mentoring Order"),
		on_form=_gathers_signatures,
	),
	"prepare-consents": Action(
		"Prepare Consents",
		"Prepare",
		consents.asked_kind,
		consents.prepare,
		_may("create", "Consent"),
		PEOPLE,
		lambda doc: doc.doctype in PEOPLE,
	),
	"collect-consents": Action(
		"Collect Consents",
		"Prepare",
		consents.asked_whose,
		consents.collect,
		_may("create", "Consent"),
		on_form=lambda doc: doc.doctype in ("Mentoring Program", "Educational Organization"),
	),
	"record-consents": Action(
		"Record as Collected",
		"Record",
		lambda doctype, names: [_day("signed_on", "Signed On")],
		consents.record,
		_may("submit", "Consent"),
		("Consent",),
	),
	"invite-to-answer": Action(
		"Invite to Answer",
		"Make Links",
		questionnaires.invitation,
		questionnaires.invite,
		_may("delete", "Mentoring Questionnaire Response"),
		(*PEOPLE, "Pair"),
		lambda doc: doc.doctype == "Mentoring Program",
	),
	"enter-answers": Action(
		"Enter the Answers",
		"Record",
		questionnaires.typed_answers,
		questionnaires.record_answers,
		_may("write", "Mentoring Questionnaire Response"),
		on_form=questionnaires.awaits_answers,
	),
	"new-link": Action(
		"New Link",
		"Make Links",
		_nothing,
		questionnaires.renew,
		_may("delete", "Mentoring Questionnaire Response"),
		("Mentoring Questionnaire Response",),
		questionnaires.awaits_answers,
	),
	"new-version": Action(
		"New Version",
		"Make",
		_nothing,
		lambda doctype, names, values: url(doctype, api.new_questionnaire_version(names[0])),
		_may("create", "Mentoring Questionnaire"),
		on_form=lambda doc: doc.doctype == "Mentoring Questionnaire" and doc.status != "Draft",
	),
	"draw-up-plan": Action(
		"Draw Up the Plan",
		"Draw Up",
		_templates,
		_draw_up_plan,
		_may("create", "Individual Plan"),
		on_form=_lacks_plan,
	),
	"fill-plan": Action(
		"Fill From Template",
		"Fill",
		_templates,
		_fill_plan,
		_may("write", "Individual Plan"),
		on_form=_is_draft_of_plan,
	),
	"alternatives": Action(
		"Other Mentors",
		"Show",
		_mentee_of_matching,
		_show_alternatives,
		_may("read", "Pair Matching"),
		on_form=lambda doc: doc.doctype == "Pair Matching" and bool(doc.matched_at),
	),
	"block": Action(
		"Block",
		"Block",
		privacy.asked_reason,
		privacy.block,
		_may("create", "Data Destruction Act"),
		on_form=privacy.may_be_blocked,
	),
	"draw-up-act": Action(
		"Draw Up the Act",
		"Draw Up",
		_nothing,
		privacy.draw_up,
		_may("create", "Data Destruction Act"),
		PEOPLE,
		privacy.is_blocked,
	),
	"destroy-again": Action(
		"Try Again",
		"Try Again",
		_nothing,
		privacy.destroy_again,
		_may("submit", "Data Destruction Act"),
		on_form=privacy.has_failed,
	),
	"personal-data": Action(
		"Personal Data of This Person",
		"Download",
		_nothing,
		privacy.download,
		privacy.may_answer,
		on_form=lambda doc: doc.doctype in PEOPLE,
	),
	"print-together": Action(
		"Print Together",
		"Print",
		_print_choices,
		_print_together,
		_may("write", "Mentoring Print Job"),
		nastavnik.PAPERS,
	),
}


def of_list(doctype: str) -> list[dict[str, str]]:
	"""Actions for rows that are ticked in a list."""
	return [
		{"label": _(action.label), "url": url(doctype, "action", key)}
		for key, action in ACTIONS.items()
		if doctype in action.lists and action.may()
	]


def of_form(doc: Document) -> list[dict[str, str]]:
	"""Actions that a form offers for its record."""
	return [
		{"label": _(action.label), "url": url(doc.doctype, "action", key, name=doc.name)}
		for key, action in ACTIONS.items()
		if action.on_form(doc) and action.may()
	]
