from frappe.model.document import Document


class MentoringEventParticipant(Document):
	pass
