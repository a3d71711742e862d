from frappe.model.document import Document


class MentorForm(Document):
	pass
