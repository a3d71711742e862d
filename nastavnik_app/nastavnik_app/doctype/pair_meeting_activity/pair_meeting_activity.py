from frappe.model.document import Document


class PairMeetingActivity(Document):
	pass
