"""The orders of the school's year, one of each kind: those of the beginning, those after the pairs, those that wait."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from demo import orders, papers
from demo.people import FORM_OF_GROUPS, FORM_OF_WORKERS, Records
from demo.roster import Roster
from demo.staff import School, working_day
from nastavnik_app.documents.template_methods import day_in_figures, day_in_words, name_in_case
from nastavnik_app.orders import drafting
from nastavnik_app.people import mentor_duty

DEPUTY = "Заместитель директора по учебной работе"
HEADMEN = ("Методист", "Педагог-психолог", "Социальный педагог", "Учитель технологии")


def appoint_curator(school: School, roster: Roster) -> Document:
	curator = roster.holder_of(DEPUTY)
	values = {"curator": school.logins["curator"], "curator_name": curator.full_name}
	return orders.sign(school, orders.make(school, "appoint-curator", **values))


def create_working_group(school: School, roster: Roster) -> Document:
	order = orders.make(school, "working-group")
	duties = ["руководитель рабочей группы", "секретарь рабочей группы", *["член рабочей группы"] * 3]
	people = [roster.holder_of(post) for post in (DEPUTY, *HEADMEN)]
	rows = [orders.cells(person, cell_3=duty) for person, duty in zip(people, duties, strict=True)]
	terms = [day_in_words(add_days(working_day(), days)) for days in (7, 14)]
	order = orders.sign(school, orders.complete(order, *terms, rows=rows))
	return orders.collect_signatures(order)


def start_program(school: School) -> Document:
	"""With the regulation, the programme and the roadmap annexed: signing approves them."""
	return orders.sign(school, orders.make(school, "start-program"))


def arrange_year(school: School, roster: Roster) -> list[Document]:
	"""Monitoring, accessibility, training, the contest, the form of plans, the first meeting of all."""
	drafts = [
		_teacher_regulation(school),
		_monitoring(school, roster),
		orders.make(school, "accessibility"),
		_mentor_school(school),
		_contest(school, roster),
		orders.make(school, "approve-plan-form"),
		_general_meeting(school),
	]
	return [orders.sign(school, draft) for draft in drafts]


def _teacher_regulation(school: School) -> Document:
	order = orders.make(school, "approve-teacher-regulation")
	return orders.complete(order, day_in_words(add_days(working_day(), -5)), "3")


def _monitoring(school: School, roster: Roster) -> Document:
	keeper = roster.holder_of("Учитель технологии")
	named = f"{name_in_case(keeper.full_name, 'accusative')}, учителя технологии"
	return orders.complete(orders.make(school, "monitoring-terms"), named)


def _mentor_school(school: School) -> Document:
	order = orders.make(school, "mentor-school")
	days = [day_in_figures(add_days(working_day(), 3 + 7 * number)) for number in range(len(order.list_rows))]
	return orders.complete(order, rows=[{"cell_2": day} for day in days])


def _contest(school: School, roster: Roster) -> Document:
	order = orders.make(school, "contest")
	people = [
		roster.holder_of(post) for post in ("Директор", "Методист", "Педагог-психолог", "Учитель музыки")
	]
	days = ("1 февраля 2027 г.", "31 марта 2027 г.", "10 апреля 2027 г.")
	return orders.complete(order, *days, rows=[orders.cells(person) for person in people])


def _general_meeting(school: School) -> Document:
	points = (
		f"Провести {day_in_words(add_days(working_day(), 2))} в 15:00 в актовом зале общую встречу наставников "
		"и наставляемых.",
		"Куратору программы подготовить сценарий встречи и анкеты участников.",
		"Классным руководителям сообщить о встрече законным представителям учеников.",
	)
	return orders.make(
		school,
		"other",
		heading="О проведении общей встречи наставников и наставляемых",
		points=[{"text": text} for text in points],
	)


def charge_mentors(school: School, assigned: papers.Pairs) -> Document:
	"""The duty and the extra pay of those who mentor other workers."""
	pairs = [pair for pair, match in assigned.items() if match.form == FORM_OF_WORKERS]
	return orders.sign(school, orders.make(school, "mentor-duties", "Pair", pairs))


def replace_mentor(school: School, assigned: papers.Pairs, records: Records) -> Document:
	"""The longest-serving mentor takes over a group that fits into the places left."""
	mentor = next(match.mentor for match in assigned.values() if match.form == FORM_OF_WORKERS)
	fits = (
		pair
		for pair, match in assigned.items()
		if match.form == FORM_OF_GROUPS and len(match.mentees) < mentor.places
	)
	reason = "заявление наставника о прекращении работы с группой"
	return orders.sign(school, drafting.replace_mentor(next(fits), records[mentor][1], reason))


def plan_final_event(school: School, roster: Roster) -> Document:
	order = orders.make(school, "final-event")
	posts = (DEPUTY, "Социальный педагог", "Учитель технологии", "Педагог-психолог", "Учитель информатики")
	terms = ("01.05.2027", "15.05.2027", "19.05.2027", "25.05.2027", "28.05.2027")
	rows = [
		orders.cells(roster.holder_of(post), cell_4=f"до {term}")
		for post, term in zip(posts, terms, strict=True)
	]
	said = ("20 мая 2027 г., 15:00", "актовый зал", "встреча «Что мы сумели вместе»")
	return orders.sign(school, orders.complete(order, *said, rows=rows))


def leave_waiting(school: School, assigned: papers.Pairs) -> list[Document]:
	"""Two orders that the director has not signed yet, and three that the curator has begun."""
	return [
		orders.send(school, orders.make(school, "approve-regulation")),
		orders.send(school, orders.make(school, "approve-roadmap")),
		_early_end(school, assigned),
		orders.make(school, "close-program"),
		orders.make(school, "next-roadmap"),
	]


def _early_end(school: School, assigned: papers.Pairs) -> Document:
	"""A mentor of a worker has given notice: the duty ends when its working days have passed."""
	name = [pair for pair, match in assigned.items() if match.form == FORM_OF_WORKERS][-1]
	pair = frappe.get_doc("Pair", name)
	pair.notice_given_on, pair.ended_on = getdate(), mentor_duty.last_day_after(getdate())
	pair.end_reason = "переход наставника на неполное рабочее время"
	pair.save()
	reason = f"заявление наставника от {day_in_figures(pair.notice_given_on)}"
	return orders.make(school, "terminate-pairs", "Pair", [name], ended_on=pair.ended_on, reason=reason)
