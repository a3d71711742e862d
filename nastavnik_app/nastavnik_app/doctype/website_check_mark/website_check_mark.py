from frappe.model.document import Document


class WebsiteCheckMark(Document):
	pass
