"""From an app's files to the site: DocTypes, roles, reports, print formats."""

import hashlib
import json
import os
from typing import Any

import frappe
from frappe.apps import get_module_list, read_json
from frappe.database.values import COLUMN_TYPES
from frappe.model import table_fields
from frappe.model.meta import Meta, core_definition, core_files
from frappe.utils.data import now

_CHILDREN = {"fields": "DocField", "permissions": "DocPerm", "links": "DocType Link"}
_AUTHORS = ("owner", "modified_by")
_WITHOUT_VALUE = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", *table_fields)


def json_files(app: str, kind: str) -> list[str]:
	"""`<module>/<kind>/<name>/<name>.json` of an app, in alphabetical order."""
	roots = [frappe.get_app_path(app, frappe.scrub(module), kind) for module in get_module_list(app)]
	names = [(root, name) for root in roots if os.path.isdir(root) for name in sorted(os.listdir(root))]
	paths = [os.path.join(root, name, f"{name}.json") for root, name in names]
	return [path for path in paths if os.path.exists(path)]


def sync_app(app: str) -> None:
	"""Makes the site's DocTypes what the app's files say, then reports and print formats."""
	definitions = [{**read_json(path), "app": app} for path in json_files(app, "doctype")]
	stored = dict(frappe.db.sql("select name, migration_hash from `tabDocType`"))
	changed = [one for one in definitions if stored.get(one["name"]) != _digest(one)]
	for definition in changed:
		refuse_unsupported(definition)
		store_doctype(definition)
	if changed:
		forget_meta()
	for definition in changed:
		frappe.db.updatedb(definition["name"])
	sync_roles(definitions)
	kept = {definition["name"] for definition in definitions}
	for (name,) in frappe.db.sql("select name from `tabDocType` where app = %s and custom = 0", (app,)):
		if name not in kept:
			forget_doctype(name)
	for kind in ("report", "print_format"):
		for path in json_files(app, kind):
			import_document(read_json(path))


def forget_meta(*event: Any) -> None:
	"""Metadata has changed: this process and the others read it again."""
	frappe.db.bump_meta_version()
	frappe.clear_cache()


def forget_permissions(doc: Any, event: str) -> None:
	frappe.clear_cache(user=doc.user)


def refuse_permlevel(doc: Any, event: str) -> None:
	if doc.get("permlevel"):
		raise NotImplementedError("permission levels above 0 are outside the contract of benchless")


def replace_property(doc: Any, event: str) -> None:
	"""The newest Property Setter takes the place of the one before."""
	if doc.property in ("unique", "search_index", "fieldtype"):
		raise NotImplementedError(f"changing {doc.property} of a field is outside the contract of benchless")
	same = {"doc_type": doc.doc_type, "field_name": doc.field_name or "", "property": doc.property}
	frappe.db.delete("Property Setter", {**same, "name": ["!=", doc.name]})


def forget_doctype(name: str) -> None:
	"""Takes a DocType off the list; its table stays, as on Frappe."""
	frappe.db.sql("delete from `tabDocType` where name = %s", (name,))
	for child in _CHILDREN.values():
		frappe.db.sql(f"delete from `tab{child}` where parent = %s and parenttype = 'DocType'", (name,))


def _digest(definition: dict[str, Any]) -> str:
	return hashlib.md5(json.dumps(definition, sort_keys=True).encode(), usedforsecurity=False).hexdigest()


def store_doctype(definition: dict[str, Any]) -> None:
	"""Writes a DocType's rows past all checks, in place of the old ones."""
	name, moment = definition["name"], now()
	standard = dict.fromkeys(("creation", "modified"), moment) | dict.fromkeys(_AUTHORS, "Administrator")
	forget_doctype(name)
	_insert("DocType", [{**definition, **standard, "migration_hash": _digest(definition)}])
	for key, child in _CHILDREN.items():
		parent = {**standard, "parent": name, "parenttype": "DocType", "parentfield": key}
		rows = enumerate(definition.get(key) or [], 1)
		_insert(
			child, [{**row, **parent, "name": frappe.generate_hash(length=10), "idx": n} for n, row in rows]
		)


def _insert(doctype: str, rows: list[dict[str, Any]]) -> None:
	meta = frappe.get_meta(doctype)
	numbers = {name for name in meta.columns if meta.column_type(name) in ("Check", "Int")}

	def plain(name: str, value: Any) -> Any:
		if name in numbers:
			return int(value or 0)
		return json.dumps(value) if isinstance(value, list | dict) else value

	frappe.db.bulk_insert(
		doctype, meta.columns, [[plain(name, row.get(name)) for name in meta.columns] for row in rows]
	)


def refuse_unsupported(definition: dict[str, Any]) -> None:
	"""Permission levels, virtual fields and field types that benchless does not know."""
	for row in [*definition.get("fields", []), *definition.get("permissions", [])]:
		kind = row.get("fieldtype") or "Data"
		known = kind in COLUMN_TYPES or kind in _WITHOUT_VALUE
		if not known or int(row.get("permlevel") or 0) or row.get("is_virtual"):
			raise NotImplementedError(f"{definition['name']}: {row} is outside the contract of benchless")


def sync_roles(definitions: list[dict[str, Any]]) -> None:
	"""Roles named in permissions exist."""
	named = dict.fromkeys(row["role"] for item in definitions for row in item.get("permissions", []))
	present, moment = set(frappe.db.sql("select name from `tabRole`", pluck=True)), now()
	columns = ["name", "role_name", "desk_access", "creation", "modified", "owner", "modified_by"]
	rows = [(role, role, 1, moment, moment, *["Administrator"] * 2) for role in named if role not in present]
	frappe.db.bulk_insert("Role", columns, rows)


def import_document(values: dict[str, Any]) -> None:
	"""Puts a shipped record in place of the stored one; its `creation` is kept."""
	doctype, name = values["doctype"], values.get("name")
	if name:
		frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, for_reload=True)
	doc = frappe.get_doc(values)
	for flag in ("permissions", "links", "version", "validate", "mandatory"):
		doc.flags[f"ignore_{flag}"] = True
	frappe.flags.in_import = True
	try:
		doc.insert(set_name=name)
	finally:
		frappe.flags.in_import = False


def create_core_tables() -> None:
	"""The engine's own tables; on a new site before there is any metadata in them."""
	frappe.db.create_plain_tables()
	frappe.local.flags.bootstrapping = True
	definitions = [core_definition(path) for path in core_files().values()]
	for definition in definitions:
		frappe.db.updatedb(definition["name"], Meta(definition))
	for definition in definitions:
		store_doctype(definition)
	frappe.local.flags.bootstrapping = False
	forget_meta()
