"""Consents on paper: prepared for a whole class, printed together, and recorded as the sheets come back."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.failures import reason_of
from nastavnik_app.people import consents
from nastavnik_app.rules.consents import SELF
from nastavnik_app.rules.scope import PEOPLE

STEP = "one_consent"  # savepoint


def prepare(
	organization: str,
	kind: str,
	party_type: str,
	*,
	people: list[str] | None = None,
	school_class: str | None = None,
) -> list[str]:
	"""Names of the drafts to print, by the people's names: a new one for each who has neither a valid consent of
	the kind nor a draft of it. Of the people named, of a class, or of everybody; archived people are left out."""
	frappe.has_permission("Consent", "create", throw=True)
	persons = _persons(organization, party_type, people, school_class)
	valid = consents.with_consent(kind, {(party_type, person) for person in persons})
	waiting = _waiting(kind, party_type, persons)
	return [
		waiting.get(person) or _draft(kind, party_type, person)
		for person in persons
		if (party_type, person) not in valid
	]


def _persons(
	organization: str, party_type: str, people: list[str] | None, school_class: str | None
) -> list[str]:
	if party_type not in PEOPLE:
		frappe.throw(_("Consents are given by mentors and mentees, not by {0}.").format(_(party_type)))
	filters: dict[str, object] = {"organization": organization}
	if people is not None:
		filters["name"] = ["in", people or [""]]
	if school_class:
		filters["school_class"] = school_class
	rows = frappe.get_list(
		party_type,
		filters=filters,
		fields=["name", "workflow_state"],
		order_by="full_name asc",
		limit_page_length=0,
	)
	if people and len(rows) < len(set(people)):
		frappe.throw(
			_("Some of the chosen people belong to another organization, or you may not see them."),
			frappe.PermissionError,
		)
	return [row.name for row in rows if row.workflow_state != "Archived"]


def _waiting(kind: str, party_type: str, persons: list[str]) -> dict[str, str]:
	drafts = frappe.get_all(
		"Consent",
		filters={"party_type": party_type, "party": ["in", [*persons, ""]], "kind": kind, "docstatus": 0},
		fields=["name", "party"],
		order_by="creation desc",
	)
	return {draft.party: draft.name for draft in drafts}  # the oldest of several


def _draft(kind: str, party_type: str, person: str) -> str:
	consent = {"doctype": "Consent", "kind": kind, "party_type": party_type, "party": person}
	return frappe.get_doc(consent).insert().name


def record_collected(names: list[str], signed_on: date | str) -> dict[str, list]:
	"""Records the sheets that came back, signed on a day: {"recorded": [name], "refused": [{name, title, reason}]}.

	Each stands by itself: one that is refused stops no other.
	"""
	visible = frappe.get_list(
		"Consent", filters={"name": ["in", names]}, fields=["name", "party_name"], limit_page_length=0
	)
	titles = {row.name: row.party_name for row in visible}
	result: dict[str, list] = {"recorded": [], "refused": []}
	for name in dict.fromkeys(names):
		reason = _record(name, getdate(signed_on)) if name in titles else _("There is no such consent.")
		if reason:
			result["refused"].append({"name": name, "title": titles.get(name, name), "reason": reason})
		else:
			result["recorded"].append(name)
	return result


def _record(name: str, signed_on: date) -> str | None:
	"""None where the signature is recorded, otherwise the reason."""
	frappe.db.savepoint(STEP)
	try:
		consent = frappe.get_doc("Consent", name)
		if consent.docstatus:
			frappe.throw(_("The consent of {0} has been recorded before.").format(consent.party_name))
		consent.signed_on = signed_on
		_name_who_signed(consent)
		refusal = consents.refusal_for_signature(consent)
		if refusal:
			frappe.throw(refusal)
		consent.save()
		apply_workflow(consent, "Record Signature")
	except Exception as error:
		frappe.db.rollback(save_point=STEP)
		return reason_of(error)
	return None


def _name_who_signed(consent: Document) -> None:
	consent.signatory = consent.signatory or consents.expected_signatory(consent)
	if consent.signatory in (None, SELF) or consent.representative_name:
		return
	representatives = frappe.get_doc(consent.party_type, consent.party).representatives
	if representatives:
		consent.representative_name = representatives[0].full_name
		consent.representative_document = (
			consent.representative_document or representatives[0].identity_document
		)
