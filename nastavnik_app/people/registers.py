"""The two registers of a programme, of its mentees and of its mentors, with the columns of письмо МР-42/02.

What the reader may not see is left out. The number of queries is the same for three people and for three hundred.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

ON_RECORD = ("Assigned", "Completed", "Terminated")
WITH_FULFILMENT = ("Approved", "Completed", "Closed Incomplete")

Row = dict[str, Any]


def mentee_bank(program: str) -> list[Row]:
	"""A row for each pair of each mentee of a programme, and one for a mentee of its organization with no pair yet.

	`full_name`, `contacts` (lines; of the representatives too), `birth_year`, `request`, `joined_on`, and `pair` (see
	`_pairs`; empty without one).
	"""
	scope = _scope(program)
	if not scope:
		return []
	pairs = _pairs(scope)
	by_mentee = defaultdict(list)
	for pair in pairs:
		for mentee in pair["mentees"]:
			by_mentee[mentee].append(pair)
	mentees = _people("Mentee", scope, set(by_mentee), ("main_request",))
	names = [mentee.name for mentee in mentees]
	representatives = _by_parent("Mentee Representative", names, "full_name", "relation", "phone", "email")
	needs = _competencies("Mentee Need", names)
	return [
		{
			"name": mentee.name,
			"full_name": mentee.full_name,
			"contacts": [*_contacts(mentee), *[_representative(row) for row in representatives[mentee.name]]],
			"birth_year": getdate(mentee.birth_date).year if mentee.birth_date else None,
			"request": mentee.main_request or "; ".join(needs[mentee.name]),
			"joined_on": mentee.joined_on,
			"pair": pair,
		}
		for mentee in mentees
		for pair in by_mentee[mentee.name] or [{}]
	]


def mentor_bank(program: str) -> list[Row]:
	"""A row for each mentor of a programme, and for one of its organization who has no pair yet.

	`full_name`, `contacts` (lines), `place`, `competencies`, `achievements`, `interests`, `wished_age`,
	`available_time`, `joined_on`, and `pairs` (see `_pairs`).
	"""
	scope = _scope(program)
	if not scope:
		return []
	by_mentor = defaultdict(list)
	for pair in _pairs(scope):
		by_mentor[pair["mentor"]].append(pair)
	own = ("achievements", "interests", "wished_age", "available_time")
	mentors = _people("Mentor", scope, set(by_mentor), own)
	competencies = _competencies("Mentor Competency", [mentor.name for mentor in mentors])
	return [
		{
			"name": mentor.name,
			"full_name": mentor.full_name,
			"contacts": _contacts(mentor),
			"place": _place(mentor, scope),
			"competencies": "; ".join(competencies[mentor.name]),
			**{field: mentor[field] for field in own},
			"joined_on": mentor.joined_on,
			"pairs": by_mentor[mentor.name],
		}
		for mentor in mentors
	]


def outcome(pair: Row) -> str:
	"""The results of a pair in one text: what was written at its end, and how far its plan is fulfilled."""
	planned = pair.get("fulfilment")
	parts = [
		pair.get("result"),
		_("{0}% of the plan completed").format(round(planned)) if planned is not None else "",
	]
	return "; ".join(part for part in parts if part)


def _scope(program: str) -> Row | None:
	"""`program`, its `organization` with `title`, `period_end`; None where the reader may not see the programme."""
	found = frappe.get_list(
		"Mentoring Program", filters={"name": program}, fields=["name", "organization", "period_end"]
	)
	if not found:
		return None
	title = frappe.db.get_value("Educational Organization", found[0].organization, "title")
	return {**found[0], "program": program, "title": title}


def _pairs(scope: Row) -> list[Row]:
	"""The pairs that orders have brought about: `mentor`, `mentor_name`, `mentor_place`, `mentees` (names of records),
	`mentee_names`, `mentee_places`, `form` (title), `ended_on` (or when it is to end), `result`, `case_url` of the
	case on the website, `fulfilment` of the plan in per cent (or None), `state`."""
	pairs = frappe.get_list(
		"Pair",
		filters={"program": scope["program"], "workflow_state": ["in", ON_RECORD]},
		fields=[
			"name",
			"mentor",
			"mentor_name",
			"form",
			"end_date",
			"ended_on",
			"end_reason",
			"results",
			"case_url",
			"workflow_state",
		],
		order_by="start_date asc, title asc",
		limit_page_length=0,
	)
	names = [pair.name for pair in pairs]
	mentees = _by_parent("Pair Mentee", names, "mentee", "mentee_name")
	listed = [row.mentee for rows in mentees.values() for row in rows]
	places = {**_places("Mentor", [pair.mentor for pair in pairs], scope), **_places("Mentee", listed, scope)}
	forms = _titles("Mentoring Form")
	fulfilment = _fulfilment(names)
	return [
		{
			"mentor": pair.mentor,
			"mentor_name": pair.mentor_name,
			"mentor_place": places.get(pair.mentor, ""),
			"mentees": [row.mentee for row in mentees[pair.name]],
			"mentee_names": "; ".join(row.mentee_name for row in mentees[pair.name] if row.mentee_name),
			"mentee_places": "; ".join(
				dict.fromkeys(places.get(row.mentee, "") for row in mentees[pair.name])
			),
			"form": forms.get(pair.form, ""),
			"ended_on": pair.ended_on or pair.end_date,
			"result": pair.results or pair.end_reason or "",
			"case_url": pair.case_url or "",
			"fulfilment": fulfilment.get(pair.name),
			"state": pair.workflow_state,
		}
		for pair in pairs
	]


def _people(doctype: str, scope: Row, paired: set[str], own: tuple[str, ...]) -> list[Any]:
	"""Those with a pair of the programme, and those of its organization who were there by its end and still are."""
	fields = ["name", "full_name", "phone", "email", "birth_date", "joined_on", "position", "school_class"]
	if doctype == "Mentor":
		fields.append("workplace")
	people = frappe.get_list(
		doctype,
		filters={"organization": scope["organization"]},
		fields=[*fields, "workflow_state", *own],
		order_by="full_name asc, name asc",
		limit_page_length=0,
	)
	return [
		person
		for person in people
		if person.name in paired
		or (
			person.workflow_state != "Archived"
			and not (person.joined_on and getdate(person.joined_on) > getdate(scope["period_end"]))
		)
	]


def _places(doctype: str, names: list[str], scope: Row) -> dict[str, str]:
	"""Where people work or study, by the name of their record."""
	fields = ["name", "position", "school_class", *(["workplace"] if doctype == "Mentor" else [])]
	people = frappe.get_list(
		doctype, filters={"name": ["in", [*names, ""]]}, fields=fields, limit_page_length=0
	)
	return {person.name: _place(person, scope) for person in people}


def _place(person: Any, scope: Row) -> str:
	place = person.get("workplace") or scope["title"]
	return ", ".join(part for part in (place, person.position or person.school_class) if part)


def _contacts(person: Any) -> list[str]:
	return (
		[", ".join(part for part in (person.phone, person.email) if part)]
		if person.phone or person.email
		else []
	)


def _representative(row: Any) -> str:
	relation = f" ({row.relation})" if row.relation else ""
	return ", ".join(part for part in (f"{row.full_name}{relation}", row.phone, row.email) if part)


def _competencies(table: str, parents: list[str]) -> dict[str, list[str]]:
	"""Titles of the competencies that a table lists, by the name of its record."""
	titles = _titles("Mentoring Competency")
	rows = _by_parent(table, parents, "competency")
	found = {parent: [titles.get(row.competency, "") for row in listed] for parent, listed in rows.items()}
	return defaultdict(list, found)


def _fulfilment(pairs: list[str]) -> dict[str, float]:
	"""How far the plan of a pair is fulfilled; of several plans, the furthest."""
	plans = frappe.get_list(
		"Individual Plan",
		filters={"pair": ["in", [*pairs, ""]], "workflow_state": ["in", WITH_FULFILMENT]},
		fields=["pair", "fulfilment"],
		order_by="fulfilment asc",
		limit_page_length=0,
	)
	return {plan.pair: plan.fulfilment or 0 for plan in plans}


def _titles(doctype: str) -> dict[str, str]:
	return {row.name: row.title for row in frappe.get_all(doctype, fields=["name", "title"])}


def _by_parent(table: str, parents: list[str], *fields: str) -> dict[str, list[Any]]:
	"""Rows of a table of records that the reader sees, by the name of the record."""
	rows = frappe.get_all(
		table, filters={"parent": ["in", [*parents, ""]]}, fields=["parent", *fields], order_by="idx asc"
	)
	found = defaultdict(list)
	for row in rows:
		found[row.parent].append(row)
	return found
