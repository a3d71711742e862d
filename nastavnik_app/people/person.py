"""What mentors and mentees have in common."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.people import wishes
from nastavnik_app.rules.names import full_name


class Person(Document):
	"""A participant of the programme, with a full name put together from its parts."""

	def validate(self) -> None:
		self.full_name = full_name(self.last_name, self.first_name, self.middle_name)
		self.refuse_birth_to_come()
		wishes.refuse_wrong(self)

	def refuse_birth_to_come(self) -> None:
		if self.birth_date and getdate(self.birth_date) > getdate():
			frappe.throw(_("{0}: the birth date is in the future. Correct it.").format(self.full_name))
