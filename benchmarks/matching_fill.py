"""A school that looks for pairs: its people are the same on every site.

Where there are as many places as mentees it is the hardest to find the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import frappe

from benchmarks import fill
from nastavnik_app.pairs import candidates, matching

MENTORS = 0.3  # for each mentee
GROUPS = {"Mentor": ("teachers", "pupils-15-19"), "Mentee": ("pupils-10-14",)}
INTERESTS = tuple(f"вымышленное занятие {number}" for number in range(60))
OF_OFFERS = {"Mentor": ("Mentor Competency", "competencies"), "Mentee": ("Mentee Need", "needs")}
OF_WISHES = {"Mentor": ("Mentor Wish", "mentee", "Mentee"), "Mentee": ("Mentee Wish", "mentor", "Mentor")}


def matching_of(mentees: int) -> Any:
	"""A matching of a new school with so many mentees."""
	mentors = max(round(mentees * MENTORS), 1)
	school = fill.found_school(f"{fill.SCHOOL} для подбора")
	counts = {"Mentor": mentors, "Mentee": mentees}
	for doctype in counts:
		fill.insert(doctype, _people(doctype, counts[doctype], school.organization))
		table, field = OF_OFFERS[doctype]
		fill.insert(table, _competencies(doctype, counts[doctype], table, field))
		fill.insert("Meeting Time", _times(doctype, counts[doctype]))
		fill.insert(OF_WISHES[doctype][0], _wishes(doctype, counts))
	record = {"doctype": matching.MATCHING, "title": "Вымышленный подбор", "program": school.program}
	return frappe.get_doc({**record, "form": "teacher-pupil"}).insert()


def _name(doctype: str, number: int) -> str:
	return fill.name_of(f"matched {doctype}", number)


def _chance(what: str, doctype: str, number: int, among: int) -> int:
	return fill.chance(f"{what} {doctype}", number, among)


def _people(doctype: str, count: int, organization: str) -> Iterator[dict[str, Any]]:
	for number in range(count):
		grade = 5 + _chance("grade", doctype, number, 7)
		values = {
			"last_name": "Вымышленный",
			"first_name": "Пример",
			"full_name": f"Вымышленный Пример {number}",
			"organization": organization,
			"workflow_state": candidates.IN_BANK,
			"target_group": GROUPS[doctype][_chance("group", doctype, number, len(GROUPS[doctype]))],
			"school_class": f"{grade}А",
			"birth_date": date(2020 - grade, 3, 1) + timedelta(days=_chance("born", doctype, number, 360)),
			"interests": ", ".join(
				INTERESTS[_chance(f"interest {place}", doctype, number, len(INTERESTS))] for place in range(3)
			),
		}
		if doctype == "Mentor":
			youngest = 8 + _chance("age", doctype, number, 8)
			values |= {"capacity": 1 + _chance("capacity", doctype, number, 6)}
			values |= {"wished_age_from": youngest, "wished_age_to": youngest + 4}
		yield fill.row(f"matched {doctype}", number, **values)


def _rows(doctype: str, number: int, table: str, field: str, values: list[dict]) -> Iterator[dict[str, Any]]:
	for idx, one in enumerate(values, 1):
		place = {"parent": _name(doctype, number), "parenttype": doctype, "parentfield": field, "idx": idx}
		yield fill.row(f"matched {doctype} {table} {idx}", number, **place, **one)


def _competencies(doctype: str, count: int, table: str, field: str) -> Iterator[dict[str, Any]]:
	known = frappe.get_all("Mentoring Competency", pluck="name", order_by="name asc")
	for number in range(count):
		has = {
			known[_chance(f"competency {place}", doctype, number, len(known))]
			for place in range(1 + _chance("competencies", doctype, number, 4))
		}
		yield from _rows(doctype, number, table, field, [{"competency": one} for one in sorted(has)])


def _times(doctype: str, count: int) -> Iterator[dict[str, Any]]:
	for number in range(count):
		slots = {_chance(f"time {place}", doctype, number, 15) for place in range(3)}
		times = [
			{"weekday": candidates.DAYS[slot // 3], "part": candidates.PARTS[slot % 3]}
			for slot in sorted(slots)
		]
		yield from _rows(doctype, number, "Meeting Time", "times", times)


def _wishes(doctype: str, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
	table, field, wished = OF_WISHES[doctype]
	for number in range(counts[doctype]):
		others = {_chance(f"wish {place}", doctype, number, counts[wished]) for place in range(3)}
		wishes = [{field: _name(wished, other)} for other in sorted(others)]
		yield from _rows(doctype, number, table, "wishes", wishes)
