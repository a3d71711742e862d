"""Pairs, plans and orders, each step by the person whose work it is."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from demo.matching import Match
from demo.people import Records
from demo.roster import Person
from demo.staff import PERIOD, School, acting, working_day

Pairs = dict[str, Match]  # name of the pair → what it was made of

# share of the time from the first day to the last, activity, result
ACTIVITIES = (
	(0.02, "Встреча-знакомство", "Договорились о правилах и времени встреч"),
	(0.06, "Пробное занятие", "Выбраны темы и способ работы"),
	(0.10, "Составление плана", "План согласован обеими сторонами"),
	(0.50, "Совместная работа по запросу", "Промежуточный результат виден обоим"),
	(0.75, "Разговор о том, что получилось", "Уточнён план до конца года"),
	(0.97, "Итоговая встреча", "Результат показан, заполнены анкеты"),
)


def form_pairs(school: School, matches: list[Match], records: Records) -> Pairs:
	"""Inserts the pairs and groups; returns their names with what they were made of."""
	return {_pair(school, match, records, number): match for number, match in enumerate(matches, 1)}


def _pair(school: School, match: Match, records: Records, number: int) -> str:
	first = working_day()
	between_workers = match.form == "teacher-teacher"
	record = frappe.get_doc(
		{
			"doctype": "Pair",
			"program": school.program,
			"form": match.form,
			"role_model": match.role_model,
			"start_date": first,
			"end_date": PERIOD[1],
			"mentor": records[match.mentor][1],
			"mentees": [{"mentee": records[mentee][1]} for mentee in match.mentees],
			"mentor_agreed_on": first,
			"mentees_agreed_on": first,
			"addendum_number": f"{number}/д" if between_workers else None,
			"addendum_date": getdate() if between_workers else None,
		}
	).insert()
	return record.name


def prepare_plans(school: School, pairs: Pairs) -> list[str]:
	"""Writes a plan for each pair as the curator; the methodist declares them ready."""
	with acting(school.logins["curator"]):
		plans = [_plan(pair, match) for pair, match in pairs.items()]
	with acting(school.logins["methodist"]):
		for plan in plans:
			apply_workflow(frappe.get_doc("Individual Plan", plan), "Declare Ready")
	return plans


def _plan(pair: str, match: Match) -> str:
	first, last = working_day(), PERIOD[1]
	themes = "; ".join(dict.fromkeys(theme for mentee in match.mentees for theme in mentee.themes))
	record = frappe.get_doc(
		{
			"doctype": "Individual Plan",
			"pair": pair,
			"start_date": first,
			"end_date": last,
			"goal": f"Помочь наставляемым по запросу: {themes}",
			"activities": [
				{"activity": activity, "due_date": _day_at(share, first, last), "expected_result": result}
				for share, activity, result in ACTIVITIES
			],
		}
	).insert()
	return record.name


def _day_at(share: float, first: date, last: date) -> date:
	return first + timedelta(days=round(share * (last - first).days))


def draft_order(school: School, order_type: str, number: str, table: str, rows: list[dict]) -> Document:
	"""A draft of an order of a seeded type, in its wording."""
	return frappe.get_doc(
		{
			"doctype": "Mentoring Order",
			"order_type": order_type,
			"program": school.program,
			"order_number": number,
			"order_date": getdate(),
			table: rows,
		}
	).insert()


def refusal_of(order: Document) -> str:
	"""Tries to send an order for approval and returns the refusal. A refusal must come: the demonstration shows it."""
	try:
		apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Send for Approval")
	except frappe.ValidationError as refusal:
		frappe.clear_messages()
		return str(refusal)
	raise AssertionError("An order with people who have not consented was sent for approval")


def take_off(order: Document, pairs: Pairs, missing: list[Person]) -> list[str]:
	"""Takes the pairs of people without a consent off the order; returns the titles of those pairs."""
	order.reload()
	off = [row for row in order.pairs if {pairs[row.pair].mentor, *pairs[row.pair].mentees} & set(missing)]
	for row in off:
		order.remove(row)
	order.save()
	return [frappe.db.get_value("Pair", row.pair, "title") for row in off]


def send_and_sign(school: School, order: Document) -> Document:
	"""The curator sends the order, the director signs it."""
	with acting(school.logins["curator"]):
		apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Send for Approval")
	with acting(school.logins["director"]):
		return apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Sign")
