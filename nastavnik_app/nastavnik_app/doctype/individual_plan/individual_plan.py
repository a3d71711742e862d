import frappe
from frappe.model.document import Document

from nastavnik_app import period
from nastavnik_app.desk import notices
from nastavnik_app.permissions import require_same_organization


class IndividualPlan(Document):
	def validate(self) -> None:
		require_same_organization(self)
		period.refuse_reversed(self, "start_date", "end_date")
		self.title = frappe.db.get_value("Pair", self.pair, "title")
		self.set_fulfilment()

	def set_fulfilment(self) -> None:
		done = sum(1 for row in self.activities if row.done_on)
		self.fulfilment = 100 * done / len(self.activities) if self.activities else 0

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		passed = (before and before.workflow_state, self.workflow_state)
		if passed == ("Draft", "Ready"):
			notices.ask_for_plans_order(self)
		elif passed == ("Ready", "Draft"):
			notices.tell_plan_returned(self)
