import frappe
from frappe.model.document import Document


class MentoringDigestPreference(Document):
	def before_insert(self) -> None:
		# who has the message may end it without signing in
		self.unsubscribe_key = frappe.generate_hash(length=40)
