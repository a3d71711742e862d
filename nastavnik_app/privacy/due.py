"""What is to be destroyed: blocked people, those whose purpose is achieved, papers past their terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, getdate

from nastavnik_app.permissions import listed
from nastavnik_app.privacy.blocking import purposes_achieved
from nastavnik_app.privacy.holds import holds
from nastavnik_app.privacy.kept import ACT, CONSENT, FIELDS, ORDER, PAPERS, last_day, terms
from nastavnik_app.rules import retention
from nastavnik_app.rules.scope import PEOPLE


@dataclass
class Due:
	"""A record with the last day to destroy it; `held`: why that may not be done yet; `act`: which names it already."""

	doctype: str
	name: str
	title: str
	reason: str
	since: date
	until: date
	held: list[str] = field(default_factory=list)
	act: str | None = None


def due(organization: str | None = None) -> list[Due]:
	"""The next to be destroyed first; what the reader may list. As many queries for one record as for a thousand."""
	days = cint(frappe.db.get_single_value("Mentoring Settings", "destruction_days"))
	found = [one for doctype in PEOPLE for one in _people(doctype, organization, days)]
	_add_holds(found)
	_add_acts(found)
	found += [one for doctype in PAPERS for one in _papers(doctype, organization, days)]
	return sorted(found, key=lambda one: (one.until, one.title or ""))


def _people(doctype: str, organization: str | None, days: int) -> list[Due]:
	person = frappe.qb.DocType(doctype)
	achieved = purposes_achieved(doctype)
	query = (
		frappe.qb.from_(person)
		.select(person.name, person.full_name, person.blocked_on, person.blocked_because, person.destroy_by)
		.where(person.destroyed_on.isnull())
		.where(person.blocked_on.isnotnull() | person.name.isin([*achieved, ""]))
		.orderby(person.full_name)
	)
	if organization:
		query = query.where(person.organization == organization)
	term, found = terms().get(doctype), []
	for row in listed(query, doctype).run(as_dict=True):
		if row.blocked_on:
			since, reason, until = getdate(row.blocked_on), row.blocked_because, getdate(row.destroy_by)
		else:
			since, reason = retention.kept_until(term, achieved[row.name]) if term else None, ""
			until = since and retention.destroy_by(since, days)
		if since:
			found.append(
				Due(doctype, row.name, row.full_name, reason or retention.PURPOSE_ACHIEVED, since, until)
			)
	return found


def _add_holds(found: list[Due]) -> None:
	by_reason: dict[str, list[Due]] = defaultdict(list)
	for one in found:
		by_reason[one.reason].append(one)
	for reason in sorted(by_reason):
		held = holds([(one.doctype, one.name) for one in by_reason[reason]], reason)
		for one in by_reason[reason]:
			one.held = held.get((one.doctype, one.name), [])


def _add_acts(found: list[Due]) -> None:
	act, row = frappe.qb.DocType(ACT), frappe.qb.DocType("Data Destruction Person")
	query = frappe.qb.from_(act).join(row).on((row.parent == act.name) & (row.parenttype == ACT))
	query = query.select(row.party_type, row.party, act.name).where(act.docstatus == 0)
	names = {(party_type, party): name for party_type, party, name in listed(query, ACT).run()}
	for one in found:
		one.act = names.get((one.doctype, one.name))


def _papers(doctype: str, organization: str | None, days: int) -> list[Due]:
	if not frappe.has_permission(doctype, "read"):
		return []
	paper, known, today = frappe.qb.DocType(doctype), terms(), getdate()
	title = {CONSENT: "party_name", ORDER: "heading", ACT: "title"}[doctype]
	query = frappe.qb.from_(paper).select(paper.name, paper[title].as_("title")).where(paper.docstatus > 0)
	query = query.select(*[paper[name] for name in FIELDS[doctype]])
	if doctype == CONSENT:
		query = query.where(paper.withdrawn_on.isnotnull() | paper.valid_until.isnotnull())
	if organization:
		query = query.where(paper.organization == organization)
	found = []
	for row in listed(query, doctype).run(as_dict=True):
		until = last_day(doctype, row, known, today)
		if retention.is_over(until, today):
			by = retention.destroy_by(until, days)
			found.append(Due(doctype, row.name, row.title or "", retention.TERM_ENDED, until, by))
	return found


def reason_of(people: list[tuple[str, str]]) -> str:
	"""Why people are blocked, for the act that names them; refused nowhere: the act asks again."""
	found: Any = [frappe.db.get_value(*person, "blocked_because") for person in people]
	return next((purpose for purpose in found if purpose), retention.PURPOSE_ACHIEVED)
