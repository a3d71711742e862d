from frappe.model.document import Document


class RoadmapTemplate(Document):
	pass
