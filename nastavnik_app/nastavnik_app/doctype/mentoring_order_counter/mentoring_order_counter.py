from frappe.model.document import Document


class MentoringOrderCounter(Document):
	pass
