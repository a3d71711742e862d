from frappe.model.document import Document


class ActingDirector(Document):
	pass
