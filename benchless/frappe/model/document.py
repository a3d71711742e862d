"""Documents: how one is found, made, read, submitted, cancelled, and which hooks run when."""

from typing import Any

import frappe
from frappe import _
from frappe.model.base_document import BaseDocument, get_controller
from frappe.model.create_new import defaults_of
from frappe.model.field_checks import comparable
from frappe.model.saving import Saving
from frappe.utils.data import now


def get_doc(*args: Any, for_update: bool = False, **kwargs: Any) -> "Document":
	"""A document by doctype and name (or filters), or a new one from a dict or keywords."""
	if args and isinstance(args[0], BaseDocument):
		return args[0]
	if args and isinstance(args[0], str):
		return _load(args[0], args[1] if len(args) > 1 else args[0], for_update)
	values = dict(args[0]) if args else kwargs
	if not values.get("doctype"):
		raise ValueError('"doctype" is a required key')
	return get_controller(values["doctype"])(values)


def _load(doctype: str, name: Any, for_update: bool) -> "Document":
	if isinstance(name, dict | list):
		found = frappe.db.get_value(doctype, name, "name", for_update=for_update)
		if found is None:
			frappe.throw(_("{0} not found").format(_(doctype)), frappe.DoesNotExistError(doctype=doctype))
		name = found
	doc = get_controller(doctype)({"doctype": doctype, "name": name})
	doc.flags.for_update = for_update
	return doc.load_from_db()


def new_doc(doctype: str, **kwargs: Any) -> "Document":
	"""A new document with its defaults; keywords are further values."""
	values = {**defaults_of(doctype), "owner": frappe.session.user, "__islocal": 1, **kwargs}
	return get_doc({**values, "doctype": doctype})


def get_cached_doc(doctype: str, name: str | None = None) -> "Document":
	"""A document kept for this request; not to be changed."""
	key, store = (doctype, name or doctype), frappe.local.document_cache
	if key not in store:
		store[key] = get_doc(*key)
	return store[key]


def get_cached_value(doctype: str, name: str, fieldname: Any = "name", as_dict: bool = False) -> Any:
	try:
		doc = get_cached_doc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.local.message_log = frappe.local.message_log[:-1]
		return None
	names = [fieldname] if isinstance(fieldname, str) else fieldname
	values = frappe._dict((field, doc.get(field)) for field in names)
	if as_dict:
		return values
	return values[fieldname] if isinstance(fieldname, str) else tuple(values.values())


def clear_document_cache(doctype: str, name: str | None = None) -> None:
	"""Forgets one document, or all of a DocType."""
	frappe.db.value_cache.pop(doctype, None)
	for known in (frappe.local.document_cache, frappe.local.link_values):
		for key in [key for key in known if key[0] == doctype and (name is None or key[1] == name)]:
			del known[key]


def get_single(doctype: str) -> "Document":
	return get_doc(doctype, doctype)


def _doc_events(doctype: str) -> dict[str, list[str]]:
	"""Event → methods of the apps' `doc_events`, whose keys are DocTypes, tuples of them, or `*`."""
	key = (doctype, *frappe.get_installed_apps())
	found = frappe.local.cache.hget("doc_events", key)
	if found is None:
		found = {}
		for doctypes, events in frappe.get_hooks("doc_events", {}).items():
			if doctype in doctypes if isinstance(doctypes, tuple) else doctypes in (doctype, "*"):
				for event, methods in events.items():
					found.setdefault(event, []).extend(methods)
		frappe.local.cache.hset("doc_events", key, found)
	return found


class Document(Saving, BaseDocument):
	"""A parent document."""

	def __init__(self, values: dict[str, Any]) -> None:
		self._doc_before_save, self._action = None, "save"
		super().__init__(values)
		if not self.name and not self.meta.istable:
			self.__dict__.setdefault("__islocal", 1)

	def load_from_db(self) -> "Document":
		"""Fills the document from its table; `flags.for_update` takes the writer's lock first."""
		if self.flags.pop("for_update", None):
			frappe.db.begin_write()
		if self.meta.issingle:
			stored = frappe.db.get_singles_dict(self.doctype, cast=True)
			checks = {field.fieldname: 0 for field in self.meta.fields if field.fieldtype == "Check"}
			self.update({**checks, **(stored or defaults_of(self.doctype)), "name": self.doctype})
		else:
			columns = self.meta.columns
			# an empty name would be no filter, and no record has one
			rows = frappe.db.get_values(self.doctype, str(self.name), columns) if self.name else []
			if not rows:
				text = _("{0} {1} not found").format(_(self.doctype), self.name)
				frappe.throw(text, frappe.DoesNotExistError(text, doctype=self.doctype))
			self.__dict__.update(zip(columns, rows[0], strict=True))
		for field in self.meta.tables:
			self.__dict__[field.fieldname] = self._load_rows(field)
		self.__dict__.pop("__islocal", None)
		return self

	def _load_rows(self, field: Any) -> list[BaseDocument]:
		columns, controller, children = (
			frappe.get_meta(field.options).columns,
			get_controller(field.options),
			[],
		)
		query = f"select {', '.join(f'`{name}`' for name in columns)} from `tab{field.options}`"
		query += " where parent = ? and parenttype = ? and parentfield = ? order by idx"
		for row in frappe.db.run(query, [self.name, self.doctype, field.fieldname]):
			child = controller({"doctype": field.options})
			child.__dict__.update(zip(columns, row, strict=True))
			child.__dict__.pop("__islocal", None)
			child.parent_doc = self
			children.append(child)
		return children

	def reload(self) -> "Document":
		"""The document as it is stored now."""
		self._doc_before_save = None
		return self.load_from_db()

	def get_doc_before_save(self) -> "Document | None":
		return self._doc_before_save

	def has_value_changed(self, fieldname: str) -> bool:
		"""Whether the value differs from the stored one; true of a new document."""
		previous, field = self.get_doc_before_save(), self.meta.get_field(fieldname)
		if not previous:
			return True
		old, new = previous.get(fieldname), self.get(fieldname)
		if field and field.fieldtype in ("Date", "Datetime"):
			old, new = comparable(field, old), comparable(field, new)
		return old != new

	def get_title(self) -> str:
		field = self.meta.title_field or ("title" if self.meta.has_field("title") else "name")
		return self.get(field) or ""

	def check_permission(self, permtype: str = "read") -> None:
		if self.has_permission(permtype):
			return
		text = _("You need the '{0}' permission on {1} {2} to perform this action.").format(
			_(permtype), frappe.bold(_(self.doctype)), self.name or ""
		)
		frappe.flags.error_message = text
		raise frappe.PermissionError(text)

	def has_permission(self, permtype: str = "read", *, user: str | None = None) -> bool:
		ignored = bool(self.flags.ignore_permissions)
		return ignored or frappe.permissions.has_permission(self.doctype, permtype, self, user=user)

	def run_method(self, method: str, *args: Any, **kwargs: Any) -> Any:
		"""The controller's method, then the apps' doc_events for it."""
		own = getattr(self, method, None)
		out = own(*args, **kwargs) if callable(own) else None
		for name in _doc_events(self.doctype).get(method, ()):
			returned = frappe.get_attr(name)(self, method, *args, **kwargs)
			out = returned if returned is not None else out
		return out

	@frappe.whitelist()
	def submit(self) -> "Document":
		self.docstatus = 1
		return self.save()

	@frappe.whitelist()
	def cancel(self) -> "Document":
		self.docstatus = 2
		return self.save()

	def delete(self, ignore_permissions: bool = False, force: bool = False) -> None:
		frappe.delete_doc(
			self.doctype, self.name, ignore_permissions=ignore_permissions, flags=self.flags, force=force
		)

	def db_set(
		self, fieldname: str | dict, value: Any = None, update_modified: bool = True, notify: bool = False
	) -> None:
		"""Writes columns at once, past validation; `on_change` runs. There are no sockets for `notify`."""
		changes = dict(fieldname) if isinstance(fieldname, dict) else {fieldname: value}
		self.update(changes)
		if update_modified and (self.doctype, self.name) not in frappe.flags.currently_saving:
			self.modified, self.modified_by = now(), frappe.session.user
			changes.update(modified=self.modified, modified_by=self.modified_by)
		if not self.get_doc_before_save() and not self.is_new():
			self.load_doc_before_save()
		self.run_method("before_change")
		frappe.db.set_value(self.doctype, self.name, changes, update_modified=update_modified)
		self.run_method("on_change")

	def add_comment(self, comment_type: str = "Comment", text: str | None = None) -> "Document":
		"""A note in the document's history."""
		comment = get_doc(
			doctype="Comment",
			comment_type=comment_type,
			comment_email=frappe.session.user,
			reference_doctype=self.doctype,
			reference_name=self.name,
			content=text or comment_type,
		)
		return comment.insert(ignore_permissions=True)
