from frappe.model.document import Document


class MentoringRetentionTerm(Document):
	pass
