from frappe.model.document import Document


class PairMatchingProposal(Document):
	pass
