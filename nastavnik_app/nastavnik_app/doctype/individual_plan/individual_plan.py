import frappe
from frappe.model.document import Document

from nastavnik_app import period
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
