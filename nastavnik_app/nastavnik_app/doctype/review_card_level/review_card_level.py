from frappe.model.document import Document


class ReviewCardLevel(Document):
	pass
