import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from nastavnik_app import order_journal, signing
from nastavnik_app.documents import wording
from nastavnik_app.office import approver_of
from nastavnik_app.permissions import require_same_organization


class MentoringOrder(Document):
	def validate(self) -> None:
		require_same_organization(self)
		self.list_participants()
		if self.is_new():
			wording.fill_order(self)
		if self.is_being_sent():
			self.sent_by = frappe.session.user
		if self.is_new() or self.is_being_sent():
			wording.list_for_acknowledgement(self)

	def list_participants(self) -> None:
		for row in self.pairs:
			names = frappe.get_all(
				"Pair Mentee", filters={"parent": row.pair}, order_by="idx", pluck="mentee_name"
			)
			row.mentee_names = ", ".join(names)

	def is_being_sent(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before) and (before.workflow_state, self.workflow_state) == ("Draft", "On Approval")

	def before_submit(self) -> None:
		self.record_signature()
		order_journal.enter(self)

	def record_signature(self) -> None:
		approver = approver_of(self.organization)
		self.signed_on_paper = int(frappe.session.user != approver.user)
		self.signed_by = frappe.session.user
		self.signatory_name, self.signatory_post = approver.name, approver.post
		self.signed_at = now_datetime()

	def on_submit(self) -> None:
		signing.carry_out(self)

	def on_cancel(self) -> None:
		signing.undo(self)
