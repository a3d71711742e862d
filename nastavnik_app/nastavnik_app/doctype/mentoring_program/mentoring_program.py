from frappe.model.document import Document

from nastavnik_app import period


class MentoringProgram(Document):
	def validate(self) -> None:
		period.refuse_reversed(self, "period_start", "period_end")
