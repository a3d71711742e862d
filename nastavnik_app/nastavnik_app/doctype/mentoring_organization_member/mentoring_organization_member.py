from frappe.model.document import Document


class MentoringOrganizationMember(Document):
	pass
