"""The two registers of a programme, of its mentees and of its mentors, with the columns of письмо МР-42/02.

What the reader may not see is left out. The number of queries is the same for three people and for three hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate
from pypika.queries import QueryBuilder

from nastavnik_app.permissions import listed
from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.rules.states import APPROVED_PLANS, ORDERED_PAIRS

Row = dict[str, Any]


def mentee_bank(program: str) -> list[Row]:
	"""A row for each pair of each mentee of a programme, and one for a mentee of its organization with no pair yet.

	`full_name`, `contacts` (lines; of the representatives too), `birth_year`, `request`, `joined_on`, and `pair` (see
	`_pairs`; empty without one).
	"""
	scope = _scope(program)
	if not scope:
		return []
	by_mentee = defaultdict(list)
	for pair in _pairs(scope):
		for mentee in pair["mentees"]:
			by_mentee[mentee].append(pair)
	mentees = _people("Mentee", scope, set(by_mentee), ("main_request",))
	representatives = _of_people(
		"Mentee", "Mentee Representative", scope, "full_name", "relation", "phone", "email"
	)
	needs = _competencies("Mentee", "Mentee Need", scope)
	return [
		{
			"name": mentee["name"],
			"full_name": mentee["full_name"],
			"contacts": [
				*_contacts(mentee),
				*[_representative(*one) for one in representatives[mentee["name"]]],
			],
			"birth_year": getdate(mentee["birth_date"]).year if mentee["birth_date"] else None,
			"request": mentee["main_request"] or "; ".join(needs[mentee["name"]]),
			"joined_on": mentee["joined_on"],
			"pair": pair,
		}
		for mentee in mentees
		for pair in by_mentee[mentee["name"]] or [{}]
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
	competencies = _competencies("Mentor", "Mentor Competency", scope)
	return [
		{
			"name": mentor["name"],
			"full_name": mentor["full_name"],
			"contacts": _contacts(mentor),
			"place": _place(mentor, scope),
			"competencies": "; ".join(competencies[mentor["name"]]),
			**{field: mentor[field] for field in own},
			"joined_on": mentor["joined_on"],
			"pairs": by_mentor[mentor["name"]],
		}
		for mentor in mentors
	]


def outcome(pair: Row) -> str:
	"""The results of a pair in one text: what was written at its end, and how far its plan is fulfilled."""
	planned = pair.get("fulfilment")
	parts = [
		pair.get("result"),
		_("{0}% of the plan completed").format(int(planned)) if planned is not None else "",
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
	pair, form, mentor = frappe.qb.DocType("Pair"), frappe.qb.DocType("Mentoring Form"), _placed("Mentor")
	query = (
		_of_program(scope)
		.left_join(form)
		.on(form.name == pair.form)
		.left_join(mentor)
		.on(mentor.name == pair.mentor)
		.select(
			pair.name,
			pair.mentor,
			pair.mentor_name,
			mentor.name.as_("placed"),
			mentor.workplace,
			mentor.position,
			mentor.school_class,
			form.title.as_("form"),
			pair.end_date,
			pair.ended_on,
			pair.end_reason,
			pair.results,
			pair.case_url,
			pair.workflow_state,
		)
		.orderby(pair.start_date)
		.orderby(pair.title)
	)
	mentees, fulfilment = _mentees(scope), _fulfilment(scope)
	return [
		{
			"mentor": one["mentor"],
			"mentor_name": one["mentor_name"],
			"mentor_place": _place(one, scope) if one["placed"] else "",
			"mentees": [mentee for mentee, *_about in mentees[one["name"]]],
			"mentee_names": "; ".join([name for _mentee, name, _where in mentees[one["name"]] if name]),
			"mentee_places": "; ".join(dict.fromkeys([place for *_about, place in mentees[one["name"]]])),
			"form": one["form"] or "",
			"ended_on": one["ended_on"] or one["end_date"],
			"result": one["results"] or one["end_reason"] or "",
			"case_url": one["case_url"] or "",
			"fulfilment": fulfilment.get(one["name"]),
			"state": one["workflow_state"],
		}
		for one in listed(query, "Pair").run(as_dict=True)
	]


def _placed(doctype: str) -> QueryBuilder:
	"""Where the people whom the reader may see work or study."""
	person = frappe.qb.DocType(doctype)
	fields = ["name", "position", "school_class", *(["workplace"] if doctype == "Mentor" else [])]
	query = frappe.qb.from_(person).select(*(person[field] for field in fields))
	return listed(query.where(person.name.isnotnull()), doctype).as_("person")


def _of_program(scope: Row) -> QueryBuilder:
	"""The pairs on record of the programme."""
	pair = frappe.qb.DocType("Pair")
	return (
		frappe.qb.from_(pair)
		.where(pair.program == scope["program"])
		.where(pair.workflow_state.isin(ORDERED_PAIRS))
	)


def _mentees(scope: Row) -> dict[str, list[tuple[str, str, str]]]:
	"""Pair → names of the records of its mentees, their names, and where they work or study."""
	pair, row, mentee = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee"), _placed("Mentee")
	query = (
		_of_program(scope)
		.join(row)
		.on((row.parent == pair.name) & (row.parenttype == "Pair"))
		.left_join(mentee)
		.on(mentee.name == row.mentee)
		.select(row.parent, row.mentee, row.mentee_name, mentee.name, mentee.position, mentee.school_class)
		.orderby(row.idx)
	)
	found = defaultdict(list)
	for name, record, full_name, placed, position, school_class in listed(query, "Pair").run():
		place = _place({"position": position, "school_class": school_class}, scope) if placed else ""
		found[name].append((record, full_name, place))
	return found


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
		if person["name"] in paired
		or (
			person["workflow_state"] != "Archived"
			and not (person["joined_on"] and getdate(person["joined_on"]) > getdate(scope["period_end"]))
		)
	]


def _place(person: Any, scope: Row) -> str:
	place = person.get("workplace") or scope["title"]
	return ", ".join([part for part in (place, person["position"] or person["school_class"]) if part])


def _contacts(person: Any) -> list[str]:
	return (
		[", ".join(part for part in (person["phone"], person["email"]) if part)]
		if person["phone"] or person["email"]
		else []
	)


def _representative(full_name: str, relation: str | None, phone: str | None, email: str | None) -> str:
	who = f"{full_name} ({relation})" if relation else full_name
	return ", ".join([part for part in (who, phone, email) if part])


def _competencies(doctype: str, table: str, scope: Row) -> dict[str, list[str]]:
	"""Titles of the competencies that a table lists, by the name of its record."""
	titles = titles_of("Mentoring Competency")
	rows = _of_people(doctype, table, scope, "competency")
	found = {parent: [titles.get(name, "") for (name,) in listed_in] for parent, listed_in in rows.items()}
	return defaultdict(list, found)


def _fulfilment(scope: Row) -> dict[str, float]:
	"""How far the plan of a pair is fulfilled; of several plans, the furthest."""
	plan = frappe.qb.DocType("Individual Plan")
	query = (
		frappe.qb.from_(plan)
		.select(plan.pair, plan.fulfilment)
		.where(plan.program == scope["program"])
		.where(plan.workflow_state.isin(APPROVED_PLANS))
		.orderby(plan.fulfilment)
	)
	return {name: fulfilment or 0 for name, fulfilment in listed(query, "Individual Plan").run()}


def _of_people(doctype: str, table: str, scope: Row, *fields: str) -> dict[str, list[tuple]]:
	"""Rows of a table of the organization's people, by the name of their record."""
	person, row = frappe.qb.DocType(doctype), frappe.qb.DocType(table)
	query = (
		frappe.qb.from_(row)
		.join(person)
		.on((person.name == row.parent) & (row.parenttype == doctype))
		.select(row.parent, *(row[field] for field in fields))
		.where(person.organization == scope["organization"])
		.orderby(row.idx)
	)
	return _by_first(listed(query, doctype).run())


def _by_first(rows: Iterable[tuple]) -> dict[str, list[tuple]]:
	found = defaultdict(list)
	for first, *rest in rows:
		found[first].append(tuple(rest))
	return found
