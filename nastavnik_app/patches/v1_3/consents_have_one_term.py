"""How long a consent is kept is said by the dictionary of retention terms alone: what a school had set goes there."""

import frappe

from nastavnik_app.privacy.kept import CONSENT, terms
from nastavnik_app.rules.retention import YEARS

SETTING = {"doctype": "Mentoring Settings", "field": "consent_retention_years"}
TERM = "Mentoring Retention Term"
SHIPPED = 3  # years, of the setting as of the dictionary


def execute() -> None:
	"""After `acts_are_approved`, which brings the dictionary; a term that was changed there already stays."""
	single = frappe.qb.DocType("Singles")
	query = frappe.qb.from_(single).select(single.value).where(single.doctype == SETTING["doctype"])
	stored = query.where(single["field"] == SETTING["field"]).run()
	years = int(stored[0][0] or 0) if stored else SHIPPED
	term = terms().get(CONSENT)
	if years != SHIPPED and term and (term.amount, term.unit) == (SHIPPED, YEARS):
		frappe.db.set_value(TERM, {"document_type": CONSENT, "disabled": 0}, "amount", years)
	frappe.db.delete("Singles", SETTING)
