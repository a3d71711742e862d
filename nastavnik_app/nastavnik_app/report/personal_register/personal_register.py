"""Everybody who takes part in the school year by a day: mentors and mentees, their pairs and consents."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.consents import PROCESSING, holds_on
from nastavnik_app.permissions import listed
from nastavnik_app.rules.school_year import FIRST_MONTH
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import ARCHIVED, ORDERED_PAIRS

NO_PAIR = {"form": "", "partner": "", "pair_state": ""}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	rows = get_data(filters, getdate(filters.on_date))
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "number", "label": _("No."), "fieldtype": "Int", "width": 60},
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 120},
		{"fieldname": "target_group", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "place", "label": _("Position or Class"), "fieldtype": "Data", "width": 140},
		{"fieldname": "birth_date", "label": _("Birth Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "joined_on", "label": _("Joined On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "left_on", "label": _("Left On"), "fieldtype": "Date", "width": 100},
		{"fieldname": "form", "label": _("Form of Mentoring"), "fieldtype": "Data", "width": 150},
		{"fieldname": "partner", "label": _("Mentor or Mentees"), "fieldtype": "Data", "width": 240},
		{"fieldname": "consent", "label": _("Consent"), "fieldtype": "Data", "width": 110},
		{"fieldname": "pair_state", "label": _("Status of the Pair"), "fieldtype": "Data", "width": 130},
	]


def get_data(filters: frappe._dict, day: date) -> list[dict]:
	organization, since = _span(filters, day)
	pairs = _pairs(filters.program, since, day)
	valid, missing = _("Valid"), _("Missing")
	rows: list[dict] = []
	for doctype in PEOPLE:
		part = _(doctype)
		for row in _people(doctype, organization, filters.group, since, day):
			row.update(
				number=len(rows) + 1,
				doctype=doctype,
				part=part,
				place=row["position"] or row["school_class"],
				consent=valid if row["covered"] else missing,
				**pairs.get((doctype, row["name"]), NO_PAIR),
			)
			rows.append(row)
	return rows


def _span(filters: frappe._dict, day: date) -> tuple[str | None, date]:
	"""The organization asked for, and the first day of the programme or of the school year."""
	if filters.program:
		program = frappe.get_cached_doc("Mentoring Program", filters.program)
		return program.organization, getdate(program.period_start)
	return filters.organization, date(day.year - (day.month < FIRST_MONTH), FIRST_MONTH, 1)


def _people(doctype: str, organization: str | None, group: str | None, since: date, day: date) -> list:
	person, target_group, consent = (
		frappe.qb.DocType(name) for name in (doctype, "Mentoring Target Group", "Consent")
	)
	covered = (
		frappe.qb.from_(consent)
		.select(consent.party)
		.distinct()
		.where(consent.party_type == doctype)
		.where(holds_on(consent, PROCESSING, day))
		.as_("covered")
	)
	query = (
		frappe.qb.from_(person)
		.left_join(target_group)
		.on(target_group.name == person.target_group)
		.left_join(covered)
		.on(covered.party == person.name)
		.select(
			person.name,
			person.full_name,
			target_group.title.as_("target_group"),
			person.position,
			person.school_class,
			person.birth_date,
			person.joined_on,
			person.left_on,
			covered.party.as_("covered"),
		)
		.where(person.joined_on.isnull() | (person.joined_on <= day))
		.where((person.left_on >= since) | (person.left_on.isnull() & (person.workflow_state != ARCHIVED)))
		.orderby(person.full_name)
		.orderby(person.name)
	)
	for field, value in (("organization", organization), ("target_group", group)):
		if value:
			query = query.where(person[field] == value)
	return listed(query, doctype).run(as_dict=True)


def _pairs(program: str | None, since: date, day: date) -> dict[tuple[str, str], dict[str, str]]:
	"""By part and name of a person: the forms, the others and the states of the pairs of those days."""
	pair, row, form = (frappe.qb.DocType(name) for name in ("Pair", "Pair Mentee", "Mentoring Form"))
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.left_join(form)
		.on(form.name == pair.form)
		.select(pair.mentor, pair.mentor_name, row.mentee, row.mentee_name, form.title, pair.workflow_state)
		.where(pair.workflow_state.isin(ORDERED_PAIRS))
		.where(pair.start_date <= day)
		.where(pair.ended_on.isnull() | (pair.ended_on >= since))
		.orderby(pair.start_date)
		.orderby(row.idx)
	)
	if program:
		query = query.where(pair.program == program)
	found: dict[tuple[str, str], list[tuple]] = defaultdict(list)
	for mentor, mentor_name, mentee, mentee_name, title, state in listed(query, "Pair").run():
		found["Mentor", mentor].append((title, mentee_name, state))
		found["Mentee", mentee].append((title, mentor_name, state))
	told = {state: _(state) for state in ORDERED_PAIRS}
	return {person: _joined(parts, told) for person, parts in found.items()}


def _joined(pairs: list[tuple], told: dict[str, str]) -> dict[str, str]:
	titles, partners, states = zip(*pairs, strict=True)
	return {
		"form": "; ".join(dict.fromkeys(title for title in titles if title)),
		"partner": "; ".join(dict.fromkeys(partner for partner in partners if partner)),
		"pair_state": "; ".join(dict.fromkeys(told[state] for state in states)),
	}


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	counts = Counter((row["target_group"] or _("Without a group"), row["doctype"]) for row in rows)
	groups = list(dict.fromkeys(group for group, _doctype in counts))
	names = {"Mentor": _("Mentors"), "Mentee": _("Mentees")}
	return {
		"data": {
			"labels": groups,
			"datasets": [
				{"name": names[doctype], "values": [counts[group, doctype] for group in groups]}
				for doctype in PEOPLE
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	parts = Counter(row["doctype"] for row in rows)
	return [
		{"label": _("Participants"), "value": len(rows), "datatype": "Int"},
		{"label": _("Mentors"), "value": parts["Mentor"], "datatype": "Int"},
		{"label": _("Mentees"), "value": parts["Mentee"], "datatype": "Int"},
		{
			"label": _("In Pairs"),
			"value": sum(1 for row in rows if row["pair_state"]),
			"datatype": "Int",
			"indicator": "Green",
		},
		{
			"label": _("Without a Valid Consent"),
			"value": sum(1 for row in rows if not row["covered"]),
			"datatype": "Int",
			"indicator": "Red",
		},
	]
