from frappe.model.document import Document


class ProgramReviewCriterion(Document):
	pass
