from frappe.model.document import Document


class MentoringIndicatorTarget(Document):
	pass
