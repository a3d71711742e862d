"""Tables that follow their DocTypes: created, given new columns and indexes, never narrowed."""

from typing import Any

import frappe
from frappe.database.filters import quote
from frappe.database.values import COLUMN_TYPES, KEY, TEXT
from frappe.utils.data import cint, flt

_STANDARD = {
	"name": f"{TEXT} PRIMARY KEY",
	**dict.fromkeys(("creation", "modified"), "DATETIMETEXT"),
	**dict.fromkeys(("modified_by", "owner"), KEY),
	**dict.fromkeys(("docstatus", "idx"), "INTEGER NOT NULL DEFAULT 0"),
}
_SHORTCUTS = (
	"_Login",
	"__user",
	"_Full Name",
	"Today",
	"__today",
	"now",
	"Now",
)  # not values, but where they come from
_CHILD = dict.fromkeys(("parent", "parentfield", "parenttype"), KEY)
# tables that are not DocTypes
_PLAIN_TABLES = (
	"CREATE TABLE IF NOT EXISTS `tabSingles` (doctype TEXT COLLATE frappe, field TEXT, value TEXT)",
	"CREATE INDEX IF NOT EXISTS singles_key ON `tabSingles` (doctype, field)",
	"CREATE TABLE IF NOT EXISTS `__Auth` (name TEXT COLLATE frappe PRIMARY KEY, password TEXT)",
	"CREATE TABLE IF NOT EXISTS `__Job` (id INTEGER PRIMARY KEY, job_id TEXT, user TEXT, method TEXT,"
	" arguments TEXT, status TEXT NOT NULL DEFAULT 'queued', error TEXT, created DATETIMETEXT)",
)


class Schema:
	"""Mixed into Database."""

	def create_plain_tables(self) -> None:
		self.begin_write()
		for statement in _PLAIN_TABLES:
			self._execute(statement)

	def updatedb(self, doctype: str, meta: Any = None) -> None:
		"""Makes the table of a DocType, or adds what its fields need."""
		meta = meta or frappe.get_meta(doctype, cached=False)
		if meta.issingle:
			return
		self.begin_write()
		table, wanted = f"tab{doctype}", _wanted_columns(meta)
		present = {row[1] for row in self._execute(f"PRAGMA table_info({quote(table)})")}
		if not present:
			body = ", ".join(f"{quote(name)} {kind}" for name, kind in wanted.items())
			self._execute(f"CREATE TABLE {quote(table)} ({body})")
		for name in wanted.keys() - present if present else ():
			self._execute(f"ALTER TABLE {quote(table)} ADD COLUMN {quote(name)} {wanted[name]}")
		self._update_indexes(table, meta)

	def _update_indexes(self, table: str, meta: Any) -> None:
		key = frappe.scrub(table)
		sorted_by = ["creation"] if meta.sort_field == "creation" else []
		always = ("modified", *sorted_by, *(["parent"] if meta.istable else []))
		wanted = {f"{key}_{name}": (name, "") for name in always}
		for field in meta.fields:
			if field.fieldtype in COLUMN_TYPES and field.unique:
				wanted[f"{key}_{field.fieldname}_unique"] = (field.fieldname, "UNIQUE")
			elif field.fieldtype in ("Link", "Dynamic Link") or field.search_index:
				wanted[f"{key}_{field.fieldname}"] = (field.fieldname, "")
		rows = self._execute("select name from sqlite_master where type = 'index' and tbl_name = ?", [table])
		present = {row[0] for row in rows}
		for name in wanted.keys() - present:
			column, kind = wanted[name]
			self._execute(f"CREATE {kind} INDEX {quote(name)} ON {quote(table)} ({quote(column)})")
		for name in present - wanted.keys():
			if name.startswith(key) and name.endswith("_unique"):
				self._execute(f"DROP INDEX {quote(name)}")

	def table_exists(self, doctype: str) -> bool:
		query = "select 1 from sqlite_master where type = 'table' and name = ?"
		return bool(self._execute(query, [f"tab{doctype}"]).fetchone())

	def get_tables(self, cached: bool = True) -> list[str]:
		"""Names of all tables of the site."""
		query = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
		return [row[0] for row in self._execute(query)]

	def get_table_columns_description(self, table_name: str) -> list[dict[str, str]]:
		"""`name` and `type` of each column of a table."""
		rows = self._execute(f"PRAGMA table_info({quote(table_name)})")
		return [frappe._dict(name=row[1], type=row[2].lower()) for row in rows]

	def drop_table(self, doctype: str) -> None:
		self.begin_write()
		self._execute(f"DROP TABLE IF EXISTS {quote('tab' + doctype)}")


def _wanted_columns(meta: Any) -> dict[str, str]:
	columns = {**_STANDARD, **(_CHILD if meta.istable else {})}
	if meta.istable or meta.autoname == "hash":
		columns["name"] = f"{KEY} PRIMARY KEY"
	for field in meta.fields:
		kind = COLUMN_TYPES.get(field.fieldtype)
		if kind and field.fieldname not in columns:
			columns[field.fieldname] = kind + _default(kind, field.default)
	return columns


def _default(kind: str, default: str | None) -> str:
	"""What rows that are there already get in a new column."""
	if kind == "INTEGER":
		return f" NOT NULL DEFAULT {cint(default)}"
	if kind == "REAL":
		return f" NOT NULL DEFAULT {flt(default)}"
	if not default or default in _SHORTCUTS or default.startswith(":"):
		return ""
	return f" DEFAULT {frappe.db.escape(default, percent=False)}"
