from frappe.model.document import Document


class QuestionnaireAnswer(Document):
	pass
