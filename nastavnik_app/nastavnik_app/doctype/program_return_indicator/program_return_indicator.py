from frappe.model.document import Document


class ProgramReturnIndicator(Document):
	pass
