"""Why somebody's data may not be destroyed yet: whatever else they are still needed for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, formatdate, getdate

from nastavnik_app.people.consents import with_consent
from nastavnik_app.privacy.kept import terms
from nastavnik_app.rules import retention
from nastavnik_app.rules.consents import PROCESSING
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import ARCHIVED, OPEN_PAIRS

Person = tuple[str, str]
Holds = dict[Person, list[str]]


def refusal(act: Document) -> str | None:
	"""None where everybody on the act may be destroyed, otherwise who may not and why."""
	people = people_on(act)
	twice = {one for one in people if people.count(one) > 1}
	told = [_("{0} is listed twice").format(_name(one)) for one in sorted(twice)]
	for person, reasons in holds(people, act.reason).items():
		told.append(f"{_name(person)}: {'; '.join(reasons)}")
	if not told:
		return None
	return _("The data cannot be destroyed yet. {0}.").format(". ".join(told))


def people_on(act: Document) -> list[tuple[str, str]]:
	"""Those whose records are in the app; rows without a record are about paper alone."""
	return [(row.party_type, row.party) for row in act.persons if row.party_type and row.party]


def holds(people: Iterable[Person], reason: str, today: date | None = None) -> Holds:
	"""Reasons by person, of those who have any. As many queries for one person as for a hundred."""
	people, today = list(people), today or getdate()
	found: Holds = defaultdict(list)
	_take_part_in_pairs(people, found)
	_stand_in_unsigned_orders(people, found)
	_are_on_registers(people, found)
	_are_at_work_or_kept(people, reason, today, found)
	if reason == retention.CONSENT_WITHDRAWN:
		for person in with_consent(PROCESSING, set(people), today):
			found[person].append(_("has consented again: the data are processed on that consent"))
	return dict(found)


def _take_part_in_pairs(people: list[Person], found: Holds) -> None:
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	of_mentors = frappe.qb.from_(pair).select(pair.mentor, pair.title)
	of_mentors = of_mentors.where(pair.mentor.isin(_names(people, "Mentor")))
	of_mentees = frappe.qb.from_(pair).join(row).on((row.parent == pair.name) & (row.parenttype == "Pair"))
	of_mentees = of_mentees.select(row.mentee, pair.title).where(row.mentee.isin(_names(people, "Mentee")))
	for doctype, query in (("Mentor", of_mentors), ("Mentee", of_mentees)):
		for name, title in query.where(pair.workflow_state.isin(OPEN_PAIRS)).run():
			found[doctype, name].append(_("takes part in the pair “{0}”").format(title))


def _stand_in_unsigned_orders(people: list[Person], found: Holds) -> None:
	order, listed = frappe.qb.DocType("Mentoring Order"), frappe.qb.DocType("Mentoring Order Pair")
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	query = frappe.qb.from_(order).join(listed).on(listed.parent == order.name).join(pair)
	query = query.on(pair.name == listed.pair).where(order.workflow_state == "On Approval")
	of_mentors = query.select(pair.mentor, order.heading).where(pair.mentor.isin(_names(people, "Mentor")))
	of_mentees = query.join(row).on(row.parent == pair.name).select(row.mentee, order.heading)
	of_mentees = of_mentees.where(row.mentee.isin(_names(people, "Mentee")))
	for doctype, asked in (("Mentor", of_mentors), ("Mentee", of_mentees)):
		for name, heading in asked.run():
			found[doctype, name].append(_("the order “{0}” waits to be signed").format(heading))


def _are_on_registers(people: list[Person], found: Holds) -> None:
	profile, entry = frappe.qb.DocType("Mentee Support Profile"), frappe.qb.DocType("Support Register Entry")
	query = (
		frappe.qb.from_(profile)
		.join(entry)
		.on((entry.parent == profile.name) & (entry.parenttype == "Mentee Support Profile"))
		.select(profile.mentee, entry.register)
		.where(profile.mentee.isin(_names(people, "Mentee")))
		.where(entry.removed_on.isnull())
	)
	for name, register in query.run():
		found["Mentee", name].append(
			_("is on a register that the law asks for: {0}").format(register or _("not named"))
		)


def _are_at_work_or_kept(people: list[Person], reason: str, today: date, found: Holds) -> None:
	known = terms()
	another_basis = cint(frappe.db.get_single_value("Mentoring Settings", "allow_legal_basis"))
	for doctype in PEOPLE:
		rows = frappe.get_all(
			doctype,
			filters={"name": ["in", _names(people, doctype)]},
			fields=["name", "workflow_state", "blocked_on", "left_on", "legal_basis"],
		)
		for row in rows:
			told = found[doctype, row.name]
			if row.workflow_state != ARCHIVED and not row.blocked_on:
				told.append(_("is in the bank: block the record, or archive it"))
			if reason == retention.CONSENT_WITHDRAWN and another_basis and row.legal_basis:
				told.append(_("is processed on another basis: {0}").format(row.legal_basis))
			term = known.get(doctype)
			if term and reason not in retention.AT_ONCE:
				until = retention.kept_until(term, row.left_on and getdate(row.left_on))
				if until and not retention.is_over(until, today) and term.amount:
					told.append(_("the card is kept until {0}").format(formatdate(until)))
			if not told:
				del found[doctype, row.name]


def _names(people: list[Person], doctype: str) -> list[str]:
	return [name for kind, name in people if kind == doctype] or [""]


def _name(person: tuple[str, str]) -> str:
	return frappe.db.get_value(*person, "full_name") or person[1]
