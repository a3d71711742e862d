"""What print templates call about people, their pairs, plans and consents. Every function here is a method of Jinja
on the whole site.

Records are read with the rights of whoever prints: what the reader may not see is left out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import utils
from frappe.model import document

from nastavnik_app.documents import reading
from nastavnik_app.people import consents, mentor_duty, office
from nastavnik_app.rules import consents as consent_rules
from nastavnik_app.rules import fulfilment

WORKING_DAYS = {
	1: "один рабочий день",
	2: "два рабочих дня",
	3: "три рабочих дня",
	4: "четыре рабочих дня",
	5: "пять рабочих дней",
}


def consent_signatory(consent: document.Document) -> str:
	"""Who signs a consent: Self, Representative or Both; for a blank form by the age today."""
	return consent.signatory or _signatory(consent.party_type, consent.party, consent.signed_on)


def consent_person(consent: document.Document) -> dict[str, Any]:
	"""Who consents, as a participant of a pair is described, with the representative whom the consent names."""
	return _participant(
		consent.party_type, consent.party, consent.party_name, consent.representative_name, consent.signed_on
	)


def pair_participants(pair: document.Document | None) -> dict[str, Any]:
	"""`mentor` and the list `mentees`; nobody where the reader sees no pair.

	Each has `name`, `record` (empty to who may not read it, as are the fields taken from it), `position`,
	`school_class`, `signatory` (Self, Representative or Both by the age today) and `representative`, a row with
	`full_name`.
	"""
	if not pair:
		return {"mentor": {}, "mentees": []}
	mentees = [
		{**_participant("Mentee", row.mentee, row.mentee_name), "school_class": row.school_class}
		for row in pair.mentees
	]
	return {"mentor": _participant("Mentor", pair.mentor, pair.mentor_name), "mentees": mentees}


def _participant(
	doctype: str,
	name: str,
	shown: str | None,
	representative: str | None = None,
	day: date | str | None = None,
) -> dict[str, Any]:
	record = reading.readable(doctype, name) or frappe._dict()
	return {
		"name": shown or "",
		"record": record,
		"position": record.get("position"),
		"school_class": record.get("school_class"),
		"signatory": _signatory(doctype, name, day),
		"representative": _representative(record, representative),
	}


def _signatory(doctype: str, name: str, day: date | str | None = None) -> str:
	"""By the age on a day (today by default); where the birth date is not known, by whether a representative is."""
	person = frappe._dict(party_type=doctype, party=name, signed_on=day or utils.getdate())
	expected = consents.expected_signatory(person)
	if expected:
		return expected
	record = reading.readable(doctype, name)
	return consent_rules.BOTH if record and record.get("representatives") else consent_rules.SELF


def _representative(person: document.Document | dict, name: str | None) -> document.Document | dict:
	"""The representative of that name; the first one where none is named yet."""
	for row in person.get("representatives") or []:
		if not name or row.full_name == name:
			return row
	return frappe._dict(full_name=name)


def plan_pair(plan: document.Document) -> document.Document | None:
	"""The pair that works by an individual plan."""
	return reading.readable("Pair", plan.pair)


def pair_plan(pair: document.Document) -> document.Document | None:
	"""The latest individual plan of a pair."""
	plans = frappe.get_all(
		"Individual Plan",
		filters={"pair": pair.name},
		order_by="start_date desc",
		pluck="name",
		limit_page_length=1,
	)
	return reading.readable("Individual Plan", plans[0]) if plans else None


def plan_tally(plan: document.Document) -> dict[str, int]:
	"""How many activities of a plan there are in `total`, and how many were `done`, `late` and `left`."""
	done = [row for row in plan.activities if row.done_on]
	late = [row for row in done if is_late(row)]
	total = len(plan.activities)
	return {"total": total, "done": len(done), "late": len(late), "left": total - len(done)}


def is_late(activity: document.Document) -> bool:
	"""Whether an activity of a plan was done after its term."""
	due, done = (day and utils.getdate(day) for day in (activity.due_date, activity.done_on))
	return fulfilment.judge(due, done, utils.getdate()) == fulfilment.LATE


def is_between_workers(pair: document.Document | None) -> bool:
	"""Whether the mentor of a pair helps another worker (Labour Code, art. 351.8)."""
	return bool(pair and frappe.get_cached_value("Mentoring Form", pair.form, "worker_to_worker"))


def worker_pair(consent: document.Document) -> document.Document | None:
	"""The worker-to-worker pair for which a mentor consents to additional work: the latest that has not ended."""
	pairs = frappe.get_all(
		"Pair",
		filters={"mentor": consent.party, "workflow_state": ["in", ["Draft", "Assigned"]]},
		order_by="start_date desc",
		pluck="name",
	)
	readable = (reading.readable("Pair", name) for name in pairs)
	return next((pair for pair in readable if is_between_workers(pair)), None)


def additional_work_consent(pair: document.Document) -> document.Document | None:
	"""The mentor's signed consent to additional work."""
	signed = frappe.get_all(
		"Consent",
		filters={"party": pair.mentor, "kind": consents.ADDITIONAL_WORK, "workflow_state": "Signed"},
		order_by="signed_on desc",
		pluck="name",
		limit_page_length=1,
	)
	return reading.readable("Consent", signed[0]) if signed else None


def notice_days() -> str:
	"""How long before its early end a mentor's duty is refused or taken back, as «не менее чем за …» goes on."""
	days = frappe.db.get_single_value("Mentoring Settings", "notice_working_days")
	return WORKING_DAYS.get(days) or f"{days} рабочих дней"


def last_day_of_duty(pair: document.Document) -> date | None:
	"""The last day of a mentor's duty that ends early: the pair's own, but none before the notice has run out."""
	if not pair.notice_given_on:
		return utils.getdate(pair.ended_on) if pair.ended_on else None
	earliest = mentor_duty.last_day_after(pair.notice_given_on)
	return max(earliest, utils.getdate(pair.ended_on)) if pair.ended_on else earliest


def program_curators(program: str | None) -> list[document.Document]:
	"""The curators of a programme: rows with `person_name` and its cases."""
	record = reading.readable("Mentoring Program", program)
	return [row for row in record.curators if row.person_name] if record else []


def program_title(program: str | None) -> str:
	"""Title of a programme; empty to who may not read it."""
	record = reading.readable("Mentoring Program", program)
	return record.title if record else ""


def mentors_of(mentee: str) -> list[document.Document]:
	"""The pairs assigned to a mentee."""
	names = frappe.get_all("Pair Mentee", filters={"mentee": mentee, "parenttype": "Pair"}, pluck="parent")
	pairs = [reading.readable("Pair", name) for name in dict.fromkeys(names)]
	return [pair for pair in pairs if pair and pair.workflow_state == "Assigned"]


def support_plans(card: document.Document) -> list[dict[str, Any]]:
	"""The mentors' approved plans for the mentee of a support card that were at work while it is open: `plan` and
	`pair`, the earliest first."""
	names = frappe.get_all(
		"Pair Mentee", filters={"mentee": card.mentee, "parenttype": "Pair"}, pluck="parent"
	)
	approved = ["Approved", "Completed", "Closed Incomplete"]
	plans = frappe.get_all(
		"Individual Plan",
		filters={"pair": ["in", [*names, ""]], "workflow_state": ["in", approved]},
		order_by="start_date asc, creation asc",
		pluck="name",
	)
	found = []
	for plan in (reading.readable("Individual Plan", name) for name in plans):
		pair = plan and reading.readable("Pair", plan.pair)
		if pair and not _ended_before(card.opened_on, pair.ended_on or plan.end_date):
			found.append({"plan": plan, "pair": pair})
	return found


def _ended_before(opened: date | str | None, ended: date | str | None) -> bool:
	return bool(opened and ended) and utils.getdate(ended) < utils.getdate(opened)


def person_record(doctype: str, name: str | None) -> document.Document | dict:
	"""The record of a mentor or mentee; empty where the reader may not see it."""
	return reading.readable(doctype, name) or frappe._dict()


def data_processor(organization: str) -> str:
	"""Who processes personal data on behalf of an organization, or of a branch's parent (152-FZ, art. 9, part 4,
	item 6); empty where nobody is named."""
	record = frappe.get_cached_doc("Educational Organization", organization)
	if not record.data_processor and record.organization_type == "Branch" and record.parent_organization:
		return data_processor(record.parent_organization)
	return record.data_processor or ""


def basis_of_office(organization: str, day: date | str | None = None) -> str:
	"""On what the person in office acts: the charter, or what names the acting director; empty where not known."""
	day = utils.getdate(day)
	approver = office.approver_of(organization, day)
	if not approver.acting:
		return "устав"
	filters = {"user": approver.user, "from_date": ["<=", day], "to_date": [">=", day]}
	return frappe.db.get_value("Acting Director", filters, "basis") or ""


def small_first(text: str | None) -> str:
	"""«Директора» as it stands within a sentence: «директора»; an abbreviation stays as it is."""
	text = text or ""
	return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital_first(text: str | None) -> str:
	"""«директору» as it begins a line: «Директору»."""
	text = text or ""
	return text[:1].upper() + text[1:]
