from frappe.model.document import Document


class PairMeetingAttendance(Document):
	pass
