from frappe.model.document import Document


class MentoringIndicator(Document):
	pass
