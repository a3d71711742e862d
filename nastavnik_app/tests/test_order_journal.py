"""Numbers that the app counts: without gap and without twin, however many sign at once."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.tests.builders import CommittedTestCase, as_user

SIGNINGS = 20


class TestJournal(CommittedTestCase):
	def setUp(self) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.order_numbering, organization.order_suffix = "Counted", "-од"
		organization.save()

	def orders(self, count: int, day: str) -> list[str]:
		"""Orders that await the director's signature, with their date and no number."""
		names = []
		for _one in range(count):
			order = self.school.sent(self.school.order(order_type="other"))
			order.order_date = day
			order.save()
			names.append(order.name)
		# those who sign have connections of their own
		frappe.db.commit()  # nosemgrep
		return names

	def sign(self, order: str) -> str:
		with as_user(self.school.director):
			return apply_workflow(frappe.get_doc("Mentoring Order", order), "Sign").order_number

	def test_twenty_signings_at_once_take_the_first_numbers_of_the_year(self) -> None:
		numbers = self.at_once(self.sign, self.orders(SIGNINGS, getdate()))
		self.assertEqual(
			sorted(numbers, key=str), sorted(f"{number}-од" for number in range(1, SIGNINGS + 1))
		)

	def test_a_year_that_has_no_counter_yet(self) -> None:
		day = getdate().replace(year=getdate().year - 3, day=1)
		numbers = self.at_once(self.sign, self.orders(6, day))
		self.assertEqual(sorted(numbers), [f"{number}-од" for number in range(1, 7)])
