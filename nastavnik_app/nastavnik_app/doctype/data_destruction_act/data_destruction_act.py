import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.desk import notices
from nastavnik_app.privacy import acts, carrying_out
from nastavnik_app.references import require_same_organization
from nastavnik_app.steps import passes


class DataDestructionAct(Document):
	def validate(self) -> None:
		acts.forget_outcome(self)
		self.title = acts.title_of(self)
		acts.fill_persons(self)
		require_same_organization(self)
		acts.refuse_foreign_people(self)
		if passes(self, "Draft", "On Approval"):
			self.sent_by = frappe.session.user
			self.remark = None

	def before_submit(self) -> None:
		self.destroyed_on = getdate()

	def on_update(self) -> None:
		if passes(self, "Draft", "On Approval"):
			notices.ask_to_approve(self)
		elif passes(self, "On Approval", "Draft"):
			acts.tell_returned(self)

	def on_submit(self) -> None:
		notices.settle(self)
		carrying_out.queue(self)
