import frappe
from frappe import _
from frappe.model.document import Document


class MentoringPrintJob(Document):
	def validate(self) -> None:
		# it is run as its owner and prints what it lists
		if not self.flags.ignore_permissions:
			frappe.throw(_("A print job is created and changed only by the app."), frappe.PermissionError)
