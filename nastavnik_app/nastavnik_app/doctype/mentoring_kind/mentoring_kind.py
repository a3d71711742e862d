from frappe.model.document import Document

from nastavnik_app.documents import wording


class MentoringKind(Document):
	def validate(self) -> None:
		wording.refuse_faulty_award_wording(self)
