from frappe.model.document import Document


class MentorWish(Document):
	pass
