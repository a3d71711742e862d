"""What a measure counts: each formula over a whole programme, in a fixed number of queries.

Nobody's rights are asked: shares of a school are measured by the clock, and only their figures are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder

from nastavnik_app.people.consents import PROCESSING, Person, with_consent
from nastavnik_app.program import headcounts
from nastavnik_app.rules.fulfilment import IN_TIME, judge
from nastavnik_app.rules.questionnaires import SATISFACTION, SCALE, YES_NO, is_satisfied

AT_WORK = ("Assigned", "Completed")
IN_BANK = "In Bank"
ANY_STATE = ("Candidate", IN_BANK, "Archived")
WITH_FULFILMENT = ("Approved", "Completed", "Closed Incomplete")


@dataclass(frozen=True)
class Scope:
	"""What is measured: a programme, the days that count, and what narrows it."""

	program: str
	organization: str
	start: date
	end: date
	target_group: str | None = None
	kind: str | None = None


@dataclass(frozen=True)
class Measured:
	"""A value, in % or in pieces; of a share what it was counted from. No value where there is nothing to divide
	by."""

	value: float | None
	numerator: int
	denominator: int | None = None


def _share(part: int, whole: int) -> Measured:
	# rounded down: 100 % means everybody
	return Measured(1000 * part // whole / 10 if whole else None, part, whole)


def _pieces(number: int) -> Measured:
	return Measured(float(number), number)


def _people(doctype: str, scope: Scope, *states: str) -> set[str]:
	"""Names of an organization's mentors or mentees in some states, of the target group where one is given."""
	filters = {"organization": scope.organization, "workflow_state": ["in", states]}
	if scope.target_group:
		filters["target_group"] = scope.target_group
	return set(frappe.get_all(doctype, filters=filters, pluck="name"))


def _headcount(scope: Scope) -> int:
	counts = headcounts.on_day(scope.organization, min(scope.end, getdate()))
	return counts.get(scope.target_group, 0) if scope.target_group else sum(counts.values())


def _in_bank(doctype: str) -> Callable[[Scope], Measured]:
	return lambda scope: _share(len(_people(doctype, scope, IN_BANK)), _headcount(scope))


def _everybody(scope: Scope) -> set[Person]:
	"""Who takes part in the school's programme, or is about to."""
	return {
		(doctype, name)
		for doctype in ("Mentor", "Mentee")
		for name in _people(doctype, scope, "Candidate", IN_BANK)
	}


def consents_given(scope: Scope) -> Measured:
	people = _everybody(scope)
	return _share(len(with_consent(PROCESSING, people)), len(people))


def _in_pairs(scope: Scope) -> set[Person]:
	"""Mentors and mentees of the pairs that work or have worked to the end."""
	pair, mentee = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	rows = (
		frappe.qb.from_(pair)
		.join(mentee)
		.on((mentee.parent == pair.name) & (mentee.parenttype == "Pair"))
		.select(pair.mentor, mentee.mentee)
		.where(pair.program == scope.program)
		.where(pair.workflow_state.isin(AT_WORK))
		.run()
	)
	people = {("Mentor", mentor) for mentor, _mentee in rows if mentor}
	people |= {("Mentee", name) for _mentor, name in rows}
	if not scope.target_group:
		return people
	of_group = _people("Mentor", scope, *ANY_STATE) | _people("Mentee", scope, *ANY_STATE)
	return {person for person in people if person[1] in of_group}


def mentees_with_pair(scope: Scope) -> Measured:
	paired = {name for doctype, name in _in_pairs(scope) if doctype == "Mentee"}
	everybody = _people("Mentee", scope, IN_BANK) | paired
	return _share(len(paired), len(everybody))


def _pairs(scope: Scope) -> set[str]:
	filters = {"program": scope.program, "workflow_state": ["in", AT_WORK]}
	return set(frappe.get_all("Pair", filters=filters, pluck="name"))


def _with_plan(scope: Scope, **filters: Any) -> Measured:
	pairs = _pairs(scope)
	approved = {"program": scope.program, "workflow_state": ["in", WITH_FULFILMENT], **filters}
	planned = set(frappe.get_all("Individual Plan", filters=approved, pluck="pair"))
	return _share(len(pairs & planned), len(pairs))


def plans_approved(scope: Scope) -> Measured:
	return _with_plan(scope)


def plans_completed(scope: Scope) -> Measured:
	needed = frappe.db.get_single_value("Mentoring Settings", "plan_completion_percent")
	return _with_plan(scope, fulfilment=[">=", needed])


def first_meetings(scope: Scope) -> Measured:
	pairs = _pairs(scope)
	met = set(
		frappe.get_all(
			"Pair", filters={"program": scope.program, "first_meeting_on": ["is", "set"]}, pluck="name"
		)
	)
	met |= set(
		frappe.get_all("Pair Meeting", filters={"program": scope.program, "status": "Held"}, pluck="pair")
	)
	return _share(len(pairs & met), len(pairs))


def assessed(scope: Scope) -> Measured:
	people = _in_pairs(scope)
	rows = frappe.get_all(
		"Competency Assessment", filters=_within(scope, "assessed_on"), fields=["party_type", "party"]
	)
	return _share(len(people & {(row.party_type, row.party) for row in rows}), len(people))


def questionnaires_answered(scope: Scope) -> Measured:
	response = frappe.qb.DocType("Mentoring Questionnaire Response")
	query = frappe.qb.from_(response).select(response.status, Count(response.name))
	counts = dict(query.where(response.program == scope.program).groupby(response.status).run())
	return _share(counts.get("Answered", 0), sum(counts.values()))


def _within(scope: Scope, day: str, **filters: Any) -> list[list]:
	"""Filters for records of the programme on its days."""
	conditions = [["program", "=", scope.program], [day, ">=", scope.start], [day, "<=", scope.end]]
	return conditions + [[field, "=", value] for field, value in filters.items() if value]


def _events(scope: Scope, *fields: str) -> list[Any]:
	filters = _within(scope, "held_on", status="Held", kind=scope.kind)
	return frappe.get_all("Mentoring Event", filters=filters, fields=["name", *fields])


def _present(events: list[Any]) -> list[Any]:
	return frappe.get_all(
		"Mentoring Event Participant",
		filters={"parent": ["in", [*(event.name for event in events), ""]], "absent": 0},
		fields=["parent", "party_type", "party", "person_name", "post"],
	)


def mentors_trained(scope: Scope) -> Measured:
	"""Present at an event of the kind, or, without a kind, at one that says its hours."""
	events = [event for event in _events(scope, "hours") if scope.kind or event.hours]
	mentors = _people("Mentor", scope, IN_BANK)
	trained = {row.party for row in _present(events) if row.party_type == "Mentor"}
	return _share(len(mentors & trained), len(mentors))


def events_held(scope: Scope) -> Measured:
	return _pieces(len(_events(scope)))


def event_coverage(scope: Scope) -> Measured:
	"""Everybody who was at one of the events; of those with no list only their numbers are known.

	Pupils come class by class, so their numbers add up; grown-ups come to the same council again, so the largest
	counts. The whole is the target group; of events that name none, those who take part in pairs.
	"""
	events = _events(scope, "present_count", "target_group")
	if scope.target_group:
		events = [event for event in events if event.target_group == scope.target_group]
	present = _present(events)
	people, listed = {_who(row) for row in present}, {row.parent for row in present}
	numbers = [event.present_count or 0 for event in events if event.name not in listed]
	groups = {event.target_group for event in events if event.target_group}
	pupils = set(frappe.get_all("Mentoring Target Group", filters={"is_pupil": 1}, pluck="name"))
	by_class = bool(groups & pupils)
	number = len(people) + sum(numbers) if by_class else max([len(people), *numbers])
	whole = _whole(scope, groups | pupils if by_class else groups)
	return _share(min(number, whole), whole)


def _whole(scope: Scope, groups: set[str]) -> int:
	if scope.target_group:
		return _headcount(scope)
	if not groups:
		return len(_in_pairs(scope))
	counts = headcounts.on_day(scope.organization, min(scope.end, getdate()))
	return sum(counts.get(group, 0) for group in groups)


def _who(row: Any) -> tuple[str, str]:
	return (row.party_type, row.party) if row.party else (row.person_name.casefold(), row.post or "")


def publications(scope: Scope) -> Measured:
	filters = _within(scope, "published_on", status="Published", kind=scope.kind)
	return _pieces(frappe.db.count("Mentoring Publication", filters))


def partners(scope: Scope) -> Measured:
	"""Partners in some part of the days."""
	rows = frappe.get_all(
		"Partner Organization", filters={"organization": scope.organization}, fields=["since", "until"]
	)
	return _pieces(
		sum(
			1
			for row in rows
			if not (row.since and getdate(row.since) > scope.end)
			and not (row.until and getdate(row.until) < scope.start)
		)
	)


def _tasks(scope: Scope) -> list[Any]:
	filters = {"program": scope.program, "status": ["!=", "Cancelled"]}
	return frappe.get_all("Roadmap Task", filters=filters, fields=["status", "due_date", "completed_on"])


def roadmap_done(scope: Scope) -> Measured:
	tasks = _tasks(scope)
	return _share(sum(1 for task in tasks if task.status == "Done"), len(tasks))


def roadmap_in_time(scope: Scope) -> Measured:
	"""Of the tasks that are done or overdue."""
	today = getdate()
	verdicts = [judge(task.due_date, task.completed_on, today) for task in _tasks(scope)]
	judged = [verdict for verdict in verdicts if verdict]
	return _share(judged.count(IN_TIME), len(judged))


def best_practices(scope: Scope) -> Measured:
	return _pieces(frappe.db.count("Mentoring Best Practice", _within(scope, "added_on")))


def awards_granted(scope: Scope) -> Measured:
	filters = {"program": scope.program, "workflow_state": "Granted"}
	if scope.kind:
		filters["kind"] = scope.kind
	return _pieces(frappe.db.count("Mentoring Award", filters))


def _satisfied(party_type: str) -> Callable[[Scope], Measured]:
	def formula(scope: Scope) -> Measured:
		scales: dict[str, list[float]] = defaultdict(list)
		words: dict[str, list[float]] = defaultdict(list)
		for person, kind, number in _satisfaction(party_type, scope).run():
			{SCALE: scales, YES_NO: words}[kind][person].append(number or 0)
		people = {*scales, *words}
		verdicts = [is_satisfied(scales[person], words[person]) for person in people]
		return _share(sum(1 for verdict in verdicts if verdict), len(people))

	return formula


def _satisfaction(party_type: str, scope: Scope) -> QueryBuilder:
	"""Person, kind and number of each answer about satisfaction. What is hoped for at the entry is no satisfaction."""
	response = frappe.qb.DocType("Mentoring Questionnaire Response")
	answer, questionnaire = (
		frappe.qb.DocType("Questionnaire Answer"),
		frappe.qb.DocType("Mentoring Questionnaire"),
	)
	return (
		frappe.qb.from_(answer)
		.join(response)
		.on((response.name == answer.parent) & (answer.parenttype == "Mentoring Questionnaire Response"))
		.join(questionnaire)
		.on(questionnaire.name == response.questionnaire)
		.select(response.party, answer.answer_kind, answer.number)
		.where(response.program == scope.program)
		.where(response.status == "Answered")
		.where(response.party_type == party_type)
		.where(response.answered_at >= scope.start)
		.where(response.answered_at < add_days(scope.end, 1))
		.where(questionnaire.purpose != "Entry")
		.where(answer.used_for == SATISFACTION)
		.where(answer.answer_kind.isin((SCALE, YES_NO)))
	)


FORMULAS: dict[str, Callable[[Scope], Measured]] = {
	"Mentees in Bank, % of the Target Group": _in_bank("Mentee"),
	"Mentors in Bank, % of the Target Group": _in_bank("Mentor"),
	"Consents Given, % of Participants": consents_given,
	"Mentees With a Pair, %": mentees_with_pair,
	"Plans Approved, % of Pairs": plans_approved,
	"Plans Completed, % of Pairs": plans_completed,
	"First Meetings Held, % of Pairs": first_meetings,
	"Assessed, % of Participants": assessed,
	"Questionnaires Answered, %": questionnaires_answered,
	"Mentors Trained, %": mentors_trained,
	"Events Held": events_held,
	"Event Coverage, %": event_coverage,
	"Publications": publications,
	"Partners": partners,
	"Roadmap Done, %": roadmap_done,
	"Roadmap in Time, %": roadmap_in_time,
	"Best Practices": best_practices,
	"Awards Granted": awards_granted,
	"Mentees Satisfied, %": _satisfied("Mentee"),
	"Mentors Satisfied, %": _satisfied("Mentor"),
}
