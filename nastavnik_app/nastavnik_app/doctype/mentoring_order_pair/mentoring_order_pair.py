from frappe.model.document import Document


class MentoringOrderPair(Document):
	pass
