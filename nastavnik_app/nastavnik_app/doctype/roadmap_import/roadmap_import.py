import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app import period
from nastavnik_app.program import roadmap_review, roadmap_tasks


class RoadmapImport(Document):
	def validate(self) -> None:
		period.refuse_reversed(self, "period_start", "period_end")
		roadmap_review.review(self, roadmap_tasks.given_period(self))
		self.doubt_count = sum(1 for row in self.rows if row.problems and not row.checked and not row.skip)

	@frappe.whitelist()
	def read_document(self) -> None:
		"""Reads the attached document, or the chosen template, into rows; what stood there is replaced."""
		self.reload_for_change()
		roadmap_tasks.read_into(self)
		self.status = "Rows Read"
		self.save()

	@frappe.whitelist()
	def create_tasks(self) -> int:
		"""Creates the tasks of all rows that are not skipped; returns how many."""
		self.reload_for_change()
		if self.status != "Rows Read":
			frappe.throw(_("Read the document first: there are no rows to make tasks of."))
		count = roadmap_tasks.create_from(self)
		self.status = "Tasks Created"
		self.save()
		return count

	def reload_for_change(self) -> None:
		# what a caller sends is not trusted: the stored document is what is worked on
		self.reload()
		self.check_permission("write")
		if frappe.db.exists("Roadmap Task", {"roadmap_import": self.name}):
			frappe.throw(
				_("The tasks of “{0}” are created already. Begin a new import.").format(self.get_title())
			)
