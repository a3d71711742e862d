from frappe.model.document import Document


class MentorCompetency(Document):
	pass
