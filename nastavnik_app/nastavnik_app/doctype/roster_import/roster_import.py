import frappe
from frappe.model.document import Document

from nastavnik_app.people import roster_import


class RosterImport(Document):
	def validate(self) -> None:
		roster_import.keep_what_is_stored(self)

	@frappe.whitelist()
	def check_list(self) -> None:
		"""Says row by row what importing the file would do."""
		self.reload_for_change()
		roster_import.check(self)

	@frappe.whitelist()
	def import_list(self) -> None:
		"""Queues the import of a checked list."""
		self.reload_for_change()
		roster_import.queue(self)

	def reload_for_change(self) -> None:
		# what a caller sends is not trusted: the stored document is what is worked on
		self.reload()
		self.check_permission("write")
