from frappe.model.document import Document

from nastavnik_app.permissions import require_same_organization


class MentoringBestPractice(Document):
	def validate(self) -> None:
		require_same_organization(self)
