from frappe.model.document import Document


class ProgramChange(Document):
	pass
