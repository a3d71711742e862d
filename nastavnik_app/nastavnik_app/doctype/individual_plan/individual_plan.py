import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app import period
from nastavnik_app.desk import notices
from nastavnik_app.references import require_same_organization
from nastavnik_app.steps import passes


class IndividualPlan(Document):
	def validate(self) -> None:
		require_same_organization(self)
		period.refuse_reversed(self, "start_date", "end_date")
		self.refuse_unproven_marks()
		self.forget_meetings_of_open_activities()
		self.set_fulfilment()

	def refuse_unproven_marks(self) -> None:
		"""What is marked as done now has been done, and says what came of it or where that can be seen."""
		before = self.get_doc_before_save()
		marked = {row.name for row in before.activities if row.done_on} if before else set()
		for row in self.activities:
			if not row.done_on:
				continue
			if getdate(row.done_on) > getdate():
				frappe.throw(
					_("“{0}” is marked as done on {1}, a day to come. Correct the date.").format(
						row.activity, formatdate(row.done_on)
					)
				)
			if row.name not in marked and not (row.actual_result or row.evidence):
				frappe.throw(
					_("“{0}” is marked as done: enter its actual result or the evidence.").format(
						row.activity
					)
				)

	def forget_meetings_of_open_activities(self) -> None:
		for row in self.activities:
			if not row.done_on:
				row.meeting = None

	def set_fulfilment(self) -> None:
		done = sum(1 for row in self.activities if row.done_on)
		self.fulfilment = 100 * done / len(self.activities) if self.activities else 0

	def on_update(self) -> None:
		if passes(self, "Draft", "Ready"):
			notices.ask_for_plans_order(self)
		elif passes(self, "Ready", "Draft"):
			notices.tell_plan_returned(self)
