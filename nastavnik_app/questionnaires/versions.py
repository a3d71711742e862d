"""Versions of a questionnaire: what was published is never changed, a new version takes its place."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import organizations_of, sees_everything
from nastavnik_app.questionnaires.questions import QUESTIONNAIRE
from nastavnik_app.rules import questionnaires as rules

COPIED = ("title", "audience", "purpose", "form", "introduction")
COPIED_OF_QUESTION = ("question", "answer_kind", "options", "required", "used_for")


def new_version(questionnaire: Document) -> Document:
	"""A draft with the same questions and the next number. A school's copy of a questionnaire that is for all
	organizations belongs to the school."""
	questionnaire.check_permission("read")
	waiting = {
		"previous_version": questionnaire.name,
		"status": rules.DRAFT,
		"organization": _organization_for(questionnaire) or ["is", "not set"],
	}
	draft = frappe.db.get_value(QUESTIONNAIRE, waiting)
	if draft:
		return frappe.get_doc(QUESTIONNAIRE, draft)
	copy = frappe.get_doc(
		{
			"doctype": QUESTIONNAIRE,
			**{field: questionnaire.get(field) for field in COPIED},
			"organization": _organization_for(questionnaire),
			"version": (questionnaire.version or 0) + 1,
			"previous_version": questionnaire.name,
			"status": rules.DRAFT,
			"questions": [
				{field: row.get(field) for field in COPIED_OF_QUESTION} for row in questionnaire.questions
			],
		}
	)
	copy.check_permission("create")
	return copy.insert(ignore_permissions=True)


def _organization_for(questionnaire: Document) -> str | None:
	user = frappe.session.user
	if questionnaire.organization or sees_everything(user):
		return questionnaire.organization
	own = organizations_of(user)
	if len(own) != 1:
		frappe.throw(
			_("This questionnaire is for all organizations. Make a new one for the organization you mean.")
		)
	return own.pop()


def retire_previous(questionnaire: Document) -> None:
	"""Once a version is published, the one before it is asked no more; links that are out still work. A school's own
	version leaves alone what is for all organizations."""
	previous = questionnaire.previous_version
	if not previous:
		return
	old = frappe.get_doc(QUESTIONNAIRE, previous)
	if old.status == rules.PUBLISHED and (old.organization or None) == (questionnaire.organization or None):
		old.status = rules.RETIRED
		old.save(ignore_permissions=True)
