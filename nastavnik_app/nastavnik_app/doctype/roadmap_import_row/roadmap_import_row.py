from frappe.model.document import Document


class RoadmapImportRow(Document):
	pass
