"""What a save refuses: stale copies, impossible steps, broken links, missing or frozen values, closed transitions."""

from typing import Any

import frappe
from frappe import _
from frappe.model.field_checks import comparable
from frappe.model.workflow import get_workflow_name, set_workflow_state_on_action, validate_workflow
from frappe.utils.data import get_datetime

_STEPS = {(0, 0): "save", (0, 1): "submit", (1, 1): "update_after_submit", (1, 2): "cancel"}
_UNCOMPARED = ("modified", "modified_by", "creation")


class DocumentChecks:
	"""Mixed into Saving."""

	def check_if_latest(self) -> None:
		"""Refuses a copy older than what is stored, and docstatus changes that do not exist."""
		self.load_doc_before_save(raise_exception=True)
		previous = self._doc_before_save
		stamps = (previous.modified, self._original_modified) if previous else (None, None)
		if stamps[0] != stamps[1] and get_datetime(stamps[0]) != get_datetime(stamps[1]):
			text = _("Error: Document has been modified after you have opened it")
			text += f" ({previous.modified}, {self.modified}). "
			text += _("Please refresh to get the latest document.")
			frappe.msgprint(text, raise_exception=frappe.TimestampMismatchError)
		self._action = "save"
		if not self.meta.issingle:
			self._check_docstatus_transition(previous.docstatus if previous else 0)

	def _check_docstatus_transition(self, stored: int) -> None:
		step = (int(stored), int(self.docstatus))
		if step[0] == 2:
			raise frappe.ValidationError(_("Cannot edit cancelled document"))
		if step not in _STEPS:
			text = _("Cannot change docstatus from {0} to {1}").format(*step)
			raise frappe.DocstatusTransitionError(text)
		self._action = _STEPS[step]
		if self._action != "save":
			self.check_permission("cancel" if self._action == "cancel" else "submit")

	def _validate_links(self) -> None:
		if self.flags.ignore_links or self._action == "cancel":
			return
		invalid, cancelled = self.get_invalid_links()
		for row in self.get_all_children():
			more_invalid, more_cancelled = row.get_invalid_links(is_submittable=self.meta.is_submittable)
			invalid, cancelled = invalid + more_invalid, cancelled + more_cancelled
		if invalid:
			frappe.throw(_("Could not find {0}").format(", ".join(invalid)), frappe.LinkValidationError)
		if cancelled:
			text = _("Cannot link cancelled document: {0}").format(", ".join(cancelled))
			frappe.throw(text, frappe.CancelledLinkError)

	def _validate(self) -> None:
		self._validate_mandatory()
		self.validate_fields()
		if frappe.flags.in_install != "frappe" and get_workflow_name(self.doctype):
			validate_workflow(self)
			set_workflow_state_on_action(self, self._action)
		for row in self.get_all_children():
			row.validate_fields()
		if not self.is_new():
			self._validate_set_only_once()

	def _validate_mandatory(self) -> None:
		if self.flags.ignore_mandatory:
			return
		rows = [self, *self.get_all_children()]
		missing = [one for row in rows for one in row.get_missing_mandatory_fields()]
		for _name, text in missing:
			frappe.msgprint(text)
		if missing:
			names = ", ".join(name for name, _text in missing)
			raise frappe.MandatoryError(f"[{self.doctype}, {self.name}]: {names}")

	def _validate_set_only_once(self) -> None:
		previous = self._doc_before_save
		for field in self.meta.fields if previous else ():
			if not field.set_only_once:
				continue
			old, new = (_plain(field, doc.get(field.fieldname)) for doc in (previous, self))
			if old != new:
				label = frappe.bold(self.meta.get_label(field.fieldname))
				text = _("Value cannot be changed for {0}").format(label)
				frappe.throw(text, exc=frappe.CannotChangeConstantError)

	def _validate_update_after_submit(self) -> None:
		if self.flags.ignore_validate_update_after_submit:
			return
		self.validate_fields_after_submit(self._doc_before_save)
		stored = {row.name: row for row in self._doc_before_save.get_all_children()}
		for row in self.get_all_children():
			if row.name in stored:
				row.validate_fields_after_submit(stored[row.name])

	def _validate_amended_from(self) -> None:
		if frappe.db.get_value(self.doctype, self.amended_from, "docstatus") != 2:
			text = _("{0} cannot be amended because it is not cancelled.").format(self.amended_from)
			frappe.throw(text, title=_("Amendment Not Allowed"))


def _plain(field: Any, value: Any) -> Any:
	if not isinstance(value, list):
		return comparable(field, value)
	rows = [row.as_dict(convert_dates_to_str=True) for row in value]
	return [{key: row[key] for key in row.keys() - set(_UNCOMPARED)} for row in rows]
