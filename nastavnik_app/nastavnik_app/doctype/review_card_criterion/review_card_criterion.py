from frappe.model.document import Document


class ReviewCardCriterion(Document):
	pass
