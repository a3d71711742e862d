"""Runs the demonstration: from the school's roadmap and roster to signed orders, and the files that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import frappe

from demo import (
	files,
	last_year,
	matching,
	municipality,
	occasions,
	order_steps,
	orders,
	papers,
	people,
	roadmap_steps,
	school_papers,
	staff,
)
from demo.outbox import Outbox
from demo.roster import MENTEE, MENTOR, Person, Roster, read_roster
from demo.summary import Summary
from nastavnik_app.program import measures

SCHOOL_FOLDER = Path(__file__).parent / "school"

Say = Callable[[str], None]


def main(output: Path | str = "demo-output", say: Say | None = None) -> Summary:
	"""Runs on a connected site with the app installed, as Administrator; the caller commits.

	A bench commits by itself when it prints, because it logs who printed: use a site made for trying things.
	`say` takes the lines of progress (printed by default). The files are in `output` when it returns.
	"""
	say = say or _clock()
	output = Path(output)
	output.mkdir(parents=True, exist_ok=True)
	roster = read_roster(SCHOOL_FOLDER / "roster.xlsx")
	say(f"Список школы прочитан: {len(roster.pupils)} учащихся, {len(roster.teachers)} педагогов")
	school = found_school(roster, say)
	outbox = Outbox(output / "outbox")
	year = last_year.replay(school, roster, outbox.day)
	outbox.close()
	say(
		f"Прошлый год прожит: пар и групп {len(year.pairs)}, приказов {len(year.orders)}, "
		f"задач дорожной карты выполнено {year.tasks_done()}, писем с отчётами {len(outbox)}"
	)
	school = staff.begin_program(school, roster, year.upcoming)
	summary = run_school(school, roster, say)
	measures.measure_program(school.program)
	played = municipality.play(school)
	say(
		f"Управление образования: сведений получено {played.returns}, "
		f"передано задач {played.handed_down}, дано материалов {played.materials}"
	)
	summary.files += municipality.write_files(output, school, played)
	with staff.acting(school.logins["curator"]):
		school_papers.write_all(output, school, summary, say)
		summary.files.append("outbox/index.html")
		files.write_all(output, school, summary, say)
	say(f"Готово: файлы в {output}")
	return summary


def found_school(roster: Roster, say: Say) -> staff.School:
	frappe.local.lang = "ru"
	school = staff.found_school(roster)
	say(f"Заведены школа «{staff.TITLE}» и {len(school.logins)} человек с входом")
	return school


def run_school(school: staff.School, roster: Roster, say: Say) -> Summary:
	"""The school's present year without its files, from the roadmap to the orders that wait for the director."""
	frappe.local.lang = "ru"
	with staff.acting(school.logins["curator"]):
		return _curators_work(school, roster, say)


def _curators_work(school: staff.School, roster: Roster, say: Say) -> Summary:
	begun = [order_steps.appoint_curator(school, roster), order_steps.create_working_group(school, roster)]
	reading = roadmap_steps.load_roadmap(school, SCHOOL_FOLDER / "roadmap.docx")
	say(
		f"Дорожная карта: {reading.rows} строки, сомнений {len(reading.doubts)}, создано задач {reading.tasks}"
	)
	occasions.hold_council(school, roster)
	roadmap_steps.complete_done_before(school)
	begun += [order_steps.start_program(school), *order_steps.arrange_year(school, roster)]
	roadmap_steps.complete(school, "Издать приказ о программе", f"Приказ № {begun[2].order_number}")
	say(f"Программа начата приказом № {begun[2].order_number}, всего подписано приказов: {len(begun)}")
	records = people.load_people(school, roster)
	say(
		f"Базы заполнены: {len(roster.of_role(MENTOR))} наставников, {len(roster.of_role(MENTEE))} наставляемых"
	)
	roadmap_steps.complete(school, "Собрать запросы", "База наставляемых")
	roadmap_steps.complete(school, "Заполнить базу", "База наставников")
	matches = matching.match(roster)
	missing = people.without_consent(matches)
	consents = people.collect_consents(school, records, matches, missing)
	say(f"Согласия: записано {consents}, не хватает {len(missing)}")
	occasions.meet_working_group(school, roster)
	pairs = papers.form_pairs(school, matches, records)
	say(f"Составлено пар и групп: {len(pairs)}")
	roadmap_steps.complete(school, "Подобрать пары", "Список пар")
	summary = Summary(roster, reading, matches, missing, consents, orders=begun)
	assigned = _assign(school, say, pairs, summary)
	_rest_of_year(school, assigned, records, summary)
	say(
		f"Подписано приказов: {len(summary.signed_orders)}, ждут или в работе: {len(summary.unsigned_orders)}"
	)
	return summary


def _assign(school: staff.School, say: Say, pairs: papers.Pairs, summary: Summary) -> papers.Pairs:
	"""The orders on the pairs and on their plans; returns the pairs that got through."""
	order = orders.make(school, "assign-pairs", "Pair", list(pairs))
	summary.refusal = orders.refusal_of(order)
	say(f"Приказ не принят на подпись: {summary.refusal}")
	summary.left_out = orders.take_off(order, pairs, summary.missing)
	summary.pairs_order = orders.sign(school, order)
	assigned = {row.pair: pairs[row.pair] for row in summary.pairs_order.pairs}
	number = summary.pairs_order.order_number
	say(f"Приказ № {number} подписан директором: закреплено {len(assigned)} пар и групп")
	roadmap_steps.complete(school, "Закрепить пары", f"Приказ № {number}")
	plans = papers.prepare_plans(school, assigned)
	say(f"Подготовлено индивидуальных планов: {len(plans)}")
	roadmap_steps.complete(school, "Составить индивидуальные", "Индивидуальные планы")
	order = orders.make(school, "approve-plans", "Individual Plan", plans)
	summary.plans_order = orders.sign(school, order)
	number = summary.plans_order.order_number
	say(f"Приказ № {number} подписан директором: утверждено {len(plans)} планов")
	roadmap_steps.complete(school, "Утвердить индивидуальные", f"Приказ № {number}")
	summary.orders += [summary.pairs_order, summary.plans_order]
	return assigned


def _rest_of_year(
	school: staff.School,
	assigned: papers.Pairs,
	records: people.Records,
	summary: Summary,
) -> None:
	"""The mentors' pay, a change of mentor, awards, the papers of single people, and the orders that wait."""
	of_form = {form: [one for one in assigned.values() if one.form == form] for form in people.FORMS}
	workers, pupils = of_form[people.FORM_OF_WORKERS][0], of_form[people.FORM_OF_PUPILS][0]
	for plan in summary.plans_order.plans:
		papers.mark_first_meetings(plan.plan)
	summary.orders.append(order_steps.charge_mentors(school, assigned))
	replacing = order_steps.replace_mentor(school, assigned, records)
	summary.orders += [
		replacing,
		occasions.award(school, workers.mentor, pupils.mentor, pupils.mentees[0], records),
		order_steps.plan_final_event(school, summary.roster),
	]
	occasions.nominate(school, workers.mentor, records)
	_single_people(school, summary, records, workers.mentor, replacing.pairs[0].pair)
	occasions.begin_work(school, list(assigned)[:8])
	occasions.publish_documents(school)
	occasions.review_program(school)
	summary.orders += order_steps.leave_waiting(school, assigned)


def _single_people(
	school: staff.School, summary: Summary, records: people.Records, teacher: Person, group: str
) -> None:
	"""Consents of other kinds, a support card, and a consent taken back."""
	pupil = frappe.get_doc("Pair", group).mentees[0].mentee
	people.collect_other_consents(school, teacher=records[teacher], pupil=("Mentee", pupil))
	occasions.open_support_card(school, summary.roster, pupil)
	occasions.hand_out_questionnaire(school, pupil)
	found = {mentee for one in summary.matches for mentee in one.mentees}
	alone = next(person for person in summary.roster.of_role(MENTEE) if person not in found)
	occasions.destroy_data(school, summary.roster, occasions.withdraw_consent(records[alone][1]))


def _clock() -> Say:
	begun = time.monotonic()

	def say(line: str) -> None:
		print(f"[{time.monotonic() - begun:5.1f} с] {line}", flush=True)

	return say
