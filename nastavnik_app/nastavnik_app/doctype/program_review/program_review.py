import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate

from nastavnik_app import period
from nastavnik_app.program import review
from nastavnik_app.references import require_same_organization


class ProgramReview(Document):
	def before_insert(self) -> None:
		review.copy_card(self)

	def validate(self) -> None:
		require_same_organization(self)
		self.title = _("Review of “{0}”, {1}").format(
			frappe.db.get_value("Mentoring Program", self.program, "title"), formatdate(self.reviewed_on)
		)[:300]
		period.refuse_reversed(self, "period_start", "period_end")
		review.count_points(self)
