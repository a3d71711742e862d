from frappe.model.document import Document


class MentoringForm(Document):
	pass
