from frappe.model.document import Document


class PublicationPerson(Document):
	pass
