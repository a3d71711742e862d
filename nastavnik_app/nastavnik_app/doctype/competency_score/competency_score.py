from frappe.model.document import Document


class CompetencyScore(Document):
	pass
