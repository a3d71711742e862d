from frappe.model.document import Document


class PairMatchingLeftover(Document):
	pass
