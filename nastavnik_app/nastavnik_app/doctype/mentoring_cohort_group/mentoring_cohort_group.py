from frappe.model.document import Document


class MentoringCohortGroup(Document):
	pass
