from frappe.model.document import Document


class MenteeRepresentative(Document):
	pass
