from frappe.model.document import Document


class MentoringRoleModel(Document):
	pass
