from frappe.model.document import Document


class DataDestructionMember(Document):
	pass
