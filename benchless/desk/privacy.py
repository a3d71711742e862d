"""The actions about personal data: block a person, draw up the act, answer a person's request."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from werkzeug.wrappers import Response

from benchless.desk.pages import url
from nastavnik_app import api_privacy
from nastavnik_app.privacy.blocking import REASONS
from nastavnik_app.privacy.carrying_out import FAILED
from nastavnik_app.privacy.kept import ACT
from nastavnik_app.rules.scope import PEOPLE


def asked_reason(doctype: str, names: list[str]) -> list[dict[str, Any]]:
	choices = [(reason, _(reason)) for reason in REASONS]
	return [{"name": "reason", "label": "Reason", "kind": "select", "options": choices, "required": True}]


def block(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	api_privacy.block_person(doctype, names[0], values["reason"])
	return url(doctype, names[0])


def draw_up(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	act = api_privacy.draw_up_destruction_act([[doctype, name] for name in names])
	return url(ACT, act)


def download(doctype: str, names: list[str], values: dict[str, Any]) -> Response:
	return api_privacy.download_personal_data(doctype, names[0])


def destroy_again(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	api_privacy.destroy_again(names[0])
	return url(ACT, names[0])


def has_failed(doc: Document) -> bool:
	return doc.doctype == ACT and doc.get("destruction_state") == FAILED


def may_be_blocked(doc: Document) -> bool:
	return doc.doctype in PEOPLE and not doc.blocked_on and doc.has_permission("write")


def is_blocked(doc: Document) -> bool:
	return doc.doctype in PEOPLE and bool(doc.blocked_on) and not doc.destroyed_on


def may_answer() -> bool:
	return frappe.has_permission(ACT)
