"""Whose consent was withdrawn before there was blocking: their records are blocked now, from the day of the withdrawal."""

import frappe

from nastavnik_app.people import consents, mentor_places
from nastavnik_app.privacy import blocking


def execute() -> None:
	withdrawn = {"kind": blocking.PROCESSING, "workflow_state": "Withdrawn", "withdrawn_on": ["is", "set"]}
	for name in frappe.get_all("Consent", filters=withdrawn, pluck="name", order_by="withdrawn_on desc"):
		consent = frappe.get_doc("Consent", name)
		person = (consent.party_type, consent.party)
		if not frappe.db.exists(*person) or mentor_places.open_pairs_of(*person):
			continue
		if consents.without_basis({person}):
			blocking.block_after(consent)
