"""What the reports read beside the people and their pairs: plans, meetings, orders, assessments, answers, events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import frappe

from benchmarks.fill import (
	GROUP,
	ROWS,
	Place,
	chance,
	fill_tables,
	insert,
	kind_of,
	mentors_among,
	name_of,
	name_parts,
	place_of,
	row,
)

Rows = Iterator[dict[str, Any]]

STARTED, ENDS = date(2026, 9, 1), date(2027, 5, 31)
ENTRY, EXIT = date(2026, 9, 20), date(2026, 11, 15)
QUESTIONNAIRE = "exit-mentee"
COMPETENCIES = ("communication", "leadership", "learning-skills")
REASON = "Вымышленная причина: свободных мест не осталось"


def fill(participants: int) -> None:
	"""Brings the site to this many participants, with everything that a report counts."""
	fill_tables(participants, {**ROWS, **REPORTED})
	prepare()


def prepare() -> None:
	"""Every programme runs, and every school says how many people its groups count."""
	programs = frappe.get_all("Mentoring Program", filters={"workflow_state": "Draft"}, pluck="name")
	for name in programs:
		frappe.db.set_value("Mentoring Program", name, "workflow_state", "Running")
	counted = set(frappe.get_all("Mentoring Headcount", pluck="parent"))
	schools = frappe.get_all(
		"Educational Organization", filters={"organization_type": "School"}, pluck="name"
	)
	insert("Mentoring Headcount", headcounts([name for name in schools if name not in counted]))
	frappe.db.commit()  # nosemgrep: frappe-manual-commit (a filler is no request)


def headcounts(schools: Sequence[str]) -> Rows:
	for place, school in enumerate(schools):
		for idx, (group, number) in enumerate((("teachers", 60), ("pupils-10-14", 500)), 1):
			about = of(school, "Educational Organization", "headcounts", idx)
			values = {"target_group": group, "on_date": STARTED, "headcount": number}
			yield row(f"Headcount of {school}", place * 2 + idx, **about, **values)


def of(parent: str, parenttype: str, parentfield: str, idx: int) -> dict[str, Any]:
	"""Whose row it is."""
	return {"parent": parent, "parenttype": parenttype, "parentfield": parentfield, "idx": idx}


def person(number: int) -> dict[str, str]:
	return {"party_type": kind_of(number), "party": name_of(kind_of(number), number)}


def full_name(number: int) -> str:
	return " ".join(name_parts(number))


def in_pairs(numbers: Sequence[int]) -> Iterator[int]:
	"""The mentor of each group and the two mentees of the pair."""
	for number in mentors_among(numbers):
		yield from (number, number + 1, number + 2)


def of_program(number: int, places: list[Place]) -> dict[str, str]:
	place = place_of(number, places)
	return {"program": place.program, "organization": place.organization}


def _activities(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		for idx in range(1, 5):
			due = STARTED + timedelta(days=30 * idx + chance("activity due", number, 20))
			yield row(
				"Plan Activity",
				number + idx,
				**of(name_of("Individual Plan", number), "Individual Plan", "activities", idx),
				activity=f"Вымышленное занятие № {idx}",
				due_date=due,
				done_on=due if idx <= chance("activities done", number, 5) else None,
			)


def _meetings(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		for idx in range(3):
			yield row(
				"Pair Meeting",
				number + idx,
				**of_program(number, places),
				title=f"Встреча: {full_name(number)}",
				pair=name_of("Pair", number),
				kind="meeting-joint-work",
				status=("Held", "Held", "Planned", "Cancelled")[chance("meeting", number + idx, 4)],
				meeting_date=STARTED + timedelta(days=14 + 20 * idx + chance("met", number + idx, 15)),
			)


def _orders(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		yield row(
			"Mentoring Order",
			number,
			**of_program(number, places),
			docstatus=1,
			order_type="assign-pairs",
			heading="О закреплении наставнических пар",
			effect="Assign Pairs",
			workflow_state="Signed",
			order_number=f"{number}-н",
			order_date=STARTED + timedelta(days=chance("order", number, 60)),
			signatory_name="Вымышленный директор",
			signed_on_paper=chance("on paper", number, 2),
		)


def _acknowledgements(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in in_pairs(numbers):
		parent = name_of("Mentoring Order", number - number % GROUP)
		yield row(
			"Mentoring Order Acknowledgement",
			number,
			**of(parent, "Mentoring Order", "acknowledgements", 1 + number % GROUP),
			person_name=full_name(number),
			acknowledged_on=STARTED if chance("has read", number, 2) else None,
		)


def _kinds(number: int) -> tuple[str, ...]:
	"""Of one in four the exit is still due."""
	return ("Entry", "Exit") if chance("exit", number, 4) else ("Entry",)


def _assessments(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in in_pairs(numbers):
		for kind in _kinds(number):
			yield row(
				f"Competency Assessment {kind}",
				number,
				**of_program(number, places),
				**person(number),
				person_name=full_name(number),
				kind=kind,
				assessed_on=ENTRY if kind == "Entry" else EXIT,
			)


def _scores(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in in_pairs(numbers):
		for kind in _kinds(number):
			for idx, competency in enumerate(COMPETENCIES, 1):
				parent = name_of(f"Competency Assessment {kind}", number)
				yield row(
					f"Competency Score {kind} {idx}",
					number,
					**of(parent, "Competency Assessment", "scores", idx),
					competency=competency,
					score=1 + chance(f"score {kind} {competency}", number, 10),
				)


def _supported(numbers: Sequence[int]) -> Iterator[int]:
	"""A mentee of each pair."""
	return (number + 1 for number in mentors_among(numbers))


def _profiles(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in _supported(numbers):
		yield row(
			"Mentee Support Profile",
			number,
			organization=place_of(number, places).organization,
			mentee=name_of("Mentee", number),
			mentee_name=full_name(number),
			opened_on=STARTED,
			underachieving=chance("underachieving", number, 2),
			hard_life=chance("hard life", number, 2),
		)


def _registrations(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in _supported(numbers):
		came_off = chance("came off", number, 3) == 0
		yield row(
			"Support Register Entry",
			number,
			**of(name_of("Mentee Support Profile", number), "Mentee Support Profile", "registers", 1),
			register="Внутришкольный учёт",
			kept_by="School",
			entered_on=STARTED - timedelta(days=chance("entered", number, 300)),
			removed_on=EXIT if came_off else None,
			removed_early=int(came_off),
		)


def _support_measures(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in _supported(numbers):
		yield row(
			"Support Measure",
			number,
			**of(name_of("Mentee Support Profile", number), "Mentee Support Profile", "measures", 1),
			specialist="Вымышленный психолог",
			measure="Вымышленная мера",
			accessibility=1,
			due_date=EXIT,
			result="Выполнено" if chance("measure", number, 2) else None,
		)


def _events(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		yield row(
			"Mentoring Event",
			number,
			**of_program(number, places),
			title=f"Вымышленное событие № {number}",
			kind=("event-council", "event-training")[chance("event", number, 2)],
			held_on=STARTED + timedelta(days=chance("held", number, 80)),
			status="Held",
			hours=2 * chance("event", number, 2),
			invited_count=GROUP,
			present_count=GROUP - 1,
			target_group="pupils-10-14",
			share_covered=1.8,
		)


def _present(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in numbers:
		parent = name_of("Mentoring Event", number - number % GROUP)
		yield row(
			"Mentoring Event Participant",
			number,
			**of(parent, "Mentoring Event", "participants", 1 + number % GROUP),
			**person(number),
			person_name=full_name(number),
			absent=int(number % GROUP == 9),
			potential_mentor=int(number % GROUP == 0),
		)


def _responses(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in in_pairs(numbers):
		yield row(
			"Mentoring Questionnaire Response",
			number,
			**of_program(number, places),
			**person(number),
			questionnaire=QUESTIONNAIRE,
			person_name=full_name(number),
			status="Answered",
			answered_at=datetime(2026, 11, 16, 10),
		)


def _answers(numbers: Sequence[int], _places: list[Place]) -> Rows:
	questions = frappe.get_all(
		"Questionnaire Question",
		filters={"parent": QUESTIONNAIRE, "answer_kind": ["in", ["Scale 1-10", "Yes or No"]]},
		fields=["name", "question", "answer_kind", "used_for"],
		order_by="idx asc",
	)
	for number in in_pairs(numbers):
		parent = name_of("Mentoring Questionnaire Response", number)
		for idx, question in enumerate(questions[4:], 1):
			is_scale = question.answer_kind == "Scale 1-10"
			given = 1 + chance("grade", number, 10) if is_scale else chance("word", number, 2)
			yield row(
				f"Questionnaire Answer {idx}",
				number,
				**of(parent, "Mentoring Questionnaire Response", "answers", idx),
				question_row=question.name,
				question=question.question,
				answer_kind=question.answer_kind,
				used_for=question.used_for,
				answer=str(given) if is_scale else ("Нет", "Да")[given],
				number=given,
			)


def _publications(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		day = STARTED + timedelta(days=chance("published", number, 80))
		yield row(
			"Mentoring Publication",
			number,
			**of_program(number, places),
			title=f"Вымышленная заметка № {number}",
			kind="publication-site",
			rubric=f"Рубрика {number // GROUP % 5}",
			status="Published",
			planned_on=day,
			published_on=day,
		)


def _matchings(numbers: Sequence[int], places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		yield row(
			"Pair Matching",
			number,
			**of_program(number, places),
			title=f"Подбор № {number}",
			form="teacher-pupil",
			matched_at=datetime(2026, 9, 10, 10),
		)


def _leftovers(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in mentors_among(numbers):
		for idx in (3, 4, 5):
			yield row(
				"Pair Matching Leftover",
				number + idx,
				**of(name_of("Pair Matching", number), "Pair Matching", "unmatched", idx),
				**person(number + idx),
				person_name=full_name(number + idx),
				reason=REASON,
			)


def _competencies(table: str, doctype: str, field: str, numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in numbers:
		if kind_of(number) == doctype:
			for idx in (1, 2):
				place = (chance("competency", number, 3) + idx) % len(COMPETENCIES)
				yield row(
					f"{table} {idx}",
					number,
					**of(name_of(doctype, number), doctype, field, idx),
					competency=COMPETENCIES[place],
				)


def _representatives(numbers: Sequence[int], _places: list[Place]) -> Rows:
	for number in numbers:
		if kind_of(number) == "Mentee":
			yield row(
				"Mentee Representative",
				number,
				**of(name_of("Mentee", number), "Mentee", "representatives", 1),
				full_name=f"Вымышленный родитель № {number}",
				relation="мать",
				phone="+7 900 000-00-00",
			)


REPORTED = {
	"Plan Activity": _activities,
	"Pair Meeting": _meetings,
	"Mentoring Order": _orders,
	"Mentoring Order Acknowledgement": _acknowledgements,
	"Competency Assessment": _assessments,
	"Competency Score": _scores,
	"Mentee Support Profile": _profiles,
	"Support Register Entry": _registrations,
	"Support Measure": _support_measures,
	"Mentoring Event": _events,
	"Mentoring Event Participant": _present,
	"Mentoring Questionnaire Response": _responses,
	"Questionnaire Answer": _answers,
	"Mentoring Publication": _publications,
	"Pair Matching": _matchings,
	"Pair Matching Leftover": _leftovers,
	"Mentor Competency": partial(_competencies, "Mentor Competency", "Mentor", "competencies"),
	"Mentee Need": partial(_competencies, "Mentee Need", "Mentee", "needs"),
	"Mentee Representative": _representatives,
}
