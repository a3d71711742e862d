from frappe.model.document import Document


class PlanActivity(Document):
	pass
