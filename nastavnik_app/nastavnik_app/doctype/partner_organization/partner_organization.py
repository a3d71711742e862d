from frappe.model.document import Document

from nastavnik_app import period


class PartnerOrganization(Document):
	def validate(self) -> None:
		period.refuse_reversed(self, "since", "until")
