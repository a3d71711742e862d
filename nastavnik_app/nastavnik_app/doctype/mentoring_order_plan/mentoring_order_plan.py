from frappe.model.document import Document


class MentoringOrderPlan(Document):
	pass
