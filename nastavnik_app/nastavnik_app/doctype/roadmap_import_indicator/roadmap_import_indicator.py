from frappe.model.document import Document


class RoadmapImportIndicator(Document):
	pass
