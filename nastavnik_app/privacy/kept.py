"""Which records stay on file within their own terms, whosever data were destroyed."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from nastavnik_app.rules import retention
from nastavnik_app.rules.retention import Term

CONSENT, ORDER, ACT = "Consent", "Mentoring Order", "Data Destruction Act"
# signed papers, which keep the names that stand in them
PAPERS = (CONSENT, ORDER, ACT)
FIELDS = {
	CONSENT: ["docstatus", "keep_until", "withdrawn_on", "valid_until"],
	ORDER: ["docstatus", "order_date"],
	ACT: ["docstatus", "destroyed_on", "act_date"],
}


def terms() -> dict[str, Term]:
	"""The term of each kind of record that the dictionary names."""
	rows = frappe.get_all(
		"Mentoring Retention Term",
		filters={"disabled": 0},
		fields=["document_type", "amount", "unit", "afterwards"],
		order_by="creation desc",
	)
	return {row.document_type: Term(row.amount, row.unit, row.afterwards) for row in rows}


def kept_after(doctype: str, day: date) -> date | None:
	"""The last day of a record whose term counts from a day; None where the dictionary has no term for it."""
	term = terms().get(doctype)
	return retention.kept_until(term, day) if term else None


class Kept:
	"""Signed consents and orders and approved acts, with the last day of each."""

	def __init__(self, today: date | None = None) -> None:
		self.today = today or getdate()
		self.terms = terms()
		self._known: dict[tuple[str, str], date | None] = {}

	def until(self, doctype: str, name: str) -> date | None:
		"""The last day on which a paper stays; None for what does not stay. Without a term in the dictionary papers
		stay for ever."""
		if doctype not in PAPERS:
			return None
		if (doctype, name) not in self._known:
			self._known[doctype, name] = self._until(doctype, name)
		return self._known[doctype, name]

	def _until(self, doctype: str, name: str) -> date | None:
		paper = frappe.db.get_value(doctype, name, FIELDS[doctype], as_dict=True)
		if not paper or not paper.docstatus:
			return None
		until = last_day(doctype, paper, self.terms, self.today)
		return None if retention.is_over(until, self.today) else until


def last_day(doctype: str, paper: Any, known: dict[str, Term], today: date) -> date:
	"""The last day of a signed paper; of a consent that nobody ended it counts from the day asked about."""
	term = known.get(doctype)
	if doctype == CONSENT and paper.keep_until:
		return getdate(paper.keep_until)
	if not term:
		return date.max
	if doctype == CONSENT:
		ended = paper.withdrawn_on or paper.valid_until
		since = min(getdate(ended), today) if ended else today
	else:
		since = getdate(paper.order_date if doctype == ORDER else paper.destroyed_on or paper.act_date)
	return retention.kept_until(term, since) or date.max


def why_kept(until: date) -> str:
	return _("kept; no term is set") if until == date.max else _("kept until {0}").format(formatdate(until))
