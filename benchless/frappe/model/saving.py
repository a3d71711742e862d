"""The order in which a document is checked and written, the same as Frappe's; and what a save refuses."""

from typing import Any

import frappe
from frappe import _
from frappe.auth import keep_password, kept_password
from frappe.model.create_new import defaults_of
from frappe.model.delete_doc import check_if_doc_is_linked
from frappe.model.field_checks import comparable
from frappe.model.naming import set_new_name, validate_name
from frappe.model.workflow import get_workflow_name, set_workflow_state_on_action, validate_workflow
from frappe.utils.data import get_datetime, now

_BEFORE = {
	"save": ("validate", "before_save"),
	"submit": ("validate", "before_submit"),
	"cancel": ("before_cancel",),
	"update_after_submit": ("before_update_after_submit",),
}
_AFTER = {
	"save": ("on_update",),
	"submit": ("on_update", "on_submit"),
	"cancel": ("on_cancel",),
	"update_after_submit": ("on_update_after_submit",),
}

_STEPS = {(0, 0): "save", (0, 1): "submit", (1, 1): "update_after_submit", (1, 2): "cancel"}
_UNCOMPARED = ("modified", "modified_by", "creation")


class Saving:
	"""Mixed into Document."""

	def insert(
		self,
		ignore_permissions: bool | None = None,
		ignore_links: bool | None = None,
		ignore_if_duplicate: bool = False,
		ignore_mandatory: bool | None = None,
		set_name: str | None = None,
	) -> "Saving":
		flags = {"permissions": ignore_permissions, "links": ignore_links, "mandatory": ignore_mandatory}
		self.flags.update({f"ignore_{name}": value for name, value in flags.items() if value is not None})
		self.__dict__["__islocal"] = 1
		self._set_defaults()
		self._set_user_and_timestamp()
		self._set_docstatus()
		self.check_if_latest()
		self._validate_links()
		self.check_permission("create")
		self.run_method("before_insert")
		self._set_new_names(set_name)

		self.flags.in_insert = True
		self._run_before_save_methods()
		self._validate()
		self._set_docstatus()
		if self.meta.issingle:
			self._update_single()
		else:
			self.db_insert(ignore_if_duplicate=ignore_if_duplicate)
		for row in self.get_all_children():
			row.db_insert()
		self.run_method("after_insert")
		if self.get("amended_from"):
			self._validate_amended_from()
		self._run_post_save_methods()
		self.flags.in_insert = False
		self.__dict__.pop("__islocal", None)
		return self

	def save(self, ignore_permissions: bool | None = None, ignore_version: bool | None = None) -> "Saving":
		if ignore_permissions is not None:
			self.flags.ignore_permissions = ignore_permissions
		self.flags.ignore_version = frappe.flags.in_test if ignore_version is None else ignore_version
		if self.is_new() or not self.name:
			return self.insert()
		self._set_defaults()
		self.check_permission("write")
		self._set_user_and_timestamp()
		self._set_docstatus()
		self.check_if_latest()
		self._set_new_names()
		self._validate_links()
		self._run_before_save_methods()
		if self._action != "cancel":
			self._validate()
		if self._action == "update_after_submit":
			self._validate_update_after_submit()
		self._set_docstatus()
		if self.meta.issingle:
			self._update_single()
		else:
			self.db_update()
		for field in self.meta.tables:
			self._update_child_table(field)
		self._run_post_save_methods()
		return self

	def _set_defaults(self) -> None:
		if frappe.flags.in_import:
			return
		if self.is_new():
			self.update_if_missing(defaults_of(self.doctype))
		for field in self.meta.tables:
			fresh = [row for row in self.get(field.fieldname) if row.is_new()]
			defaults = defaults_of(field.options, self, field.fieldname) if fresh else {}
			for row in fresh:
				row.update_if_missing(defaults)

	def _set_user_and_timestamp(self) -> None:
		self._original_modified = self.modified
		self.modified, self.modified_by = now(), frappe.session.user
		quiet = frappe.flags.in_install or frappe.flags.in_patch or frappe.flags.in_migrate
		if self.is_new() and (not quiet or not self.creation):
			self.creation, self.owner = self.modified, self.modified_by
		for row in self.get_all_children():
			row.modified, row.modified_by = self.modified, self.modified_by
			row.owner, row.creation = row.owner or self.owner, row.creation or self.creation
		if self.name:  # by another one it would never be found again
			frappe.flags.currently_saving.append((self.doctype, self.name))

	def _set_docstatus(self) -> None:
		for row in self.get_all_children():
			row.docstatus = self.docstatus

	def load_doc_before_save(self, *, raise_exception: bool = False) -> None:
		self._doc_before_save = None
		if self.is_new():
			return
		try:
			self._doc_before_save = frappe.get_doc(self.doctype, self.name, for_update=True)
		except frappe.DoesNotExistError:
			if raise_exception:
				raise
			frappe.clear_messages()

	def _set_new_names(self, set_name: str | None = None) -> None:
		if self.is_new() and not self.flags.name_set:
			if set_name:
				self.name = validate_name(self.doctype, set_name)
			else:
				set_new_name(self)
			self.flags.name_set = True
		for row in self.get_all_children():
			row.parent, row.parenttype = self.name, self.doctype
			if self.is_new() or not row.name:
				set_new_name(row)

	def _run_before_save_methods(self) -> None:
		if self._action in ("save", "submit"):
			self.run_method("before_validate")
		for method in _BEFORE[self._action] if not self.flags.ignore_validate else ():
			self.run_method(method)

	def _update_single(self) -> None:
		frappe.db.delete("Singles", {"doctype": self.doctype})
		rows = [(self.doctype, key, value) for key, value in self.get_valid_dict().items()]
		frappe.db.run_many("insert into `tabSingles` (doctype, field, value) values (?, ?, ?)", rows)

	def _update_child_table(self, field: Any) -> None:
		rows = self.get(field.fieldname)
		kept = [row.name for row in rows if row.name and not row.is_new()]
		frappe.db.run(
			f"delete from `tab{field.options}` where parent = ? and parenttype = ? and parentfield = ?"
			f" and name not in ({', '.join('?' * len(kept))})",
			[str(self.name), self.doctype, field.fieldname, *kept],
			write=True,
		)
		for row in rows:
			row.db_update()

	def _run_post_save_methods(self) -> None:
		for method in _AFTER[self._action]:
			self.run_method(method)
		if self._action == "cancel" and not self.flags.ignore_links:
			check_if_doc_is_linked(self, method="Cancel")
		frappe.clear_document_cache(self.doctype, self.name)
		self.save_version()
		self.run_method("on_change")
		if (key := (self.doctype, self.name)) in frappe.flags.currently_saving:
			frappe.flags.currently_saving.remove(key)

	def save_version(self) -> None:
		before = self._doc_before_save
		if not before or not self.meta.track_changes or self.flags.ignore_version or frappe.flags.in_install:
			return  # Frappe keeps no Version of a new document either
		version = frappe.new_doc("Version")
		if version.update_version_info(before, self):
			version.insert(ignore_permissions=True)

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
		self._save_passwords()
		if not self.is_new():
			self._validate_set_only_once()

	def _save_passwords(self) -> None:
		"""Keeps passwords beside the record, which shows as many asterisks."""
		for field in self.meta.fields:
			if field.fieldtype != "Password":
				continue
			given = self.get(field.fieldname)
			if not given or set(given) != {"*"}:
				keep_password(self.doctype, self.name, field.fieldname, given)
				self.set(field.fieldname, "*" * len(given or ""))

	def get_password(self, fieldname: str = "password", raise_exception: bool = True) -> str | None:
		"""A password as it was given; AuthenticationError where there is none."""
		given = self.get(fieldname)
		if given and set(given) != {"*"}:
			return given
		return kept_password(self.doctype, self.name, fieldname, raise_exception)

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
