import frappe
from frappe import _
from frappe.model.document import Document


class MentoringPrintJob(Document):
	def validate(self) -> None:
		# it is run as its owner and prints what it lists
		if not self.flags.ignore_permissions:
			frappe.throw(_("A print job is written by the app alone."), frappe.PermissionError)
