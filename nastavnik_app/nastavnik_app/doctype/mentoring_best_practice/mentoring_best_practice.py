from frappe.model.document import Document

from nastavnik_app.references import require_same_organization


class MentoringBestPractice(Document):
	def validate(self) -> None:
		require_same_organization(self)
