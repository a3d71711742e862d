"""What mentors and mentees have in common."""

from __future__ import annotations

import hashlib
import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.people import wishes
from nastavnik_app.privacy import blocking
from nastavnik_app.rules.cohorts import same_person
from nastavnik_app.rules.names import full_name


class Person(Document):
	"""A participant of the programme, with a full name put together from its parts."""

	def validate(self) -> None:
		blocking.require_open(self)
		self.full_name = full_name(self.last_name, self.first_name, self.middle_name)
		self.refuse_birth_to_come()
		wishes.refuse_wrong(self)

	def before_save(self) -> None:
		# behind the guard, which shuts who is archived
		self.date_leaving()
		self.person_key = key_of(self)
		self.class_number = class_number(self.school_class)

	def refuse_birth_to_come(self) -> None:
		if self.birth_date and getdate(self.birth_date) > getdate():
			frappe.throw(_("{0}: the birth date is in the future. Correct it.").format(self.full_name))

	def date_leaving(self) -> None:
		if self.workflow_state != "Archived":
			self.left_on = None
		elif not self.left_on:
			self.left_on = getdate()


def key_of(person: Document | frappe._dict) -> str:
	"""The same for the mentee and the mentor that one pupil is; it does not tell who that is."""
	born = getdate(person.birth_date) if person.birth_date else None
	key = same_person(person.organization, person.full_name or "", born, person.name)
	return hashlib.sha256(repr(key).encode()).hexdigest()


def class_number(school_class: str | None) -> int:
	"""«8 «Б»» → 8; 0 where none is said."""
	number = re.match(r"\s*(\d{1,2})", school_class or "")
	return int(number[1]) if number else 0
