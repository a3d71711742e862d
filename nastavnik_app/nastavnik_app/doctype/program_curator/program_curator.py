from frappe.model.document import Document


class ProgramCurator(Document):
	pass
