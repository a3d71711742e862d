"""The order in which a document is checked and written; the same as Frappe's, step by step."""

from typing import Any

import frappe
from frappe.model.create_new import defaults_of
from frappe.model.delete_doc import check_if_doc_is_linked
from frappe.model.document_checks import DocumentChecks
from frappe.model.naming import set_new_name, validate_name
from frappe.utils.data import now

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


class Saving(DocumentChecks):
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
