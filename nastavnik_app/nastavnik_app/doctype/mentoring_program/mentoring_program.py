import frappe
from frappe.model.document import Document

from nastavnik_app import period
from nastavnik_app.program import indicator_values, municipal, years
from nastavnik_app.references import require_same_organization
from nastavnik_app.steps import passes


class MentoringProgram(Document):
	def validate(self) -> None:
		period.refuse_reversed(self, "period_start", "period_end")
		require_same_organization(self, rows=self.years)
		years.check_years(self)
		years.require_reasons(self)
		if self.is_new() and not self.site_documents:
			self.list_site_documents()

	def after_insert(self) -> None:
		municipal.give_waiting(self)

	def on_update(self) -> None:
		if passes(self, "Running", "Closed"):
			indicator_values.freeze_closed(self)

	def list_site_documents(self) -> None:
		titles = frappe.db.get_single_value("Mentoring Settings", "site_documents") or ""
		for title in titles.splitlines():
			if title.strip():
				self.append("site_documents", {"title": title.strip()})
