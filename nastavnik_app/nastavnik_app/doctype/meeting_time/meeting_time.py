from frappe.model.document import Document


class MeetingTime(Document):
	pass
