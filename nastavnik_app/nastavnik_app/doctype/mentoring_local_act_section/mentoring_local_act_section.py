from frappe.model.document import Document


class MentoringLocalActSection(Document):
	pass
