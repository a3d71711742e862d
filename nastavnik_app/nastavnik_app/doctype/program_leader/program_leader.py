from frappe.model.document import Document


class ProgramLeader(Document):
	pass
