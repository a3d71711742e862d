import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from nastavnik_app.desk import notices
from nastavnik_app.documents import wording
from nastavnik_app.orders import acknowledgement, journal, participants, signed_copies, signing
from nastavnik_app.people.office import approver_of
from nastavnik_app.references import require_same_organization
from nastavnik_app.steps import is_new_or_was, passes


class MentoringOrder(Document):
	def validate(self) -> None:
		require_same_organization(self)
		is_drafted = is_new_or_was(self, "Draft")
		if is_drafted:
			participants.list_participants(self)
		if self.is_new():
			wording.fill_order(self)
		if is_drafted:
			acknowledgement.list_people(self)
		if passes(self, "Draft", "On Approval"):
			self.sent_by = frappe.session.user

	def on_update(self) -> None:
		if passes(self, "Draft", "On Approval"):
			notices.ask_to_approve(self)
		elif passes(self, "On Approval", "Draft"):
			notices.tell_returned(self)

	def before_submit(self) -> None:
		self.record_signature()
		journal.enter(self)

	def record_signature(self) -> None:
		approver = approver_of(self.organization)
		self.signed_on_paper = int(frappe.session.user != approver.user)
		self.signed_by = frappe.session.user
		self.signatory_name, self.signatory_post = approver.name, approver.post
		self.signed_at = now_datetime()

	def on_submit(self) -> None:
		signing.carry_out(self)
		signed_copies.ask_for(self)
		notices.ask_to_acknowledge(self)

	def on_update_after_submit(self) -> None:
		notices.settle_acknowledged(self)

	def on_cancel(self) -> None:
		signing.undo(self)
		notices.settle(self)
