"""The act of destruction before it is approved: whom it names, what it says of them, who may draw it up."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.desk.notices import ask, settle
from nastavnik_app.on_behalf import speaking
from nastavnik_app.privacy.holds import people_on
from nastavnik_app.privacy.kept import ACT, CONSENT
from nastavnik_app.privacy.subjects import OWN, of_person
from nastavnik_app.rules.consents import PROCESSING
from nastavnik_app.rules.retention import DESTROY

OUTCOME = ("destruction_state", "destruction_note", "files_to_remove")
OUTCOME_OF_PERSON = ("destroyed_at", "outcome")
# what an act may name of a card: its fields and tables
NAMED = (
	"full_name",
	"gender",
	"birth_date",
	"phone",
	"email",
	"school_class",
	"position",
	"workplace",
	"representatives",
	"information",
	"interview_notes",
	"main_request",
)


def draw_up(people: list[tuple[str, str]], reason: str) -> Document:
	"""Drafts an act about people of one organization; whose names and categories it says."""
	organizations = {frappe.db.get_value(*person, "organization") for person in people}
	if len(organizations) != 1 or None in organizations:
		frappe.throw(_("Choose people of one organization."))
	act = frappe.new_doc(ACT)
	act.update({"organization": organizations.pop(), "act_date": getdate(), "reason": reason})
	with speaking("ru"):
		act.method = _("Deletion from the information system")
		act.information_system = _("Mentoring program of the organization")
	for party_type, party in people:
		act.append("persons", {"party_type": party_type, "party": party, "way": DESTROY})
	fill_persons(act)
	act.append("commission", {"person_name": frappe.db.get_value("User", frappe.session.user, "full_name")})
	act.insert()
	return act


def forget_outcome(act: Document) -> None:
	"""What came of an act is the app's to write once it is approved, never typed before."""
	act.update(dict.fromkeys(OUTCOME))
	for row in act.persons:
		row.update(dict.fromkeys(OUTCOME_OF_PERSON))


def title_of(act: Document) -> str:
	"""What an act is called in lists and notices, as the paper itself: by its number and date."""
	day = formatdate(act.act_date)
	with speaking("ru"):
		if act.act_number:
			return _("No. {0} of {1}").format(act.act_number, day)
		return _("Without a number, of {0}").format(day)


def fill_persons(act: Document) -> None:
	"""Fills name, consent and categories of those whose records are in the app, while the act is a draft."""
	if act.docstatus:
		return
	for row in act.persons:
		if not (row.party_type and row.party):
			continue
		if not row.person_name:
			row.person_name = frappe.db.get_value(row.party_type, row.party, "full_name")
		if not row.consent:
			row.consent = _ended_consent(row.party_type, row.party)
		if not row.data_categories:
			row.data_categories = categories_of(row.party_type, row.party)


def _ended_consent(party_type: str, party: str) -> str | None:
	signed = {**of_person(CONSENT, (party_type, party)), "kind": PROCESSING, "docstatus": 1}
	return frappe.db.get_value(CONSENT, signed, "name", order_by="signed_on desc")


def categories_of(party_type: str, party: str) -> str:
	"""Categories of data that are held about a person, as an act names them, in Russian."""
	card = frappe.get_doc(party_type, party)
	with speaking("ru"):
		held = [_(card.meta.get_label(name), context=party_type) for name in NAMED if card.get(name)]
		held += [
			_(doctype)
			for doctype in OWN
			if frappe.db.exists(doctype, of_person(doctype, (party_type, party)))
		]
	return "; ".join(dict.fromkeys(held))


def refuse_foreign_people(act: Document) -> None:
	for doctype, name in people_on(act):
		organization = frappe.db.get_value(doctype, name, "organization")
		if organization != act.organization:
			frappe.throw(
				_("The act names a person of another organization. Take the row off."), frappe.PermissionError
			)


def tell_returned(act: Document) -> None:
	settle(act)
	if act.remark:
		ask(
			act,
			act.sent_by,
			lambda lang: _("The act of destruction “{0}” came back with a remark. Correct it.", lang),
		)
