"""How a plan and a pair end: fulfilled, or closed with a reason."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

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
			row.update({"done_on": getdate(), "actual_result": "Тема разобрана"})
		plan.recommendations = "Продолжить занятия"
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

	def test_a_refusal_claims_no_percent_that_is_not_reached(self) -> None:
		plan = self.approved_plan(activities=8)
		asked = ("Mentoring Settings", "plan_completion_percent")
		self.addCleanup(frappe.db.set_single_value, *asked, frappe.db.get_single_value(*asked))
		frappe.db.set_single_value(*asked, 88)
		with as_user(self.school.curator):
			plan = self.carried_out(plan, 7)
			with self.assertRefused("87%", "88%"):
				apply_workflow(plan, "Complete")

	def test_plan_is_closed_incomplete_with_a_reason(self) -> None:
		plan = self.approved_plan(activities=2)
		with as_user(self.school.curator):
			with self.assertRefused(plan.title):
				apply_workflow(plan, "Close Incomplete")
			plan.reload()
			plan.end_reason = "Наставник перешёл в другую школу"
			plan.save()
			with self.assertRefused(plan.title):  # what comes next is asked for as well
				apply_workflow(plan, "Close Incomplete")
			plan.reload()
			plan.recommendations = "Найти другого наставника"
			plan.save()
			self.assertEqual(apply_workflow(plan, "Close Incomplete").workflow_state, "Closed Incomplete")

	def test_plan_is_not_completed_without_recommendations(self) -> None:
		plan = self.approved_plan(activities=1)
		with as_user(self.school.curator):
			plan = self.carried_out(plan, 1)
			plan.recommendations = None
			plan.save()
			with self.assertRefused("Recommendations", plan.title):
				apply_workflow(plan, "Complete")

	def test_what_is_marked_as_done_has_been_done_and_shows_it(self) -> None:
		plan = self.approved_plan(activities=2)
		with as_user(self.school.curator):
			row = plan.activities[0]
			row.done_on = getdate()
			with self.assertRefused("Занятие 1"):
				plan.save()
			plan = frappe.get_doc("Individual Plan", plan.name)
			plan.activities[0].update({"done_on": add_days(getdate(), 1), "evidence": "Протокол"})
			with self.assertRefused("Занятие 1"):
				plan.save()
			plan = frappe.get_doc("Individual Plan", plan.name)
			plan.activities[0].update({"done_on": getdate(), "evidence": "Протокол"})
			self.assertEqual(plan.save().fulfilment, 50)

	def test_pair_is_completed_when_its_work_is_done(self) -> None:
		with as_user(self.school.curator):
			pair = frappe.get_doc("Pair", self.pair.name)
			with self.assertRefused(pair.title):
				apply_workflow(pair, "Complete")
			pair.reload()
			pair.results = "Подтянул русский язык на одну оценку"
			pair.save()
			pair = apply_workflow(pair, "Complete")
		self.assertEqual((pair.workflow_state, getdate(pair.ended_on)), ("Completed", getdate()))


class TestPairThatChanges(SchoolTestCase):
	"""A plan is drawn up while its pair is still a draft, which may change under a plan that may not."""

	def ready_plan(self, pair: Document) -> Document:
		plan = self.school.plan(pair)
		self.assertEqual(plan.title, pair.title)
		with as_user(self.school.curator):
			return apply_workflow(plan, "Declare Ready")

	def another_mentee_joins(self, pair: Document) -> None:
		with as_user(self.school.curator):
			pair.append("mentees", {"mentee": self.school.consenting("Mentee", last_name="Васильков").name})
			pair.save()

	def test_a_ready_plan_is_returned_after_a_mentee_has_joined(self) -> None:
		pair = self.school.pair(self.school.consenting("Mentor", capacity=2))
		plan = self.ready_plan(pair)
		self.another_mentee_joins(pair)
		with as_user(self.school.curator):
			plan = frappe.get_doc("Individual Plan", plan.name)
			plan.remark = "Добавьте занятия для второго ученика"
			plan.save()
			plan = apply_workflow(plan, "Return With Remark")
		self.assertEqual((plan.workflow_state, plan.title), ("Draft", pair.title))
		self.assertIn("Васильков", plan.title)

	def test_an_approved_plan_is_worked_on_after_a_mentee_has_joined(self) -> None:
		pair = self.school.pair(self.school.consenting("Mentor", capacity=2))
		plan = self.ready_plan(pair)
		self.another_mentee_joins(pair)
		self.school.signed(self.school.order(pair))
		self.school.signed(self.school.plans_order(plan))
		with as_user(self.school.curator):
			plan = frappe.get_doc("Individual Plan", plan.name)
			plan.activities[0].update({"done_on": getdate(), "evidence": "Протокол"})
			self.assertEqual(plan.save().fulfilment, 50)
