"""Events with their protocols, awards, a support card, what stands on the site, and an act of destruction."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from demo import orders
from demo.order_steps import DEPUTY, HEADMEN
from demo.people import Records
from demo.roster import Person, Roster
from demo.staff import School, acting, working_day

COUNCIL_DAY = date(2026, 9, 18)


def hold_council(school: School, roster: Roster) -> Document:
	"""The council of all teachers, which hears of the programme and takes the regulation."""
	speaker = orders.signed_off(roster.holder_of(DEPUTY))
	everybody = len(roster.teachers)
	return _event(
		school,
		"event-council",
		"О внедрении целевой модели наставничества",
		roster,
		roster.teachers,
		held_on=min(COUNCIL_DAY, working_day()),
		protocol_number="1",
		place="актовый зал",
		questions=[
			{
				"question": "О программе наставничества на 2026/2027 учебный год.",
				"speaker": speaker,
				"heard": "Рассказала о целях программы, о формах наставничества и о дорожной карте.\n"
				"Предложила наставникам и молодым педагогам заполнить анкеты.",
				"decided": "Принять программу наставничества и дорожную карту.",
				"votes": f"{everybody}, 0, 0",
			},
			{
				"question": "О Положении о наставничестве.",
				"speaker": speaker,
				"heard": "Представила проект Положения о наставничестве.",
				"decided": "Рекомендовать директору утвердить Положение.",
				"votes": f"{everybody - 1}, 0, 1",
			},
		],
	)


def meet_working_group(school: School, roster: Roster) -> Document:
	people = [roster.holder_of(post) for post in (DEPUTY, *HEADMEN)]
	return _event(
		school,
		"event-working-group",
		"О подборе пар и групп",
		roster,
		people,
		held_on=working_day(),
		protocol_number="2",
		place="учительская",
		questions=[
			{
				"question": "О результатах анкетирования.",
				"speaker": orders.signed_off(roster.holder_of("Педагог-психолог")),
				"heard": "Сообщила, о чём чаще всего просят ученики: помощь по предмету, общение, выбор профессии.",
				"decided": "Подобрать пары по запросам; старшеклассникам дать по одному младшему ученику.",
				"votes": "единогласно",
			}
		],
	)


def _event(school: School, kind: str, title: str, roster: Roster, people: list[Person], **values) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Mentoring Event",
			"program": school.program,
			"kind": kind,
			"title": title,
			"chair_name": roster.holder_of("Директор").full_name,
			"secretary_name": roster.holder_of("Методист").full_name,
			"invited_count": len(people),
			"participants": [{"person_name": person.full_name, "post": person.position} for person in people],
			**values,
		}
	).insert()


def award(school: School, teacher: Person, senior: Person, pupil: Person, records: Records) -> Document:
	"""One award of each paper, proposed by the methodist and granted by an order."""
	proposed = (
		("award-mentor-certificate", records[teacher], "работу с молодым специалистом"),
		("award-contest-winner", records[senior], "победу в школьном конкурсе памяток «Первая встреча»"),
		("award-mentor-thanks", records[teacher], "подготовку памятки наставнику"),
		("award-parents-thanks", records[pupil], "доверие и помощь в работе наставнической пары"),
		("award-partner-thanks", None, "помещение для встреч и подбор книг"),
	)
	with acting(school.logins["methodist"]):
		names = [_award(school, kind, party, reason) for kind, party, reason in proposed]
	return orders.sign(school, orders.make(school, "grant-awards", "Mentoring Award", names))


def nominate(school: School, teacher: Person, records: Records) -> Document:
	"""The methodist nominates a mentor for the district's contest; the district has not answered yet."""
	party_type, party = records[teacher]
	council = {"program": school.program, "kind": "event-council"}
	with acting(school.logins["methodist"]):
		return frappe.get_doc(
			{
				"doctype": "Mentoring Award",
				"program": school.program,
				"kind": "award-contest-nomination",
				"party_type": party_type,
				"party": party,
				"reason": "работу с молодым специалистом и подготовку памятки наставнику",
				"nominated_for": "районный конкурс «Наставник года», номинация «Учитель — учителю»",
				"nominated_to": "Начальнику Вымышленского\nуправления образования",
				"discussed_at": frappe.db.get_value("Mentoring Event", council),
				"education": "высшее педагогическое",
				"enclosures": "Памятка наставнику.\nСогласие на обработку персональных данных.",
			}
		).insert()


def _award(school: School, kind: str, party: tuple[str, str] | None, reason: str) -> str:
	recipient = (
		{"party_type": party[0], "party": party[1]}
		if party
		else {"recipient_name": "Вымышленская районная библиотека"}
	)
	values = {"doctype": "Mentoring Award", "program": school.program, "kind": kind, "reason": reason}
	return frappe.get_doc({**values, **recipient}).insert().name


def open_support_card(school: School, roster: Roster, mentee: str) -> Document:
	"""Kept by the psychologist; the consent to special categories of data has been recorded."""
	today = working_day()
	with acting(school.logins["psychologist"]):
		return frappe.get_doc(
			{
				"doctype": "Mentee Support Profile",
				"mentee": mentee,
				"specialist_name": roster.holder_of("Педагог-психолог").full_name,
				"opened_on": today,
				"underachieving": 1,
				"hard_life": 1,
				"grounds_note": "Семья недавно переехала, ученик в новой школе первый год.",
				"registers": [
					{
						"register": "Внутришкольный учёт",
						"basis": "пропуски уроков без причины",
						"entered_on": add_days(today, -30),
						"removed_on": add_days(today, -2),
						"removed_early": 1,
					}
				],
				"aim": "Помочь привыкнуть к новому классу и наверстать пропущенное.",
				"measures": [
					{
						"measure": "Беседы о школе и дружбе",
						"specialist": "педагог-психолог",
						"due_date": add_days(today, 14),
						"result": "Стал чаще отвечать на уроках",
					},
					{
						"measure": "Помощь с домашними заданиями",
						"specialist": "наставник",
						"due_date": add_days(today, 30),
					},
					{
						"measure": "Занятия после уроков, когда есть автобус",
						"specialist": "куратор",
						"accessibility": 1,
					},
				],
				"family_work": "Беседа с родителями, приглашение на классный праздник.",
			}
		).insert()


def publish_documents(school: School) -> Document:
	"""The curator enters where on the site the documents stand; one is not there yet."""
	program = frappe.get_doc("Mentoring Program", school.program)
	for number, row in enumerate(program.site_documents[:-1], 1):
		row.page_url = f"https://school-zero.example/nastavnichestvo/{number}"
		row.published_on, row.responsible = getdate(), "Свиристелева Е. Т."
	return program.save()


def begin_work(school: School, pairs: list[str]) -> None:
	"""The first pairs are assessed as they begin, and plan their next meeting."""
	for name in pairs:
		pair = frappe.get_doc("Pair", name)
		frappe.get_doc(
			{
				"doctype": "Pair Meeting",
				"pair": name,
				"kind": "meeting-joint-work",
				"meeting_date": min(add_days(working_day(), 7), getdate(pair.end_date)),
				"start_time": "15:00",
				"place": "кабинет 12",
			}
		).insert()
		for row in pair.mentees:
			needs = frappe.get_doc("Mentee", row.mentee).needs
			frappe.get_doc(
				{
					"doctype": "Competency Assessment",
					"program": school.program,
					"party_type": "Mentee",
					"party": row.mentee,
					"pair": name,
					"kind": "Entry",
					"assessed_on": working_day(),
					"method": "Questionnaire",
					"scores": [{"competency": need.competency, "score": 4} for need in needs],
				}
			).insert()


def hand_out_questionnaire(school: School, mentee: str) -> Document:
	"""On paper, for whoever has no telephone of his own."""
	return frappe.get_doc(
		{
			"doctype": "Mentoring Questionnaire Response",
			"program": school.program,
			"questionnaire": "entry-mentee",
			"party_type": "Mentee",
			"party": mentee,
		}
	).insert()


def review_program(school: School) -> Document:
	"""What the curator finds when the pairs have begun."""
	review = frappe.get_doc(
		{
			"doctype": "Program Review",
			"program": school.program,
			"card": "nine-criteria",
			"reviewed_on": getdate(),
			"strengths": "Пары подобраны по запросам\nНаставники обучены",
			"weaknesses": "Мало времени на встречи у старшеклассников",
			"opportunities": "Помощь районной библиотеки",
			"threats": "Перегрузка учителей во втором полугодии",
			"conclusion": "Начать подбор пар раньше, закрепить час встреч в расписании.",
		}
	).insert()
	for row in review.criteria:
		row.points = 1 if row.idx in (4, 7) else 2
	for row in review.conditions:
		row.met = "Partly" if row.idx == 3 else "In Full"
	return review.save()


def destroy_data(school: School, roster: Roster, withdrawn: Document) -> Document:
	"""The act of destroying the data of somebody who has withdrawn the consent."""
	commission = [roster.holder_of(post) for post in (DEPUTY, "Методист", "Педагог-психолог")]
	return frappe.get_doc(
		{
			"doctype": "Data Destruction Act",
			"organization": school.organization,
			"act_number": "1",
			"act_date": getdate(),
			"reason": "Consent Withdrawn",
			"information_system": "Информационная система «Наставничество»",
			"method": "Измельчение бумажных носителей\nУдаление записей из информационной системы",
			"carriers": "анкета наставляемого — 2 л.",
			"persons": [
				{
					"person_name": withdrawn.party_name,
					"data_categories": "фамилия, имя, отчество; класс; запрос; ответы в анкетах",
					"consent": withdrawn.name,
				}
			],
			"commission": [{"person_name": one.full_name, "post": one.position} for one in commission],
		}
	).insert()


def withdraw_consent(party: str) -> Document:
	"""Somebody who has found no mentor takes the consent back and leaves the base."""
	signed = {"party": party, "kind": "Personal Data Processing", "docstatus": 1}
	consent = frappe.get_doc("Consent", signed)
	consent.withdrawn_on, consent.withdrawal_reason = getdate(), "переезд в другой город"
	return apply_workflow(consent.save(), "Withdraw")
