"""What a DocType is: its own definition, the site's Property Setters and Custom DocPerms."""

import os
from functools import cache
from typing import Any

import frappe
from frappe.apps import list_file, read_json
from frappe.database.values import COLUMN_TYPES, parse_date, parse_datetime
from frappe.model import child_table_fields, default_fields, float_like_fields
from frappe.model import table_fields as TABLE_TYPES
from frappe.types import _dict
from frappe.utils.data import cint, flt

_STANDARD_LABELS = {
	"name": "ID",
	"owner": "Created By",
	"creation": "Created On",
	"docstatus": "Document Status",
}
_STANDARD_TYPES = {"creation": "Datetime", "modified": "Datetime", "docstatus": "Int", "idx": "Int"}
_NUMBER_KEYS = frozenset(
	"reqd unique search_index in_list_view allow_on_submit set_only_once no_copy fetch_if_empty non_negative "
	"ignore_user_permissions permlevel length idx".split()
)
_CHILDREN = (("fields", "DocField"), ("permissions", "DocPerm"), ("links", "DocType Link"))


def get_meta(doctype: str, cached: bool = True) -> "Meta":
	"""Metadata of a DocType; unknown ones raise DoesNotExistError."""
	store = frappe.local.cache
	meta = store.hget("meta", doctype) if cached else None
	if meta is None:
		meta = Meta(load_definition(str(doctype)))
		if not frappe.local.flags.bootstrapping:
			meta.customize()
		store.hset("meta", doctype, meta)
	return meta


@cache
def core_files() -> dict[str, str]:
	"""DocTypes of the engine → their JSON files."""
	root, out = os.path.dirname(os.path.dirname(os.path.abspath(__file__))), {}
	for module in list_file(os.path.join(root, "modules.txt")):
		folder = os.path.join(root, frappe.scrub(module), "doctype")
		for key in sorted(os.listdir(folder)):
			path = os.path.join(folder, key, f"{key}.json")
			if os.path.exists(path):
				out[core_definition(path)["name"]] = path
	return out


core_definition = cache(read_json)


def load_definition(doctype: str) -> dict[str, Any]:
	"""A DocType as in its JSON file, without the site's changes."""
	if path := core_files().get(doctype):
		return core_definition(path)
	rows = frappe.db.sql("select * from `tabDocType` where name = %s", (doctype,), as_dict=True)
	if not rows:
		raise frappe.DoesNotExistError(frappe._("DocType {0} not found").format(doctype), doctype="DocType")
	definition = rows[0]
	for key, child in _CHILDREN:
		query = f"select * from `tab{child}` where parent = %s and parentfield = %s order by idx"
		definition[key] = frappe.db.sql(query, (definition["name"], key), as_dict=True)
	return definition


class Meta:
	"""Attributes are the DocType's own; an absent one is None."""

	def __init__(self, definition: dict[str, Any]) -> None:
		self.__dict__.update({**definition, "doctype": "DocType"})
		name, fields = definition["name"], definition.get("fields", [])
		self.fields = [_dict(row, doctype="DocField", parent=name) for row in fields]
		for field in self.fields:
			field.update({key: cint(field[key]) for key in _NUMBER_KEYS & field.keys()})
		self.permissions = [_dict(row) for row in definition.get("permissions", [])]
		self.by_name = {field.fieldname: field for field in self.fields if field.fieldname}
		self.link_fields = [field for field in self.fields if field.fieldtype == "Link"]
		self.all_links = self.link_fields + [one for one in self.fields if one.fieldtype == "Dynamic Link"]
		self.tables = [field for field in self.fields if field.fieldtype in TABLE_TYPES]
		self.fetched: dict[str, list[_dict]] = {}  # link field → the fields that are fetched through it
		for field in self.fields:
			if field.fetch_from:
				self.fetched.setdefault(field.fetch_from.split(".")[0], []).append(field)
		own = [field.fieldname for field in self.fields if field.fieldtype in COLUMN_TYPES]
		self.columns = list(
			dict.fromkeys((*default_fields[1:], *(child_table_fields * bool(self.istable)), *own))
		)

	def __getattr__(self, name: str) -> Any:
		if name.startswith("__"):
			raise AttributeError(name)
		return None

	def customize(self) -> None:
		"""Applies the site's own changes."""
		query = "select * from `tabProperty Setter` where doc_type = %s"
		for row in frappe.db.sql(query, (self.name,), as_dict=True):
			target = self if row.doctype_or_field == "DocType" else self.get_field(row.field_name)
			if target is not None:
				number = row.property_type in ("Check", "Int")
				setattr(target, row.property, cint(row.value) if number else row.value)
		query = "select * from `tabCustom DocPerm` where parent = %s"
		self.permissions = frappe.db.sql(query, (self.name,), as_dict=True) or self.permissions

	def get_field(self, fieldname: str) -> _dict | None:
		return self.by_name.get(fieldname)

	def has_field(self, fieldname: str) -> bool:
		return fieldname in self.by_name

	def get_label(self, fieldname: str) -> str:
		field = self.get_field(fieldname)
		if field:
			return field.label or ""
		return frappe._(_STANDARD_LABELS[fieldname]) if fieldname in _STANDARD_LABELS else "No Label"

	def get_search_fields(self) -> list[str]:
		names = [name.strip() for name in (self.search_fields or "name").split(",")]
		return names if "name" in names else [*names, "name"]

	def get_link_fields(self) -> list[_dict]:
		return self.link_fields

	def get_table_fields(self) -> list[_dict]:
		return self.tables

	def is_column(self, fieldname: str) -> bool:
		return fieldname in self.columns

	def column_type(self, fieldname: str) -> str:
		field = self.by_name.get(fieldname)
		return field.fieldtype if field else _STANDARD_TYPES.get(fieldname, "Data")

	def cast(self, fieldname: str, value: Any) -> Any:
		"""A stored text (of a Single) as the field's own type."""
		kind = self.column_type(fieldname)
		if kind in ("Int", "Check"):
			return cint(value)
		if kind in float_like_fields:
			return flt(value)
		if kind in ("Date", "Datetime") and value:
			return (parse_date if kind == "Date" else parse_datetime)(value)
		return value
