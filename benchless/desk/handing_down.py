"""What the pages offer about an authority's tasks: handing them down to schools, taking them back."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from benchless.desk.pages import url
from nastavnik_app import api_authority
from nastavnik_app.mailings.kinds import AUTHORITIES
from nastavnik_app.program import municipal
from nastavnik_app.rules.states import OPEN_TASKS


def asked_schools(doctype: str, names: list[str]) -> list[dict[str, Any]]:
	found = api_authority.schools_to_hand_down(names)
	asked = {
		"name": "schools",
		"label": "Schools",
		"kind": "checks",
		"options": [(one["name"], one["title"]) for one in found],
	}
	return [{**asked, "default": [one["name"] for one in found if one["proposed"]]}]


def hand_down(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	found = api_authority.hand_down(names, values["schools"])
	if found.get("queued"):
		text = _("Rows that are being handed down: {0}. Look again in some minutes.")
		frappe.msgprint(text.format(found["queued"]))
	else:
		text = _("Tasks handed down: {0}. Schools without a program: {1}.")
		frappe.msgprint(text.format(found["tasks"], found["waiting"]))
	return url(doctype, names[0]) if len(names) == 1 else url(doctype)


def _not_begun(task: Document) -> list[Document]:
	return [row for row in task.get("executors") or () if row.status in (municipal.WAITS, municipal.PLANNED)]


def asked_to_take_back(doctype: str, names: list[str]) -> list[dict[str, Any]]:
	task = frappe.get_doc(doctype, names[0])
	titles = municipal.schools_of(task.organization)
	options = [(row.organization, titles.get(row.organization, "")) for row in _not_begun(task)]
	return [{"name": "schools", "label": "Schools", "kind": "checks", "options": options}]


def take_back(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	api_authority.take_back(names[0], values["schools"])
	return url(doctype, names[0])


def is_of_authority(doc: Document) -> bool:
	if doc.doctype != "Roadmap Task" or doc.status not in OPEN_TASKS or not doc.has_permission("write"):
		return False
	return bool(municipal.schools_of(doc.organization))


def may_be_taken_back(doc: Document) -> bool:
	return is_of_authority(doc) and bool(_not_begun(doc))


def may_hand_down() -> bool:
	return frappe.has_permission("Roadmap Task", "write") and bool(
		frappe.get_list(
			"Educational Organization",
			filters={"organization_type": ["in", AUTHORITIES]},
			limit_page_length=1,
		)
	)
