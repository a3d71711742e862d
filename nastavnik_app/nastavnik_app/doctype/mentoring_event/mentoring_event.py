import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.people import listed
from nastavnik_app.program import dictionaries, headcounts
from nastavnik_app.references import require_same_organization
from nastavnik_app.rules.fulfilment import percent


class MentoringEvent(Document):
	def validate(self) -> None:
		require_same_organization(self)
		dictionaries.refuse_other_kind(self, "Event")
		listed.fill_in(self, "participants")
		self.refuse_held_in_future()
		self.count_present()
		self.measure_coverage()

	def refuse_held_in_future(self) -> None:
		if self.status == "Held" and getdate(self.held_on) > getdate():
			frappe.throw(
				_(
					"“{0}” cannot have been held on {1}: that day is still to come. Set the status “{2}”."
				).format(self.title, formatdate(self.held_on), _("Planned"))
			)

	def count_present(self) -> None:
		if self.status != "Held":
			self.present_count = None
		elif self.participants:
			self.present_count = sum(1 for row in self.participants if not row.absent)

	def measure_coverage(self) -> None:
		self.share_covered = None
		if not self.target_group or not self.present_count:
			return
		headcount = headcounts.on_day(self.organization, getdate(self.held_on)).get(self.target_group)
		if headcount:
			self.share_covered = percent(self.present_count, headcount)
		else:
			frappe.msgprint(
				_(
					"Enter the headcount of “{0}” in the organization: the share covered is counted from it."
				).format(frappe.get_cached_value("Mentoring Target Group", self.target_group, "title"))
			)
