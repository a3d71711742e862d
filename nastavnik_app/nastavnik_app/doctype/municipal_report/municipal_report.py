import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname, getdate

from nastavnik_app.permissions import subordinates_of


class MunicipalReport(Document):
	def validate(self) -> None:
		if getdate(self.period_end) < getdate(self.period_start):
			frappe.throw(_("The period of the return ends before it starts"))
		self.author = self.author or get_fullname(frappe.session.user)
		below = subordinates_of({self.organization})
		for row in self.advice:
			if row.school and row.school not in below:
				frappe.throw(_("Row {0}: this organization is not below the authority.").format(row.idx))
