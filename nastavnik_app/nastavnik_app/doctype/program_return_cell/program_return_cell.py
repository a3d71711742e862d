from frappe.model.document import Document


class ProgramReturnCell(Document):
	pass
