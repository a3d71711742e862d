"""Questionnaires on these pages: who is invited, the links, answers typed in question by question."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from werkzeug.wrappers import Response

from benchless.desk.pages import page, url
from nastavnik_app import api
from nastavnik_app.rules.questionnaires import HIGHEST, LOWEST
from nastavnik_app.rules.scope import PEOPLE

Names = list[str]


def invitation(doctype: str, names: Names) -> list[dict[str, Any]]:
	"""A questionnaire that fits the chosen people, or any that the programme's people are asked."""
	audiences = {
		"Mentor": ["Mentor"],
		"Mentee": ["Mentee", "Third Party"],
		"Pair": ["Mentor", "Mentee"],
	}.get(doctype)
	filters = {"status": "Published", **({"audience": ["in", audiences]} if audiences else {})}
	found = frappe.get_list(
		"Mentoring Questionnaire",
		filters=filters,
		fields=["name", "title", "version"],
		order_by="title asc",
		limit_page_length=0,
	)
	forms_asked = [
		(one.name, f"{one.title} ({one.version})" if one.version > 1 else one.title) for one in found
	]
	sources = frappe.get_meta("Mentee Information").get_field("source").options.split("\n")
	program = {
		"name": "program",
		"label": "Program",
		"kind": "link",
		"doctype": "Mentoring Program",
		"required": True,
	}
	return [
		*([] if doctype == "Mentoring Program" else [program]),
		{
			"name": "questionnaire",
			"label": "Questionnaire",
			"kind": "select",
			"options": forms_asked,
			"required": True,
		},
		{
			"name": "source",
			"label": "Who Answers",
			"kind": "select",
			"options": [(one, _(one)) for one in sources],
		},
		{"name": "by_mail", "label": "Send the links by mail as well", "kind": "check"},
	]


def invite(doctype: str, names: Names, values: dict) -> Response:
	whole = doctype == "Mentoring Program"
	made = api.invite_to_questionnaire(
		values["questionnaire"],
		names[0] if whole else values["program"],
		people=names if doctype in PEOPLE else None,
		pairs=names if doctype == "Pair" else None,
		source=values["source"] or None,
		by_mail=bool(values["by_mail"]),
	)
	return _links_page(doctype, made, url(doctype, names[0]) if whole else url(doctype))


def _links_page(doctype: str, made: dict, back: str) -> Response:
	"""The only time that links are seen: the server keeps their hashes alone."""
	return page("links.html", title=_("Links"), doctype=doctype, back=back, **made)


def renew(doctype: str, names: Names, values: dict) -> Response:
	return _links_page(doctype, api.renew_questionnaire_links(names), url(doctype))


def typed_answers(doctype: str, names: Names) -> list[dict[str, Any]]:
	kinds = {"Open": "text", "Several Choices": "checks", "Persons": "checks"}
	grades = [(str(grade), str(grade)) for grade in range(LOWEST, HIGHEST + 1)]
	return [
		{
			"name": question["name"],
			"label": question["text"] + (" *" if question["required"] else ""),
			"kind": kinds.get(question["kind"], "select"),
			"options": question["choices"] or grades,
		}
		for question in api.questions_of_response(names[0])
	]


def record_answers(doctype: str, names: Names, values: dict) -> str:
	api.record_answers(names[0], values)
	return url(doctype, names[0])


def awaits_answers(doc: Document) -> bool:
	is_open = doc.doctype == "Mentoring Questionnaire Response" and doc.status == "Invited"
	return is_open and doc.has_permission("write")
