import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.people import consents


class MenteeSupportProfile(Document):
	def validate(self) -> None:
		self.require_consent()

	def require_consent(self) -> None:
		"""Health and the like are special categories: a written consent names them (152-FZ, art. 10)."""
		person = ("Mentee", self.mentee)
		if not consents.with_consent(consents.SPECIAL_CATEGORIES, {person}):
			frappe.throw(
				_(
					"{0} has no valid consent to the processing of special categories of data. Record it first: nothing of this card is kept without it."
				).format(self.mentee_name)
			)
