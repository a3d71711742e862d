from frappe.model.document import Document


class ProgramReturnRecommendation(Document):
	pass
