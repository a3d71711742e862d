"""Who has consented to what, who must sign, and what a withdrawal brings about."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, formatdate, getdate
from pypika.queries import Table
from pypika.terms import Criterion

from nastavnik_app.pairs.between_schools import mentors_school, people_of_side
from nastavnik_app.people import mentor_duty, mentor_places
from nastavnik_app.privacy import blocking
from nastavnik_app.rules import consents as rules
from nastavnik_app.rules.consents import PROCESSING
from nastavnik_app.rules.states import ARCHIVED
from nastavnik_app.system_moves import move

ADDITIONAL_WORK = "Additional Work"
SPECIAL_CATEGORIES = "Special Categories"
DISSEMINATION = "Dissemination"
ENDS_WORK = ("Terminate Pairs",)
NAMED_AT_ONCE = 10

Person = tuple[str, str]


def expected_signatory(consent: Document) -> str | None:
	"""Who must sign on the day of signing, or None where the birth date is not known."""
	birth_date = frappe.db.get_value(consent.party_type, consent.party, "birth_date")
	if not birth_date or not consent.signed_on:
		return None
	settings = frappe.get_single("Mentoring Settings")
	return rules.signatory(
		getdate(birth_date),
		getdate(consent.signed_on),
		representative_below=settings.representative_below_age,
		both_below=settings.both_below_age,
	)


def refusal_for_signature(consent: Document) -> str | None:
	"""None where the right person signed, otherwise what is wrong and what to do."""
	if not consent.signed_on:
		return _("Enter the date on which the consent of {0} was signed.").format(consent.party_name)
	if getdate(consent.signed_on) > getdate():
		return _("The consent of {0} cannot be signed on a future date ({1}). Correct the date.").format(
			consent.party_name, formatdate(consent.signed_on)
		)
	expected = expected_signatory(consent)
	if not expected and is_pupil((consent.party_type, consent.party)):
		return _("Enter the birth date of {0}: it decides who signs the consent.").format(consent.party_name)
	signatory = consent.signatory or rules.SELF
	if expected and signatory not in (expected, rules.BOTH):
		return _(
			"On {0} the consent of {1} is signed by: {2}. Have it signed accordingly and correct “Signed By”."
		).format(formatdate(consent.signed_on), consent.party_name, _(expected))
	if signatory != rules.SELF and not consent.representative_name:
		return _("Enter the representative who signed the consent of {0}.").format(consent.party_name)
	return None


def is_pupil(person: Person) -> bool:
	"""Whether the target group of a mentor or a mentee is one of pupils."""
	group = frappe.db.get_value(*person, "target_group")
	return bool(group and frappe.db.get_value("Mentoring Target Group", group, "is_pupil"))


def with_consent(kind: str, people: set[Person], day: date | None = None) -> set[Person]:
	"""Those of the people whose signed consent of a kind holds on a day (today by default)."""
	if not people:
		return set()
	rows = frappe.get_all(
		"Consent",
		filters={"party": ["in", [name for _type, name in people]], "kind": kind, "docstatus": 1},
		fields=["party_type", "party", "signed_on", "valid_until", "withdrawn_on", "workflow_state"],
	)
	day = day or getdate()
	return {
		(row.party_type, row.party)
		for row in rows
		if row.workflow_state not in ("Withdrawn", "Expired")
		and rules.holds(
			day, signed_on=row.signed_on, valid_until=row.valid_until, withdrawn_on=row.withdrawn_on
		)
	}


def holds_on(consent: Table, kind: str, day: date) -> Criterion:
	"""The same for a query over the table of consents, by their dates alone: they tell of any day."""
	return (
		(consent.kind == kind)
		& (consent.docstatus == 1)
		& (consent.signed_on <= day)
		& (consent.valid_until.isnull() | (consent.valid_until >= day))
		& (consent.withdrawn_on.isnull() | (consent.withdrawn_on > day))
	)


def without_basis(people: set[Person]) -> set[Person]:
	"""Those whose data nothing lets be processed today: no consent and, where the settings know one, no other basis."""
	without = people - with_consent(PROCESSING, people)
	if frappe.db.get_single_value("Mentoring Settings", "allow_legal_basis"):
		without = {person for person in without if not frappe.db.get_value(*person, "legal_basis")}
	return without


def refusal_for_order(order: Document) -> str | None:
	"""None where everybody whom the order lists may take part, otherwise who may not and what to do."""
	if order.effect in ENDS_WORK:
		return None
	pairs = listed_pairs(order)
	people = {person for pair in pairs for person in people_of_side(pair, order.organization)}
	without = without_basis(people)
	if without:
		return _(
			"No valid consent to the processing of personal data: {0}. Collect and record the consents, or take these people off the order."
		).format(_names(without))
	return _refusal_for_additional_work(
		[pair for pair in pairs if mentors_school(pair) == order.organization]
	)


def _refusal_for_additional_work(pairs: list[Document]) -> str | None:
	"""Mentoring another worker is extra work: consent in writing and an addendum (Labour Code, art. 351.8)."""
	worker_pairs = [
		pair for pair in pairs if frappe.db.get_value("Mentoring Form", pair.form, "worker_to_worker")
	]
	mentors = {("Mentor", pair.mentor) for pair in worker_pairs}
	without = mentors - with_consent(ADDITIONAL_WORK, mentors)
	if without:
		return _(
			"No written consent to the additional work of a mentor: {0}. Record the consent of the kind “{1}” first."
		).format(_names(without), _(ADDITIONAL_WORK))
	bare = [pair for pair in worker_pairs if not (pair.addendum_number and pair.addendum_date)]
	if bare:
		return _(
			"The addendum to the mentor's contract is not recorded in: {0}. Enter its number and date in the pair."
		).format("; ".join(pair.title for pair in bare[:NAMED_AT_ONCE]))
	return None


def listed_pairs(order: Document) -> list[Document]:
	"""The pairs that an order is about: those it assigns, or those whose plans it approves."""
	names = [row.pair for row in order.pairs]
	names += [frappe.db.get_value("Individual Plan", row.plan, "pair") for row in order.plans]
	# the framework refuses a row without one itself, by the column's name
	return [frappe.get_doc("Pair", name) for name in dict.fromkeys(names) if name]


def people_of(pair: Document) -> list[Person]:
	"""The mentor and the mentees of a pair."""
	mentor = [("Mentor", pair.mentor)] if pair.mentor else []
	return [*mentor, *(("Mentee", row.mentee) for row in pair.mentees)]


def refusal_for_archived(pair: Document) -> str | None:
	"""None where everybody in the pair may work; who is blocked is archived as well."""
	for doctype, name in people_of(pair):
		person = frappe.db.get_value(doctype, name, ["full_name", "workflow_state"], as_dict=True)
		if person and person.workflow_state == ARCHIVED:
			return _("{0} is archived. Return the record to the bank, or choose somebody else.").format(
				person.full_name
			)
	return None


def _names(people: set[Person]) -> str:
	names = sorted(frappe.db.get_value(*person, "full_name") for person in people)
	shown = ", ".join(names[:NAMED_AT_ONCE])
	if len(names) > NAMED_AT_ONCE:
		return _("{0} and {1} more").format(shown, len(names) - NAMED_AT_ONCE)
	return shown


def withdraw(consent: Document) -> None:
	"""What a withdrawal brings about: pairs stop, and the task to destroy the data is opened.

	The operator stops processing and destroys the data within 30 days unless it has another basis
	(152-FZ, art. 21, part 5); the term is a setting. Where a renewed consent holds, nothing stops.
	"""
	if consent.kind not in (PROCESSING, ADDITIONAL_WORK) or _goes_on_without(consent):
		return
	for name in mentor_places.open_pairs_of(consent.party_type, consent.party):
		pair = frappe.get_doc("Pair", name)
		if consent.kind == ADDITIONAL_WORK and not frappe.db.get_value(
			"Mentoring Form", pair.form, "worker_to_worker"
		):
			continue
		reason = _("Consent withdrawn: {0}").format(consent.party_name)
		# who withdraws the consent to additional work refuses it, and a refusal takes its notice
		refused = consent.kind == ADDITIONAL_WORK
		ended_on = mentor_duty.last_day_after(consent.withdrawn_on) if refused else consent.withdrawn_on
		pair.db_set({"ended_on": ended_on, "end_reason": reason})
		move(pair, "Terminated", because=consent)
	if consent.kind == PROCESSING:
		_open_destruction_task(consent)
		blocking.block_after(consent)


def _goes_on_without(withdrawn: Document) -> bool:
	person = (withdrawn.party_type, withdrawn.party)
	if withdrawn.kind == PROCESSING:
		return not without_basis({person})
	return bool(with_consent(withdrawn.kind, {person}))


def _open_destruction_task(consent: Document) -> None:
	days = frappe.db.get_single_value("Mentoring Settings", "destruction_days")
	due = add_days(consent.withdrawn_on, days)
	frappe.get_doc(
		{
			"doctype": "ToDo",
			"allocated_to": frappe.session.user,
			"assigned_by": frappe.session.user,
			"reference_type": "Consent",
			"reference_name": consent.name,
			"date": due,
			"priority": "High",
			"description": _("Destroy the personal data of {0} by {1} and draw up the act.").format(
				consent.party_name, formatdate(due)
			),
		}
	).insert(ignore_permissions=True)


def expire_ended() -> None:
	"""Moves consents whose term has run out to Expired; called daily."""
	ended = frappe.get_all(
		"Consent",
		filters=[
			["workflow_state", "=", "Signed"],
			["docstatus", "=", 1],
			["valid_until", "is", "set"],  # an empty date counts as the earliest to the framework
			["valid_until", "<", getdate()],
		],
		pluck="name",
	)
	for name in ended:
		consent = frappe.get_doc("Consent", name)
		move(consent, "Expired", because=consent)
