"""From a roadmap document, or a template, to tasks: nothing is created before the doubts are looked at."""

from __future__ import annotations

from io import BytesIO
from unittest.mock import patch

import frappe
from docx import Document as WordDocument
from frappe.utils import getdate

from nastavnik_app import translation
from nastavnik_app.attachments import attach
from nastavnik_app.program import roadmap_review
from nastavnik_app.roadmap.model import Doubt
from nastavnik_app.rules.messages import _
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


# no term, nobody responsible, a number lost; and a term that is long past
DOUBTFUL = (
	("1", "Назначить куратора", "до 10.09.2026", "Директор", "Приказ"),
	("2", "Встречи с выпускниками", "", "Определяется ОО", "не менее встреч с выпускниками"),
	("3", "Итоговая встреча", "май 2019", "Куратор", "Протокол"),
)


def cells_in_doubt(row) -> list[str]:
	return sorted(one["field"] for one in frappe.parse_json(row.doubts or "[]"))


class TestRoadmapImport(SchoolTestCase):
	def uploaded(self, content: bytes, filename: str = "roadmap.docx"):
		doc = frappe.get_doc({"doctype": "Roadmap Import", "program": self.school.program}).insert()
		file = attach(filename, content, "Roadmap Import", doc.name)
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

	def read(self, rows: tuple):
		doc = self.uploaded(roadmap_document(rows))
		doc.read_document()
		doc.reload()
		return doc

	def test_each_doubt_names_its_cell_and_the_words_it_was_read_from(self) -> None:
		_plain, doubtful, late = self.read(DOUBTFUL).rows
		cells = {one["field"]: one for one in frappe.parse_json(doubtful.doubts)}
		self.assertEqual(set(cells), {"term_text", "responsible", "indicator"})
		self.assertEqual(cells["responsible"]["written"], "Определяется ОО")
		self.assertEqual(doubtful.problems.split("\n"), [one["text"] for one in cells.values()])
		self.assertEqual(
			[one["written"] for one in roadmap_review.doubts_of(late, "term_text")], ["май 2019"]
		)
		self.assertEqual(roadmap_review.doubts_of(late, "title"), [])

	def test_a_doubt_about_a_column_that_an_import_has_not_stands_at_its_row(self) -> None:
		doubt = Doubt(_("Unreadable signs left out: {0}").format("I"), "document", "I")
		stored = roadmap_review.as_stored([doubt], "Roadmap Import Row")
		row = frappe.get_doc({"doctype": "Roadmap Import Row", **stored})
		self.assertEqual([one["written"] for one in roadmap_review.doubts_of(row)], ["I"])

	def test_a_corrected_cell_loses_its_doubt_and_no_other(self) -> None:
		doc = self.read(DOUBTFUL)
		doc.rows[1].responsible = "Куратор"
		doc.save()
		self.assertEqual(cells_in_doubt(doc.rows[1]), ["indicator", "term_text"])
		doc.rows[1].update({"due": "2027-03-01", "threshold_value": 3})
		doc.rows[2].responsible = "Педагог-психолог"
		doc.save()
		self.assertFalse(doc.rows[1].problems or doc.rows[1].doubts)
		self.assertEqual(cells_in_doubt(doc.rows[2]), ["term_text"])
		self.assertEqual(doc.doubt_count, 1)
		doc.rows[2].due = "2027-05-20"
		doc.save()
		self.assertEqual(doc.create_tasks(), 3)

	def test_words_that_are_corrected_are_read_again(self) -> None:
		doc = self.read(DOUBTFUL)
		doc.rows[1].indicator = "не менее 5 встреч с выпускниками"
		doc.rows[2].term_text = "май"
		doc.save()
		self.assertEqual((doc.rows[1].threshold_op, doc.rows[1].threshold_value), (">=", 5))
		self.assertEqual(
			(getdate(doc.rows[2].start), getdate(doc.rows[2].due)),
			(getdate("2027-05-01"), getdate("2027-05-31")),
		)
		self.assertEqual(
			(cells_in_doubt(doc.rows[1]), doc.rows[2].problems), (["responsible", "term_text"], None)
		)
		doc.rows[2].term_text = "когда-нибудь"
		doc.save()
		self.assertEqual((doc.rows[2].due, cells_in_doubt(doc.rows[2])), (None, ["term_text"]))

	def test_dates_set_by_hand_outlive_a_change_of_the_words(self) -> None:
		doc = self.read(DOUBTFUL)
		doc.rows[2].update({"start": None, "due": "2027-05-20"})
		doc.save()
		doc.rows[2].term_text = "в мае"
		doc.save()
		self.assertEqual((doc.rows[2].start, getdate(doc.rows[2].due)), (None, getdate("2027-05-20")))
		self.assertFalse(doc.rows[2].problems)

	def test_a_doubt_cannot_be_sent_away(self) -> None:
		doc = self.read(DOUBTFUL)
		doc.rows[2].update({"doubts": None, "problems": None})
		doc.save()
		self.assertEqual(cells_in_doubt(doc.rows[2]), ["term_text"])
		self.assertEqual(doc.doubt_count, 2)

	def test_a_doubt_about_the_document_stands_over_its_rows(self) -> None:
		self.assertFalse(self.read(DOUBTFUL).problems)
		numbers = (1, 2, 4, 5)
		rows = tuple((str(number), f"Встреча {number}", "май", "Куратор", "Протокол") for number in numbers)
		self.assertIn("3", self.read(rows).problems)

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

	def test_the_same_document_makes_no_tasks_twice(self) -> None:
		first, second = (self.uploaded(content) for content in [roadmap_document(ROWS[:2])] * 2)
		first.read_document()
		first.create_tasks()
		second.read_document()
		with self.assertRefused(first.title):
			second.create_tasks()
		frappe.db.delete("Roadmap Task", {"roadmap_import": first.name})
		second.create_tasks()
		self.assertEqual(frappe.db.count("Roadmap Task", {"program": self.school.program}), 2)

	def test_days_in_doubts_are_written_as_the_reader_writes_them(self) -> None:
		doubt = Doubt(_("The term lies before the plan starts: {0}").format(getdate("2026-04-30")))
		with patch.object(translation, "formatdate", lambda day: f"{day:%d.%m.%Y}"):
			self.assertIn("30.04.2026", translation.translated(doubt))

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
