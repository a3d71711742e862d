import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import subordinates_of
from nastavnik_app.returns import websites


class WebsiteCheck(Document):
	def validate(self) -> None:
		if self.is_new() and not self.marks:
			websites.list_all(self)
		self.refuse_others_schools()

	def refuse_others_schools(self) -> None:
		below = subordinates_of({self.organization})
		for row in self.marks:
			if row.school not in below:
				frappe.throw(_("Row {0}: this organization is not below the authority.").format(row.idx))
