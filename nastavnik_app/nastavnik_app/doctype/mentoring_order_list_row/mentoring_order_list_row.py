from frappe.model.document import Document


class MentoringOrderListRow(Document):
	pass
