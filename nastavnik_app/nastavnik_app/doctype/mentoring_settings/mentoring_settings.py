import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.rules.report_days import read_months


class MentoringSettings(Document):
	def validate(self) -> None:
		self.refuse_wrong_months()

	def refuse_wrong_months(self) -> None:
		try:
			read_months(self.authority_report_months)
		except ValueError:
			frappe.throw(_("Months of reports to the authority are numbers from 1 to 12, such as “6, 12”."))
