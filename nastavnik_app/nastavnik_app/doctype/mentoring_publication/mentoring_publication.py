from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.desk import notices
from nastavnik_app.people import listed
from nastavnik_app.people.publicity import PUBLISHED, refusal_to_publish
from nastavnik_app.program import dictionaries
from nastavnik_app.references import require_same_organization


class MentoringPublication(Document):
	def validate(self) -> None:
		require_same_organization(self)
		dictionaries.refuse_other_kind(self, "Publication")
		listed.fill_in(self, "people")
		if self.status == PUBLISHED:
			self.date_publishing()
			self.refuse_people_without_consent()

	def date_publishing(self) -> None:
		self.published_on = self.published_on or getdate()
		if getdate(self.published_on) > getdate():
			frappe.throw(
				_("“{0}” cannot have been published on {1}: that day is still to come.").format(
					self.title, formatdate(self.published_on)
				)
			)

	def refuse_people_without_consent(self) -> None:
		"""Of everybody when it is published, or another day is given; later of those who are added."""
		before = self.get_doc_before_save()
		day = getdate(self.published_on)
		stood = self._stood_published(before, day)
		added = {(row.party_type, row.party) for row in self.people}
		added -= {(row.party_type, row.party) for row in before.people} if stood else set()
		refusal = refusal_to_publish(added, getdate() if stood else day)
		if refusal:
			frappe.throw(refusal)

	@staticmethod
	def _stood_published(before: Document | None, day: date) -> bool:
		return bool(before and before.status == PUBLISHED and getdate(before.published_on) == day)

	def on_update(self) -> None:
		if self.status != PUBLISHED:
			notices.settle(self)
