"""What is asked of somebody or something that an indicator counts: each mark a query of who has it, and since when.

Some marks hold on the reporting day, others are earned over the days of the programme's year up to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder, Table

from nastavnik_app.program import marks_of_people as people
from nastavnik_app.program.things import PROFILE, Definition, Scope, in_bank
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.states import APPROVED_PLANS


@dataclass(frozen=True)
class Mark:
	"""`query` selects `who` and `since`, a row for each; `reason` says of the others why they do not count; `reads`
	is what a reader must be allowed to read to be shown who they are."""

	query: Callable[[str, Scope, Definition], QueryBuilder]
	reason: Message
	reads: str | None = None


# of pairs and their plans


def _working_pairs(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	pair = frappe.qb.DocType("Pair")
	return people.rows_of(pair, pair.start_date).where(people.takes_part(pair, scope))


def _planned(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	plan = frappe.qb.DocType("Individual Plan")
	return people.first_of(plan, plan.pair, plan.start_date).where(
		plan.program.isin(scope.programs) & plan.workflow_state.isin(APPROVED_PLANS)
	)


def _plan_completed(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	plan = frappe.qb.DocType("Individual Plan")
	needed = frappe.db.get_single_value("Mentoring Settings", "plan_completion_percent")
	return _planned(doctype, scope, definition).where(plan.fulfilment >= needed)


def _met(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	pair, meeting = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Meeting")
	is_held = (meeting.pair == pair.name) & (meeting.status == "Held")
	first = Coalesce(pair.first_meeting_on, meeting.meeting_date)
	return (
		people.first_of(pair, pair.name, first)
		.left_join(meeting)
		.on(is_held & (meeting.meeting_date <= scope.day))
		.where(pair.program.isin(scope.programs))
		.where((pair.first_meeting_on <= scope.day) | meeting.name.isnotnull())
	)


def _to_be_done(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	"""Activities of approved plans that were due by the day, at the latest at the plan's end, or are done."""
	plan, activity = frappe.qb.DocType("Individual Plan"), frappe.qb.DocType("Plan Activity")
	due = Coalesce(activity.due_date, plan.end_date)
	return (
		people.rows_of(activity, due)
		.join(plan)
		.on((plan.name == activity.parent) & (activity.parenttype == "Individual Plan"))
		.where(plan.program.isin(scope.programs) & plan.workflow_state.isin(APPROVED_PLANS))
		.where((due <= scope.day) | (activity.done_on <= scope.day))
	)


def _carried_out(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	activity = frappe.qb.DocType("Plan Activity")
	return people.rows_of(activity, activity.done_on).where(activity.done_on <= scope.day)


# of the roadmap


def _tasks(scope: Scope, since: str) -> tuple[Table, QueryBuilder]:
	task = frappe.qb.DocType("Roadmap Task")
	ours = task.program.isin(scope.programs) & (task.status != "Cancelled")
	return task, people.rows_of(task, task[since]).where(ours)


def _not_cancelled(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	return _tasks(scope, "start_date")[1]


def _done(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	task, query = _tasks(scope, "completed_on")
	return query.where(task.completed_on <= scope.day)


def _judged(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	"""Done or overdue on the day, as rules.fulfilment.judge."""
	task, query = _tasks(scope, "due_date")
	return query.where((task.completed_on <= scope.day) | (task.due_date < scope.day))


def _in_time(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	task = frappe.qb.DocType("Roadmap Task")
	in_time = task.due_date.isnull() | (task.completed_on <= task.due_date)
	return _done(doctype, scope, definition).where(in_time)


# of what the programme did


def _answered(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	response = frappe.qb.DocType(people.RESPONSE)
	ours = response.program.isin(scope.programs)
	return people.rows_of(response, response.answered_at).where(
		ours & people.answered_within(response, scope)
	)


def _held(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	if doctype != people.EVENT:
		return people.at_events(doctype, scope, definition, with_hours=False)
	event = frappe.qb.DocType(people.EVENT)
	query = people.rows_of(event, event.held_on).where(people.held_within(event, scope))
	return query.where(event.kind == definition.kind) if definition.kind else query


def _published(_doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	publication = frappe.qb.DocType("Mentoring Publication")
	query = people.rows_of(publication, publication.published_on)
	query = query.where(publication.program.isin(scope.programs) & (publication.status == "Published"))
	query = query.where(publication.published_on[scope.start : scope.day])
	if definition.thing == "Rubrics":
		query = query.where(Coalesce(publication.rubric, "") != "")
	return query.where(publication.kind == definition.kind) if definition.kind else query


def _partner(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	partner = frappe.qb.DocType("Partner Organization")
	begun = partner.since.isnull() | (partner.since <= scope.day)
	goes_on = partner.until.isnull() | (partner.until >= scope.day)
	return (
		people.rows_of(partner, partner.since)
		.where(partner.organization.isin(scope.organizations))
		.where(begun & goes_on)
	)


def _gave_mentor(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	mentor = frappe.qb.DocType("Mentor")
	return people.first_of(mentor, mentor.partner, mentor.joined_on).where(in_bank(mentor, scope.day))


def _added(_doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	practice = frappe.qb.DocType("Mentoring Best Practice")
	within = practice.added_on[scope.start : scope.day]
	return people.rows_of(practice, practice.added_on).where(practice.program.isin(scope.programs) & within)


def _granted(_doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	award = frappe.qb.DocType("Mentoring Award")
	query = people.rows_of(award, award.creation).where(award.program.isin(scope.programs))
	query = query.where(award.workflow_state == "Granted")
	return query.where(award.kind == definition.kind) if definition.kind else query


MARKS: dict[str, Mark] = {
	"In the Register": Mark(people.registered, _("Not in the register on the reporting day")),
	"In the Bank": Mark(people.admitted, _("Not in the bank on the reporting day")),
	"In a Pair": Mark(people.in_pair, _("Not in a pair"), "Pair"),
	"In the Bank or in a Pair": Mark(people.in_bank_or_pair, _("Neither in the bank nor in a pair"), "Pair"),
	"Consent Holds": Mark(people.consenting, _("No consent"), "Consent"),
	"Assessed": Mark(people.assessed, _("Not assessed"), people.ASSESSMENT),
	"Measured at Entry and Exit": Mark(people.measured_twice, _("Not measured twice"), people.ASSESSMENT),
	"Grown": Mark(people.grown, _("No growth"), people.ASSESSMENT),
	"Asked About Satisfaction": Mark(people.asked, _("Has not said whether satisfied"), people.RESPONSE),
	"Satisfied": Mark(people.satisfied, _("Not satisfied"), people.RESPONSE),
	"Trained": Mark(people.trained, _("Not trained"), people.EVENT),
	"Has a Tutor": Mark(people.has_tutor, _("No tutor"), PROFILE),
	"Off the Register": Mark(people.off_register, _("Not taken off a register early"), PROFILE),
	"At Work or Completed": Mark(_working_pairs, _("Not at work on the reporting day")),
	"Plan Approved": Mark(_planned, _("No approved plan"), "Individual Plan"),
	"Plan Completed": Mark(_plan_completed, _("The plan is not completed"), "Individual Plan"),
	"Has Met": Mark(_met, _("Has not met yet"), "Pair Meeting"),
	"Of an Approved Plan": Mark(_to_be_done, _("Not due, or of no approved plan"), "Individual Plan"),
	"Carried Out": Mark(_carried_out, _("Not carried out"), "Individual Plan"),
	"Not Cancelled": Mark(_not_cancelled, _("Cancelled")),
	"Judged": Mark(_judged, _("Not due yet")),
	"Done": Mark(_done, _("Not done")),
	"In Time": Mark(_in_time, _("Not done in time")),
	"Answered": Mark(_answered, _("Not answered")),
	"Held": Mark(_held, _("Not held, or not there"), people.EVENT),
	"Published": Mark(_published, _("Not published")),
	"Partner on the Day": Mark(_partner, _("No partner on the reporting day")),
	"Gave a Mentor": Mark(_gave_mentor, _("Gave no mentor"), "Mentor"),
	"Added": Mark(_added, _("Not added in these days")),
	"Granted": Mark(_granted, _("Not granted")),
}
