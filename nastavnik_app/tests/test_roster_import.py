"""A list of people is checked row by row, imported as a whole or not at all, and read back unchanged."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, nowdate
from openpyxl import Workbook, load_workbook

from nastavnik_app import api
from nastavnik_app.attachments import attach
from nastavnik_app.people import new_people, roster_files, roster_import
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, make_school

HEADINGS = ["№", "ФИО", "Дата рождения", "Пол", "Класс", "Целевая группа", "Телефон", "Эл. почта", "Запросы"]
RELATIVE = ["ФИО представителя", "Телефон представителя"]
PUPIL = ["Ромашкин Пример Образцович", "01.03.2012", "м", "8 «Б»", "Обучающиеся 10–14 лет", "8 900 000 00 00"]


def book(*rows: list[Any]) -> bytes:
	made = Workbook()
	for row in rows:
		made.active.append(row)
	stream = BytesIO()
	made.save(stream)
	return stream.getvalue()


def another_school() -> School:
	with as_user("Administrator"):
		return make_school("Чужая школа")


class RosterTestCase(SchoolTestCase):
	def roster(self, content: bytes, people: str = "Mentee", name: str = "список.xlsx") -> Document:
		"""A Roster Import of the curator with its file, checked."""
		doc = frappe.get_doc(
			{"doctype": "Roster Import", "organization": self.school.organization, "people": people}
		).insert()
		file = attach(name, content, "Roster Import", doc.name)
		doc.file = file.file_url
		doc.save()
		doc.check_list()
		return doc

	def imported(self, content: bytes, people: str = "Mentee", name: str = "список.xlsx") -> Document:
		doc = self.roster(content, people, name)
		self.assertEqual([(row.row, row.column, row.fault) for row in doc.faults], [])
		doc.import_list()
		roster_import.run(doc.name)
		doc.reload()
		self.assertEqual(doc.status, "Imported", doc.problems)
		return doc

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user(self.school.curator)


class TestRosterImport(RosterTestCase):
	def count(self) -> int:
		return frappe.db.count("Mentee", {"organization": self.school.organization})

	def test_old_imports_go_with_their_files_and_one_left_behind_is_given_up(self) -> None:
		old, new, left = (self.roster(book(HEADINGS, [1, *PUPIL])) for _number in range(3))
		frappe.db.set_value("Roster Import", old.name, "creation", add_days(nowdate(), -31))
		long_ago = {"status": "Running", "modified": add_days(nowdate(), -2)}
		frappe.db.set_value("Roster Import", left.name, long_ago, update_modified=False)
		roster_import.give_up()
		roster_import.clean_up()
		self.assertFalse(frappe.db.exists("Roster Import", old.name))
		self.assertFalse(frappe.db.exists("File", {"attached_to_name": old.name}))
		self.assertTrue(frappe.db.exists("File", {"attached_to_name": new.name}))
		self.assertEqual(frappe.db.get_value("Roster Import", left.name, "status"), "Failed")
		self.assertEqual(frappe.db.get_value("Roster Import", new.name, "status"), "Checked")

	def test_a_class_comes_in_and_the_same_list_changes_nothing_again(self) -> None:
		rows = [
			["Список обучающихся 8 «Б» класса"],
			[],
			HEADINGS + RELATIVE,
			[
				1,
				*PUPIL,
				"primer@school.example",
				"Навыки общения; Лидерство и организация",
				"Ромашкина Пример",
				"+79000000001",
			],
			[2, "Тополев Образец", "2.4.2012", "муж", "8б", "обучающиеся 10-14 лет", None, None, None],
		]
		doc = self.imported(book(*rows))
		self.assertEqual((doc.row_count, doc.new_count, doc.changed_count), (2, 2, 0))
		pupil = frappe.get_doc("Mentee", {"last_name": "Ромашкин", "organization": self.school.organization})
		self.assertEqual(
			(pupil.full_name, str(pupil.birth_date), pupil.gender, pupil.school_class, pupil.class_number),
			("Ромашкин Пример Образцович", "2012-03-01", "Male", "8Б", 8),
		)
		self.assertEqual((pupil.phone, pupil.workflow_state), ("+7 900 000-00-00", "Candidate"))
		self.assertEqual(len(pupil.needs), 2)
		self.assertEqual(
			(pupil.representatives[0].full_name, pupil.owner), ("Ромашкина Пример", self.school.curator)
		)
		before = frappe.get_all("Mentee", fields=["name", "modified"], order_by="name asc")
		again = self.roster(book(*rows))
		self.assertEqual((again.new_count, again.changed_count, again.unchanged_count), (0, 0, 2))
		again.import_list()
		roster_import.run(again.name)
		self.assertEqual(frappe.get_all("Mentee", fields=["name", "modified"], order_by="name asc"), before)

	def test_checking_writes_nobody(self) -> None:
		before = self.count()
		doc = self.roster(book(HEADINGS, [1, *PUPIL]))
		self.assertEqual((doc.status, doc.new_count, self.count()), ("Checked", 1, before))

	def test_one_fault_keeps_everybody_out(self) -> None:
		before = self.count()
		doc = self.roster(book(HEADINGS, [1, *PUPIL], [2, "Липова Пример", "31.02.2012"]))
		fault = doc.faults[0]
		self.assertEqual((fault.row, fault.column, fault.value), (3, "C «Дата рождения»", "31.02.2012"))
		self.assertTrue(fault.fault and fault.remedy)
		with self.assertRefused("1"):
			doc.import_list()
		self.assertEqual(self.count(), before)

	def test_what_goes_wrong_in_the_middle_leaves_nothing(self) -> None:
		before = self.count()
		doc = self.roster(book(HEADINGS, [1, *PUPIL], [2, "Липова Пример", "02.02.2012"]))
		doc.import_list()
		kept, new_people.insert_all = new_people.insert_all, self._broken_after_writing
		try:
			self._insert_all = kept
			roster_import.run(doc.name)
		finally:
			new_people.insert_all = kept
		doc.reload()
		self.assertEqual((doc.status, self.count()), ("Failed", before))
		self.assertIn("disk", doc.problems)

	def _broken_after_writing(self, *args: Any) -> None:
		self._insert_all(*args)
		raise frappe.ValidationError("disk full")

	def test_a_new_class_and_phone_are_told_and_written_with_a_version(self) -> None:
		self.imported(book(HEADINGS, [1, *PUPIL]))
		changed = [1, PUPIL[0], PUPIL[1], None, "9Б", None, "+7 900 000-00-09"]
		doc = self.roster(book(HEADINGS, changed))
		self.assertEqual((doc.new_count, doc.changed_count), (0, 1))
		report = load_workbook(
			BytesIO(roster_import.attachments.bytes_of(frappe.get_doc("File", {"file_url": doc.report})))
		)
		told = [row for sheet in report for row in sheet.iter_rows(values_only=True)]
		self.assertIn((2, PUPIL[0], "Класс", "8Б", "9Б"), told)
		doc.import_list()
		roster_import.run(doc.name)
		pupil = frappe.get_doc("Mentee", {"last_name": "Ромашкин", "organization": self.school.organization})
		self.assertEqual((pupil.school_class, pupil.class_number, pupil.gender), ("9Б", 9, "Male"))
		self.assertTrue(pupil.target_group)

	def test_namesakes_are_never_merged_silently(self) -> None:
		self.school.mentee(last_name="Липова", first_name="Пример", middle_name="", birth_date=None)
		doc = self.roster(
			book(HEADINGS, [1, "Липова Пример", "02.02.2012"], [2, *PUPIL], [3, *PUPIL], [4, "Липова Пример"])
		)
		self.assertEqual([(row.row, "row 3" in row.fault) for row in doc.faults if row.row == 4], [(4, True)])
		self.assertEqual(doc.doubtful_count, 3)
		with_code = self.roster(book(["Код", *HEADINGS], ["новый", 1, "Липова Пример", "02.02.2012"]))
		self.assertEqual((with_code.fault_count + with_code.doubtful_count, with_code.new_count), (0, 1))

	def test_archived_people_are_not_changed(self) -> None:
		person = self.school.mentee(
			last_name="Липова", first_name="Пример", middle_name="", birth_date="2012-02-02"
		)
		frappe.db.set_value("Mentee", person.name, "workflow_state", "Archived")
		doc = self.roster(book(HEADINGS, [1, "Липова Пример", "02.02.2012", "ж", "9А"]))
		self.assertEqual((doc.fault_count, doc.changed_count), (1, 0))

	def test_csv_of_russian_excel(self) -> None:
		text = "Фамилия;Имя;Отчество;Дата рождения;Класс\nРомашкин;Пример;Образцович;01.03.2012;8Б\n"
		self.assertEqual(self.imported(text.encode("cp1251"), name="список.csv").new_count, 1)
		tabs = text.replace(";", "\t").replace("Образцович", "Второй").encode("utf-8-sig")
		self.assertEqual(self.imported(tabs, name="список.csv").new_count, 1)

	def test_a_file_that_is_no_list_is_refused_with_the_reason(self) -> None:
		for content, name in (
			(b"%PDF-1.4", "a.pdf"),
			(book(["Дата"], [1]), "a.xlsx"),
			(b"PK\x03\x04", "a.xlsx"),
		):
			with self.subTest(name):
				doc = self.roster(content, name=name)
				self.assertEqual(doc.status, "Failed")
				self.assertTrue(doc.problems)

	def test_only_who_may_create_people_there_imports(self) -> None:
		doc = self.roster(book(HEADINGS, [1, *PUPIL]))
		for user in (self.school.director, another_school().curator):
			with as_user(user):
				self.assertRaises(
					frappe.PermissionError, frappe.get_doc("Roster Import", doc.name).check_list
				)
				self.assertRaises(
					frappe.PermissionError, frappe.get_doc("Roster Import", doc.name).import_list
				)

	def test_nobody_types_what_the_app_has_found(self) -> None:
		doc = self.roster(book(HEADINGS, [2, "Липова Пример", "31.02.2012"]))
		doc.fault_count, doc.status = 0, "Checked"
		doc.set("faults", [])
		doc.save()
		doc.reload()
		self.assertEqual((doc.fault_count, len(doc.faults)), (1, 1))
		doc.status = "Imported"
		doc.save()
		self.assertEqual(doc.status, "Checked")

	def test_a_job_run_twice_imports_once(self) -> None:
		doc = self.imported(book(HEADINGS, [1, *PUPIL]))
		before = self.count()
		roster_import.run(doc.name)
		self.assertEqual(self.count(), before)
		with self.assertRefused("new import"):
			doc.file = None
			doc.save()


class TestExports(RosterTestCase):
	def test_exports_read_back_unchanged(self) -> None:
		competency = frappe.get_all("Mentoring Competency", pluck="name")[:2]
		self.school.mentee(
			main_request="=СУММ(A1)",
			interests="-футбол, @шахматы",
			school_class="8 «Б»",
			phone="12345678",
			needs=[{"competency": one, "note": "заметка"} for one in competency],
			representatives=[
				{"full_name": f"Ромашкина Пример {n}", "phone": "8 (900) 000-00-00"} for n in "АБ"
			],
		)
		self.school.mentee(birth_date=None, first_name="И.")
		partner = frappe.get_doc(
			{
				"doctype": "Partner Organization",
				"organization": self.school.organization,
				"title": "ООО «Пример; и Ко»",
			}
		)
		frappe.set_user("Administrator")
		partner.insert()
		self.school.mentor(
			capacity=3,
			forms=[{"form": "teacher-pupil", "role_model": "Лидер"}],
			from_outside=1,
			clearance="Received",
			clearance_on="2026-01-10",
			partner=partner.name,
			competencies=[{"competency": competency[0]}],
			achievements="'апостроф",
			workplace="+плюс",
		)
		frappe.set_user(self.school.curator)
		for people in ("Mentee", "Mentor"):
			with self.subTest(people):
				doc = self.roster(api.export_roster(self.school.organization, people).data, people)
				self.assertEqual([(one.column, one.value, one.fault) for one in doc.faults], [])
				whole = frappe.db.count(people, {"organization": self.school.organization})
				self.assertEqual((doc.new_count, doc.changed_count, doc.unchanged_count), (0, 0, whole))
				self.assertTrue(whole)

	def test_no_cell_of_an_export_is_a_formula(self) -> None:
		self.school.mentee(main_request="=1+1", interests="\t=2")
		sheet = load_workbook(BytesIO(roster_files.export(self.school.organization, "Mentee"))).active
		cells = [cell for row in sheet.iter_rows() for cell in row]
		self.assertNotIn("f", {cell.data_type for cell in cells})
		texts = [cell.value for cell in cells if isinstance(cell.value, str)]
		self.assertFalse([text for text in texts if text.strip().startswith(("=", "+", "-", "@"))])

	def test_the_template_can_be_imported(self) -> None:
		for people in ("Mentee", "Mentor"):
			doc = self.roster(api.roster_template(people).data, people)
			self.assertEqual((doc.new_count, [one.fault for one in doc.faults]), (1, []))

	def test_exports_are_for_who_may_list_these_people(self) -> None:
		self.school.mentee()
		with as_user(another_school().curator):
			doc = load_workbook(BytesIO(roster_files.export(self.school.organization, "Mentee"))).active
			self.assertEqual(doc.max_row, 1)
