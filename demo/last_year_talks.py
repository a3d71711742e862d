"""The year before, where people talk: events, trainings, meetings of pairs, questionnaires filled in by their links."""

from __future__ import annotations

import math

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from demo.last_year_people import MENTEE, MENTOR
from demo.last_year_records import Year
from demo.roster import Person
from demo.staff import headcounts
from nastavnik_app.people import potential_mentors
from nastavnik_app.questionnaires import answering, invitations
from nastavnik_app.rules import questionnaires as rules

OPEN_ANSWERS = {
	"Strength": "Доброжелательные встречи",
	"Weakness": "Не хватало времени",
	"Opportunity": "Помощь предприятия-партнёра",
	"Threat": "Много контрольных весной",
}
TALKED = "Обсудили, что получилось, выбрали следующее задание"


def hold_event(
	year: Year, kind: str, title: str, people: list[dict] | None = None, **values: object
) -> Document:
	"""A held event; people are rows of its list."""
	return frappe.get_doc(
		{
			"doctype": "Mentoring Event",
			"program": year.school.program,
			"kind": kind,
			"title": title,
			"status": "Held",
			"held_on": getdate(),
			"participants": people or [],
			**values,
		}
	).insert()


def _staff(people: list[Person]) -> list[dict]:
	return [{"person_name": person.full_name, "post": person.position} for person in people]


def _all_of(year: Year, doctype: str) -> list[dict]:
	return [{"party_type": doctype, "party": person.name} for person in year.of(doctype)]


def hold_council(year: Year) -> None:
	"""All teachers but two; one of those present may become a mentor."""
	present = _staff(year.roster.teachers)
	for row in present[-2:]:
		row["absent"] = 1
	hold_event(
		year,
		"event-council",
		"О программе наставничества",
		present,
		target_group="teachers",
		protocol_number="1",
	)


def hold_class_hours(year: Year) -> None:
	"""Every class, by numbers; a senior who wants to help is noted and enters the bank."""
	counts = headcounts(year.roster)
	for group in ("pupils-under-10", "pupils-10-14", "pupils-15-19"):
		present = math.ceil(0.93 * counts[group])
		noted = [{"person_name": "Вереск Пётр Наумович", "post": "10А", "potential_mentor": 1}]
		event = hold_event(
			year,
			"event-class-hour",
			"Кто помог мне вырасти",
			noted if group == "pupils-15-19" else [],
			target_group=group,
			invited_count=counts[group],
			present_count=present,
		)
	found = potential_mentors.add_to_bank(event)
	year.volunteers += [frappe.get_doc(MENTOR, name) for name in found["added"]]


def meet_partners(year: Year, title: str) -> None:
	hold_event(
		year,
		"event-partners",
		title,
		_all_of(year, MENTOR),
		partner=year.events["partner"].name,
		place="актовый зал",
	)


def train_mentors(year: Year) -> None:
	for hours, title in ((4, "Как провести первую встречу"), (4, "План пары и обратная связь")):
		hold_event(year, "event-training", title, _all_of(year, MENTOR), hours=hours)


def hold_general_meeting(year: Year) -> None:
	hold_event(
		year,
		"event-general",
		"Общая встреча наставников и наставляемых",
		[*_all_of(year, MENTOR), *_all_of(year, MENTEE)],
	)


def go_outside(year: Year, title: str) -> None:
	senior = {"party_type": MENTOR, "party": year.person("Осокин").name}
	hold_event(
		year,
		"event-outside",
		title,
		[senior],
		level="Regional",
		applied_on=add_days(getdate(), -20),
		outcome="Диплом участника",
	)


def hold_game(year: Year) -> None:
	hold_event(
		year,
		"event-business-game",
		"Деловая игра «Вместе»",
		[*_all_of(year, MENTOR), *_all_of(year, MENTEE)],
	)


def interview(year: Year) -> None:
	for _participant, person in year.participants():
		person.reload()
		person.interviewed_on, person.interview_notes = getdate(), "К участию готов, ожидания понятны."
		person.save()


def hold_meetings(year: Year, kind: str) -> None:
	"""Each pair meets, ticks the next activity of its plan, and agrees on the next day."""
	for pair in year.pairs:
		meeting = frappe.get_doc(
			{
				"doctype": "Pair Meeting",
				"pair": pair,
				"kind": kind,
				"meeting_date": getdate(),
				"start_time": "15:00",
			}
		).insert()
		meeting.status, meeting.notes = "Held", TALKED
		if kind == "meeting-final":
			meeting.decision = "To End"
		ticked = meeting.activities if kind == "meeting-final" else meeting.activities[:3]
		for row in ticked:
			row.done, row.result = 1, "Сделано, результат виден обоим"
		meeting.save()


def ask_everybody(year: Year, *questionnaires: str) -> None:
	for questionnaire in questionnaires:
		for link in invitations.invite(questionnaire, year.school.program)["links"]:
			_answer(year, link["link"].partition("#")[2])


def ask_class_teachers(year: Year) -> None:
	"""What a class teacher knows of two of the pupils goes into their files."""
	pupils = [year.person(name).name for name in ("Полынина", "Камышов")]
	asked = invitations.invite(
		"third-party-staff", year.school.program, people=pupils, source="классный руководитель"
	)
	for link in asked["links"]:
		_answer(year, link["link"].partition("#")[2])


def _answer(year: Year, token: str) -> None:
	"""As somebody with the link does: opens the page, chooses, sends."""
	asked = answering.open_link(token)
	response = frappe.get_doc("Mentoring Questionnaire Response", {"token_hash": answering.digest(token)})
	used_for = {
		row.name: row.used_for
		for row in frappe.get_doc("Mentoring Questionnaire", response.questionnaire).questions
	}
	given = {
		question["name"]: _chosen(year, response, question, used_for[question["name"]])
		for question in asked["questions"]
	}
	submission = frappe.generate_hash(length=32)
	answering.submit_link(token, submission, {name: value for name, value in given.items() if value})


def _chosen(year: Year, response: Document, question: dict, used_for: str | None) -> object:
	kind = question["kind"]
	if kind == rules.SCALE:
		return "9" if used_for == "Satisfaction" else "8"
	if kind == rules.YES_NO:
		return rules.YES
	if kind == rules.PERSONS:
		return _wished(year, response, question)
	if kind in (rules.CHOICE, rules.SEVERAL):
		first = question["choices"][0][0]
		return [first] if kind == rules.SEVERAL else first
	return OPEN_ANSWERS.get(used_for or "", "Хочу научиться новому")


def _wished(year: Year, response: Document, question: dict) -> list[str]:
	wishes = next((one.wishes for one, record in year.participants() if record.name == response.party), ())
	names = [year.person(wish).name for wish in wishes]
	choices = [value for value, _shown in question["choices"]]
	return [name for name in names if name in choices] or choices[:1]
