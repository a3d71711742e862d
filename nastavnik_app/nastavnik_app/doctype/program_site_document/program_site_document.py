from frappe.model.document import Document


class ProgramSiteDocument(Document):
	pass
