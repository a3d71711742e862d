from frappe.model.document import Document


class ProgramReturnRequestSchool(Document):
	pass
