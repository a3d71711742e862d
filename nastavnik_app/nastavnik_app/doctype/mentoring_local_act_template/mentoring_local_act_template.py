from frappe.model.document import Document

from nastavnik_app.documents import wording


class MentoringLocalActTemplate(Document):
	def validate(self) -> None:
		wording.refuse_faulty_act_template(self)
