"""From a roadmap document, or a template, to tasks: nothing is created before the doubts are looked at."""

from __future__ import annotations

from io import BytesIO

import frappe
from docx import Document as WordDocument
from frappe.utils import getdate
from frappe.utils.file_manager import save_file

from nastavnik_app.tests.builders import SchoolTestCase, as_user

HEADINGS = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
ROWS = (
	("1", "Назначить куратора", "до 10.09.2026", "Директор", "Приказ"),
	("2", "Собрать согласия участников", "сентябрь", "Куратор", "Согласия не менее 100 % участников"),
	("3", "Диагностика участников", "1 раз в квартал", "Психолог", "Сравнительная таблица"),
	("4", "Итоговая встреча", "май 2019", "Куратор", "Протокол"),
)


def roadmap_document(rows: tuple = ROWS) -> bytes:
	document = WordDocument()
	document.add_paragraph("Дорожная карта на 2026/2027 учебный год")
	table = document.add_table(rows=0, cols=len(HEADINGS))
	for row in (HEADINGS, *rows):
		for cell, text in zip(table.add_row().cells, row, strict=True):
			cell.text = text
	stream = BytesIO()
	document.save(stream)
	return stream.getvalue()


class TestRoadmapImport(SchoolTestCase):
	def uploaded(self, content: bytes, filename: str = "roadmap.docx"):
		doc = frappe.get_doc({"doctype": "Roadmap Import", "program": self.school.program}).insert()
		file = save_file(filename, content, "Roadmap Import", doc.name, is_private=1)
		doc.document = file.file_url
		return doc.save()

	def test_document_becomes_rows_with_doubts_beside_them(self) -> None:
		with as_user(self.school.curator):
			doc = self.uploaded(roadmap_document())
			doc.read_document()
			doc.reload()
		self.assertEqual((doc.status, len(doc.rows)), ("Rows Read", 4))
		self.assertEqual([row.responsible for row in doc.rows], [row[3] for row in ROWS])
		self.assertEqual(doc.rows[0].due, getdate("2026-09-10"))
		self.assertEqual((doc.rows[1].start, doc.rows[1].due), (getdate("2026-09-01"), getdate("2026-09-30")))
		self.assertEqual(doc.doubt_count, 1)
		self.assertTrue(doc.rows[3].problems)

	def test_tasks_wait_for_the_doubts(self) -> None:
		with as_user(self.school.curator):
			doc = self.uploaded(roadmap_document())
			doc.read_document()
			with self.assertRefused("4"):
				doc.create_tasks()
			doc.reload()
			doc.rows[3].update({"start": "2027-05-01", "due": "2027-05-31", "checked": 1})
			doc.save()
			doc.create_tasks()
		tasks = frappe.get_all(
			"Roadmap Task",
			filters={"roadmap_import": doc.name},
			fields=["name", "source_row", "due_date", "recurs_from"],
			order_by="source_row asc, due_date asc",
		)
		quarterly = [task for task in tasks if task.source_row == 3]
		self.assertEqual(
			[task.due_date for task in quarterly],
			[getdate("2026-12-31"), getdate("2027-03-31"), getdate("2027-05-31")],
		)
		first = quarterly[0].name
		self.assertEqual([task.recurs_from for task in quarterly], [None, first, first])
		self.assertEqual(tasks[-1].due_date, getdate("2027-05-31"))
		self.assertEqual(len(tasks), 6)

	def test_tasks_are_created_once(self) -> None:
		doc = self.uploaded(roadmap_document(ROWS[:2]))
		doc.read_document()
		doc.create_tasks()
		doc.db_set("status", "Rows Read")
		with self.assertRefused(doc.title):
			doc.create_tasks()
		self.assertEqual(frappe.db.count("Roadmap Task", {"roadmap_import": doc.name}), 2)

	def test_unreadable_document_stores_nothing(self) -> None:
		doc = self.uploaded(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
		with self.assertRefused():
			doc.read_document()
		doc.reload()
		self.assertEqual((doc.status, doc.rows), ("New", []))

	def test_every_template_reads_into_tasks(self) -> None:
		templates = frappe.get_all("Roadmap Template", pluck="name")
		self.assertGreaterEqual(len(templates), 5)
		for template in templates:
			doc = frappe.get_doc(
				{"doctype": "Roadmap Import", "program": self.school.program, "template": template}
			).insert()
			doc.read_document()
			for row in doc.rows:
				row.checked = 1
			doc.save()
			doc.create_tasks()
			rows = {
				task.source_row
				for task in frappe.get_all(
					"Roadmap Task", filters={"roadmap_import": doc.name}, fields=["source_row"]
				)
			}
			self.assertEqual(rows, set(range(1, len(doc.rows) + 1)), template)

	def test_a_document_of_the_callers_own_making_changes_nothing(self) -> None:
		doc = self.uploaded(roadmap_document(ROWS[:2]))
		doc.read_document()
		forged = frappe.get_doc({**doc.as_dict(), "status": "Rows Read"})
		forged.append("rows", {"title": "Подложенная строка", "due": "2026-10-01"})
		forged.create_tasks()
		self.assertFalse(frappe.db.exists("Roadmap Task", {"title": "Подложенная строка"}))
