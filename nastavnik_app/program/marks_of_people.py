"""Marks of people: in the bank, in a pair, consenting, assessed, grown, satisfied, trained, with a tutor.

Each is a query of who has it (`who`) and since when (`since`): on the reporting day, or over the days up to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import frappe
from frappe.query_builder.functions import Count, Max, Sum
from pypika import Case
from pypika.functions import Avg, Coalesce, Min
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from nastavnik_app.people.consents import PROCESSING, holds_on
from nastavnik_app.program.things import PROFILE, Definition, Scope, in_bank, of_cohort, present
from nastavnik_app.rules.questionnaires import SATISFACTION, SATISFIED_FROM, SCALE, YES_NO
from nastavnik_app.rules.states import ORDERED_PAIRS

ASSESSMENT, RESPONSE = "Competency Assessment", "Mentoring Questionnaire Response"
EVENT = "Mentoring Event"
NO_GROWTH_BELOW = 0.005  # what is left of adding up decimals is no growth


def rows_of(table: Table, since: Term, who: Term | None = None) -> QueryBuilder:
	return frappe.qb.from_(table).select((who or table.name).as_("who"), since.as_("since"))


def first_of(table: Table, who: Term, since: Term) -> QueryBuilder:
	return rows_of(table, Min(since), who).groupby(who)


def registered(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	person = frappe.qb.DocType(doctype)
	return rows_of(person, person.joined_on).where(present(person, scope.day))


def admitted(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	person = frappe.qb.DocType(doctype)
	return rows_of(person, person.joined_on).where(in_bank(person, scope.day))


def takes_part(pair: Table, scope: Scope) -> Criterion:
	"""As rules.cohorts.takes_part; a mentor who works in another school's pair takes part as well."""
	has_end = pair.ended_on.isnotnull() | (pair.workflow_state == "Terminated")
	goes_on = has_end.negate() | (pair.ended_on > scope.day) | (pair.workflow_state == "Completed")
	ours = pair.program.isin(scope.programs) | pair.mentor_organization.isin(scope.organizations)
	has_begun = pair.start_date <= (scope.arranged_to or scope.day)
	return pair.workflow_state.isin(ORDERED_PAIRS) & has_begun & goes_on & ours


def _pairs_with_mentees() -> tuple[Table, Table, QueryBuilder]:
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	query = frappe.qb.from_(pair).join(row).on((row.parent == pair.name) & (row.parenttype == "Pair"))
	return pair, row, query


def in_pair(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	pair, row, query = _pairs_with_mentees()
	if definition.over:
		mentee = frappe.qb.DocType("Mentee")
		query = query.join(mentee).on(mentee.name == row.mentee)
		query = query.where(of_cohort(mentee, definition.over, scope.day))
	who = pair.mentor if doctype == "Mentor" else row.mentee
	query = query.select(who.as_("who"), Min(pair.start_date).as_("since"))
	return query.where(takes_part(pair, scope)).groupby(who)


def _paired(doctype: str, scope: Scope) -> QueryBuilder:
	pair, row, query = _pairs_with_mentees()
	who = pair.mentor if doctype == "Mentor" else row.mentee
	return query.select(who).where(takes_part(pair, scope) & who.isnotnull())


def in_bank_or_pair(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	person = frappe.qb.DocType(doctype)
	either = in_bank(person, scope.day) | person.name.isin(_paired(doctype, scope))
	return rows_of(person, person.joined_on).where(either)


def consenting(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	consent = frappe.qb.DocType("Consent")
	query = first_of(consent, consent.party, consent.signed_on)
	# a consent is of the person's own school: without it each school's count would look at all schools' consents
	theirs = (consent.party_type == doctype) & consent.organization.isin(scope.organizations)
	return query.where(theirs & holds_on(consent, PROCESSING, scope.day))


def _assessments(table: Table, doctype: str, scope: Scope) -> Criterion:
	within = table.assessed_on[scope.start : scope.day]
	return (table.party_type == doctype) & table.program.isin(scope.programs) & within


def assessed(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	table = frappe.qb.DocType(ASSESSMENT)
	return first_of(table, table.party, table.assessed_on).where(_assessments(table, doctype, scope))


def measured_twice(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	"""People of pairs with an entry and a later exit (before the exit, the last quarterly) in the same competencies:
	of mentors the readiness, whose competencies have an area, of mentees the others."""
	scored = _scores(doctype, scope)
	query = frappe.qb.from_(scored).select(scored.party.as_("who"), Max(scored.last_on).as_("since"))
	return query.where(scored.before.isnotnull() & scored.after.isnotnull()).groupby(scored.party)


def grown(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	scored = _scores(doctype, scope)
	# over the same competencies the mean rises when the sum does
	rise = Sum(scored.after - scored.before)
	return measured_twice(doctype, scope, definition).having(rise > NO_GROWTH_BELOW)


def _scores(doctype: str, scope: Scope) -> QueryBuilder:
	"""Each person's score `before` and `after` in each competency; null where it was not measured then."""
	days, one = _measured_days(doctype, scope), frappe.qb.DocType(ASSESSMENT)
	score, competency = frappe.qb.DocType("Competency Score"), frappe.qb.DocType("Mentoring Competency")
	last_on = Coalesce(days.exit_on, days.quarter_on)
	is_entry = (one.kind == "Entry") & (one.assessed_on == days.entry_on)
	is_of_last_kind = (one.kind == "Exit") | ((one.kind == "Quarterly") & days.exit_on.isnull())
	has_area = Coalesce(competency.area, "") != ""
	return (
		frappe.qb.from_(one)
		.join(days)
		.on(days.party == one.party)
		.join(score)
		.on((score.parent == one.name) & (score.parenttype == ASSESSMENT))
		.join(competency)
		.on(competency.name == score.competency)
		.select(
			one.party,
			Max(last_on).as_("last_on"),
			Max(Case().when(is_entry, score.score)).as_("before"),
			Max(Case().when(is_of_last_kind & (one.assessed_on == last_on), score.score)).as_("after"),
		)
		.where(_assessments(one, doctype, scope) & (last_on > days.entry_on))
		.where(has_area if doctype == "Mentor" else has_area.negate())
		.groupby(one.party, score.competency)
	).as_("scored")


def _measured_days(doctype: str, scope: Scope) -> QueryBuilder:
	"""When the people of pairs were measured at the entry, at the exit, and last in a quarter."""
	table = frappe.qb.DocType(ASSESSMENT)

	def day_of(kind: str, outermost: Callable) -> Term:
		return outermost(Case().when(table.kind == kind, table.assessed_on))

	return (
		frappe.qb.from_(table)
		.select(
			table.party,
			day_of("Entry", Min).as_("entry_on"),
			day_of("Exit", Max).as_("exit_on"),
			day_of("Quarterly", Max).as_("quarter_on"),
		)
		.where(_assessments(table, doctype, scope))
		.where(table.party.isin(_paired(doctype, scope)))
		.groupby(table.party)
	).as_("days")


def asked(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	"""Who answered about satisfaction; what is hoped for at the entry is none."""
	response, answer = frappe.qb.DocType(RESPONSE), frappe.qb.DocType("Questionnaire Answer")
	questionnaire = frappe.qb.DocType("Mentoring Questionnaire")
	return (
		frappe.qb.from_(answer)
		.join(response)
		.on((response.name == answer.parent) & (answer.parenttype == RESPONSE))
		.join(questionnaire)
		.on(questionnaire.name == response.questionnaire)
		.select(response.party.as_("who"), Min(response.answered_at).as_("since"))
		.where(response.program.isin(scope.programs) & (response.party_type == doctype))
		.where(answered_within(response, scope))
		.where((questionnaire.purpose != "Entry") & (answer.used_for == SATISFACTION))
		.where(answer.answer_kind.isin((SCALE, YES_NO)))
		.groupby(response.party)
	)


def answered_within(response: Table, scope: Scope) -> Criterion:
	within = (response.answered_at >= scope.start) & (response.answered_at < scope.day + timedelta(days=1))
	return (response.status == "Answered") & within


def satisfied(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	"""As rules.questionnaires.is_satisfied: the own word decides, otherwise the mean of the scale."""
	answer = frappe.qb.DocType("Questionnaire Answer")
	words = Case().when(answer.answer_kind == YES_NO, answer.number)
	scales = Case().when(answer.answer_kind == SCALE, answer.number)
	outright = (Count(words) > 0) & (Min(words) > 0)
	by_scale = (Count(words) == 0) & (Avg(scales) >= SATISFIED_FROM)
	return asked(doctype, scope, definition).having(outright | by_scale)


def at_events(doctype: str, scope: Scope, definition: Definition, with_hours: bool) -> QueryBuilder:
	event, row = frappe.qb.DocType(EVENT), frappe.qb.DocType("Mentoring Event Participant")
	of_kind = event.kind == definition.kind if definition.kind else event.name.isnotnull()
	if with_hours and not definition.kind:
		of_kind = event.hours > 0
	return (
		frappe.qb.from_(row)
		.join(event)
		.on((event.name == row.parent) & (row.parenttype == EVENT))
		.select(row.party.as_("who"), Min(event.held_on).as_("since"))
		.where(held_within(event, scope) & of_kind)
		.where((row.party_type == doctype) & (row.absent == 0))
		.groupby(row.party)
	)


def held_within(event: Table, scope: Scope) -> Criterion:
	within = event.held_on[scope.start : scope.day]
	return event.program.isin(scope.programs) & (event.status == "Held") & within


def trained(doctype: str, scope: Scope, definition: Definition) -> QueryBuilder:
	"""Present at an event of the kind; without a kind, at one that says its hours."""
	return at_events(doctype, scope, definition, with_hours=True)


def has_tutor(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	"""Whose profile names a tutor, or whose pair is of a role model in which the mentor is one."""
	profile, model = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Mentoring Role Model")
	is_open = profile.opened_on.isnull() | (profile.opened_on <= scope.day)
	by_name = rows_of(profile, profile.opened_on, profile.mentee)
	by_name = by_name.where((Coalesce(profile.tutor_name, "") != "") & is_open)
	pair, row, by_pair = _pairs_with_mentees()
	is_of_model = (model.parent == pair.form) & (model.title == pair.role_model) & (model.by_tutor == 1)
	by_pair = by_pair.join(model).on((model.parenttype == "Mentoring Form") & is_of_model)
	by_pair = by_pair.select(row.mentee.as_("who"), pair.start_date.as_("since"))
	either = by_name.union_all(by_pair.where(takes_part(pair, scope))).as_("tutored")
	return first_of(either, either.who, either.since)


def off_register(doctype: str, scope: Scope, _definition: Definition) -> QueryBuilder:
	profile, entry = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Register Entry")
	return (
		frappe.qb.from_(entry)
		.join(profile)
		.on((profile.name == entry.parent) & (entry.parenttype == PROFILE))
		.select(profile.mentee.as_("who"), Min(entry.removed_on).as_("since"))
		.where((entry.removed_early == 1) & (entry.relapse == 0))
		.where(entry.removed_on[scope.start : scope.day])
		.groupby(profile.mentee)
	)
