"""Every kind of paper that the school issues, and their files: NN-<slug>.pdf and NN-<slug>.docx."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe

from demo.people import (
	ADDITIONAL_WORK,
	DISSEMINATION,
	FORM_OF_PUPILS,
	FORM_OF_WORKERS,
	PROCESSING,
	SPECIAL,
)
from demo.staff import School, acting
from demo.summary import Summary
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import html_to_pdf

FOLDER = "papers"
CONSENTS = {
	"processing-self": ("обработка персональных данных, совершеннолетний", PROCESSING, {"signatory": "Self"}),
	"processing-both": (
		"обработка персональных данных, подросток и родитель",
		PROCESSING,
		{"signatory": "Both"},
	),
	"processing-representative": (
		"обработка персональных данных, родитель за ребёнка",
		PROCESSING,
		{"signatory": "Representative"},
	),
	"special": ("обработка специальных категорий персональных данных", SPECIAL, {}),
	"dissemination": ("распространение персональных данных", DISSEMINATION, {"docstatus": 1}),
	"dissemination-blank": (
		"распространение персональных данных, лист для подписи",
		DISSEMINATION,
		{"docstatus": 0},
	),
	"additional-work": ("дополнительная работа наставника", ADDITIONAL_WORK, {}),
}
AWARDS = {
	"award-mentor-certificate": "Сертификат",
	"award-contest-winner": "Диплом",
	"award-mentor-thanks": "Благодарственное письмо наставнику",
	"award-parents-thanks": "Благодарственное письмо родителям",
	"award-partner-thanks": "Благодарственное письмо партнёру",
	"award-contest-nomination": "Представление наставника на конкурс",
}
OF_PROGRAM = (
	("roadmap", "Дорожная карта с отметками о выполнении", "Roadmap"),
	("mentor-bank", "База наставников", "Mentor Bank"),
	("mentee-bank", "База наставляемых", "Mentee Bank"),
	("site-checklist", "Контрольный лист размещения документов на сайте", "Site Checklist"),
)


@dataclass(frozen=True)
class Paper:
	"""A record and the print format that makes a paper of it; `login`: who prints it, by duty."""

	slug: str
	title: str
	doctype: str
	name: str
	print_format: str
	login: str = "curator"


Group = tuple[str, list[Paper]]


def all_papers(school: School, summary: Summary) -> list[Group]:
	"""The papers under the titles of their groups, in the order of their numbers."""
	return [
		("Приказы", list(_orders(summary))),
		("Локальные акты", list(_acts(school))),
		("Согласия", list(_consents(school))),
		("Пары и планы", list(_pairs(school))),
		("Мероприятия и награды", list(_occasions(school))),
		("Дорожная карта, базы, контроль", list(_of_program(school))),
	]


def _orders(summary: Summary) -> Iterator[Paper]:
	for order in summary.orders:
		title = frappe.db.get_value("Mentoring Order Type", order.order_type, "title")
		yield Paper(f"order-{order.order_type}", title, order.doctype, order.name, "Mentoring Order")


def _acts(school: School) -> Iterator[Paper]:
	"""Those in force."""
	filters = {"program": school.program, "workflow_state": "Approved"}
	for act in _listed("Mentoring Local Act", filters, ["name", "template", "title"], "title asc"):
		yield Paper(f"act-{act.template}", act.title, "Mentoring Local Act", act.name, "Local Act")


def _consents(school: School) -> Iterator[Paper]:
	for slug, (title, kind, filters) in CONSENTS.items():
		filters = {"organization": school.organization, "kind": kind, **filters}
		for consent in _listed("Consent", filters, ["name"], "party_name asc")[:1]:
			yield Paper(f"consent-{slug}", f"Согласие: {title}", "Consent", consent.name, "Consent Sheet")


def _pairs(school: School) -> Iterator[Paper]:
	of_workers, ended_early = (
		_pair(school, form=FORM_OF_WORKERS),
		_pair(school, notice_given_on=["is", "set"]),
	)
	of_pupils, new_group = _pair(school, form=FORM_OF_PUPILS), _pair(school, replaces=["is", "set"])
	papers = (
		("addendum", "Дополнительное соглашение к трудовому договору", of_workers, "Contract Addendum"),
		(
			"early-end",
			"Уведомление о досрочном прекращении наставничества",
			ended_early,
			"Notice of Early End",
		),
		("agreement", "Соглашение о наставничестве", of_pupils, "Mentoring Agreement"),
		("pair-notice", "Уведомление участников о закреплении", new_group, "Pair Notice"),
	)
	for slug, title, pair, print_format in papers:
		yield Paper(slug, title, "Pair", pair, print_format)
	plans = (
		("plan", "Индивидуальный план", of_pupils, "Individual Plan"),
		("personal-programme", "Персонализированная программа", of_workers, "Individual Plan"),
		("mentor-report", "Отчёт наставника", of_pupils, "Mentor Report"),
	)
	for slug, title, pair, print_format in plans:
		plan = frappe.db.get_value("Individual Plan", {"pair": pair})
		yield Paper(slug, title, "Individual Plan", plan, print_format)
	card = frappe.db.get_value("Mentee Support Profile", {"organization": school.organization})
	title = "Индивидуальная карта сопровождения"
	yield Paper("support-card", title, "Mentee Support Profile", card, "Support Card", "psychologist")
	sheet = frappe.db.get_value("Mentoring Questionnaire Response", {"program": school.program})
	yield Paper(
		"questionnaire-sheet",
		"Анкета для заполнения от руки",
		"Mentoring Questionnaire Response",
		sheet,
		"Questionnaire Sheet",
	)


def _pair(school: School, **filters) -> str:
	"""The first of such pairs at work, by the mentor's name."""
	filters = {"program": school.program, "workflow_state": "Assigned", **filters}
	return _listed("Pair", filters, ["name"], "mentor_name asc")[0].name


def _occasions(school: School) -> Iterator[Paper]:
	filters = {"program": school.program}
	for event in _listed("Mentoring Event", filters, ["name", "kind"], "protocol_number asc"):
		title = frappe.db.get_value("Mentoring Kind", event.kind, "title")
		slug = event.kind.replace("event", "protocol")
		yield Paper(slug, f"Протокол: {title.lower()}", "Mentoring Event", event.name, "Event Protocol")
	for kind, title in AWARDS.items():
		name = frappe.db.get_value("Mentoring Award", {**filters, "kind": kind})
		yield Paper(kind, title, "Mentoring Award", name, "Award")


def _of_program(school: School) -> Iterator[Paper]:
	for slug, title, print_format in OF_PROGRAM:
		yield Paper(slug, title, "Mentoring Program", school.program, print_format)
	review = frappe.db.get_value("Program Review", {"program": school.program})
	yield Paper("program-review", "Анализ программы", "Program Review", review, "Program Review")
	act = frappe.db.get_value("Data Destruction Act", {"organization": school.organization})
	title = "Акт об уничтожении персональных данных"
	yield Paper("destruction-act", title, "Data Destruction Act", act, "Data Destruction Act")


def _listed(doctype: str, filters: dict, fields: list[str], order_by: str) -> list:
	return frappe.get_list(doctype, filters=filters, fields=fields, order_by=order_by, limit_page_length=0)


def write_all(output: Path, school: School, summary: Summary, say: Callable[[str], None]) -> None:
	"""Writes each paper as PDF and as Word into a folder of the output."""
	folder = output / FOLDER
	shutil.rmtree(folder, ignore_errors=True)  # the numbers of an earlier run may differ
	folder.mkdir(parents=True)
	number = 0
	for title, papers in all_papers(school, summary):
		for paper in papers:
			number += 1
			_write(folder / f"{number:02}-{paper.slug}", school, paper)
		say(f"{title}: напечатано {len(papers)}, в PDF и в Word")
	summary.files.append(f"{FOLDER}/: документов {number}, каждый в PDF и в Word")


def _write(path: Path, school: School, paper: Paper) -> None:
	with acting(school.logins[paper.login]):
		html = frappe.get_print(paper.doctype, paper.name, paper.print_format)
	path.with_suffix(".pdf").write_bytes(html_to_pdf(html))
	path.with_suffix(".docx").write_bytes(html_to_docx(html))
