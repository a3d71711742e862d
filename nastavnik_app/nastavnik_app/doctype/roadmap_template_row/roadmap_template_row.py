from frappe.model.document import Document


class RoadmapTemplateRow(Document):
	pass
