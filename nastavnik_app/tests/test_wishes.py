"""Mentors and mentees name whom they want to work with."""

from __future__ import annotations

import frappe

from nastavnik_app.tests.builders import SchoolTestCase, make_school


class TestWishes(SchoolTestCase):
	def test_wishes_are_few_different_and_of_the_school(self) -> None:
		mentors = [self.school.mentor() for _number in range(4)]
		rows = [{"mentor": mentor.name} for mentor in mentors]
		self.school.mentee(wishes=rows[:3])
		with self.assertRefused("4 wishes", "3"):
			self.school.mentee(wishes=rows)
		with self.assertRefused(mentors[0].full_name, "twice"):
			self.school.mentee(wishes=[rows[0], rows[1], rows[0]])
		with self.assertRefused("another organization", error=frappe.PermissionError):
			self.school.mentee(wishes=[{"mentor": make_school("Чужая школа").mentor().name}])
		frappe.db.set_single_value("Mentoring Settings", "wish_limit", 4)
		self.school.mentee(wishes=rows)
