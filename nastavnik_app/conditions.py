"""What must hold on an edge of the state table, by name.

A condition takes the document as it is about to be saved and returns None, or the refusal as a text for the
person: what is wrong, in which record, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.orders import participants, signing
from nastavnik_app.people import consents, mentor_duty, mentor_places
from nastavnik_app.people.office import approver_of
from nastavnik_app.permissions import organizations_of
from nastavnik_app.privacy import holds
from nastavnik_app.returns import way
from nastavnik_app.rules.approval import prepared_by_approver

Refusal = str | None
Condition = Callable[[Document], Refusal]


def is_approver(doc: Document) -> Refusal:
	approver = approver_of(doc.organization)
	if frappe.session.user == approver.user:
		return None
	return _("{0}: only {1} ({2}) can decide today.").format(
		_(doc.doctype), approver.name or _("the director"), approver.post
	)


def approved_by_another(doc: Document) -> Refusal:
	refusal = is_approver(doc)
	if refusal:
		return refusal
	approver = approver_of(doc.organization)
	if prepared_by_approver(approver.user, {doc.owner, doc.sent_by}, approver):
		return _(
			"{0} prepared this document and cannot approve it as acting director. Let the director sign it, or another acting one."
		).format(approver.name)
	return None


def recalled_by_sender(doc: Document) -> Refusal:
	if frappe.session.user in (doc.sent_by, doc.owner):
		return None
	return _("Only {0}, who sent the document, recalls it. The director may return it with a remark.").format(
		doc.sent_by
	)


def scan_attached(doc: Document) -> Refusal:
	if frappe.session.user == approver_of(doc.organization).user:
		# one's own signature is an approval, on paper as well
		refusal = approved_by_another(doc)
		if refusal:
			return refusal
	attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "file_url": doc.scan}
	if doc.scan and frappe.db.exists("File", attached):
		return None
	return _(
		"Attach the scan of the signed sheet to {0}: without it the signature on paper is not registered."
	).format(doc.get_title())


def approved_or_registered(doc: Document) -> Refusal:
	return approved_by_another(doc) and scan_attached(doc)


def number_and_date_given(doc: Document) -> Refusal:
	counted = (
		frappe.db.get_value("Educational Organization", doc.organization, "order_numbering") == "Counted"
	)
	if doc.order_date and (doc.order_number or counted):
		return None
	return _(
		"Enter the number and the date of the order “{0}” from the journal of orders before it is signed."
	).format(doc.get_title())


def subject_listed(doc: Document) -> Refusal:
	return signing.missing_subject(doc)


def pairs_as_sent(doc: Document) -> Refusal:
	return participants.refusal_for_changed(doc)


def takes_part_lawfully(doc: Document) -> Refusal:
	return consents.refusal_for_order(doc)


def capacity_left(doc: Document) -> Refusal:
	return mentor_places.refusal_for_order(doc)


def effect_reversible(doc: Document) -> Refusal:
	return signing.irreversible(doc)


def signed_by_the_right_person(doc: Document) -> Refusal:
	return consents.refusal_for_signature(doc)


def withdrawal_dated(doc: Document) -> Refusal:
	if not doc.withdrawn_on:
		return _("Enter the date on which {0} withdrew the consent.").format(doc.party_name)
	if getdate(doc.withdrawn_on) < getdate(doc.signed_on):
		return _(
			"The consent of {0} was signed on {1}: it cannot be withdrawn before that day. Correct the date of withdrawal."
		).format(doc.party_name, formatdate(doc.signed_on))
	if getdate(doc.withdrawn_on) > getdate():
		return _(
			"The consent of {0} cannot be withdrawn on a future date ({1}). Correct the date of withdrawal."
		).format(doc.party_name, formatdate(doc.withdrawn_on))
	return None


def plan_fulfilled(doc: Document) -> Refusal:
	needed = frappe.db.get_single_value("Mentoring Settings", "plan_completion_percent")
	if doc.fulfilment >= needed:
		return None
	return _(
		"{0} is {1}% complete, {2}% is required. Mark what was done, or close it as incomplete with a reason."
	).format(doc.get_title(), floor(doc.fulfilment), f"{needed:g}")


def notice_observed(doc: Document) -> Refusal:
	return mentor_duty.refusal_to_end(doc, doc.ended_on)


def no_open_pair(doc: Document) -> Refusal:
	pairs = mentor_places.open_pairs_of(doc.doctype, doc.name)
	if not pairs:
		return None
	return _("{0} still takes part in the pair “{1}”. Complete or terminate the pair first.").format(
		doc.get_title(), frappe.db.get_value("Pair", pairs[0], "title")
	)


def not_blocked(doc: Document) -> Refusal:
	if not doc.blocked_on:
		return None
	return _("{0} has been blocked since {1}. A new consent to the processing lifts that.").format(
		doc.get_title(), formatdate(doc.blocked_on)
	)


def nobody_held(doc: Document) -> Refusal:
	return holds.refusal(doc)


def commission_named(doc: Document) -> Refusal:
	if [row for row in doc.commission if row.person_name]:
		return None
	return _("Name those who destroy the data.")


def figures_as_counted(doc: Document) -> Refusal:
	if way.is_as_counted(doc):
		return None
	if not doc.computed_at:
		return _("Count the figures of “{0}” first.").format(doc.get_title())
	return _(
		"The figures of “{0}” are not those that were counted from the records: its checksum does not fit. Count them anew in a new return."
	).format(doc.get_title())


def belongs_to_authority(doc: Document) -> Refusal:
	if frappe.session.user == doc.sent_by:  # its owner may be who has read in a file, or asked for it
		return _("“{0}” was prepared by you. Let another officer decide about it.").format(doc.get_title())
	if doc.authority in organizations_of(frappe.session.user):
		return None
	return _("Only an officer of the authority to which “{0}” was sent decides about it.").format(
		doc.get_title()
	)


def never(doc: Document) -> Refusal:
	return _("{0} “{1}” cannot be cancelled: it stays on file. Use its actions.").format(
		_(doc.doctype), doc.get_title()
	)


def given(fieldname: str) -> Condition:
	"""A condition that asks for a field, named by its label."""

	def condition(doc: Document) -> Refusal:
		if doc.get(fieldname):
			return None
		label = _(doc.meta.get_label(fieldname), context=doc.doctype)
		return _("Fill in “{0}” of {1} first.").format(label, doc.get_title())

	return condition


CONDITIONS: dict[str, Condition] = {
	"is_approver": is_approver,
	"approved_by_another": approved_by_another,
	"approved_or_registered": approved_or_registered,
	"recalled_by_sender": recalled_by_sender,
	"scan_attached": scan_attached,
	"number_and_date_given": number_and_date_given,
	"subject_listed": subject_listed,
	"pairs_as_sent": pairs_as_sent,
	"takes_part_lawfully": takes_part_lawfully,
	"capacity_left": capacity_left,
	"effect_reversible": effect_reversible,
	"signed_by_the_right_person": signed_by_the_right_person,
	"withdrawal_dated": withdrawal_dated,
	"plan_fulfilled": plan_fulfilled,
	"notice_observed": notice_observed,
	"no_open_pair": no_open_pair,
	"not_blocked": not_blocked,
	"nobody_held": nobody_held,
	"commission_named": commission_named,
	"figures_as_counted": figures_as_counted,
	"belongs_to_authority": belongs_to_authority,
	"never": never,
	"remark_given": given("remark"),
	"end_reason_given": given("end_reason"),
	"recommendations_given": given("recommendations"),
	"cancel_reason_given": given("cancel_reason"),
	"results_given": given("results"),
}
