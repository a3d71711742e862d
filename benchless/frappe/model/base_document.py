"""A document or a child row: its values, as attributes, and how they are written to a table."""

import datetime
import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

import frappe
from frappe import _
from frappe.apps import module_app
from frappe.database.filters import quote
from frappe.model import float_like_fields, table_fields
from frappe.model.field_checks import FieldChecks
from frappe.model.naming import set_new_name
from frappe.types import _dict
from frappe.utils.data import cint, cstr, flt, now

_RESERVED = frozenset(("flags", "_meta", "parent_doc", "_doc_before_save", "_action", "_original_modified"))


@cache
def _import_controller(app: str, module: str, doctype: str) -> type | None:
	key = frappe.scrub(doctype)
	path = f"{app}.{frappe.scrub(module)}.doctype.{key}.{key}"
	try:
		found = import_module(path)
	except ModuleNotFoundError as error:
		if error.name and path.startswith(error.name):
			return None
		raise
	return getattr(found, doctype.replace(" ", "").replace("-", ""), None)


def get_controller(doctype: str) -> type["BaseDocument"]:
	"""The class of a DocType: its app's own, or Document."""
	from frappe.model.document import Document

	found = frappe.local.cache.hget("controllers", doctype)
	if found is None:
		meta = frappe.get_meta(doctype)
		own = None if meta.custom else _import_controller(module_app(meta.module), meta.module, meta.name)
		found = own or Document
		frappe.local.cache.hset("controllers", doctype, found)
	return found


class BaseDocument(FieldChecks):
	"""Values live in the instance's dictionary; every column of the DocType is there."""

	def __init__(self, values: dict[str, Any]) -> None:
		self.doctype = values["doctype"]
		self.flags = _dict()
		own = self.__dict__
		own.update(dict.fromkeys(self.meta.columns), idx=0, docstatus=0, parent_doc=None)
		for field in self.meta.tables:
			own[field.fieldname] = []
		self.update(values)

	@property
	def meta(self) -> Any:
		found = self.__dict__.get("_meta")
		if found is None or found is not frappe.local.cache.hashes.get("meta", {}).get(self.doctype):
			found = self.__dict__["_meta"] = frappe.get_meta(self.doctype)
		return found

	def __repr__(self) -> str:
		return f"<{type(self).__name__}: {self.doctype} {self.name or 'new'}>"

	def update(self, d: dict[str, Any]) -> "BaseDocument":
		if "name" in d:
			self.set("name", d["name"])  # rows take their parent from it
		for key, value in d.items():
			self.set(key, value)
		return self

	def update_if_missing(self, d: dict[str, Any]) -> None:
		for key, value in d.items():
			if value is not None and key != "doctype" and self.__dict__.get(key) is None:
				self.set(key, value)

	def get(self, key: str, filters: dict | None = None, default: Any = None) -> Any:
		value = self.__dict__.get(key, default)
		if filters and isinstance(value, list):
			return [row for row in value if all(row.get(name) == one for name, one in filters.items())]
		return value

	def set(self, key: str, value: Any) -> None:
		if key in _RESERVED:
			return
		if self._is_table(key):
			self.__dict__[key] = []
			self.extend(key, value or ())
		elif isinstance(prop := getattr(type(self), key, None), property):
			if prop.fset:
				setattr(self, key, value)
		else:
			self.__dict__[key] = cint(value) if key == "docstatus" else value

	def _is_table(self, key: str) -> bool:
		field = self.meta.by_name.get(key)
		return bool(field and field.fieldtype in table_fields)

	def append(self, key: str, value: Any = None) -> "BaseDocument":
		"""Adds a row to a child table and returns it."""
		if not self._is_table(key):
			raise AttributeError(f"DocType '{self.doctype}' does not have a child table '{key}'")
		child, rows = value, self.__dict__[key]
		if not isinstance(child, BaseDocument):
			options = self.meta.get_field(key).options
			child = get_controller(options)({**(value or {}), "doctype": options})
			child.__dict__.setdefault("__islocal", 0 if child.name else 1)
		child.parent, child.parenttype, child.parentfield = self.name, self.doctype, key
		child.parent_doc = self
		rows.append(child)
		child.idx = child.idx or len(rows)
		return child

	def extend(self, key: str, value: Iterable[Any]) -> None:
		for row in value:
			self.append(key, row)

	def remove(self, doc: "BaseDocument") -> None:
		rows = self.get(doc.parentfield)
		rows.remove(doc)
		for place, row in enumerate(rows, 1):
			row.idx = place

	def get_all_children(self) -> list["BaseDocument"]:
		return [row for field in self.meta.tables for row in self.__dict__.get(field.fieldname) or ()]

	def is_new(self) -> bool:
		return bool(self.__dict__.get("__islocal"))

	def get_valid_dict(self, convert_dates_to_str: bool = False) -> _dict:
		"""Columns only, each of its field's type."""
		out, by_name, own = _dict(), self.meta.by_name, self.__dict__
		for name in self.meta.columns:
			value = own.get(name)
			if field := by_name.get(name):
				value = _typed(field, value)
			if convert_dates_to_str and isinstance(value, datetime.date):
				value = str(value)
			out[name] = value
		return out

	def as_dict(self, convert_dates_to_str: bool = False) -> _dict:
		"""The whole document as plain values, child rows as dictionaries."""
		out = self.get_valid_dict(convert_dates_to_str)
		out["doctype"] = self.doctype
		for field in self.meta.tables:
			out[field.fieldname] = [
				row.as_dict(convert_dates_to_str) for row in self.get(field.fieldname) or ()
			]
		if self.is_new():
			out["__islocal"] = 1
		return out

	def as_json(self) -> str:
		return frappe.as_json(self.as_dict())

	def db_insert(self, ignore_if_duplicate: bool = False) -> None:
		if not self.name:
			set_new_name(self)  # a row that a hook added
		if not self.creation:
			self.creation = self.modified = now()
			self.owner = self.modified_by = frappe.session.user
		values = self.get_valid_dict()
		columns, marks = ", ".join(quote(name) for name in values), ", ".join("?" * len(values))
		query = f"insert into {quote('tab' + self.doctype)} ({columns}) values ({marks})"
		try:
			frappe.db.run(query, list(values.values()), write=True)
		except sqlite3.IntegrityError as error:
			self._explain(error, ignore_if_duplicate)
		self.__dict__["__islocal"] = 0

	def db_update(self) -> None:
		if self.is_new() or not self.name:
			self.db_insert()
			return
		values = self.get_valid_dict()
		name = values.pop("name")
		assignments = ", ".join(f"{quote(key)} = ?" for key in values)
		query = f"update {quote('tab' + self.doctype)} set {assignments} where name = ?"
		try:
			frappe.db.run(query, [*values.values(), name], write=True)
		except sqlite3.IntegrityError as error:
			self._explain(error)

	def _explain(self, error: sqlite3.IntegrityError, ignore: bool = False) -> None:
		column = str(error).rsplit(".", 1)[-1]
		if column == "name" or (self.is_new() and frappe.db.exists(self.doctype, self.name)):
			if ignore:
				return  # MariaDB looks at the primary key first
			text = _("{0} {1} already exists").format(_(self.doctype), frappe.bold(self.name))
			frappe.msgprint(text, title=_("Duplicate Name"), indicator="red")
			raise frappe.DuplicateEntryError(self.doctype, self.name, error) from error
		label = self.meta.get_label(column) if self.meta.has_field(column) else column
		frappe.msgprint(_("{0} must be unique").format(frappe.bold(_(label))))
		raise frappe.UniqueValidationError(self.doctype, self.name, error) from error


def _typed(field: _dict, value: Any) -> Any:
	kind = field.fieldtype
	if isinstance(value, list):
		frappe.throw(_("Value for {0} cannot be a list").format(_(field.label)))
	if kind == "Check":
		return 1 if cint(value) else 0
	if kind == "Int":
		return cint(value)
	if kind == "JSON" and isinstance(value, dict):
		return frappe.as_json(value, indent=None)
	if kind in float_like_fields:
		return round(flt(value), 9)
	if (kind in ("Date", "Datetime") and value == "") or (field.unique and cstr(value).strip() == ""):
		return None
	return value
