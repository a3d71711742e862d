from frappe.model.document import Document


class MentoringHeadcount(Document):
	pass
