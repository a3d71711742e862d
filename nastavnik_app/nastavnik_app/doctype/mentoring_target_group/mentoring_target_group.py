from frappe.model.document import Document


class MentoringTargetGroup(Document):
	pass
