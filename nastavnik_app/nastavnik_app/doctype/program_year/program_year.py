from frappe.model.document import Document


class ProgramYear(Document):
	pass
