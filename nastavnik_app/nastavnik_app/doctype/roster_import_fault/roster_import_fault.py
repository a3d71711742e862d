from frappe.model.document import Document


class RosterImportFault(Document):
	pass
