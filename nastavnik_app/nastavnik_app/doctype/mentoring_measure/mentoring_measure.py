from frappe.model.document import Document


class MentoringMeasure(Document):
	pass
