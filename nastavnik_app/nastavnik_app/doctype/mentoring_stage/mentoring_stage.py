from frappe.model.document import Document


class MentoringStage(Document):
	pass
