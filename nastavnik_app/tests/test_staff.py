"""Staff out of ERPNext: mentors by the department, young specialists by age and service; where ERPNext is installed."""

from __future__ import annotations

import frappe
from frappe.utils import add_years, getdate

from nastavnik_app import api_erp
from nastavnik_app.tests import builders_erp as erp
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.test_education import ErpTestCase


class TestStaff(ErpTestCase):
	def test_a_department_comes_with_post_and_contacts(self) -> None:
		department = erp.put("Department", department_name="Кафедра", company=self.company, lft=1, rgt=2).name
		post = frappe.get_doc({"doctype": "Designation", "designation_name": "Учитель математики"}).insert()
		one = erp.employee(3, self.company, department=department, designation=post.name)
		erp.employee(4, self.company)
		erp.employee(5, erp.company("Другая вымышленная"), department=department)
		instructor = erp.put(
			"Instructor", instructor_name=one.employee_name, employee=one.name, status="Active"
		)
		counted = self.take("Mentor", "Employee", department=department)
		self.assertEqual(self.counts(counted), (1, 0, 0, 0, 0))
		mentor = self.of("Mentor", employee=one.name)
		self.assertEqual(
			(mentor.full_name, mentor.position, mentor.phone, mentor.email, str(mentor.hired_on)),
			(
				"Рябинин Пример Эскизович",
				"Учитель математики",
				"+7 902 000-00-03",
				"employee3@school.example",
				"2015-09-01",
			),
		)
		self.assertEqual((mentor.instructor, mentor.target_group), (instructor.name, "teachers"))
		self.assertEqual(self.counts(self.take("Mentor", "Employee", instructors=1)), (0, 0, 0, 1, 0))
		self.assertEqual(self.counts(self.take("Mentor", "Employee")), (1, 0, 0, 1, 0))

	def test_young_specialists_are_found_by_age_and_service(self) -> None:
		today = getdate()
		young, born = add_years(today, -1), add_years(today, -25)
		cases = {
			10: (born, young),
			11: (add_years(today, -35), young),  # 35 today
			12: (born, add_years(today, -3)),  # three full years
			13: (
				getdate(add_years(today, -35)).replace(day=28, month=12),
				getdate(add_years(today, -3)).replace(day=28, month=12),
			),
		}
		staff = {
			number: erp.employee(number, self.company, date_of_birth=birth, date_of_joining=hired).name
			for number, (birth, hired) in cases.items()
		}
		last_day = (today.month, today.day) < (12, 28)
		counted = self.take("Mentee", "Employee", young=1)
		self.assertEqual(counted["new"], 2 if last_day else 1)
		mentee = self.of("Mentee", employee=staff[10])
		self.assertEqual((mentee.target_group, str(mentee.hired_on)), ("young-specialists", str(young)))
		self.assertFalse(frappe.db.exists("Mentee", {"employee": ["in", [staff[11], staff[12]]]}))
		with as_user(self.school.curator):
			again = api_erp.count_people(self.school.organization, "Mentee", "Employee", {"young": 1})
		self.assertEqual((again["new"], again["names"]), (0, []))

	def test_post_and_name_follow_and_leaving_is_told(self) -> None:
		one = erp.employee(20, self.company)
		self.take("Mentor", "Employee")
		post = frappe.get_doc({"doctype": "Designation", "designation_name": "Завуч"}).insert()
		one.reload()
		one.update({"designation": post.name, "last_name": "Сменов"})
		self.saved(one)
		mentor = self.of("Mentor", employee=one.name)
		self.assertEqual((mentor.position, mentor.last_name), ("Завуч", "Сменов"))
		one.update({"status": "Left", "relieving_date": getdate()})
		self.saved(one)
		about = {"reference_name": mentor.name, "allocated_to": self.school.curator, "status": "Open"}
		self.assertEqual(frappe.db.count("ToDo", about), 1)

	def test_who_sees_but_himself_takes_nobody_else_and_still_sees_the_bank(self) -> None:
		"""ERPNext sets a user up to read his own Employee and Company alone."""
		own = erp.employee(30, self.company).name
		erp.employee(31, self.company)
		mentor = self.school.mentor(employee=erp.employee(32, self.company).name)
		for allow, value in (("Employee", own), ("Company", self.company)):
			frappe.get_doc(
				{
					"doctype": "User Permission",
					"user": self.school.curator,
					"allow": allow,
					"for_value": value,
					"apply_to_all_doctypes": 1,
				}
			).insert()
		with as_user(self.school.curator):
			counted = api_erp.count_people(self.school.organization, "Mentor", "Employee")
			self.assertEqual(counted["new"], 1)
			self.assertIn(mentor.name, frappe.get_list("Mentor", pluck="name"))
