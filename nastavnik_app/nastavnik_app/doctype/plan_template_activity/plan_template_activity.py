from frappe.model.document import Document


class PlanTemplateActivity(Document):
	pass
