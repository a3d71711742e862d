from frappe.model.document import Document


class MentoringReportMailing(Document):
	pass
