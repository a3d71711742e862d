"""What each endpoint of the app asks of its caller: rights on records, or nothing but a sign-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from nastavnik_app.tests.permission_cells import Cell
from nastavnik_app.tests.two_schools import Side

API, AUTHORITY, PRIVACY, ERP = (
	f"nastavnik_app.api{room}." for room in ("", "_authority", "_privacy", "_erp")
)
STAND_IN, FIGURES, BOARD = "nastavnik_app.endpoints.", "nastavnik_app.desk.", "nastavnik_app.desk.kanban."


@dataclass(frozen=True)
class Asks:
	"""The rights that a call takes, all of them, on a record of a side each, and the call itself."""

	rights: tuple[tuple[str, str], ...]
	arguments: Callable[[Side], dict[str, Any]]
	method: str = "POST"
	of_authority: bool = False
	more: bool = False  # the endpoint asks for more than rights: without them it is shut, with them it may be

	def granted(self, cell_of: Callable[[str, bool], Cell]) -> bool:
		return all(cell_of(doctype, self.of_authority).may(action) for doctype, action in self.rights)


def _one(
	doctype: str,
	action: str,
	argument: str,
	method: str = "POST",
	of_authority: bool = False,
	/,
	**others: Any,
) -> Asks:
	"""A call about one record."""

	def arguments(side: Side) -> dict[str, Any]:
		records = side.of_authority if of_authority else side.records
		return {argument: records[doctype], **others}

	return Asks(((doctype, action),), arguments, method, of_authority)


def _typed(doctype: str, action: str, method: str = "POST", /, **more: Any) -> Asks:
	return _one(doctype, action, "name", method, False, doctype=doctype, **more)


def _more(asks: Asks) -> Asks:
	return replace(asks, more=True)


ASKS: dict[str, Asks] = {
	API + "download_word": _typed("Mentoring Order", "print", "GET"),
	API + "print_many": Asks(
		(("Mentoring Order", "print"), ("Mentoring Print Job", "write")),
		lambda side: {"doctype": "Mentoring Order", "names": [side.records["Mentoring Order"]]},
	),
	API + "prepare_consents": Asks(
		(("Consent", "create"), ("Mentor", "read")),
		lambda side: {
			"organization": side.school.organization,
			"kind": "Dissemination",
			"party_type": "Mentor",
			"people": [side.records["Mentor"]],
		},
	),
	API + "make_order": Asks(
		(("Mentoring Order", "create"), ("Pair", "read")),
		lambda side: {"order_type": "assign-pairs", "doctype": "Pair", "names": [side.records["Pair"]]},
	),
	API + "replace_mentor": Asks(
		(("Mentoring Order", "create"), ("Pair", "read"), ("Mentor", "read")),
		lambda side: {"pair": side.records["Pair"], "mentor": side.records["Mentor"]},
	),
	API + "what_signing_does": _one("Mentoring Order", "read", "order", "GET"),
	API + "acknowledge": _more(_one("Mentoring Order", "read", "order")),
	API + "collect_acknowledgements": _one("Mentoring Order", "write", "order", rows=[], day="2026-10-01"),
	API + "invite_to_questionnaire": Asks(
		(("Mentoring Questionnaire Response", "create"), ("Mentoring Questionnaire", "read")),
		lambda side: {
			"questionnaire": side.records["Mentoring Questionnaire"],
			"program": side.school.program,
			"people": [side.records["Mentee"]],
		},
		more=True,
	),
	API + "renew_questionnaire_links": Asks(
		(("Mentoring Questionnaire Response", "write"),),
		lambda side: {"responses": [side.records["Mentoring Questionnaire Response"]]},
		more=True,
	),
	API + "questions_of_response": _one("Mentoring Questionnaire Response", "read", "response", "GET"),
	API + "record_answers": _one("Mentoring Questionnaire Response", "write", "response", answers={}),
	API + "new_questionnaire_version": _one("Mentoring Questionnaire", "create", "questionnaire"),
	API + "download_calendar": _typed("Pair", "read", "GET"),
	API + "next_meeting_kind": _one("Pair", "read", "pair", "GET"),
	API + "take_activities": _one("Pair Meeting", "write", "meeting"),
	API + "plan_templates_for": _one("Pair", "read", "pair", "GET"),
	API + "draw_up_plan": Asks(
		(("Individual Plan", "create"), ("Pair", "read")),
		lambda side: {"pair": side.records["Pair"], "template": "plan-network"},
	),
	API + "fill_plan": _one("Individual Plan", "write", "plan", template="plan-network"),
	API + "competencies_to_assess": Asks(
		(("Competency Assessment", "create"), ("Mentee", "read")),
		lambda side: {"party_type": "Mentee", "party": side.records["Mentee"]},
		"GET",
	),
	API + "add_potential_mentors": _one("Mentoring Event", "write", "event"),
	API + "assemble_swot": _one("Program Review", "write", "review"),
	API + "divide_into_years": _one("Mentoring Program", "write", "program"),
	API + "make_next_roadmap": Asks(
		(("Mentoring Program", "write"), ("Mentoring Program", "create")),
		lambda side: {"program": side.school.program},
	),
	API + "measure_now": _one("Mentoring Program", "write", "program"),
	API + "measure_task": _one("Roadmap Task", "write", "task"),
	API + "standing_of_task": _one("Roadmap Task", "read", "task", "GET"),
	API + "send_reports_again": _one("Mentoring Report Mailing", "read", "mailing"),
	API + "propose_pairs": _one("Pair Matching", "write", "name"),
	API + "alternatives_for": Asks(
		(("Pair Matching", "read"),),
		lambda side: {"name": side.records["Pair Matching"], "mentee": side.records["Mentee"]},
		"GET",
	),
	API + "create_pairs": Asks(
		(("Pair Matching", "write"),), lambda side: {"name": side.records["Pair Matching"]}
	),
	API + "create_search_task": _one("Pair Matching", "write", "name"),
	AUTHORITY + "count_return": _one("Program Return", "write", "name"),
	AUTHORITY + "figures_of_return": _one("Program Return", "read", "name", "GET"),
	AUTHORITY + "download_return": _more(_one("Program Return", "export", "name", "GET")),
	AUTHORITY + "remind_schools": _one("Program Return Request", "write", "request", "POST", True),
	AUTHORITY + "list_website_documents": _one("Website Check", "write", "check", "POST", True),
	AUTHORITY + "schools_to_hand_down": Asks(
		(("Roadmap Task", "write"),), lambda side: {"tasks": [side.records["Roadmap Task"]]}, "GET"
	),
	AUTHORITY + "hand_down": Asks(
		(("Roadmap Task", "write"),),
		lambda side: {"tasks": [side.records["Roadmap Task"]], "schools": [side.school.organization]},
	),
	AUTHORITY + "take_back": Asks(
		(("Roadmap Task", "write"),),
		lambda side: {"task": side.records["Roadmap Task"], "schools": [side.school.organization]},
	),
	PRIVACY + "block_person": _typed("Mentee", "write", reason="Consent Withdrawn"),
	PRIVACY + "draw_up_destruction_act": Asks(
		(("Data Destruction Act", "create"), ("Mentee", "read")),
		lambda side: {"people": [["Mentee", side.records["Mentee"]]], "reason": "Consent Withdrawn"},
	),
	PRIVACY + "destroy_again": _one("Data Destruction Act", "submit", "act"),
	PRIVACY + "download_personal_data": _more(_typed("Mentee", "read", "GET")),
	# where the school keeps its pupils in Education, those are asked for as well
	ERP + "count_people": Asks(
		(("Mentee", "create"),),
		lambda side: {"organization": side.school.organization, "people": "Mentee", "source": "Student"},
		more=True,
	),
	ERP + "take_people": Asks(
		(("Mentee", "create"),),
		lambda side: {"organization": side.school.organization, "people": "Mentee", "source": "Student"},
		more=True,
	),
}

# calls that everybody may make, each about what is his own: whatever they are told, they tell nothing of another school
FREE: dict[str, Callable[[Side], dict[str, Any]]] = {
	API + "order_types_for": lambda side: {"doctype": "Pair"},
	API + "export_roster": lambda side: {"organization": side.school.organization, "people": "Mentee"},
	API + "roster_template": lambda side: {"people": "Mentee"},
	API + "record_consents": lambda side: {"names": [side.records["Consent"]], "signed_on": "2026-10-01"},
	API + "digest_frequency": lambda side: {},
	API + "set_digest_frequency": lambda side: {"frequency": "Never"},
	API + "open_questionnaire": lambda side: {"token": side.records["Mentoring Questionnaire Response"]},
	API + "submit_questionnaire": lambda side: {"token": "x", "submission": "0" * 32, "answers": {}},
	API + "unsubscribe": lambda side: {"user": side.school.curator, "key": "x"},
	API + "end_digest": lambda side: {"user": side.school.curator, "key": "x"},
	AUTHORITY + "read_in_return": lambda side: {"content": "e30=", "file_name": "x.json"},
	"nastavnik_app.endpoints.search": lambda side: {
		"doctype": "Mentee",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 500,
		"filters": {"organization": side.school.organization},
	},
	STAND_IN + "get": lambda side: {"doctype": "Mentee", "filters": {"name": side.records["Mentee"]}},
	STAND_IN + "get_count": lambda side: {"doctype": "Mentee", "filters": {"name": side.records["Mentee"]}},
	STAND_IN + "validate_link": lambda side: {
		"doctype": "Mentee",
		"docname": side.records["Mentee"],
		"fields": ["full_name"],
	},
	STAND_IN + "get_link_title": lambda side: {"doctype": "Mentee", "docname": side.records["Mentee"]},
	STAND_IN + "get_chart": lambda side: {"chart": {"type": "Heatmap", "document_type": "Mentee"}},
	STAND_IN + "get_open_count": lambda side: {"doctype": "Mentee", "name": side.records["Mentee"]},
	STAND_IN + "toggle_like": lambda side: {
		"doctype": "Mentee",
		"name": side.records["Mentee"],
		"add": "Yes",
	},
	STAND_IN + "remove_tag": lambda side: {"tag": "x", "dt": "Mentee", "dn": side.records["Mentee"]},
	STAND_IN + "get_open_activities": lambda side: {
		"ref_doctype": "Mentee",
		"ref_docname": side.records["Mentee"],
	},
	STAND_IN + "get_workflow_state_count": lambda side: {
		"doctype": "Mentee",
		"workflow_state_field": "workflow_state",
		"states": [],
	},
	BOARD + "update_order": lambda side: {"board_name": "x", "order": "{}"},
	BOARD + "add_card": lambda side: {
		"board_name": "x",
		"docname": side.records["Roadmap Task"],
		"colname": "Done",
	},
	BOARD + "update_order_for_single_card": lambda side: {
		"board_name": "x",
		"docname": side.records["Roadmap Task"],
		"from_colname": "Planned",
		"to_colname": "Done",
		"old_index": 0,
		"new_index": 0,
	},
	**{
		FIGURES + figure: lambda side: {}
		for figure in (
			*(f"figures.{name}" for name in ("consent_coverage", "roadmap_done", "overdue_tasks")),
			*(f"figures.{name}" for name in ("awaiting_decision", "pairs_by_form", "roadmap_by_stage")),
			"figures.consents_by_month",
			*(f"authority_figures.{name}" for name in ("schools_not_sent", "returns_to_accept")),
			*(f"authority_figures.{name}" for name in ("returns_by_state", "indicators_of_all")),
			*(f"indicator_figures.{name}" for name in ("indicators_reached", "behind_the_target")),
			*(f"indicator_figures.{name}" for name in ("without_a_value", "values_and_targets")),
		)
	},
	FIGURES + "indicator_figures.indicator_over_the_years": lambda side: {
		"filters": {"organization": side.school.organization}
	},
}
FOR_GUESTS = {
	API + name for name in ("open_questionnaire", "submit_questionnaire", "unsubscribe", "end_digest")
}
