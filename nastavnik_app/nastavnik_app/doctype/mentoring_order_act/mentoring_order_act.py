from frappe.model.document import Document


class MentoringOrderAct(Document):
	pass
