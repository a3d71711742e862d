"""Pupils out of Education: taken by the hundred, not doubled, followed; on a site where Education is installed."""

from __future__ import annotations

from typing import Any
from unittest import mock

import frappe
import pytest
from frappe.model.document import Document

from nastavnik_app import api_erp
from nastavnik_app.integrations import fields, following, taking
from nastavnik_app.tests import builders_erp as erp
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, make_school


class ErpTestCase(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		if not erp.has_apps():
			pytest.skip("Education and ERPNext are not installed on this site")

	def setUp(self) -> None:
		super().setUp()
		fields.refresh()
		erp.genders()
		# who is on the site already
		frappe.db.set_value("Student", {"enabled": 1}, "enabled", 0)
		frappe.db.set_value("Employee", {"status": "Active"}, "status", "Inactive")
		self.company = erp.company()
		frappe.db.set_value("Educational Organization", {"company": ["is", "set"]}, "company", None)
		self.link(self.school, self.company)
		self.year, self.program = erp.academic_year(), erp.program("8 класс")
		for role in ("Academics User", "HR User"):
			frappe.get_doc("User", self.school.curator).add_roles(role)

	def link(self, school: School, company: str) -> None:
		frappe.db.set_value("Educational Organization", school.organization, "company", company)

	def take(self, people: str, source: str, **choice: Any) -> dict[str, Any]:
		"""What was counted; then the job is run as a worker does, and must not fail."""
		asked = (self.school.organization, people, source, choice)
		with as_user(self.school.curator):
			counted = api_erp.count_people(*asked)
			api_erp.take_people(*asked)
		taking.run(*asked, asker=self.school.curator)
		told = frappe.get_last_doc("Notification Log", {"for_user": self.school.curator}).subject
		self.assertNotIn("Nobody was taken", told)
		return counted

	def counts(self, counted: dict[str, Any]) -> tuple[int, ...]:
		return tuple(counted[one] for one in ("new", "found", "updated", "unchanged", "doubtful_count"))

	def of(self, people: str, **filters: Any) -> Document:
		return frappe.get_doc(people, {"organization": self.school.organization, **filters})

	def saved(self, doc: Document) -> None:
		"""Saves a record of the ERP, and runs the jobs that this queues."""
		with mock.patch("frappe.enqueue") as enqueue:
			doc.save()
		for call in enqueue.call_args_list:
			if call.args and call.args[0].endswith("following.bring"):
				following.bring(call.kwargs["people"], call.kwargs["fields"])


class TestPupils(ErpTestCase):
	def a_class(self, count: int = 3, name: str = "8 «Б» 2026/27") -> list[Document]:
		students = [erp.student(number, [erp.guardian(number).name]) for number in range(count)]
		self.group = erp.student_group(name, self.program, self.year, [one.name for one in students])
		return students

	def test_a_class_comes_with_its_guardians_and_comes_once(self) -> None:
		students = self.a_class()
		erp.student(50)  # of no class
		self.assertEqual(
			self.counts(self.take("Mentee", "Student", student_group=self.group.name)), (3, 0, 0, 0, 0)
		)
		mentee = self.of("Mentee", student=students[1].name)
		self.assertEqual(
			(mentee.full_name, mentee.gender, str(mentee.birth_date), mentee.school_class, mentee.phone),
			("Тополев Пример Образцович", "Male", "2011-02-02", "8Б", "+7 901 000-00-01"),
		)
		self.assertEqual((mentee.workflow_state, mentee.owner), ("Candidate", self.school.curator))
		row = mentee.representatives[0]
		self.assertEqual(
			(row.full_name, row.relation, row.phone, row.email),
			("Тополева Представительница 1", "мать", "+7 900 000-00-01", "guardian1@school.example"),
		)
		self.assertEqual(row.guardian, students[1].guardians[0].guardian)
		modified = frappe.get_all("Mentee", fields=["name", "modified"], order_by="name asc")
		self.assertEqual(
			self.counts(self.take("Mentee", "Student", student_group=self.group.name)), (0, 0, 0, 3, 0)
		)
		self.assertEqual(frappe.get_all("Mentee", fields=["name", "modified"], order_by="name asc"), modified)

	def test_who_is_in_the_bank_already_is_linked_and_keeps_what_is_typed(self) -> None:
		students = self.a_class(2)
		same = self.school.mentee(**erp.invented(0), birth_date="2010-01-01", phone="+7 999 000-00-00")
		self.school.mentee(**erp.invented(1), birth_date=None)
		counted = self.take("Mentee", "Student")
		self.assertEqual(self.counts(counted), (0, 1, 0, 0, 1))
		self.assertEqual(counted["doubtful"][0][0], students[1].student_name)
		same.reload()
		self.assertEqual(
			(same.student, same.phone, same.school_class), (students[0].name, "+7 999 000-00-00", "8Б")
		)
		self.assertEqual(len(same.representatives), 1)

	def test_two_of_one_name_are_told_and_left(self) -> None:
		first = erp.student(7)
		erp.student(7)
		erp.student(8, last_name=None, middle_name=None, first_name="Безымянный")
		counted = self.take("Mentee", "Student")
		self.assertEqual(self.counts(counted), (0, 0, 0, 0, 3))
		self.assertEqual(counted["doubtful_count"], 3)
		self.assertIn(first.student_name, [title for title, _why in counted["doubtful"]])

	def test_a_change_of_class_is_seen(self) -> None:
		students = self.a_class()
		self.take("Mentee", "Student")
		other = erp.student_group("9А", erp.program("9 класс"), self.year, [])
		self.group.reload()
		moved = students[0].name
		self.group.set("students", [row for row in self.group.students if row.student != moved])
		self.saved(self.group)
		other.append("students", {"student": moved, "student_name": moved, "active": 1})
		self.saved(other)
		mentee = self.of("Mentee", student=moved)
		self.assertEqual((mentee.school_class, mentee.class_number), ("9А", 9))
		self.assertEqual(self.of("Mentee", student=students[1].name).school_class, "8Б")

	def test_names_and_guardians_follow_and_nothing_else_is_overwritten(self) -> None:
		student = self.a_class(1)[0]
		self.take("Mentee", "Student")
		mentee = self.of("Mentee", student=student.name)
		mentee.phone = "+7 999 111-22-33"
		mentee.save()
		student.reload()
		student.update({"last_name": "Новофамильев", "student_email_id": "new@school.example"})
		student.append(
			"guardians", {"guardian": (new := erp.guardian(70)).name, "guardian_name": new.guardian_name}
		)
		self.saved(student)
		mentee.reload()
		self.assertEqual(
			(mentee.full_name, mentee.email, mentee.phone),
			("Новофамильев Пример Примерович", "new@school.example", "+7 999 111-22-33"),
		)
		self.assertEqual([row.guardian for row in mentee.representatives][1], new.name)
		new.reload()
		new.mobile_number = "89005554433"
		self.saved(new)
		mentee.reload()
		self.assertEqual(mentee.representatives[1].phone, "+7 900 555-44-33")

	def test_who_leaves_is_told_to_the_curator_and_stays_where_he_is(self) -> None:
		student = self.a_class(1)[0]
		self.take("Mentee", "Student")
		mentee = self.of("Mentee", student=student.name)
		student.reload()
		student.enabled = 0
		self.saved(student)
		about = {"reference_name": mentee.name, "allocated_to": self.school.curator, "status": "Open"}
		self.assertEqual(frappe.db.count("ToDo", about), 1)
		self.assertEqual(frappe.db.get_value("Mentee", mentee.name, "workflow_state"), "Candidate")

	def test_an_archived_person_is_left_alone(self) -> None:
		student = self.a_class(1)[0]
		self.take("Mentee", "Student")
		mentee = self.of("Mentee", student=student.name)
		mentee.db_set("workflow_state", "Archived")
		student.reload()
		student.last_name = "Новофамильев"
		self.saved(student)
		self.assertEqual(frappe.db.get_value("Mentee", mentee.name, "last_name"), "Ромашкин")
		with as_user(self.school.curator):
			counted = api_erp.count_people(self.school.organization, "Mentee", "Student")
		self.assertEqual((counted["left_alone"], counted["new"]), (1, 0))

	def test_without_education_people_live_on_and_no_link_leads_nowhere(self) -> None:
		student = self.a_class(1)[0]
		self.take("Mentee", "Student")
		mentee = self.of("Mentee", student=student.name)
		self.addCleanup(frappe.clear_cache)  # behind the rollback, which brings the fields back
		fields.withdraw("education")
		left = {
			(doctype, field) for doctype, field, *_rest in fields.LINKS if fields.has_field(doctype, field)
		}
		self.assertEqual(
			left, {("Educational Organization", "company"), ("Mentor", "employee"), ("Mentee", "employee")}
		)
		mentee = frappe.get_doc("Mentee", mentee.name)
		mentee.interests = "шахматы"
		mentee.save()
		student.reload()
		student.last_name = "Новофамильев"
		self.saved(student)
		self.assertEqual(frappe.db.get_value("Mentee", mentee.name, "last_name"), "Ромашкин")
		with as_user(self.school.curator), self.assertRefused("Mentee"):
			api_erp.count_people(self.school.organization, "Mentee", "Student")
		fields.remove_all()
		self.assertFalse(frappe.db.exists("Custom Field", {"module": fields.MODULE}))

	def test_of_two_companies_each_takes_its_own_pupils(self) -> None:
		with as_user("Administrator"):
			other = make_school("Вторая школа")
		self.link(other, erp.company("Вторая вымышленная школа"))
		department = erp.put("Department", department_name="Классы", company=self.company).name
		own = erp.student(1)
		erp.enrolled(own.name, erp.program("7 класс", department), self.year, student_batch_name=None)
		foreign = erp.student(2)
		self.take("Mentee", "Student")
		here = frappe.get_all("Mentee", filters={"organization": self.school.organization}, pluck="student")
		self.assertEqual(here, [own.name])
		self.assertEqual(self.of("Mentee", student=own.name).school_class, "7")
		# a link typed by hand does not bring what is another school's
		spy = self.school.mentee(student=foreign.name)
		foreign.last_name = "Тайнов"
		self.saved(foreign)
		spy.reload()
		self.assertEqual(spy.last_name, "Ромашкин")

	def test_strangers_are_refused(self) -> None:
		self.a_class(1)
		asked = (self.school.organization, "Mentee", "Student")
		with as_user("Administrator"):
			other = make_school("Чужая школа")
		frappe.get_doc("User", other.curator).add_roles("Academics User")
		for user in (other.curator, self.school.director, "Guest"):
			for door in (api_erp.count_people, api_erp.take_people):
				with as_user(user), self.assertRaises(frappe.PermissionError):
					door(*asked)
		for unreadable in ("[1]", "{", "1"):
			with as_user(self.school.curator), self.assertRefused("cannot be read"):
				api_erp.count_people(*asked, unreadable)
		frappe.get_doc("User", self.school.curator).remove_roles("Academics User")
		with as_user(self.school.curator), self.assertRaises(frappe.PermissionError):
			api_erp.count_people(*asked)
