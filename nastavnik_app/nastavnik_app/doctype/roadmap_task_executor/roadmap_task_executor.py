from frappe.model.document import Document


class RoadmapTaskExecutor(Document):
	pass
