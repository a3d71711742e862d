"""Runs the demonstration: from the school's roadmap and roster to signed orders, and the files that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import frappe

from demo import files, matching, papers, people, roadmap_steps, staff
from demo.roster import MENTEE, MENTOR, Roster, read_roster
from demo.summary import Summary

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
	frappe.local.lang = "ru"
	roster = read_roster(SCHOOL_FOLDER / "roster.xlsx")
	say(f"Список школы прочитан: {len(roster.pupils)} учащихся, {len(roster.teachers)} педагогов")
	school = staff.found_school(roster)
	say(f"Заведены школа «{staff.TITLE}», программа и {len(school.logins)} сотрудника с входом")
	with staff.acting(school.logins["curator"]):
		summary = _curators_work(school, roster, say)
		files.write_all(output, school, summary, say)
	say(f"Готово: {len(summary.files)} файлов в {output}")
	return summary


def _curators_work(school: staff.School, roster: Roster, say: Say) -> Summary:
	reading = roadmap_steps.load_roadmap(school, SCHOOL_FOLDER / "roadmap.docx")
	say(
		f"Дорожная карта: {reading.rows} строки, сомнений {len(reading.doubts)}, создано задач {reading.tasks}"
	)
	roadmap_steps.complete_done_before(school)
	records = people.load_people(school, roster)
	mentors, mentees = roster.of_role(MENTOR), roster.of_role(MENTEE)
	say(f"Базы заполнены: {len(mentors)} наставников, {len(mentees)} наставляемых")
	roadmap_steps.complete(school, "Собрать запросы", "База наставляемых")
	roadmap_steps.complete(school, "Заполнить базу", "База наставников")
	matches = matching.match(roster)
	missing = people.without_consent(matches)
	consents = people.collect_consents(school, records, matches, missing)
	say(f"Согласия: записано {consents}, не хватает {len(missing)}")
	pairs = papers.form_pairs(school, matches, records)
	say(f"Составлено пар и групп: {len(pairs)}")
	roadmap_steps.complete(school, "Подобрать пары", "Список пар")
	return _orders(school, say, pairs, Summary(roster, reading, matches, missing, consents))


def _orders(school: staff.School, say: Say, pairs: papers.Pairs, summary: Summary) -> Summary:
	order = papers.draft_order(school, "assign-pairs", "17-од", "pairs", [{"pair": pair} for pair in pairs])
	summary.refusal = papers.refusal_of(order)
	say(f"Приказ не принят на подпись: {summary.refusal}")
	summary.left_out = papers.take_off(order, pairs, summary.missing)
	summary.pairs_order = papers.send_and_sign(school, order)
	assigned = {row.pair: pairs[row.pair] for row in summary.pairs_order.pairs}
	say(
		f"Приказ № {summary.pairs_order.order_number} подписан директором: закреплено {len(assigned)} пар и групп"
	)
	roadmap_steps.complete(school, "Закрепить пары", f"Приказ № {summary.pairs_order.order_number}")
	plans = papers.prepare_plans(school, assigned)
	say(f"Подготовлено индивидуальных планов: {len(plans)}")
	roadmap_steps.complete(school, "Составить индивидуальные", "Индивидуальные планы")
	order = papers.draft_order(school, "approve-plans", "18-од", "plans", [{"plan": plan} for plan in plans])
	summary.plans_order = papers.send_and_sign(school, order)
	say(f"Приказ № {summary.plans_order.order_number} подписан директором: утверждено {len(plans)} планов")
	roadmap_steps.complete(school, "Утвердить индивидуальные", f"Приказ № {summary.plans_order.order_number}")
	return summary


def _clock() -> Say:
	begun = time.monotonic()

	def say(line: str) -> None:
		print(f"[{time.monotonic() - begun:5.1f} с] {line}", flush=True)

	return say
