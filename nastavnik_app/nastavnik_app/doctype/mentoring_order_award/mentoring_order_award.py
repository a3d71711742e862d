from frappe.model.document import Document


class MentoringOrderAward(Document):
	pass
