"""An order on approval says what it was sent with, whatever its pairs become meanwhile."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.tests.builders import SchoolTestCase, as_user, attach_scan


class TestPairsThatChange(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.mentee = self.school.consenting("Mentee", last_name="Ромашкин")
		self.pair = self.school.pair(self.school.consenting("Mentor", capacity=2), [self.mentee])
		self.order = self.school.sent(self.school.order(self.pair))

	def correct_surname(self) -> None:
		with as_user(self.school.curator):
			self.mentee.update({"last_name": "Васильков"}).save()
			self.change_pair(meeting_schedule="по средам")

	def change_pair(self, **values) -> None:
		with as_user(self.school.curator):
			frappe.get_doc("Pair", self.pair.name).update(values).save()

	def prepared(self, **values) -> Document:
		"""The order with what is asked for before a step, as its form saves it."""
		order = frappe.get_doc("Mentoring Order", self.order.name)
		return order.update({"order_number": "7-ОД", "order_date": getdate(), **values}).save()

	def test_the_order_goes_back_and_comes_again_with_the_corrected_surname(self) -> None:
		self.correct_surname()
		with as_user(self.school.director):
			order = self.prepared(remark="В паре исправлена фамилия")
			self.assertIn("Ромашкин", order.pairs[0].mentee_names)
			order = apply_workflow(order, "Return With Remark")
		self.assertIn("Васильков", self.school.sent(order).pairs[0].mentee_names)
		with as_user(self.school.director):
			order = apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Sign")
		self.assertEqual(order.workflow_state, "Signed")
		self.assertIn("Васильков", order.pairs[0].mentee_names)
		self.assertIn("Васильков", " ".join(row.person_name for row in order.acknowledgements))

	def test_the_curator_recalls_and_deletes_it(self) -> None:
		self.correct_surname()
		with as_user(self.school.curator):
			apply_workflow(frappe.get_doc("Mentoring Order", self.order.name), "Recall")
			frappe.delete_doc("Mentoring Order", self.order.name)
		self.assertFalse(frappe.db.exists("Mentoring Order", self.order.name))

	def test_it_is_not_signed_saying_other_names_than_the_pair_has(self) -> None:
		self.correct_surname()
		title = frappe.db.get_value("Pair", self.pair.name, "title")
		with as_user(self.school.director):
			order = self.prepared()
			with self.assertRefused(title, order.heading, "remark"):
				apply_workflow(order, "Sign")
		with as_user(self.school.curator):
			order = self.prepared(scan=attach_scan(order).file_url)
			with self.assertRefused(title, order.heading, "remark"):
				apply_workflow(order, "Register Paper Signature")

	def test_neither_with_other_people_nor_with_other_days(self) -> None:
		others = {
			"mentees": [
				{"mentee": self.mentee.name},
				{"mentee": self.school.consenting("Mentee").name},
			],
			"mentor": self.school.consenting("Mentor").name,
			"end_date": "2027-04-30",
		}
		for field, value in others.items():
			with self.subTest(field):
				frappe.db.savepoint("before_change")
				self.change_pair(**{field: value})
				with as_user(self.school.director):
					order = self.prepared()
					with self.assertRefused(order.heading, "remark"):
						apply_workflow(order, "Sign")
				frappe.db.rollback(save_point="before_change")

	def test_what_the_order_does_not_say_may_change(self) -> None:
		self.change_pair(meeting_schedule="по средам", mentor_agreed_on="2026-09-10")
		with as_user(self.school.director):
			self.assertEqual(apply_workflow(self.prepared(), "Sign").workflow_state, "Signed")


class TestRowWithoutAPair(SchoolTestCase):
	def test_it_is_refused_by_the_name_of_its_column(self) -> None:
		order = self.school.order(self.school.pair())
		order.append("pairs", {})
		with as_user(self.school.curator), self.assertRefused("pair", error=frappe.MandatoryError):
			order.save()
