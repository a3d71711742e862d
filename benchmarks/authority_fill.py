"""What an authority and the indicators' reports read: returns of many schools, a municipal roadmap, websites, values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import frappe

from benchmarks.consolidation import HEADCOUNT, MENTEES, PLACES, PUBLICATIONS, texts
from benchmarks.fill import AUTHORITY, SCHOOL, chance, filled, insert, name_of, row
from benchmarks.reports_fill import of

PER_SCHOOL = 100  # participants
FEWEST = 5  # schools
YEARS = {year: (date(year, 9, 1), date(year + 1, 5, 31)) for year in (2025, 2026)}
FROZEN_IN = (2024, 2025, 2026)
TASKS = 20
DOCUMENTS = ("Положение", "Приказ", "Дорожная карта", "Программа", "Формы согласий", "Новости")
TITLES = {MENTEES: "Наставляемые в парах", HEADCOUNT: "Все, кого считают", PUBLICATIONS: "Публикации"}

Rows = Iterator[dict[str, Any]]


def authority() -> str:
	return frappe.db.get_value("Educational Organization", {"title": AUTHORITY}, "name")


def prepare() -> None:
	"""A school that sends returns for each hundred participants of the site, and values of every programme."""
	above, known = authority(), frappe.db.count("Program Return", {"period_start": YEARS[2026][0]})
	numbers = range(known, max(FEWEST, filled() // PER_SCHOOL))
	if not known:
		for doctype, rows in ABOVE.items():
			insert(doctype, rows(above))
	for doctype, rows in OF_SCHOOLS.items():
		insert(doctype, rows(numbers, above))
	if not frappe.db.count("Mentoring Indicator Value"):
		insert("Mentoring Indicator Value", _values())
	frappe.db.commit()  # nosemgrep: frappe-manual-commit (a filler is no request)


def _school(number: int) -> str:
	return name_of("sending school", number)


def _request(above: str) -> Rows:
	start, end = YEARS[2026]
	days = {"period_start": start, "period_end": end, "due_date": date(2027, 6, 15)}
	yield row("Program Return Request", 0, title="Отчёт за год", organization=above, **days)


def _check(above: str) -> Rows:
	values = {"title": "Сайты школ", "organization": above, "checked_on": date(2026, 11, 1)}
	yield row("Website Check", 0, **values)


def _tasks(above: str) -> Rows:
	for number in range(TASKS):
		yield row(
			"municipal task",
			number,
			title=f"Вымышленное муниципальное мероприятие № {number}",
			organization=above,
			status="In Progress",
			section=f"{1 + number % 4}. Вымышленный раздел",
			due_date=date(2026, 9 + number % 4, 15),
		)


ABOVE = {"Program Return Request": _request, "Website Check": _check, "Roadmap Task": _tasks}


def _schools(numbers: Sequence[int], above: str) -> Rows:
	for number in numbers:
		yield row(
			"sending school",
			number,
			title=f"{SCHOOL} {number:05} без своей страницы",
			organization_type="School",
			parent_organization=above,
			city="г. Вымышленск",
		)


def _asked_schools(numbers: Sequence[int], _above: str) -> Rows:
	request = name_of("Program Return Request", 0)
	for number in numbers:
		about = of(request, "Program Return Request", "schools", 1 + number)
		yield row("Program Return Request School", number, **about, school=_school(number))


def _returns(numbers: Sequence[int], above: str) -> Rows:
	for year, (start, end) in YEARS.items():
		for number in numbers:
			yield row(
				f"return of {year}",
				number,
				title=f"Отчёт вымышленной школы {number}",
				docstatus=1,
				organization=_school(number),
				authority=above,
				period_start=start,
				period_end=end,
				direction="From Another Site",
				origin="JSON",
				workflow_state="Sent",
				received_at=end,
				**texts(_measures(number + year), _indicators(number + year), _cells(number + year)),
			)


def _table(field: str, each: Callable[[int], Rows]) -> Callable[[Sequence[int], str], Rows]:
	"""Rows of a table of the returns of each year."""

	def rows(numbers: Sequence[int], _above: str) -> Rows:
		for year in YEARS:
			for number in numbers:
				parent = name_of(f"return of {year}", number)
				for idx, one in enumerate(each(number + year), 1):
					yield row(
						f"{field} {idx} of {year}", number, **of(parent, "Program Return", field, idx), **one
					)

	return rows


def _measures(_number: int) -> Rows:
	for code, title in TITLES.items():
		yield {"code": code, "title": title, "people": int(code != PUBLICATIONS)}


def _indicators(_number: int) -> Rows:
	for code, title, unit, part, whole in (
		("involved", "Вовлечены", "%", MENTEES, HEADCOUNT),
		("publications", "Публикации", "публикаций", PUBLICATIONS, ""),
	):
		yield {
			"code": code,
			"title": title,
			"unit": unit,
			"numerator": part,
			"denominator": whole,
			"by_hand": 0,
		}


def _cells(number: int) -> Rows:
	for at, (measure, form, group) in enumerate(PLACES):
		value = 60 + number % 900 if measure == HEADCOUNT else (number * 7 + at) % 50
		withheld = int(measure == MENTEES and value < 5)
		said = {"value": 0 if withheld else value, "withheld": withheld}
		yield {"measure": measure, "form": form, "target_group": group, **said}


def _recommendations(number: int) -> Rows:
	if number % 2:
		answered = date(2027, 7, 1) if number % 4 == 1 else None
		yield {"recommendation": "Вымышленная рекомендация", "answered_on": answered}


def _marks(numbers: Sequence[int], _above: str) -> Rows:
	check = name_of("Website Check", 0)
	for number in numbers:
		for idx, document in enumerate(DOCUMENTS, 1):
			mark = ("On the Site", "On the Site", "Out of Date", "Missing")[chance(document, number, 4)]
			about = of(check, "Website Check", "marks", number * len(DOCUMENTS) + idx)
			said = {"school": _school(number), "document": document, "mark": mark}
			yield row(f"Website Check Mark {idx}", number, **about, **said)


def _executors(numbers: Sequence[int], _above: str) -> Rows:
	for task in range(TASKS):
		for number in numbers:
			status = ("Waits for a Program", "Planned", "In Progress", "Done", "Done")[
				chance(f"task {task}", number, 5)
			]
			done = date(2026, 9 + chance(f"done {task}", number, 3), 10) if status == "Done" else None
			yield row(
				f"Roadmap Task Executor {task}",
				number,
				**of(name_of("municipal task", task), "Roadmap Task", "executors", 1 + number),
				organization=_school(number),
				status=status,
				completed_on=done,
				reached=("Yes", "No")[chance(f"reached {task}", number, 2)] if done else None,
			)


OF_SCHOOLS = {
	"Educational Organization": _schools,
	"Program Return Request School": _asked_schools,
	"Program Return": _returns,
	"Program Return Measure": _table("measures", _measures),
	"Program Return Indicator": _table("indicators", _indicators),
	"Program Return Cell": _table("cells", _cells),
	"Program Return Recommendation": _table("recommendations", _recommendations),
	"Website Check Mark": _marks,
	"Roadmap Task Executor": _executors,
}


def _values() -> Rows:
	"""Of today, and frozen in each of the years."""
	programs = frappe.get_all("Mentoring Program", fields=["name", "organization"], order_by="title asc")
	indicators = frappe.get_all("Mentoring Indicator", fields=["name", "title", "unit"], order_by="title asc")
	number = 0
	for program in programs:
		for indicator in indicators:
			for frozen, year in ((0, 2026), *((1, year) for year in FROZEN_IN)):
				part = chance("value", number, 80)
				yield row(
					"Mentoring Indicator Value",
					number,
					program=program.name,
					organization=program.organization,
					indicator=indicator.name,
					title=indicator.title,
					unit=indicator.unit,
					on_date=date(year, 11, 20),
					year=year,
					frozen=frozen,
					way="From Records",
					has_value=1,
					numerator=part,
					denominator=80,
					value=round(100 * part / 80, 1),
					definition="Вымышленное определение",
					op=">=",
					target=70,
					has_target=1,
					target_year=2026,
					standing="Reached" if part >= 56 else "Missed",
					value_key=f"{program.name}|{indicator.name}|{year if frozen else 'now'}",
				)
				number += 1
