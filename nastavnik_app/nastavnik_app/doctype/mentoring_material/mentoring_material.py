from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.desk import notices


class MentoringMaterial(Document):
	def validate(self) -> None:
		self.published_on = (self.published_on or getdate()) if self.published else None

	def on_update(self) -> None:
		if self.has_value_changed("published"):
			notices.settle(self)
			if self.published:
				notices.tell_given(self)
