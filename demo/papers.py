"""Pairs and plans, each step by the person whose work it is."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from demo.matching import Match
from demo.people import FORM_OF_GROUPS, FORM_OF_WORKERS, Records
from demo.staff import PERIOD, School, acting, working_day

Pairs = dict[str, Match]  # name of the pair → what it was made of

# activity, result; how many days before the plan they were to be held
FIRST_MEETINGS = (
	(12, "Встреча-знакомство", "Договорились о правилах и времени встреч"),
	(8, "Пробное занятие", "Выбраны темы и способ работы"),
	(5, "Составление плана", "План согласован обеими сторонами"),
)
# share of the time from the first day to the last, activity, result
ACTIVITIES = (
	(0.50, "Совместная работа по запросу", "Промежуточный результат виден обоим"),
	(0.75, "Разговор о том, что получилось", "Уточнён план до конца года"),
	(0.97, "Итоговая встреча", "Результат показан, заполнены анкеты"),
)
# how many days after their term the first meetings were held, and what came of them
MARKS = (
	(0, "Познакомились, встречаемся по вторникам"),
	(2, "Занятие прошло, из-за болезни на два дня позже"),
	(0, "План составлен"),
)
# of a mentor who helps another worker
WORK = {
	"work_content": "посещение и разбор уроков, помощь в подготовке к урокам и родительским собраниям",
	"work_form": "очно, на рабочем месте, не реже одного раза в неделю",
	"work_pay": "1000 рублей в месяц",
}


def form_pairs(school: School, matches: list[Match], records: Records) -> Pairs:
	"""Inserts the pairs and groups; returns their names with what they were made of."""
	return {_pair(school, match, records, number): match for number, match in enumerate(matches, 1)}


def _pair(school: School, match: Match, records: Records, number: int) -> str:
	first = working_day()
	values = {
		"doctype": "Pair",
		"program": school.program,
		"form": match.form,
		"role_model": match.role_model,
		"mentoring_way": "Group" if match.form == FORM_OF_GROUPS else "Traditional",
		"start_date": first,
		"end_date": PERIOD[1],
		"mentor": records[match.mentor][1],
		"mentees": [{"mentee": records[mentee][1]} for mentee in match.mentees],
		"mentor_agreed_on": first,
		"mentees_agreed_on": first,
		"meeting_schedule": "по вторникам после уроков",
	}
	if match.form == FORM_OF_WORKERS:
		values |= {"addendum_number": f"{number}/д", "addendum_date": getdate(), **WORK}
	return frappe.get_doc(values).insert().name


def prepare_plans(school: School, pairs: Pairs) -> list[str]:
	"""Writes a plan for each pair as the curator; the methodist declares them ready."""
	with acting(school.logins["curator"]):
		plans = [_plan(pair, match) for pair, match in pairs.items()]
	with acting(school.logins["methodist"]):
		for plan in plans:
			apply_workflow(frappe.get_doc("Individual Plan", plan), "Declare Ready")
	return plans


def _plan(pair: str, match: Match) -> str:
	day, last = working_day(), PERIOD[1]
	themes = "; ".join(dict.fromkeys(theme for mentee in match.mentees for theme in mentee.themes))
	rows = [(add_days(day, -days), activity, result) for days, activity, result in FIRST_MEETINGS]
	rows += [(_day_at(share, day, last), activity, result) for share, activity, result in ACTIVITIES]
	record = frappe.get_doc(
		{
			"doctype": "Individual Plan",
			"pair": pair,
			"start_date": rows[0][0],
			"end_date": last,
			"goal": f"Помочь наставляемым по запросу: {themes}",
			"deficits": themes,
			"activities": [
				{"due_date": due, "activity": activity, "expected_result": result}
				for due, activity, result in rows
			],
		}
	).insert()
	return record.name


def _day_at(share: float, first: date, last: date) -> date:
	return first + timedelta(days=round(share * (last - first).days))


def mark_first_meetings(plan_name: str) -> Document:
	"""Marks the first meetings of an approved plan as held, one of them late, and writes what the report asks for."""
	plan = frappe.get_doc("Individual Plan", plan_name)
	for row, (days_late, result) in zip(plan.activities, MARKS, strict=False):
		row.done_on = add_days(row.due_date, days_late)
		row.actual_result = result
	plan.end_reason = "Первые встречи прошли, план составлен вместе с наставляемым. Работа по запросу начата."
	plan.recommendations = "Продолжить работу по плану.\nСледующую встречу провести вместе с психологом."
	return plan.save()
