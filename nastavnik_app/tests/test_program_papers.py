"""The papers of a programme as they come off the printer: local acts, roadmap, protocol, awards, the act, the list."""

from __future__ import annotations

import re
from inspect import getmembers, isfunction
from io import BytesIO

import frappe
import pytest
from frappe.model.document import Document
from pypdf import PdfReader

from nastavnik_app.documents import local_acts, program_methods
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school
from nastavnik_app.tests.papers import printed
from nastavnik_app.tests.pdf_text import pages_of
from nastavnik_app.tests.test_prints import ESCAPED, HOSTILE, page_of

SECTIONS = (
	(
		"1. Общие положения",
		"Настоящий документ составлен школой.\nУчастники:\n- наставник;\n– наставляемый.",
		"",
	),
	("Цель", "", "Aims"),
	("Задачи", "Задачи программы:", "Tasks"),
	("Формы", "", "Forms"),
	("Руководители", "", "Leaders"),
	("План работы", "", "Roadmap by Stages"),
	("Партнёры", "", "Partners"),
	("Показатели", "", "Indicators"),
	("Ожидаемые результаты", "", "Expected Results"),
)
PROGRAM_TEXTS = {
	"aims": "Поддержать каждого ученика",
	"tasks": "собрать базы\nобучить наставников",
	"partners": "Завод «Пример»\nКолледж",
	"expected_results": "растёт успеваемость\nмолодые педагоги остаются",
	"leaders": [{"person_name": "Осокина Валерия Олеговна", "post": "старший методист"}],
	"targets": [{"title": "Доля детей с тьютором", "unit": "%", "base_year": 2025, "target_value": 0.17}],
}


class PaperTestCase(SchoolTestCase):
	def program(self, **values) -> Document:
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.update(values)
		return program.save()

	def kind(self, title: str, about: str = "Award", **values) -> str:
		"""A kind of its own, whatever the dictionary has under this title."""
		frappe.db.delete("Mentoring Kind", {"title": title})
		return (
			frappe.get_doc({"doctype": "Mentoring Kind", "title": title, "about": about, **values})
			.insert()
			.name
		)

	def act(self, kind: str = "Regulation", sections: tuple = SECTIONS) -> Document:
		rows = [dict(zip(("heading", "text", "content"), row, strict=True)) for row in sections]
		template = {
			"title": frappe.generate_hash(),
			"kind": kind,
			"heading": "о наставничестве",
			"sections": rows,
		}
		template = frappe.get_doc({"doctype": "Mentoring Local Act Template", **template}).insert()
		act = {"doctype": "Mentoring Local Act", "title": "Акт", "template": template.name, "kind": kind}
		return frappe.get_doc({**act, "program": self.school.program}).insert()

	def event(self, present: int, **values) -> Document:
		event = {
			"doctype": "Mentoring Event",
			"title": "О внедрении наставничества",
			"program": self.school.program,
			"kind": self.kind("Педагогический совет", "Event"),
			"held_on": "2026-08-28",
			"participants": [{"person_name": f"Тополев Пример {number}"} for number in range(present)],
		}
		return frappe.get_doc({**event, **values}).insert()

	def award(self, kind: str, **values) -> Document:
		award = {
			"doctype": "Mentoring Award",
			"program": self.school.program,
			"kind": kind,
			"recipient_name": "Ромашкин Пётр Ильич",
			"reason": "помощь товарищам",
		}
		return frappe.get_doc({**award, **values}).insert()

	def destruction(self, **values) -> Document:
		act = {
			"doctype": "Data Destruction Act",
			"organization": self.school.organization,
			"act_date": "2027-07-01",
			"reason": "Consent Withdrawn",
			"method": "измельчение",
			"persons": [{"person_name": "Ромашкин Пётр Ильич", "data_categories": "имя; телефон"}],
			"commission": [{"person_name": "Липова Ирина Сергеевна", "post": "заместитель директора"}],
		}
		return frappe.get_doc({**act, **values}).insert()

	def ordered(self, record: Document, field: str = "order") -> Document:
		"""The record as an order with number and date has approved it."""
		order = self.school.order(self.school.pair())
		frappe.db.set_value(
			"Mentoring Order", order.name, {"order_number": "45-од", "order_date": "2027-05-20"}
		)
		frappe.db.set_value(record.doctype, record.name, field, order.name)
		return frappe.get_doc(record.doctype, record.name)

	def emptied(self, record: Document, *fields: str) -> Document:
		frappe.db.set_value(record.doctype, record.name, dict.fromkeys(fields, ""))
		for table in record.meta.get_table_fields():
			frappe.db.delete(table.options, {"parent": record.name})
		frappe.clear_document_cache(record.doctype, record.name)
		return frappe.get_doc(record.doctype, record.name)

	def assertPrinted(self, doc: Document, print_format: str, *words: str) -> str:
		text = printed(doc, print_format)
		for word in words:
			self.assertIn(word, text)
		self.assertNotIn("{{", text)
		self.assertIsNone(re.search(r"\bNone\b", text), text)
		return text


class TestLocalAct(PaperTestCase):
	def test_regulation_is_numbered_and_filled_from_the_programme(self) -> None:
		self.program(**PROGRAM_TEXTS)
		self.school.task(
			title="Провести педсовет",
			section="Подготовка",
			content="1) собрать\n2) решить",
			term_text="август",
		)
		text = self.assertPrinted(
			self.act(),
			"Local Act",
			"Вымышленная средняя школа",
			"УТВЕРЖДАЮ",
			"ПОЛОЖЕНИЕ о наставничестве 1. Общие положения 1.1. Настоящий документ составлен школой.",
			"1.2. Участники: – наставник; – наставляемый.",
			"2. Цель Поддержать каждого ученика",
			"3.1. Задачи программы: – собрать базы – обучить наставников",
			"Учитель — ученик",
			"Осокина Валерия Олеговна старший методист",
			"Подготовка 1 Провести педсовет 1) собрать 2) решить август",
			"7. Партнёры – Завод «Пример» – Колледж",
			"0 (2025 г.) 0,17",
			"9. Ожидаемые результаты – растёт успеваемость",
		)
		self.assertNotIn("1. 1. Общие", text)

	def test_forms_are_those_in_use(self) -> None:
		every = page_of(self.act(), "Local Act")
		self.school.pair()
		used = page_of(self.act(), "Local Act")
		self.assertIn("Студент — студент", every)
		self.assertNotIn("Студент — студент", used)
		self.assertIn("Учитель — ученик", used)

	def test_programme_names_the_order_that_approved_it(self) -> None:
		act = self.ordered(self.act("Program"))
		text = self.assertPrinted(
			act, "Local Act", "УТВЕРЖДЕНА приказом от 20 мая 2027 г. № 45-од", "ПРОГРАММА о наставничестве"
		)
		self.assertNotIn("УТВЕРЖДАЮ", text)

	def test_empty_act_leaves_lines_to_the_hand(self) -> None:
		text = self.assertPrinted(self.act(), "Local Act", "2. Цель ____")
		self.assertGreater(text.count("____"), 3)
		self.assertPrinted(self.act(sections=(("Раздел", "", ""),)), "Local Act", "1. Раздел ____")


class TestRoadmap(PaperTestCase):
	def test_sixty_rows_have_their_header_on_each_page_and_none_is_lost(self) -> None:
		for number in range(60):
			self.school.task(
				title=f"Задача {number:02}", content="Собрать\nОбсудить\nЗаписать", source_row=number + 1
			)
		program = self.program()
		pdf = frappe.get_print(program.doctype, program.name, "Roadmap", as_pdf=True)
		pages = PdfReader(BytesIO(pdf)).pages
		texts = pages_of(pdf)
		self.assertGreater(len(pages), 3)
		self.assertTrue(all("Ответственный" in text for text in texts))
		self.assertTrue(all(page.mediabox.width > page.mediabox.height for page in pages))
		self.assertEqual(len(set(re.findall(r"Задача \d\d", " ".join(texts)))), 60)
		for text in texts:  # no row is cut: its title and its last line stand on one page
			self.assertEqual(text.count("Задача"), text.count("Записать"))

	def test_approved_by_its_own_order(self) -> None:
		program = self.ordered(self.program(), "roadmap_order")
		self.assertPrinted(program, "Roadmap", "УТВЕРЖДЕНА приказом от 20 мая 2027 г. № 45-од")

	def test_the_annex_of_an_order_has_the_rows_without_the_marks(self) -> None:
		self.school.task(title="Провести педсовет", due_date="2020-01-01")
		body = '{% from "nastavnik_app/templates/print/roadmap_body.html" import roadmap_table %}'
		table = frappe.render_template(
			body + "{{ roadmap_table(program) }}", {"program": self.school.program}
		)
		self.assertIn("Провести педсовет", table)
		self.assertNotIn("Просрочено", table)
		self.assertIn("Просрочено", page_of(self.program(), "Roadmap"))

	def test_empty_roadmap_is_a_blank_form(self) -> None:
		self.assertPrinted(self.program(), "Roadmap", "ДОРОЖНАЯ КАРТА", "УТВЕРЖДАЮ")


class TestProtocol(PaperTestCase):
	def test_protocol_tells_who_was_heard_what_was_decided_and_how_they_voted(self) -> None:
		question = {"question": "О положении", "speaker": "Липова И. С.", "heard": "Рассказала о целях."}
		question |= {"decided": "Принять положение.", "votes": "5, 0, 1"}
		participants = [{"person_name": "Осокин Пример"}, {"person_name": "Берёзов Пример", "absent": 1}]
		event = self.event(
			0,
			protocol_number="3",
			place="учительская",
			chair_name="Берёзова Полина Игоревна",
			invited_count=2,
			participants=participants,
			questions=[question],
		)
		self.assertPrinted(
			event,
			"Event Protocol",
			"ПРОТОКОЛ 28 августа 2026 г. № 3",
			"Педагогический совет О внедрении наставничества",
			"учительская",
			"Приглашены 2 чел.",
			"1 чел.: Осокин Пример",
			"Отсутствовали Берёзов Пример",
			"ПОВЕСТКА ДНЯ",
			"СЛУШАЛИ: Липова И. С. Рассказала о целях.",
			"РЕШИЛИ: Принять положение.",
			"ГОЛОСОВАЛИ: за — 5, против — 0, воздержались — 1.",
			"П. И. Берёзова",
		)

	def test_many_present_are_listed_in_an_annex(self) -> None:
		text = self.assertPrinted(
			self.event(16), "Event Protocol", "(список прилагается)", "Приложение к протоколу"
		)
		self.assertIn("16 Тополев Пример 15", text)
		self.assertNotIn("Приложение", self.assertPrinted(self.event(15), "Event Protocol"))

	def test_empty_protocol_leaves_lines_to_the_hand(self) -> None:
		self.assertPrinted(self.event(0), "Event Protocol", "№ ____", "СЛУШАЛИ: ____", "за — ____, против")


class TestSiteChecklist(PaperTestCase):
	def test_what_is_missing_on_the_site_is_marked(self) -> None:
		rows = [
			{"title": "Приказ", "page_url": "https://school.example/1", "published_on": "2026-09-05"},
			{"title": "Положение", "page_url": "https://school.example/2"},
			{"title": "Дорожная карта", "responsible": "Липова И. С."},
		]
		self.assertPrinted(
			self.program(site_documents=rows),
			"Site Checklist",
			"Размещено документов: 1 из 3",
			"05.09.2026 Размещён",
			"Нет даты размещения",
			"Липова И. С. Не размещён",
		)

	def test_programme_without_a_list_takes_the_schools_own(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "site_documents", "Приказ о внедрении\nПоложение")
		program = self.emptied(self.program())
		self.assertPrinted(program, "Site Checklist", "Приказ о внедрении Не размещён", "0 из 2")
		frappe.db.set_single_value("Mentoring Settings", "site_documents", "")
		self.assertPrinted(program, "Site Checklist", "0 из 0")


class TestSafety(PaperTestCase):
	def papers(self) -> list[tuple[Document, str]]:
		"""Every paper of a programme, on records of this school."""
		program = self.program(**PROGRAM_TEXTS, site_documents=[{"title": "Приказ"}])
		self.school.task(title="Провести педсовет")
		question = {"question": "О положении", "decided": "Принять"}
		return [
			(self.act(), "Local Act"),
			(program, "Roadmap"),
			(self.event(2, questions=[question]), "Event Protocol"),
			(self.award(self.kind("Диплом", paper="Diploma", wording="Слова")), "Award"),
			(self.award(self.kind("Письмо", paper="Letter of Thanks")), "Award"),
			(self.destruction(), "Data Destruction Act"),
			(program, "Site Checklist"),
		]

	def test_whatever_somebody_types_is_printed_as_text(self) -> None:
		papers = self.papers()
		task = frappe.get_all("Roadmap Task", filters={"program": self.school.program}, pluck="name")[0]
		self.spoil(frappe.get_doc("Roadmap Task", task))
		self.spoil(frappe.get_doc("Educational Organization", self.school.organization))
		for doc, _print_format in papers:
			self.spoil(doc)
			if doc.doctype == "Mentoring Award":
				self.spoil(frappe.get_doc("Mentoring Kind", doc.kind))
		for doc, print_format in papers:
			page = page_of(frappe.get_doc(doc.doctype, doc.name), print_format)
			self.assertGreater(page.count(ESCAPED), 3, print_format)
			self.assertNotIn("<script>alert", page, print_format)

	def spoil(self, doc: Document) -> None:
		"""Writes markup into every text of a record and of its tables, past the clean-up of a form."""
		for row in (doc, *doc.get_all_children()):
			texts = [
				df.fieldname
				for df in row.meta.fields
				if df.fieldtype in ("Data", "Small Text", "Text", "Long Text")
			]
			frappe.db.set_value(row.doctype, row.name, dict.fromkeys(texts, HOSTILE + row.name))
			frappe.clear_document_cache(row.doctype, row.name)

	def test_another_schools_curator_prints_nothing(self) -> None:
		stranger = make_school("Чужая школа").curator
		for doc, print_format in self.papers():
			with as_user(stranger), self.assertRaises(frappe.PermissionError, msg=print_format):
				frappe.get_print(doc.doctype, doc.name, print_format)

	def test_the_schools_own_curator_prints_everything(self) -> None:
		for doc, print_format in self.papers():
			with as_user(self.school.curator):
				self.assertPrinted(doc, print_format)


@pytest.mark.parametrize(
	("votes", "words"),
	[
		("18, 0, 1", "за — 18, против — 0, воздержались — 1"),
		("18/0/1", "за — 18, против — 0, воздержались — 1"),
		("единогласно.", "единогласно"),
		("18", "18"),
		(None, ""),
	],
)
def test_votes(votes: str | None, words: str) -> None:
	assert program_methods.votes_in_words(votes) == words


def test_typed_numbers_and_dashes_give_way_to_the_counted_ones() -> None:
	laid_out = local_acts.paragraphs("2.1. Первое\n— пункт\n01.09.2026 второе", 2)
	assert [(one["number"], one["text"], one["items"]) for one in laid_out] == [
		("2.1", "Первое", ["пункт"]),
		("2.2", "01.09.2026 второе", []),
	]
	assert local_acts.items("- раз\n\nдва") == ["раз", "два"]


def test_templates_are_given_no_function_but_the_modules_own() -> None:
	functions = getmembers(program_methods, isfunction)
	assert functions
	assert [name for name, function in functions if function.__module__ != program_methods.__name__] == []
