from frappe.model.document import Document


class MenteeNeed(Document):
	pass
