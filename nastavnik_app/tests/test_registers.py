"""The two official registers: whom they hold, what stands in their columns, and what they cost."""

from __future__ import annotations

import re
from unittest.mock import patch

import frappe
from frappe.desk import query_report
from frappe.model.document import Document

from nastavnik_app.people import registers
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school
from nastavnik_app.tests.test_prints import ESCAPED, HOSTILE, page_of

MENTEE_COLUMNS = [
	"№",
	"ФИО наставляемого",
	"Контактные данные (данные представителя)",
	"Год рождения",
	"Основной запрос",
	"Дата вхождения в программу",
	"ФИО наставника",
	"Форма наставничества",
	"Место работы / учёбы наставника",
	"Дата завершения программы",
	"Результаты программы",
	"Ссылка на кейс / отзыв на сайте",
	"Отметка о прохождении программы",
]
MENTOR_COLUMNS = [
	"№",
	"ФИО наставника",
	"Контактные данные",
	"Место работы / учёбы наставника",
	"Основные компетенции",
	"Важные для программы достижения",
	"Интересы",
	"Желаемый возраст наставляемых",
	"Ресурс времени на программу",
	"Дата вхождения в программу",
	"ФИО наставляемого (наставляемых)",
	"Форма наставничества",
	"Место работы / учёбы наставляемого",
	"Дата завершения программы",
	"Результаты программы",
	"Ссылка на кейс / отзыв на сайте",
]


class RegisterTestCase(SchoolTestCase):
	def assigned(self, mentor: Document, *mentees: Document, state: str = "Assigned", **values) -> str:
		pair = self.school.pair(mentor, list(mentees))
		frappe.db.set_value("Pair", pair.name, {"workflow_state": state, **values})
		return pair.name

	def paper(self, print_format: str) -> str:
		return page_of(frappe.get_doc("Mentoring Program", self.school.program), print_format)

	def report(self, name: str) -> list[dict]:
		return query_report.run(name, filters={"program": self.school.program})["result"]


class TestMenteeBank(RegisterTestCase):
	def test_each_pair_of_a_mentee_is_a_row_and_a_mentee_without_one_is_there_too(self) -> None:
		first, second = self.school.mentor(last_name="Осокин"), self.school.mentor(last_name="Тополев")
		twice = self.school.mentee(last_name="Астров", joined_on="2026-09-12")
		self.assigned(first, twice, state="Terminated")
		self.assigned(second, twice)
		self.school.mentee(last_name="Будрин")
		archived = self.school.mentee(last_name="Валин")
		frappe.db.set_value("Mentee", archived.name, "workflow_state", "Archived")
		self.school.mentee(last_name="Галин", joined_on="2027-09-01")
		rows = registers.mentee_bank(self.school.program)
		self.assertEqual(
			[(row["full_name"].split()[0], row["pair"].get("mentor_name", "").split()[:1]) for row in rows],
			[("Астров", ["Осокин"]), ("Астров", ["Тополев"]), ("Будрин", [])],
		)

	def test_a_pair_that_no_order_has_made_is_not_on_record(self) -> None:
		mentee = self.school.mentee()
		self.school.pair(self.school.mentor(), [mentee])
		self.assertEqual([row["pair"] for row in registers.mentee_bank(self.school.program)], [{}])

	def test_columns_of_the_official_form(self) -> None:
		representative = {
			"full_name": "Ромашкина Ольга Игоревна",
			"relation": "мать",
			"phone": "+7 900 000-00-01",
		}
		mentee = self.school.mentee(
			joined_on="2026-09-12", main_request="Сдать экзамен", representatives=[representative]
		)
		mentor = self.school.mentor(position="учитель физики")
		pair = self.assigned(
			mentor, mentee, state="Completed", ended_on="2027-05-20", end_reason="Сдал экзамен"
		)
		plan = self.school.plan(frappe.get_doc("Pair", pair))
		frappe.db.set_value("Individual Plan", plan.name, {"workflow_state": "Completed", "fulfilment": 90})
		page = self.paper("Mentee Bank")
		cells = cells_of(page)
		self.assertEqual(headings_of(page), MENTEE_COLUMNS)
		title = frappe.db.get_value("Educational Organization", self.school.organization, "title")
		self.assertEqual(
			cells,
			[
				"1",
				mentee.full_name,
				"Ромашкина Ольга Игоревна (мать), +7 900 000-00-01",
				"2012",
				"Сдать экзамен",
				"12.09.2026",
				mentor.full_name,
				"Учитель — ученик",
				f"{title}, учитель физики",
				"20.05.2027",
				"Сдал экзамен План выполнен на 90 %",
				"",
				"Программа пройдена",
			],
		)

	def test_report_has_the_same_rows(self) -> None:
		mentee = self.school.mentee(joined_on="2026-09-12")
		self.assigned(self.school.mentor(), mentee)
		self.school.mentee()
		rows = self.report("Mentee Bank")
		self.assertEqual([row["number"] for row in rows], [1, 2])
		self.assertIn(mentee.full_name, [row["full_name"] for row in rows])
		columns = query_report.run("Mentee Bank", filters={"program": self.school.program})["columns"]
		self.assertEqual(len(columns), len(MENTEE_COLUMNS))


class TestMentorBank(RegisterTestCase):
	def test_a_mentor_is_one_row_with_all_pairs(self) -> None:
		mentor = self.school.mentor(capacity=2, position="учитель")
		first, second = self.school.mentee(last_name="Астров"), self.school.mentee(last_name="Будрин")
		self.assigned(mentor, first, state="Completed", ended_on="2026-12-20", end_reason="Сдал экзамен")
		self.assigned(mentor, second)
		self.school.mentor(last_name="Яснов")
		page = self.paper("Mentor Bank")
		self.assertEqual(headings_of(page), MENTOR_COLUMNS)
		self.assertEqual(page.count("</tr>"), 2 + 2 + page.count('class="post"'))
		cells = cells_of(page)
		self.assertEqual(cells[10], f"1) {first.full_name} 2) {second.full_name}")
		self.assertEqual(cells[11], "Учитель — ученик")
		self.assertEqual(cells[13], "1) 20.12.2026 2) 25.05.2027")
		self.assertEqual(cells[14], "1) Сдал экзамен 2)")
		rows = self.report("Mentor Bank")
		self.assertEqual([len(row["pairs"]) for row in rows], [2, 0])
		self.assertEqual(rows[0]["mentees"], f"{first.full_name}; {second.full_name}")
		columns = query_report.run("Mentor Bank", filters={"program": self.school.program})["columns"]
		self.assertEqual(len(columns), len(MENTOR_COLUMNS))

	def test_what_the_mentor_brings(self) -> None:
		competency = frappe.get_all("Mentoring Competency", fields=["name", "title"])[0]
		self.school.mentor(
			phone="+7 900 000-00-02",
			workplace="Завод «Пример»",
			position="инженер",
			competencies=[{"competency": competency.name}],
			achievements="Лучший инженер",
			interests="робототехника",
			wished_age="13–16 лет",
			available_time="2 часа",
			joined_on="2026-09-10",
		)
		self.assertEqual(
			cells_of(self.paper("Mentor Bank"))[2:10],
			[
				"+7 900 000-00-02",
				"Завод «Пример», инженер",
				competency.title,
				"Лучший инженер",
				"робототехника",
				"13–16 лет",
				"2 часа",
				"10.09.2026",
			],
		)


class TestBothBanks(RegisterTestCase):
	def test_thirty_people_cost_as_many_queries_as_three(self) -> None:
		for bank in (registers.mentee_bank, registers.mentor_bank):
			self.people(3)
			bank(self.school.program)  # what is read once is in the cache
			few = queries(bank, self.school.program)
			self.people(27)
			self.assertEqual(queries(bank, self.school.program), few)
			self.assertGreater(few, 3)

	def people(self, count: int) -> None:
		for _number in range(count):
			self.assigned(self.school.mentor(), self.school.mentee())

	def test_empty_register_is_a_blank_form(self) -> None:
		for print_format in ("Mentee Bank", "Mentor Bank"):
			page = self.paper(print_format)
			self.assertIn('<tr class="signed">', page)
			self.assertNotIn(">None<", page)

	def test_whatever_somebody_types_is_printed_as_text(self) -> None:
		mentor, mentee = self.school.mentor(interests="x"), self.school.mentee()
		pair = self.assigned(mentor, mentee, mentor_name=HOSTILE, end_reason=HOSTILE)
		frappe.db.set_value("Pair Mentee", {"parent": pair}, "mentee_name", HOSTILE)
		for doctype, name in (("Mentor", mentor.name), ("Mentee", mentee.name)):
			frappe.db.set_value(doctype, name, {"full_name": HOSTILE, "phone": HOSTILE, "position": HOSTILE})
		frappe.db.set_value("Mentee", mentee.name, "main_request", HOSTILE)
		for print_format in ("Mentee Bank", "Mentor Bank"):
			page = self.paper(print_format)
			self.assertGreater(page.count(ESCAPED), 4, print_format)
			self.assertNotIn("<script>alert", page)

	def test_another_schools_curator_sees_nobody(self) -> None:
		self.assigned(self.school.mentor(), self.school.mentee())
		program = self.school.program
		with as_user(make_school("Чужая школа").curator):
			self.assertEqual(registers.mentee_bank(program), [])
			self.assertEqual(registers.mentor_bank(program), [])
			self.assertEqual(query_report.run("Mentee Bank", filters={"program": program})["result"], [])
			for print_format in ("Mentee Bank", "Mentor Bank"):
				with self.assertRaises(frappe.PermissionError):
					frappe.get_print("Mentoring Program", program, print_format)
		with as_user(self.school.curator):
			self.assertEqual(len(registers.mentee_bank(program)), 1)


def queries(work, *arguments: str) -> int:
	"""How many queries a piece of work sends to the database."""
	method = "run" if hasattr(frappe.db, "run") else "sql"
	with patch.object(frappe.db, method, wraps=getattr(frappe.db, method)) as sent:
		work(*arguments)
	return sent.call_count


def headings_of(page: str) -> list[str]:
	return [text_of(cell) for cell in re.findall(r'<th style="[^"]*">(.*?)</th>', page, re.DOTALL)]


def cells_of(page: str) -> list[str]:
	"""Texts of the cells of the table's first row."""
	body = page.split("<tbody>")[1].split("</tr>")[0]
	return [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", body, re.DOTALL)]


def text_of(cell: str) -> str:
	return " ".join(re.sub(r"<[^>]+>", " ", cell).replace("&nbsp;", " ").split())


class TestResults(RegisterTestCase):
	def test_results_and_the_case_stand_in_both_registers(self) -> None:
		mentor, mentee = self.school.mentor(), self.school.mentee()
		case = "https://school.example/cases/1"
		values = {"results": "Поступил в лицей", "end_reason": "Срок вышел", "case_url": case}
		self.assigned(mentor, mentee, state="Completed", **values)
		for name in ("Mentee Bank", "Mentor Bank"):
			(row,) = self.report(name)
			self.assertEqual((row["result"], row["case_link"]), ("Поступил в лицей", case))
			self.assertIn(case, self.paper(name))

	def test_results_are_entered_after_the_end_as_well(self) -> None:
		name = self.assigned(
			self.school.mentor(), self.school.mentee(), state="Terminated", ended_on="2026-11-01"
		)
		with as_user(self.school.curator):
			pair = frappe.get_doc("Pair", name)
			pair.update({"results": "Привык к новой школе", "case_url": "https://school.example/cases/2"})
			pair.save()
		self.assertEqual(
			registers.mentee_bank(self.school.program)[0]["pair"]["result"], "Привык к новой школе"
		)
