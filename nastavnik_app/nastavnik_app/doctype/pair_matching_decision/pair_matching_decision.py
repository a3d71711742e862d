from frappe.model.document import Document


class PairMatchingDecision(Document):
	pass
