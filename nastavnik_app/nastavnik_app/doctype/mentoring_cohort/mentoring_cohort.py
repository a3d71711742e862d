import frappe
from frappe import _
from frappe.model.document import Document


class MentoringCohort(Document):
	def validate(self) -> None:
		self.refuse_reversed("age_from", "age_to")
		self.refuse_reversed("class_from", "class_to")
		self.require_a_bound()

	def refuse_reversed(self, lowest: str, highest: str) -> None:
		if self.get(lowest) and self.get(highest) and self.get(lowest) > self.get(highest):
			frappe.throw(
				_("“{0}” ({1}) is above “{2}” ({3}). Correct the bounds.").format(
					_(self.meta.get_label(lowest), context=self.doctype),
					self.get(lowest),
					_(self.meta.get_label(highest), context=self.doctype),
					self.get(highest),
				)
			)

	def require_a_bound(self) -> None:
		bounds = ("age_from", "age_to", "class_from", "class_to", "service_below", "ground")
		if not self.groups and not any(self.get(bound) for bound in bounds):
			frappe.throw(_("A cohort of everybody needs no record. Choose groups, bounds or a ground."))
