from frappe.model.document import Document


class MentoringEventQuestion(Document):
	pass
