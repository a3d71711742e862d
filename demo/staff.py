"""The school itself: its record, the logins of its staff, and the programme of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe.utils import getdate

from demo.roster import MENTOR, Person, Roster

PERIOD = (date(2026, 9, 1), date(2027, 5, 31))
TITLE = "Вымышленская СОШ № 0"
PASSWORD = "Vymyshlennaya-2026"
# login, post in the roster, duty in the programme, role
STAFF = (
	("director", "Директор", "Утверждает", "Mentoring Director"),
	("curator", "Заместитель директора по учебной работе", "Куратор программы", "Mentoring Curator"),
	("methodist", "Методист", "Методист программы", "Mentoring Methodist"),
	("psychologist", "Педагог-психолог", "Специалист программы", "Mentoring Specialist"),
)
AUTHORITY = "Вымышленское управление образования"
OFFICER = ("Снежинская", "Агния", "Савельевна")
LEADERS = (("Директор", "Руководитель программы"), ("Методист", "Обучение наставников"))
TARGETS = (
	{
		"title": "Доля учащихся 10–19 лет, у которых есть наставник",
		"unit": "%",
		"base_year": 2026,
		"base_value": 4,
		"target_year": 2027,
		"target_value": 20,
	},
	{
		"title": "Доля молодых специалистов, у которых есть наставник",
		"unit": "%",
		"base_year": 2026,
		"base_value": 0,
		"target_year": 2027,
		"target_value": 100,
	},
)


@dataclass(frozen=True)
class School:
	"""Names of the records of the school, the logins of its staff by duty, and how many numbers of its journal of
	orders were taken before the programme's first one."""

	organization: str
	program: str
	logins: dict[str, str]
	numbers_taken: int = 6


@contextmanager
def acting(user: str) -> Iterator[None]:
	"""Does what follows as a user, and speaks Russian to him."""
	before = frappe.session.user
	frappe.set_user(user)
	frappe.local.lang = "ru"
	try:
		yield
	finally:
		frappe.set_user(before)
		frappe.local.lang = "ru"


def found_school(roster: Roster) -> School:
	logins = {name: make_login(name, roster.holder_of(post).names, role) for name, post, _duty, role in STAFF}
	logins["mentor"] = make_login("mentor", mentor_with_login(roster).names, "Mentoring Participant")
	logins["officer"] = make_login("officer", OFFICER, "Mentoring Municipal Officer")
	organization = _organization(roster, logins, _authority(logins["officer"]))
	return School(organization, "", logins)


def begin_program(school: School, roster: Roster, draft: str | None = None) -> School:
	"""The school with the programme of this year: a new one, or the draft that the last year left for it."""
	with acting(school.logins["curator"]):
		program = frappe.get_doc("Mentoring Program", draft) if draft else frappe.new_doc("Mentoring Program")
		program.update(_of_program(school.organization, roster))
		program.save()
	return replace(school, program=program.name)


def mentor_with_login(roster: Roster) -> Person:
	"""The teacher among the mentors who opens the own pair by a login."""
	return next(person for person in roster.of_role(MENTOR) if not person.is_pupil)


def make_login(name: str, names: tuple[str, str, str], role: str) -> str:
	last_name, first_name, middle_name = names
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": f"{name}@school-zero.example",
			"first_name": f"{first_name} {middle_name}",
			"last_name": last_name,
			"language": "ru",
			"send_welcome_email": 0,
			"new_password": PASSWORD,
			"roles": [{"role": role}],
		}
	).insert()
	return user.name


def _authority(officer: str) -> str:
	record = {
		"doctype": "Educational Organization",
		"title": AUTHORITY,
		"organization_type": "Municipal Authority",
		"city": "с. Вымышленское",
		"members": [{"user": officer, "duty": "Специалист управления"}],
	}
	return frappe.get_doc(record).insert().name


def _organization(roster: Roster, logins: dict[str, str], authority: str) -> str:
	record = frappe.get_doc(
		{
			"doctype": "Educational Organization",
			"title": TITLE,
			"organization_type": "School",
			"parent_organization": authority,
			"full_name": "Муниципальное бюджетное общеобразовательное учреждение «Вымышленская средняя "
			"общеобразовательная школа № 0»",
			"founder": "Администрация Вымышленского района",
			"city": "с. Вымышленское",
			"address": "000000, с. Вымышленское, ул. Несуществующая, д. 0",
			"inn": "0000000000",
			"ogrn": "0000000000000",
			"phone": "+7 (000) 000-00-00",
			"email": "office@school-zero.example",
			"website": "https://school-zero.example",
			"order_suffix": "-од",
			"director": logins["director"],
			"director_name": roster.holder_of("Директор").full_name,
			"director_post": "Директор",
			"members": [{"user": logins[name], "duty": duty} for name, _post, duty, _role in STAFF],
			"headcounts": [
				{"target_group": group, "on_date": PERIOD[0], "headcount": count}
				for group, count in sorted(headcounts(roster).items())
			],
		}
	).insert()
	return record.name


def headcounts(roster: Roster) -> Counter[str]:
	"""How many the school has in each target group on the first day of the year, each person in one of them."""
	return Counter(target_group(person) for person in (*roster.pupils, *roster.teachers))


def target_group(person: Person) -> str:
	"""Slug of the target group of a person on the first day of the year."""
	if not person.is_pupil:
		return "young-specialists" if person.is_young_specialist else "teachers"
	age = person.age_on(PERIOD[0])
	return "pupils-under-10" if age < 10 else "pupils-10-14" if age < 15 else "pupils-15-19"


def _of_program(organization: str, roster: Roster) -> dict[str, object]:
	return {
		"title": "Программа наставничества на 2026/2027 учебный год",
		"organization": organization,
		"period_start": PERIOD[0],
		"period_end": PERIOD[1],
		"aims": "Помочь ученикам и молодым педагогам раскрыть свои силы с поддержкой наставника.",
		"tasks": "Подобрать пары по запросам\nОбучить наставников\nВыполнить планы пар",
		"legal_basis": "распоряжением Минпросвещения России от 25.12.2019 № Р-145",
		"management": "Директор утверждает документы программы и подписывает приказы\n"
		"Куратор ведёт базы, подбирает пары и следит за дорожной картой\n"
		"Методист обучает наставников и проверяет индивидуальные планы",
		"partners": "Вымышленская районная библиотека\nДом творчества «Пример»",
		"expected_results": "Каждый участник выполнил свой индивидуальный план\n"
		"Молодые педагоги остались работать в школе",
		"leaders": [
			{
				"person_name": roster.holder_of(post).full_name,
				"post": post,
				"duty": duty,
			}
			for post, duty in LEADERS
		],
		"targets": TARGETS,
	}


def working_day() -> date:
	"""Today, kept within the programme, so that the demonstration stays in order in any year."""
	return min(max(getdate(), PERIOD[0]), PERIOD[1])
