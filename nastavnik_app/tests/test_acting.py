"""Who acts for the director has the director's role in these days, and is left alone after them."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, getdate

from nastavnik_app.people import acting
from nastavnik_app.rules.states import DIRECTOR
from nastavnik_app.tests.builders import SchoolTestCase, make_school, make_user

LONG_AGO = "2021-01-01 00:00:00"


class TestActingDirectors(SchoolTestCase):
	def appoint(self, user: str, first: int, last: int) -> None:
		"""For days counted from today."""
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		days = {"from_date": add_days(getdate(), first), "to_date": add_days(getdate(), last)}
		organization.append("acting_directors", {"user": user, "person_name": "Ясенева Пример", **days})
		organization.save()

	def untouched(self, *users: str) -> bool:
		rows = frappe.get_all("User", filters={"name": ["in", users]}, pluck="modified")
		return {str(modified)[:19] for modified in rows} == {LONG_AGO}

	def test_another_school_saves_none_of_them_anew(self) -> None:
		past, present = make_user("past"), make_user("present")
		self.appoint(past, -20, -10)
		self.appoint(present, -1, 1)
		for user in (past, present):
			frappe.db.set_value("User", user, "modified", LONG_AGO, update_modified=False)
		make_school("Другая школа")
		acting.give_and_take_roles()
		self.assertTrue(self.untouched(past, present))
		self.assertIn(DIRECTOR, frappe.get_roles(present))

	def test_the_role_comes_on_the_first_day_and_goes_after_the_last(self) -> None:
		deputy = make_user("deputy")
		self.appoint(deputy, 1, 2)
		self.assertNotIn(DIRECTOR, frappe.get_roles(deputy))
		row = {"parent": self.school.organization, "user": deputy}
		for first, last, has_role in ((0, 0, True), (-2, -1, False)):
			days = {"from_date": add_days(getdate(), first), "to_date": add_days(getdate(), last)}
			frappe.db.set_value("Acting Director", row, days)
			acting.give_and_take_roles()
			self.assertEqual(DIRECTOR in frappe.get_roles(deputy), has_role, (first, last))

	def test_who_has_become_director_keeps_the_role(self) -> None:
		self.appoint(self.school.director, -20, -10)
		acting.give_and_take_roles()
		self.assertIn(DIRECTOR, frappe.get_roles(self.school.director))
