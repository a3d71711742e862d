"""What became of the mentees of a cohort between the entry and the exit: young specialists, teachers with low results,
pupils who lag behind, who stand on a register, who have a tutor."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import flt, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from nastavnik_app.arguments import filters_in
from nastavnik_app.pairs.progress import plans_fulfilled
from nastavnik_app.people.assessments import series
from nastavnik_app.permissions import listed
from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.program.indicators import cohorts_by_name
from nastavnik_app.program.things import LOW_RESULTS, ON_REGISTER, PROFILE, of_cohort
from nastavnik_app.rules.cohorts import Cohort, Person, years_at_work
from nastavnik_app.rules.consents import age_on
from nastavnik_app.rules.growth import Measurement, average, entry_and_exit
from nastavnik_app.rules.states import ARCHIVED, ORDERED_PAIRS

GROWN, SAME, FALLEN, NOT_TWICE = "Grown", "The Same", "Fallen", "Not Measured Twice"
NO_PAIR = dict.fromkeys(("mentor", "start_date", "end_date", "fulfilment", "results"))
NOT_MEASURED = {**dict.fromkeys(("entry_on", "exit_on", "entry", "exit", "change")), "outcome": NOT_TWICE}


@dataclass(frozen=True)
class Asked:
	"""The cohort, the programmes, and the days that are compared."""

	cohort: Cohort
	programs: tuple[str, ...]
	organizations: tuple[str, ...]
	start: date
	day: date

	@property
	def is_sensitive(self) -> bool:
		"""Whether being in the list tells a special category of data."""
		return bool(self.cohort.grounds - {LOW_RESULTS})


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see, and none of a cohort that would
	tell what only a support profile says."""
	filters = filters_in(filters)
	asked = get_asked(filters)
	rows, compared = get_data(asked) if asked else ([], [])
	columns, message = get_columns(asked), _("Of the cohort at the beginning of the program or on the day.")
	chart, summary = get_chart(compared), get_summary(rows)
	if asked and asked.is_sensitive and not frappe.has_permission(PROFILE, "read"):
		message = _("Numbers alone: who is of this cohort is shown to those who may read support profiles.")
		rows = []
	return columns, rows, message, chart, summary


def get_columns(asked: Asked | None) -> list[dict]:
	of_register = [
		{"fieldname": "ground_since", "label": _("Ground Since"), "fieldtype": "Date", "width": 110},
		{
			"fieldname": "registered_at_entry",
			"label": _("On a Register at the Entry"),
			"fieldtype": "Data",
			"width": 120,
		},
		{
			"fieldname": "registered_at_exit",
			"label": _("On a Register at the Exit"),
			"fieldtype": "Data",
			"width": 120,
		},
		{"fieldname": "early", "label": _("Removed Early"), "fieldtype": "Data", "width": 110},
		{"fieldname": "again", "label": _("Registered Again"), "fieldtype": "Data", "width": 110},
	]
	is_score = {"fieldtype": "Float", "precision": 2, "width": 90}
	return [
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "place", "label": _("Position or Class"), "fieldtype": "Data", "width": 130},
		{"fieldname": "age", "label": _("Age"), "fieldtype": "Int", "width": 70},
		{"fieldname": "service", "label": _("Years of Service"), "fieldtype": "Int", "width": 90},
		*(of_register if asked and asked.is_sensitive else []),
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
		{"fieldname": "start_date", "label": _("Start Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "end_date", "label": _("End"), "fieldtype": "Date", "width": 100},
		{"fieldname": "entry_on", "label": _("Entry Measured On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "entry", "label": _("Entry"), **is_score},
		{"fieldname": "exit_on", "label": _("Exit Measured On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "exit", "label": _("Exit"), **is_score},
		{"fieldname": "change", "label": _("Change"), **is_score},
		{"fieldname": "fulfilment", "label": _("Plan Fulfilled"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "results", "label": _("Result of the Pair"), "fieldtype": "Data", "width": 240},
	]


def get_asked(filters: frappe._dict) -> Asked | None:
	"""None where there is no cohort to ask about, or no programme that the reader may see."""
	conditions = {"name": filters.program} if filters.program else {"workflow_state": "Running"}
	programs = frappe.get_list(
		"Mentoring Program",
		filters=conditions,
		fields=["name", "organization", "period_start"],
		limit_page_length=0,
	)
	cohort = cohorts_by_name().get(filters.cohort)
	if not cohort or not programs:
		return None
	day = getdate(filters.on_date)
	return Asked(
		cohort[0],
		tuple(sorted(row.name for row in programs)),
		tuple(sorted({row.organization for row in programs})),
		min(day, *(getdate(row.period_start) for row in programs)),
		day,
	)


def get_data(asked: Asked) -> tuple[list[frappe._dict], list[tuple[Measurement, Measurement]]]:
	"""A row for each mentee of the cohort, and the two measurements of those who have both."""
	mentees, pairs = _mentees(asked), _pairs(asked)
	measured = _measured(asked)
	registered = _registered(asked) if asked.is_sensitive else {}
	compared = []
	for row in mentees:
		name = row["name"]
		row["place"] = row["position"] or row["school_class"]
		row["age"] = age_on(row["birth_date"], asked.day) if row["birth_date"] else None
		row["service"] = _service(row, asked.day)
		row.update(pairs.get(name, NO_PAIR))
		if asked.is_sensitive:
			row.update(registered.get(name, {}))
		entry, last = entry_and_exit(measured[name], asked.day) if name in measured else (None, None)
		row.update(_compared(entry, last) if entry or last else NOT_MEASURED)
		if row["change"] is not None:
			compared.append((entry, last))
	return mentees, compared


def _service(row: frappe._dict, day: date) -> int | None:
	if not (row["hired_on"] or row["years_of_service"]):
		return None
	person = Person(hired_on=row["hired_on"], years_of_service=row["years_of_service"] or None)
	return years_at_work(person, day)


def _mentees(asked: Asked) -> list[frappe._dict]:
	mentee = frappe.qb.DocType("Mentee")
	query = (
		frappe.qb.from_(mentee)
		.select(
			mentee.name,
			mentee.full_name,
			mentee.position,
			mentee.school_class,
			mentee.birth_date,
			mentee.hired_on,
			mentee.years_of_service,
		)
		.where(_belongs(mentee, asked))
		.orderby(mentee.full_name)
		.orderby(mentee.name)
	)
	return listed(query, "Mentee").run(as_dict=True)


def _names(asked: Asked) -> QueryBuilder:
	mentee = frappe.qb.DocType("Mentee")
	return listed(frappe.qb.from_(mentee).select(mentee.name).where(_belongs(mentee, asked)), "Mentee")


def _belongs(mentee: Table, asked: Asked) -> Criterion:
	"""Who was there between the days, and of the cohort at the first or on the last of them."""
	bounds = replace(asked.cohort, grounds=frozenset())
	there = mentee.organization.isin(asked.organizations) & (
		mentee.joined_on.isnull() | (mentee.joined_on <= asked.day)
	)
	there &= (mentee.left_on > asked.start) | (mentee.left_on.isnull() & (mentee.workflow_state != ARCHIVED))
	there &= of_cohort(mentee, bounds, asked.start) | of_cohort(mentee, bounds, asked.day)
	if ON_REGISTER in asked.cohort.grounds:
		# who came off meanwhile is whom the comparison is about
		profile, entry = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Register Entry")
		query = frappe.qb.from_(entry).join(profile).on(entry.parent == profile.name).select(profile.mentee)
		return there & mentee.name.isin(query.where(_registered_between(entry, asked)))
	return there & of_cohort(mentee, Cohort(grounds=asked.cohort.grounds), asked.day)


def _registered_between(entry: Table, asked: Asked) -> Criterion:
	return (
		(entry.parenttype == PROFILE)
		& (entry.entered_on.isnull() | (entry.entered_on <= asked.day))
		& (entry.removed_on.isnull() | (entry.removed_on > asked.start))
	)


def _pairs(asked: Asked) -> dict[str, dict[str, Any]]:
	"""Mentee → the mentors and the whole time of the pairs, the plan furthest fulfilled, the results."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	plan = plans_fulfilled().as_("plan")
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.left_join(plan)
		.on(plan.pair == pair.name)
		.select(
			row.mentee,
			pair.mentor_name,
			pair.start_date,
			pair.end_date,
			pair.ended_on,
			plan.fulfilment,
			pair.results,
			pair.end_reason,
		)
		.where(pair.program.isin(asked.programs))
		.where(pair.workflow_state.isin(ORDERED_PAIRS))
		.where(pair.start_date <= asked.day)
		.where(row.mentee.isin(_names(asked)))
		.orderby(pair.start_date)
	)
	found: dict[str, list[frappe._dict]] = defaultdict(list)
	for one in listed(query, "Pair").run(as_dict=True):
		found[one.mentee].append(one)
	return {mentee: _joined(pairs) for mentee, pairs in found.items()}


def _joined(pairs: list[frappe._dict]) -> dict[str, Any]:
	return {
		"mentor": "; ".join(dict.fromkeys(one.mentor_name for one in pairs if one.mentor_name)),
		"start_date": pairs[0].start_date,
		"end_date": max(
			(one.ended_on or one.end_date for one in pairs if one.ended_on or one.end_date), default=None
		),
		"fulfilment": max((flt(one.fulfilment) for one in pairs if one.fulfilment is not None), default=None),
		"results": "; ".join(told for one in pairs if (told := one.results or one.end_reason)),
	}


def _measured(asked: Asked) -> dict[str, list[Measurement]]:
	assessment = frappe.qb.DocType("Competency Assessment")
	found: dict[str, list[Measurement]] = defaultdict(list)
	measured = series(
		(assessment.party_type == "Mentee")
		& assessment.program.isin(asked.programs)
		& assessment.party.isin(_names(asked))
	)
	for (_part, mentee, _program), one in measured.items():
		found[mentee] += one.measurements
	return found


def _compared(entry: Measurement | None, last: Measurement | None) -> dict[str, Any]:
	"""Both means are over the competencies that were measured both times."""
	values = {"entry_on": entry.day if entry else None, "exit_on": last.day if last else None}
	both = [one for one in entry.scores if one in last.scores] if entry and last else []
	if not both:
		means = [average(one.scores.values()) if one else None for one in (entry, last)]
		return {**values, "entry": means[0], "exit": means[1], "change": None, "outcome": NOT_TWICE}
	before, after = (average(one.scores[name] for name in both) for one in (entry, last))
	change = round(after - before, 2)
	outcome = GROWN if change > 0 else FALLEN if change < 0 else SAME
	return {**values, "entry": before, "exit": after, "change": change, "outcome": outcome}


def _registered(asked: Asked) -> dict[str, dict[str, Any]]:
	"""Mentee → since when there is a ground, and what became of the registrations between the days."""
	profile, entry = frappe.qb.DocType(PROFILE), frappe.qb.DocType("Support Register Entry")
	query = (
		frappe.qb.from_(profile)
		.left_join(entry)
		.on((entry.parent == profile.name) & _registered_between(entry, asked))
		.select(
			profile.mentee,
			profile.opened_on,
			entry.name,
			entry.entered_on,
			entry.removed_on,
			entry.removed_early,
			entry.relapse,
		)
		.where(profile.mentee.isin(_names(asked)))
	)
	found: dict[str, list[frappe._dict]] = defaultdict(list)
	for one in query.run(as_dict=True):
		found[one.mentee].append(one)
	return {mentee: _on_registers(entries, asked) for mentee, entries in found.items()}


def _on_registers(entries: list[frappe._dict], asked: Asked) -> dict[str, Any]:
	yes = _("Yes")
	listed_in = [one for one in entries if one.name]
	by_register = ON_REGISTER in asked.cohort.grounds
	since = [one.entered_on for one in listed_in] if by_register else [one.opened_on for one in entries]
	at_entry = any(not one.entered_on or one.entered_on <= asked.start for one in listed_in)
	at_exit = any(not one.removed_on or one.removed_on > asked.day for one in listed_in)
	return {
		"ground_since": min((day for day in since if day), default=None),
		"registered_at_entry": yes if at_entry else "",
		"registered_at_exit": yes if at_exit else "",
		"early": yes if any(one.removed_early for one in listed_in) else "",
		"again": yes if any(one.relapse for one in listed_in) else "",
	}


def get_chart(compared: list[tuple[Measurement, Measurement]]) -> dict | None:
	"""The mean of each competency at the entry and at the exit, over those who were measured in it both times."""
	scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
	for entry, last in compared:
		for competency in entry.scores:
			if competency in last.scores:
				scores[competency].append((entry.scores[competency], last.scores[competency]))
	if not scores:
		return None
	titles = titles_of("Mentoring Competency")
	return {
		"data": {
			"labels": [titles.get(competency, competency) for competency in scores],
			"datasets": [
				{
					"name": name,
					"values": [average(one[place] for one in both) for both in scores.values()],
				}
				for place, name in enumerate((_("Entry"), _("Exit")))
			],
		},
		"type": "bar",
	}


def get_summary(rows: list[frappe._dict]) -> list[dict]:
	outcomes = Counter(row["outcome"] for row in rows)
	told = {
		GROWN: (_("Grown"), "Green"),
		SAME: (_("The Same"), "Blue"),
		FALLEN: (_("Fallen"), "Red"),
		NOT_TWICE: (_("Not Measured Twice"), "Orange"),
	}
	return [
		{"label": _("In the Cohort"), "value": len(rows), "datatype": "Int"},
		*(
			{"label": label, "value": outcomes[outcome], "datatype": "Int", "indicator": colour}
			for outcome, (label, colour) in told.items()
		),
	]
