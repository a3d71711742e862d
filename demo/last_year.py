"""The year before, replayed day by day under a moved clock: each stage of its roadmap with what shows it.

Nothing is typed into the roadmap's figures: they are measured from what the people of the school have recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import getdate
from freezegun import freeze_time

from demo import last_year_authority as authority
from demo import last_year_papers as papers
from demo import last_year_talks as talks
from demo.last_year_records import Year
from demo.roster import Roster
from demo.staff import School, acting
from nastavnik_app.program import next_year

PERIOD = (date(2025, 9, 1), date(2026, 5, 31))
TEMPLATE = "school-academic-year"
SUMMER = "2026-07-01"


def prepare(year: Year) -> None:
	papers.gather_materials(year)
	year.complete("Подготовить материалы", evidence="Методическая копилка: памятка и сценарии первых встреч")


def begin(year: Year) -> None:
	papers.start(year)
	talks.hold_council(year)
	year.complete("Представить программу", evidence="Протокол педагогического совета")
	authority.hand_down(year)


def look_for_people(year: Year) -> None:
	talks.hold_class_hours(year)
	papers.enter_people(year)
	papers.record_consents(year)
	papers.admit_volunteers(year)
	year.complete("Собрать базу наставляемых", evidence="База наставляемых")
	talks.ask_everybody(year, "entry-mentor", "entry-mentee", "entry-mentee-teacher")
	talks.ask_class_teachers(year)
	talks.interview(year)
	papers.approve_accessibility(year)
	papers.open_rubrics(year)
	year.complete("Сделать программы доступными", evidence="Приказ о мерах доступности")
	year.complete("Составить диагностическую анкету", evidence="Анкета диагностики, версия 1")
	year.complete("Разобрать анкеты возможных", evidence="Отчёт «Запросы и ресурсы»")
	year.complete("Открыть рубрики", evidence="Контент-план")


def find_partners(year: Year) -> None:
	papers.enter_partner(year)
	talks.meet_partners(year, "Встреча с выпускниками школы")
	year.complete("Составить перечень", evidence="Перечень партнёров")


def train(year: Year) -> None:
	talks.train_mentors(year)


def choose(year: Year) -> None:
	talks.hold_general_meeting(year)
	talks.ask_everybody(year, "after-meeting-mentor", "after-meeting-mentee")
	year.complete("Разобрать анкеты после", evidence="Пожелания сторон")


def form_pairs(year: Year) -> None:
	papers.match(year)
	papers.assign(year)
	year.complete("Подобрать пары", evidence="Подбор пар")
	year.complete("Получить согласия", evidence="Отчёт «Охват согласиями»")


def meet_first(year: Year) -> None:
	talks.hold_meetings(year, "meeting-acquaintance")
	year.complete("Провести первые встречи", evidence="Встречи-знакомства")


def plan(year: Year) -> None:
	papers.approve_plans(year)
	year.complete("Утвердить планы пар", evidence="Приказ о планах")
	year.complete("Принять локальные акты", evidence="Положение и приказы")
	papers.assess(year, "Entry", 4)


def work(year: Year) -> None:
	talks.hold_meetings(year, "meeting-joint-work")
	papers.publish(year)


def find_for_the_rest(year: Year) -> None:
	"""Nobody was free for one of the mentees: the psychologist helps until the end of the year."""
	year.complete("Сообщить сведения", evidence="Базы наставников и наставляемых")
	title = _("Go on searching for mentors; psychological support of mentees without a pair or group")
	year.complete(title, evidence="Занятия с психологом")


def end_of_quarter(year: Year, points: float) -> None:
	papers.assess(year, "Quarterly", points)
	year.complete("Проводить диагностику", evidence="Диагностика компетенций")


def compete(year: Year) -> None:
	for title in ("Региональный конкурс наставников", "Фестиваль школьных практик"):
		talks.go_outside(year, title)
	talks.meet_partners(year, "Встреча с предприятием-партнёром")
	year.complete("Участвовать в конкурсах", evidence="Дипломы участников")


def play(year: Year) -> None:
	talks.meet_partners(year, "Встреча с колледжем")
	talks.hold_game(year)
	year.complete("Провести заключительную", evidence="Протокол деловой игры")
	year.complete("Встретиться с выпускниками", evidence="Протоколы встреч")


def look_back(year: Year) -> None:
	talks.hold_meetings(year, "meeting-final")
	talks.ask_everybody(year, "exit-mentor", "exit-mentee", "exit-mentee-teacher", "conditions-curator")
	papers.assess(year, "Exit", 8)
	papers.complete_plans(year)
	year.complete("Проводить диагностику", evidence="Диагностика компетенций")
	year.complete("Выполнять планы", "Вести работу", evidence="Планы и встречи пар")
	year.complete("Подвести итоги наставничества", evidence="Анализ программы")
	year.complete("Вести именной учёт", evidence="Базы наставников и наставляемых")
	year.complete("Рассказывать", evidence="Публикации на сайте")
	year.complete("Провести классные часы", evidence="Протоколы классных часов")


def close(year: Year) -> None:
	papers.review(year)
	papers.award(year)
	roadmap = next_year.make(frappe.get_doc("Mentoring Program", year.school.program))
	year.upcoming = roadmap.program
	year.complete("Подготовить дорожную карту", evidence=roadmap.get_title())
	year.complete("Следить за ходом", "Следить за сроками", evidence="Отчёт «Исполнение дорожной карты»")
	papers.close_program(year)
	papers.say_goodbye(year)


STEPS: tuple[tuple[str, Callable[[Year], None]], ...] = (
	("2025-08-28", prepare),
	("2025-09-01", begin),
	("2025-09-15", look_for_people),
	("2025-09-26", find_partners),
	("2025-09-29", train),
	("2025-09-29", choose),
	("2025-09-30", form_pairs),
	("2025-10-06", meet_first),
	("2025-10-13", plan),
	("2025-10-29", find_for_the_rest),
	("2025-11-10", work),
	("2025-12-22", lambda year: end_of_quarter(year, 5)),
	("2025-12-29", authority.send_return),
	("2026-01-19", work),
	("2026-02-16", compete),
	("2026-03-23", lambda year: end_of_quarter(year, 6.5)),
	("2026-03-24", work),
	("2026-04-20", play),
	("2026-05-18", look_back),
	("2026-05-28", close),
)


def replay(school: School, roster: Roster, every_day: Callable[[], None] | None = None) -> Year:
	"""Lives the year through; the clock stands at each step's day, and goes on by itself afterwards.

	`every_day` is called on each day between the steps, in the morning.
	"""
	with freeze_time(datetime(2025, 8, 28, 9, 0, 0, 1)) as clock:
		year = Year(replace(school, program=found_program(school, roster), numbers_taken=60), roster)
		# with a microsecond: a round second is read back without them, and taken for another moment
		for day, step in (*STEPS, (SUMMER, lambda _year: None)):
			while every_day and getdate() < getdate(day):
				clock.move_to(f"{getdate() + timedelta(days=1)} 07:00:00.000001")
				every_day()
			clock.move_to(f"{day} 09:00:00.000001")
			with acting(school.logins["curator"]):
				step(year)
	return year


def found_program(school: School, roster: Roster) -> str:
	"""The programme of the year before, and its roadmap out of the template of the app."""
	with acting(school.logins["curator"]):
		program = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Программа наставничества на 2025/2026 учебный год",
				"organization": school.organization,
				"period_start": PERIOD[0],
				"period_end": PERIOD[1],
				"aims": "Помочь ученикам и молодым педагогам раскрыть свои силы с поддержкой наставника.",
				"legal_basis": "распоряжением Минпросвещения России от 25.12.2019 № Р-145",
			}
		).insert()
		roadmap = frappe.get_doc(
			{"doctype": "Roadmap Import", "program": program.name, "template": TEMPLATE}
		).insert()
		roadmap.read_document()
		for row in roadmap.rows:
			row.checked = int(bool(row.problems))
		roadmap.save()
		roadmap.create_tasks()
	return program.name
