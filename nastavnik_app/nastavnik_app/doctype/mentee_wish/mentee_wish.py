from frappe.model.document import Document


class MenteeWish(Document):
	pass
