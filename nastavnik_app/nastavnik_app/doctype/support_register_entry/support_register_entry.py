from frappe.model.document import Document


class SupportRegisterEntry(Document):
	pass
