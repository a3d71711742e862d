import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.desk.notices import ask_to_approve
from nastavnik_app.references import require_same_organization
from nastavnik_app.returns import dialogue, notices, stored, tables, way
from nastavnik_app.steps import is_new_or_was, passes


class ProgramReturn(Document):
	def before_validate(self) -> None:
		if self.is_new() and not self.flags.counted:
			self.direction, self.origin = "Own", "Site"
			self.authority = way.authority_of(self.organization)

	def validate(self) -> None:
		require_same_organization(self, except_fields=("request",))
		self.refuse_backward_days()
		if self.is_new() and self.direction == "Own":
			way.refuse_second(self)
		# a draft that an authority asks for is counted when the school opens it
		if self.flags.pop("count", None) or (self.is_new() and self.direction == "Own" and not self.request):
			way.compute(self)
		way.keep_figures(self)
		stored.keep_texts(self)
		if is_new_or_was(self, "Draft"):
			self.title = way.title_for(self)
		if passes(self, "Draft", "On Approval"):
			self.sent_by = frappe.session.user

	def refuse_backward_days(self) -> None:
		if getdate(self.period_end) < getdate(self.period_start):
			frappe.throw(frappe._("The period of the return ends before it starts"))

	def figures_as_html(self) -> str:
		return tables.html_of(self)

	def on_update(self) -> None:
		if passes(self, "Draft", "On Approval"):
			ask_to_approve(self)
		elif passes(self, "On Approval", "Draft"):
			notices.ask_to_correct(self)

	def on_submit(self) -> None:
		notices.settle(self)
		way.freeze_indicators(self)

	def before_update_after_submit(self) -> None:
		dialogue.keep_sides(self)

	def on_update_after_submit(self) -> None:
		way.follow_up(self)

	def on_cancel(self) -> None:
		notices.settle(self)
		way.release_indicators(self)
