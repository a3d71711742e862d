from frappe.model.document import Document


class ProgramReturnMeasure(Document):
	pass
