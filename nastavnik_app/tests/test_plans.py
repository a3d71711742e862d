"""How a plan and a pair end: fulfilled, or closed with a reason."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.tests.builders import SchoolTestCase, as_user


class TestEndOfWork(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.pair = self.school.pair()
		self.school.signed(self.school.order(self.pair))

	def approved_plan(self, activities: int) -> Document:
		plan = self.school.plan(
			self.pair, activities=[{"activity": f"Занятие {n}"} for n in range(1, activities + 1)]
		)
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))
		return frappe.get_doc("Individual Plan", plan.name)

	def carried_out(self, plan: Document, activities: int) -> Document:
		for row in plan.activities[:activities]:
			row.done_on = getdate()
		return plan.save()

	def test_plan_is_completed_from_nine_tenths_on(self) -> None:
		plan = self.approved_plan(activities=10)
		with as_user(self.school.curator):
			plan = self.carried_out(plan, 8)
			self.assertEqual(plan.fulfilment, 80)
			with self.assertRefused("80", "90"):
				apply_workflow(plan, "Complete")
			plan = self.carried_out(frappe.get_doc("Individual Plan", plan.name), 9)
			self.assertEqual(apply_workflow(plan, "Complete").workflow_state, "Completed")

	def test_plan_is_closed_incomplete_with_a_reason(self) -> None:
		plan = self.approved_plan(activities=2)
		with as_user(self.school.curator):
			with self.assertRefused(plan.title):
				apply_workflow(plan, "Close Incomplete")
			plan.reload()
			plan.end_reason = "Наставник перешёл в другую школу"
			plan.save()
			self.assertEqual(apply_workflow(plan, "Close Incomplete").workflow_state, "Closed Incomplete")

	def test_pair_is_completed_when_its_work_is_done(self) -> None:
		with as_user(self.school.curator):
			pair = apply_workflow(frappe.get_doc("Pair", self.pair.name), "Complete")
		self.assertEqual((pair.workflow_state, getdate(pair.ended_on)), ("Completed", getdate()))
