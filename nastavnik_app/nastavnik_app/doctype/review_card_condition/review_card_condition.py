from frappe.model.document import Document


class ReviewCardCondition(Document):
	pass
