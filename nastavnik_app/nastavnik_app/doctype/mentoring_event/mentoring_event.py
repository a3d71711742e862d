from frappe.model.document import Document

from nastavnik_app.permissions import require_same_organization


class MentoringEvent(Document):
	def validate(self) -> None:
		require_same_organization(self)
		self.count_present()

	def count_present(self) -> None:
		if self.participants:
			self.present_count = sum(1 for row in self.participants if not row.absent)
