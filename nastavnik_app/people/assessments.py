"""Assessments of competencies: what a person is assessed in, and the series of whole programs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import groupby

import frappe
from frappe.utils import flt, getdate

from nastavnik_app.rules.growth import Measurement

Key = tuple[str, str, str]  # party type, party, program
AT_WORK = ("Assigned", "Completed")  # states of a pair whose people are assessed


def competencies_of(party_type: str, party: str) -> list[dict[str, str]]:
	"""`name` and `title` of the competencies of the person's last assessment.

	Before the first one: of a mentee the needs; of a mentor what is offered, and the readiness to be a mentor.
	"""
	names = _of_the_last(party_type, party) or _of_the_person(party_type, party)
	titles = dict(
		frappe.get_all(
			"Mentoring Competency",
			filters={"name": ["in", [*names, ""]]},
			fields=["name", "title"],
			as_list=True,
		)
	)
	return [{"name": name, "title": titles[name]} for name in names]


def _of_the_last(party_type: str, party: str) -> list[str]:
	person = {"party_type": party_type, "party": party}
	last = frappe.get_all(
		"Competency Assessment",
		filters=person,
		order_by="assessed_on desc, creation desc",
		pluck="name",
		limit=1,
	)
	rows = {"parent": ["in", [*last, ""]], "parenttype": "Competency Assessment"}
	return frappe.get_all("Competency Score", filters=rows, pluck="competency", order_by="idx asc")


def _of_the_person(party_type: str, party: str) -> list[str]:
	table = "Mentor Competency" if party_type == "Mentor" else "Mentee Need"
	rows = {"parent": party, "parenttype": party_type}
	names = frappe.get_all(table, filters=rows, pluck="competency", order_by="idx asc")
	if party_type == "Mentor":
		readiness = {"area": ["is", "set"], "disabled": 0}
		names += frappe.get_all(
			"Mentoring Competency", filters=readiness, pluck="name", order_by="creation asc"
		)
	return list(dict.fromkeys(name for name in names if name))


def series(programs: Collection[str], visible: Collection[str]) -> dict[Key, list[Measurement]]:
	"""The measurements of the programs, by person, with their scores; of those assessments that are `visible`."""
	assessment, score = frappe.qb.DocType("Competency Assessment"), frappe.qb.DocType("Competency Score")
	rows = (
		frappe.qb.from_(assessment)
		.join(score)
		.on((score.parent == assessment.name) & (score.parenttype == "Competency Assessment"))
		.select(
			assessment.name,
			assessment.party_type,
			assessment.party,
			assessment.program,
			assessment.kind,
			assessment.assessed_on,
			score.competency,
			score.score,
		)
		.where(assessment.program.isin([*programs, ""]))
		.orderby(assessment.assessed_on)
		.orderby(assessment.name)
		.orderby(score.idx)
		.run()
	)
	shown, found = set(visible), defaultdict(list)
	for (name, *key, kind, day), scored in groupby(rows, key=lambda row: row[:6]):
		if name in shown:
			scores = {competency: flt(value) for *_about, competency, value in scored}
			found[tuple(key)].append(Measurement(kind, getdate(day), scores))
	return dict(found)


def participants(programs: Collection[str]) -> dict[Key, date | None]:
	"""Everybody in a pair at work, or completed, of the programs → the last day of that work, None where it is open."""
	pair, mentee = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	rows = (
		frappe.qb.from_(pair)
		.join(mentee)
		.on((mentee.parent == pair.name) & (mentee.parenttype == "Pair"))
		.select(pair.program, pair.mentor, mentee.mentee, pair.end_date, pair.ended_on)
		.where(pair.program.isin([*programs, ""]))
		.where(pair.workflow_state.isin(AT_WORK))
		.run()
	)
	found: dict[Key, date | None] = {}
	for program, mentor, pupil, end, ended in rows:
		last = getdate(ended or end) if ended or end else None
		for key in (("Mentor", mentor, program), ("Mentee", pupil, program)):
			# who works in several pairs works until the last of them
			open_ended = last is None or (key in found and found[key] is None)
			found[key] = None if open_ended else max(last, found.get(key) or last)
	return {key: day for key, day in found.items() if key[1]}
