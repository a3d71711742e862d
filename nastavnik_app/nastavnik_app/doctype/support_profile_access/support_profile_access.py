from frappe.model.document import Document


class SupportProfileAccess(Document):
	pass
