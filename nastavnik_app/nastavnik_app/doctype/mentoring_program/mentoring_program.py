import frappe
from frappe.model.document import Document

from nastavnik_app import period


class MentoringProgram(Document):
	def validate(self) -> None:
		period.refuse_reversed(self, "period_start", "period_end")
		if self.is_new() and not self.site_documents:
			self.list_site_documents()

	def list_site_documents(self) -> None:
		titles = frappe.db.get_single_value("Mentoring Settings", "site_documents") or ""
		for title in titles.splitlines():
			if title.strip():
				self.append("site_documents", {"title": title.strip()})
