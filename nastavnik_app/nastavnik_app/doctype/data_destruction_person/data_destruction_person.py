from frappe.model.document import Document


class DataDestructionPerson(Document):
	pass
