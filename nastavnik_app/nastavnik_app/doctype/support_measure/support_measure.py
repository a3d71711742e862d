from frappe.model.document import Document


class SupportMeasure(Document):
	pass
