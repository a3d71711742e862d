"""Frozen values of indicators stand as long as something rests on them: an approved return, a closed programme."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow

from nastavnik_app.orders import drafting
from nastavnik_app.program.indicator_values import VALUE
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.builders_authority import approved, sent, step
from nastavnik_app.tests.test_program_returns import ReturnTestCase

LAST_DAY = "2026-10-31"
AUTUMN = {"period_start": "2026-09-01", "period_end": LAST_DAY}


class ReleasedTestCase(ReturnTestCase):
	def publish(self) -> None:
		site = {"kind": "publication-site", "status": "Published", "published_on": "2026-09-20"}
		self.school.record("Mentoring Publication", title="Новость", **site)

	def frozen(self, day: str = LAST_DAY) -> list[float]:
		"""What was frozen of a day: how many were published; nothing where no value was."""
		about = {"program": self.school.program, "indicator": "school-publications"}
		return frappe.get_all(VALUE, filters={**about, "frozen": 1, "on_date": day}, pluck="value")

	def cancel(self, name: str) -> None:
		step(name, self.school.director, "Cancel Return")


class TestReturns(ReleasedTestCase):
	def test_a_return_that_is_cancelled_and_made_again_keeps_what_the_records_say_now(self) -> None:
		self.publish()
		first = approved(self.school, **AUTUMN)
		self.publish()
		self.assertEqual(self.frozen(), [1])
		self.cancel(first)
		self.assertEqual(self.frozen(), [])
		approved(self.school, **AUTUMN)
		self.assertEqual(self.frozen(), [2])

	def test_what_another_approved_return_rests_on_stays(self) -> None:
		self.publish()
		first = approved(self.school, **AUTUMN)
		self.publish()
		second = approved(self.school, period_start="2026-10-01", period_end=LAST_DAY)
		self.cancel(first)
		self.assertEqual(self.frozen(), [1])
		self.cancel(second)
		self.assertEqual(self.frozen(), [])

	def test_one_of_a_single_programme_lets_go_of_no_other(self) -> None:
		other = self.school.program
		values = {"title": "Вторая программа", "period_start": "2026-09-01", "period_end": "2027-05-31"}
		values |= {"doctype": "Mentoring Program", "organization": self.school.organization}
		second = frappe.get_doc(values).insert()
		frappe.db.set_value("Mentoring Program", second.name, "workflow_state", "Running")
		name = approved(self.school, **AUTUMN)
		of_one = approved(self.school, program=other, period_start="2026-10-01", period_end=LAST_DAY)
		self.cancel(name)
		kept = frappe.get_all(VALUE, filters={"frozen": 1, "on_date": LAST_DAY}, pluck="program")
		self.assertEqual(set(kept), {other})
		self.cancel(of_one)
		self.assertEqual(self.frozen(), [])

	def test_values_of_another_day_and_those_entered_by_hand_stay(self) -> None:
		by_hand = {"doctype": VALUE, "program": self.school.program, "indicator": "municipal-staff"}
		by_hand |= {"on_date": "2026-10-15", "numerator": 3, "denominator": 4, "note": "Штатное расписание"}
		name = frappe.get_doc(by_hand).insert().name
		first = approved(self.school, **AUTUMN)
		approved(self.school, period_start="2026-09-01", period_end="2026-09-30")
		self.cancel(first)
		self.assertEqual((self.frozen(), self.frozen("2026-09-30")), ([], [0]))
		self.assertTrue(frappe.db.exists(VALUE, name))

	def test_a_return_after_one_that_was_sent_back_keeps_what_it_says_itself(self) -> None:
		self.publish()
		first = sent(self.school, **AUTUMN)
		step(first, self.officer, "Send Back", remark="Уточните")
		self.publish()
		approved(self.school, **AUTUMN)
		self.assertEqual(self.frozen(), [2])
		self.cancel(first)
		self.assertEqual(self.frozen(), [2])


class TestProgrammes(ReleasedTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.set_value("Mentoring Program", self.school.program, "period_end", LAST_DAY)
		self.publish()

	def test_what_a_closed_programme_rests_on_stays(self) -> None:
		name = approved(self.school, **AUTUMN)
		with as_user(self.school.director):
			apply_workflow(frappe.get_doc("Mentoring Program", self.school.program), "Close")
		self.cancel(name)
		self.assertEqual(self.frozen(), [1])

	def test_a_closing_that_is_undone_lets_go_of_its_values(self) -> None:
		order = drafting.make_order("close-program", "Mentoring Program", [self.school.program])
		order = self.school.signed(order)
		self.assertEqual(self.frozen(), [1])
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "Ошибка"
			order.save()
			apply_workflow(order, "Cancel Order")
		self.assertEqual(self.frozen(), [])
		self.assertIsNone(frappe.db.get_value("Mentoring Program", self.school.program, "frozen_on"))
