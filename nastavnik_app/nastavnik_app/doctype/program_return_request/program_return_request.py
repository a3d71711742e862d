import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.permissions import subordinates_of
from nastavnik_app.returns import requests


class ProgramReturnRequest(Document):
	def validate(self) -> None:
		requests.list_schools(self)
		self.refuse_backward_days()
		self.refuse_others_schools()

	def refuse_backward_days(self) -> None:
		if getdate(self.period_end) < getdate(self.period_start):
			frappe.throw(_("The period of the return ends before it starts"))

	def refuse_others_schools(self) -> None:
		below = subordinates_of({self.organization})
		for row in self.schools:
			if row.school not in below:
				frappe.throw(_("Row {0}: this organization is not below the authority.").format(row.idx))

	def on_update(self) -> None:
		requests.ask_schools(self)
