from frappe.model.document import Document


class MentoringCompetency(Document):
	pass
