import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import acting


class EducationalOrganization(Document):
	def validate(self) -> None:
		self.refuse_circle_of_parents()
		self.refuse_reversed_acting_dates()

	def on_update(self) -> None:
		if self.acting_directors:
			acting.give_and_take_roles()

	def refuse_circle_of_parents(self) -> None:
		parent, seen = self.parent_organization, {self.name}
		while parent:
			if parent in seen:
				frappe.throw(
					_("{0} cannot stand above itself. Choose another parent organization.").format(self.title)
				)
			seen.add(parent)
			parent = frappe.db.get_value("Educational Organization", parent, "parent_organization")

	def refuse_reversed_acting_dates(self) -> None:
		for row in self.acting_directors:
			if getdate(row.to_date) < getdate(row.from_date):
				frappe.throw(
					_("Row {0}: {1} would act until a day before the first. Correct the dates.").format(
						row.idx, row.person_name
					)
				)
