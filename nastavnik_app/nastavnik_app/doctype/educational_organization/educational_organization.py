import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.desk import notices
from nastavnik_app.people import acting


class EducationalOrganization(Document):
	def validate(self) -> None:
		self.refuse_circle_of_parents()
		self.refuse_reversed_acting_dates()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		acting.give_and_take_roles(
			frozenset(row.user for row in before.acting_directors) if before else frozenset()
		)
		notices.ask_approvers_of_today(self.name)

	def refuse_circle_of_parents(self) -> None:
		parent, seen = self.parent_organization, {self.name}
		while parent:
			if parent in seen:
				frappe.throw(
					_("{0} cannot be its own parent organization. Choose another one.").format(self.title)
				)
			seen.add(parent)
			parent = frappe.db.get_value("Educational Organization", parent, "parent_organization")

	def refuse_reversed_acting_dates(self) -> None:
		for row in self.acting_directors:
			if getdate(row.to_date) < getdate(row.from_date):
				frappe.throw(
					_("Row {0}: the acting term of {1} ends before it starts. Correct the dates.").format(
						row.idx, row.person_name
					)
				)
