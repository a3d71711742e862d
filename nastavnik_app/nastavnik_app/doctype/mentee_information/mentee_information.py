from frappe.model.document import Document


class MenteeInformation(Document):
	pass
