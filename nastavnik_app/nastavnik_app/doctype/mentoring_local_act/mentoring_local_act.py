from frappe.model.document import Document

from nastavnik_app.documents import wording
from nastavnik_app.references import require_same_organization


class MentoringLocalAct(Document):
	def before_validate(self) -> None:
		if self.is_new():
			wording.fill_act(self)

	def validate(self) -> None:
		require_same_organization(self)
