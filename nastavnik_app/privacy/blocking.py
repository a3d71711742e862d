"""Blocked: nobody goes on with the data of somebody whose consent was withdrawn or whose purpose is achieved.

Who is blocked is archived, so that no list, matching, invitation or register takes the record up; the director and
the curator still read it, nobody changes it, and the day by which it is destroyed is set (152-FZ, art. 21).
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, formatdate, getdate

from nastavnik_app.people import mentor_places
from nastavnik_app.privacy.kept import terms
from nastavnik_app.rules import retention
from nastavnik_app.rules.consents import PROCESSING
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import ARCHIVED, OPEN_PAIRS
from nastavnik_app.system_moves import move

FIELDS = ("blocked_on", "blocked_because", "destroy_by")
REASONS = (
	retention.CONSENT_WITHDRAWN,
	retention.PURPOSE_ACHIEVED,
	retention.TERM_ENDED,
	retention.UNLAWFUL,
)


def block(person: Document, reason: str, since: date | None = None) -> None:
	"""Blocks a person's record and sets the day by which it is destroyed; refused while a pair is at work."""
	if person.blocked_on:
		return
	if reason not in REASONS:
		frappe.throw(_("{0} is no reason to block a record.").format(reason))
	pairs = mentor_places.open_pairs_of(person.doctype, person.name)
	if pairs:
		frappe.throw(
			_("{0} still takes part in the pair “{1}”. Complete or terminate the pair first.").format(
				person.get_title(), frappe.db.get_value("Pair", pairs[0], "title")
			)
		)
	since = since or getdate()
	days = cint(frappe.db.get_single_value("Mentoring Settings", "destruction_days"))
	until = retention.destroy_by(since, days)
	person.db_set({"blocked_on": since, "blocked_because": reason, "destroy_by": until})
	if person.workflow_state != ARCHIVED:
		person.db_set("left_on", person.left_on or since)
		move(person, ARCHIVED, because=person)
	person.add_comment(
		"Info", _("Blocked: {0}. To be destroyed by {1}.").format(_(reason), formatdate(until))
	)


def block_after(consent: Document) -> None:
	"""After a withdrawal that leaves no basis for the processing."""
	person = frappe.get_doc(consent.party_type, consent.party)
	if not person.destroyed_on:
		block(person, retention.CONSENT_WITHDRAWN, getdate(consent.withdrawn_on))


def lift_after(consent: Document) -> None:
	"""A new consent to the processing lifts the block of somebody who is not destroyed; the record stays archived
	until the curator takes it back into the bank."""
	if consent.kind != PROCESSING:
		return
	person = frappe.get_doc(consent.party_type, consent.party)
	if person.blocked_on and not person.destroyed_on:
		person.db_set(dict.fromkeys(FIELDS))
		person.add_comment("Info", _("No longer blocked: a new consent is signed."))


def block_ended() -> None:
	"""Blocks those whose purpose is achieved: archived, their programmes closed, their term over; called daily."""
	known, today = terms(), getdate()
	for doctype in PEOPLE:
		term = known.get(doctype)
		for name, since in purposes_achieved(doctype).items() if term else ():
			until = retention.kept_until(term, since)
			if retention.is_over(until, today):
				block(frappe.get_doc(doctype, name), retention.PURPOSE_ACHIEVED, until)


def purposes_achieved(doctype: str) -> dict[str, date]:
	"""Who has left and whose programmes are all closed, with the day on which the last of that came about."""
	left = {
		"workflow_state": ARCHIVED,
		"blocked_on": ["is", "not set"],
		"destroyed_on": ["is", "not set"],
		"left_on": ["is", "set"],
	}
	rows = frappe.get_all(doctype, filters=left, fields=["name", "left_on"], order_by="name asc")
	since = {row.name: getdate(row.left_on) for row in rows}
	pair, program = frappe.qb.DocType("Pair"), frappe.qb.DocType("Mentoring Program")
	query = frappe.qb.from_(pair).join(program).on(program.name == pair.program)
	if doctype == "Mentor":
		person = pair.mentor
	else:
		row = frappe.qb.DocType("Pair Mentee")
		query = query.join(row).on((row.parent == pair.name) & (row.parenttype == "Pair"))
		person = row.mentee
	query = query.select(person, program.workflow_state, program.period_end, pair.workflow_state)
	for name, state, ends_on, pair_state in query.where(person.isin([*since, ""])).run():
		if state != "Closed" or pair_state in OPEN_PAIRS:
			since.pop(name, None)
		elif name in since:
			since[name] = max(since[name], getdate(ends_on))
	return since


def require_open(person: Document) -> None:
	"""Refuses any change of a blocked record past its state, such as a site's own workflow would allow."""
	before = person.get_doc_before_save()
	if before and before.get("blocked_on"):
		frappe.throw(
			_("{0} has been blocked since {1}: nothing is changed until the data are destroyed.").format(
				before.get_title(), formatdate(before.blocked_on)
			)
		)
