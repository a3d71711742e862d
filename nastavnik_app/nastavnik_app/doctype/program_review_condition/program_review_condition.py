from frappe.model.document import Document


class ProgramReviewCondition(Document):
	pass
