from frappe.model.document import Document


class MunicipalReportAdvice(Document):
	pass
