from frappe.model.document import Document


class PairMentee(Document):
	pass
