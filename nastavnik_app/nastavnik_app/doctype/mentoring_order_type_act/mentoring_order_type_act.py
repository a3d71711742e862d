from frappe.model.document import Document


class MentoringOrderTypeAct(Document):
	pass
