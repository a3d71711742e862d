from frappe.model.document import Document


class MentoringOrderPoint(Document):
	pass
