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
from nastavnik_app.people import new_people, roster_files, roster_import, roster_records
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, make_school

HEADINGS = ["№", "ФИО", "Дата рождения", "Пол", "Класс", "Целевая группа", "Телефон", "Эл. почта", "Запросы"]
RELATIVE = ["ФИО представителя", "Телефон представителя"]
PUPIL = ["Ромашкин Пример Образцович", "01.03.2012", "м", "8 «Б»", "Обучающиеся 10–14 лет", "8 900 000 00 00"]
NOT_COMPARED = {"name", "creation", "modified", "parent"}


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
		frappe.throw("disk full")

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


def varied(count: int) -> list[dict[str, Any]]:
	"""People of every sort that a list can bring."""
	competencies = frappe.get_all("Mentoring Competency", pluck="name", order_by="title asc")
	groups = frappe.get_all("Mentoring Target Group", pluck="name", order_by="title asc")
	found = []
	for number in range(count):
		found.append(
			{
				"last_name": f"Ромашкин{'а' * (number % 4)}",
				"first_name": "Пример",
				"middle_name": f"Номер {'абвгд'[number % 5]}" if number % 3 else None,
				"birth_date": f"20{10 + number % 6}-0{1 + number % 9}-1{number % 10}" if number % 5 else None,
				"gender": ("Male", "Female", None)[number % 3],
				"target_group": groups[number % len(groups)] if number % 4 else None,
				"school_class": ("8Б", "11А", "группа П-21", None)[number % 4],
				"phone": "+7 900 000-00-00" if number % 2 else None,
				"email": "primer@school.example" if number % 6 == 1 else None,
				"low_results": number % 2,
				"years_of_service": number % 7 or None,
				"main_request": ("Строка\nдругая", "балл < 3 и > 1", "<b>жирно</b>", "x" * 900, None)[
					number % 5
				],
				"needs": [{"competency": one} for one in competencies[: number % 4]],
				"representatives": [
					{
						"full_name": f"Ромашкина Пример {one}",
						"phone": "+7 900 000-00-01",
						"address": "г. Вымышленск",
					}
					for one in range(number % 3)
				],
			}
		)
	return found


class TestInBulkAsOneByOne(SchoolTestCase):
	"""What is written in bulk is what `insert` writes, and what `insert` refuses is refused."""

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user(self.school.curator)

	def stored(self, doctype: str, names: list[str]) -> list[dict[str, Any]]:
		meta, found = frappe.get_meta(doctype), []
		for name in names:
			whole = frappe.get_doc(doctype, name).as_dict()
			for table in meta.get_table_fields():
				whole[table.fieldname] = [self._compared(row) for row in whole[table.fieldname]]
			found.append(self._compared(whole))
		return found

	def _compared(self, row: dict[str, Any]) -> dict[str, Any]:
		left = {key: value for key, value in row.items() if key not in NOT_COMPARED}
		if not row.get("birth_date"):
			left.pop("person_key", None)  # made of the name of the record
		return left

	def test_three_hundred_people(self) -> None:
		self.assertTrue(new_people.listens_to_nothing("Mentee"), "the site has rules of its own for mentees")
		organization = self.school.organization
		one_by_one = [
			frappe.get_doc({"doctype": "Mentee", "organization": organization, **one}).insert()
			for one in varied(300)
		]
		documents = [
			new_people.Builder("Mentee").build({"organization": organization, **one}) for one in varied(300)
		]
		for document in documents:
			new_people.apply_rules(document)
		new_people.insert_all(documents)
		self.assertEqual(
			self.stored("Mentee", [one.name for one in documents]),
			self.stored("Mentee", [one.name for one in one_by_one]),
		)
		if frappe.db.table_exists("Workflow Action"):
			self.assertEqual(self.actions(documents), self.actions(one_by_one))

	def actions(self, documents: list[Document]) -> list[tuple]:
		found = []
		for document in documents:
			names = frappe.get_all("Workflow Action", {"reference_name": document.name}, pluck="name")
			for action in (frappe.get_doc("Workflow Action", name) for name in names):
				roles = sorted(row.role for row in action.permitted_roles)
				found.append(
					(action.status, action.workflow_state, action.reference_doctype, action.owner, roles)
				)
		return found

	def test_each_refusal_of_insert_is_a_refusal_here(self) -> None:
		person = {"last_name": "Ромашкин", "first_name": "Пример", "organization": self.school.organization}
		wrong = {
			"no surname": {"last_name": " "},
			"no organization": {"organization": None},
			"foreign organization": {"organization": another_school().organization},
			"no such group": {"target_group": "no-such-group"},
			"no such sex": {"gender": "Neither"},
			"phone": {"phone": "позвоните"},
			"email": {"email": "nobody@"},
			"too long": {"school_class": "8" * 141},
			"negative": {"years_of_service": -1},
			"too large": {"years_of_service": 2**31},
			"birth to come": {"birth_date": "2099-01-01"},
			"state": {"workflow_state": "In Bank"},
			"no such competency": {"needs": [{"competency": "no-such"}]},
			"need without a competency": {"needs": [{"note": "x"}]},
			"representative without a name": {"representatives": [{"phone": "+7 900"}]},
			"representative's email": {"representatives": [{"full_name": "Х", "email": "nobody@"}]},
			"representative's name": {"representatives": [{"full_name": "Х" * 141}]},
		}
		frappe.set_user(self.school.curator)
		for what, values in wrong.items():
			for way in (self._one_by_one, self._in_bulk):
				with self.subTest(f"{what}: {way.__name__}"), self.assertRefused(error=Exception):
					way({**person, **values})

	def _one_by_one(self, values: dict[str, Any]) -> None:
		frappe.get_doc({"doctype": "Mentee", **values}).insert()

	def _in_bulk(self, values: dict[str, Any]) -> None:
		good = {"last_name": "Тополев", "first_name": "Пример", "organization": values["organization"]}
		documents = [new_people.Builder("Mentee").build(one) for one in (values, good, good)]
		for document in documents:
			new_people.apply_rules(document)
		new_people.insert_all(documents)

	def test_a_site_with_rules_of_its_own_is_asked_one_by_one(self) -> None:
		if not frappe.db.table_exists("Notification"):
			self.skipTest("the engine has no notifications")
		frappe.set_user("Administrator")
		frappe.get_doc(
			{
				"doctype": "Notification",
				"subject": "Новый",
				"document_type": "Mentee",
				"event": "New",
				"channel": "System Notification",
				"message": "x",
				"enabled": 1,
				"recipients": [{"receiver_by_role": "System Manager"}],
			}
		).insert()
		self.assertFalse(new_people.listens_to_nothing("Mentee"))

	def test_what_is_stored_is_read_by_a_query_a_table(self) -> None:
		self.school.mentee()
		self.assertEqual(len(roster_records.tables_of("Mentee")), 2)
