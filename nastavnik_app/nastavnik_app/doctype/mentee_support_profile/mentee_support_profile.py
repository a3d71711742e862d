import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.people import consents
from nastavnik_app.permissions import may

# who decides where it is not said
DECIDED_BY = {"School": "School", "Commission on Minors": "Commission"}


class MenteeSupportProfile(Document):
	def validate(self) -> None:
		if self.has_value_changed("mentee") and not may("read", "Mentee", self.mentee):
			# before any refusal names the child
			frappe.throw(_("There is no such mentee."), frappe.PermissionError)
		self.require_consent()
		self.refuse_removed_before_entered()
		self.set_who_decided()
		self.set_relapses()

	def require_consent(self) -> None:
		"""Health and the like are special categories: a written consent names them (152-FZ, art. 10)."""
		person = ("Mentee", self.mentee)
		if not consents.with_consent(consents.SPECIAL_CATEGORIES, {person}):
			frappe.throw(
				_(
					"{0} has no valid consent to the processing of special categories of data. Record it first: nothing of this card is kept without it."
				).format(self.mentee_name)
			)

	def refuse_removed_before_entered(self) -> None:
		for row in self.registers:
			if row.removed_on and not row.entered_on:
				frappe.throw(_("“{0}”: enter the day of the registration first.").format(row.register))
			if row.removed_on and getdate(row.removed_on) < getdate(row.entered_on):
				frappe.throw(
					_(
						"“{0}”: {1} was removed on {2}, before the registration ({3}). Correct the dates."
					).format(
						row.register, self.mentee_name, formatdate(row.removed_on), formatdate(row.entered_on)
					)
				)
			if row.removed_early and not row.removed_on:
				frappe.throw(_("“{0}”: enter the day of the early removal.").format(row.register))

	def set_who_decided(self) -> None:
		for row in self.registers:
			row.basis_kind = row.basis_kind or DECIDED_BY.get(row.kept_by)

	def set_relapses(self) -> None:
		"""Who is entered in a register again after the removal from it has relapsed. What is ticked stays."""
		for row in self.registers:
			earlier = [
				one.removed_on
				for one in self.registers
				if one is not row and one.removed_on and _same(one.register) == _same(row.register)
			]
			if row.entered_on and any(getdate(day) <= getdate(row.entered_on) for day in earlier):
				row.relapse = 1


def _same(register: str) -> str:
	return " ".join(register.casefold().replace("ё", "е").split())
