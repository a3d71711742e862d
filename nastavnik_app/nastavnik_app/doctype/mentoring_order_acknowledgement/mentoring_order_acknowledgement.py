from frappe.model.document import Document


class MentoringOrderAcknowledgement(Document):
	pass
