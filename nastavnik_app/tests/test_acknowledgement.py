"""Everybody whom a signed order names signs it or is informed, and the day is entered."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, getdate

from nastavnik_app.orders import acknowledgement, drafting
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_user


class TestAcknowledgement(SchoolTestCase):
	def test_workers_sign_and_pupils_are_informed(self) -> None:
		mentor = self.school.consenting("Mentor", position="Учитель физики", capacity=2)
		pupil = self.school.consenting("Mentee", school_class="7 Б")
		order = self.school.order(self.school.pair(mentor, [pupil]), self.school.pair(mentor))
		rows = [(row.person_name, row.post, row.way) for row in order.acknowledgements]
		self.assertEqual(rows[0], (mentor.full_name, "Учитель физики", "Signs"))
		self.assertIn((pupil.full_name, "7 Б", "Is Informed"), rows)
		self.assertEqual(len(rows), 3)

	def test_who_is_taken_off_the_order_is_taken_off_the_sheet(self) -> None:
		pairs = [self.school.pair(), self.school.pair()]
		order = self.school.order(*pairs)
		order.append("acknowledgements", {"person_name": "Кедрова Пример Игоревна", "post": "Секретарь"})
		order.remove(order.pairs[1])
		order.save()
		names = {row.person_name for row in order.acknowledgements}
		self.assertNotIn(pairs[1].mentor_name, names)
		self.assertLessEqual({pairs[0].mentor_name, "Кедрова Пример Игоревна"}, names)

	def test_a_curator_who_mentors_signs_once_with_the_post(self) -> None:
		mentor = self.school.consenting("Mentor", position="Учитель физики", user=self.school.curator)
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.append("curators", {"user": self.school.curator, "person_name": mentor.full_name})
		program.save()
		order = self.school.order(self.school.pair(mentor))
		named = [(row.person_name, row.post) for row in order.acknowledgements if row.way == "Signs"]
		self.assertEqual(named, [(mentor.full_name, "Учитель физики")])

	def test_the_earlier_mentor_signs_the_order_that_replaces_him(self) -> None:
		earlier = self.school.consenting("Mentor", position="Учитель физики")
		pair = self.school.pair(earlier)
		self.school.signed(self.school.order(pair))
		order = drafting.replace_mentor(pair.name, self.school.consenting("Mentor").name)
		self.assertIn(earlier.full_name, [row.person_name for row in order.acknowledgements])

	def test_jury_signs(self) -> None:
		order = self.school.order(
			order_type="contest",
			list_rows=[{"cell_1": "Кедрова Пример Игоревна", "cell_2": "Методист"}],
		)
		self.assertIn(
			("Кедрова Пример Игоревна", "Методист"),
			[(row.person_name, row.post) for row in order.acknowledgements],
		)

	def test_days_are_collected_by_ticking_the_list(self) -> None:
		order = self.school.signed(self.school.order(self.school.pair()))
		first = order.acknowledgements[0]
		with as_user(self.school.curator):
			order = frappe.get_doc("Mentoring Order", order.name)
			with self.assertRefused(order.heading):
				acknowledgement.collect(order, [first.name], add_days(getdate(), 1))
			acknowledgement.collect(order, [first.name], getdate())
		days = [row.acknowledged_on for row in order.acknowledgements]
		self.assertEqual(days, [getdate(), *[None] * (len(days) - 1)])

	def test_a_mentor_with_a_login_reads_and_acknowledges_the_own_order_alone(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		mentor = self.school.consenting("Mentor", position="Учитель", user=user)
		order = self.school.signed(self.school.order(self.school.pair(mentor)))
		other = self.school.signed(self.school.order(self.school.pair()))
		with as_user(user):
			self.assertEqual(frappe.get_list("Mentoring Order", pluck="name"), [order.name])
			acknowledgement.acknowledge(frappe.get_doc("Mentoring Order", order.name))
			with self.assertRefused(error=frappe.PermissionError):
				acknowledgement.acknowledge(frappe.get_doc("Mentoring Order", other.name))
		order.reload()
		row = next(row for row in order.acknowledgements if row.user == user)
		self.assertEqual(row.acknowledged_on, getdate())
		self.assertFalse(
			frappe.get_all(
				"ToDo", filters={"reference_name": order.name, "allocated_to": user, "status": "Open"}
			)
		)
