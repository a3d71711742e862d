from frappe.model.document import Document

from nastavnik_app.documents import wording


class MentoringOrderType(Document):
	def validate(self) -> None:
		wording.refuse_faulty_order_type(self)
