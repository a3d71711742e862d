import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt


class IndividualPlanTemplate(Document):
	def validate(self) -> None:
		for row in self.activities:
			if not 0 <= flt(row.due_percent) <= 100:
				frappe.throw(
					_("“{0}” is due within the plan: enter from 0, its first day, to 100, its last.").format(
						row.activity
					)
				)
