from frappe.model.document import Document


class ProgramTarget(Document):
	pass
