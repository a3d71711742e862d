"""frappe.db: values and rows without documents."""

from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.database.filters import column, normalize, order_clause, quote, where
from frappe.types import _dict
from frappe.utils.data import now

_DEFAULT_ORDER = "KEEP_DEFAULT_ORDERING"


class Access:
	"""Mixed into Database; runs everything through `self.run`."""

	def get_value(
		self,
		doctype: str,
		filters: Any = None,
		fieldname: str | Sequence[str] = "name",
		*,
		as_dict: bool = False,
		order_by: str | None = _DEFAULT_ORDER,
		cache: bool = False,
		for_update: bool = False,
	) -> Any:
		"""One field, or a tuple or dict of several, of the first matching row; None when there is none."""
		rows = self.get_values(
			doctype, filters, fieldname, as_dict=as_dict, order_by=order_by, for_update=for_update, limit=1
		)
		if not rows or as_dict:
			return rows[0] if rows else None
		return rows[0][0] if len(rows[0]) == 1 else rows[0]

	def get_values(
		self,
		doctype: str,
		filters: Any = None,
		fieldname: str | Sequence[str] = "name",
		*,
		as_dict: bool = False,
		order_by: str | None = _DEFAULT_ORDER,
		for_update: bool = False,
		limit: int | None = None,
	) -> list:
		"""Rows as tuples or dictionaries."""
		fields = [fieldname] if isinstance(fieldname, str) else list(fieldname)
		if for_update:
			self.begin_write()
		meta = frappe.get_meta(doctype)
		if meta.issingle:
			stored = self.get_singles_dict(doctype, cast=True)
			row = _dict((field, stored.get(field)) for field in fields)
			return [row] if as_dict else [tuple(row.values())]
		if filters is None:
			return []
		for field in fields:
			if not meta.is_column(field):
				raise self.OperationalError(
					f"no such column: {doctype}.{field}; functions go through frappe.qb"
				)
		text, values = where(normalize(doctype, filters))
		order_by = "modified desc" if order_by == _DEFAULT_ORDER else order_by
		order = "" if isinstance(filters, str | int) else order_clause(order_by, doctype)
		names = ", ".join(column(doctype, field) for field in fields)
		query = f"select {names} from {quote('tab' + doctype)}{text}{order}"
		rows = self.run(query + (f" limit {int(limit)}" if limit else ""), values).fetchall()
		return [_dict(zip(fields, row, strict=True)) for row in rows] if as_dict else rows

	def get_singles_dict(self, doctype: str, *, cast: bool = False) -> _dict:
		out = _dict(self.run("select field, value from `tabSingles` where doctype = ?", [doctype]).fetchall())
		if cast:
			meta = frappe.get_meta(doctype)
			out.update({key: meta.cast(key, value) for key, value in out.items() if meta.has_field(key)})
		return out

	def get_single_value(self, doctype: str, fieldname: str, cache: bool = True) -> Any:
		"""A field of a Single; an unset number is 0."""
		if doctype not in self.value_cache or not cache:
			self.value_cache[doctype] = self.get_singles_dict(doctype)
		meta = frappe.get_meta(doctype)
		if not meta.has_field(fieldname):
			text = frappe._("Field {0} does not exist on {1}")
			frappe.throw(text.format(frappe.bold(fieldname), frappe.bold(doctype)))
		return meta.cast(fieldname, self.value_cache[doctype].get(fieldname))

	def set_single_value(
		self, doctype: str, fieldname: str | dict, value: Any = None, update_modified: bool = True
	) -> None:
		for name, new in _changes(fieldname, value, update_modified).items():
			self.run("delete from `tabSingles` where doctype = ? and field = ?", [doctype, name], write=True)
			row = [doctype, name, new]
			self.run("insert into `tabSingles` (doctype, field, value) values (?, ?, ?)", row, write=True)
		frappe.clear_document_cache(doctype, doctype)

	def set_value(
		self, dt: str, dn: Any, field: str | dict, val: Any = None, update_modified: bool = True
	) -> None:
		"""Writes columns directly: no controller, no check."""
		if frappe.get_meta(dt).issingle:
			self.set_single_value(dt, field, val, update_modified)
			return
		changes = _changes(field, val, update_modified)
		text, values = where(normalize(dt, dn))
		assignments = ", ".join(f"{quote(name)} = ?" for name in changes)
		query = f"update {quote('tab' + dt)} set {assignments}{text}"
		self.run(query, [*changes.values(), *values], write=True)
		frappe.clear_document_cache(dt, dn if isinstance(dn, str) else None)

	def exists(self, dt: str, dn: Any = None, cache: bool = False) -> Any:
		"""The name of a matching document, or None."""
		if dn is None or dn == "":
			return None
		if dt != "DocType" and dn == dt and frappe.get_meta(dt).issingle:
			return dn
		return self.get_value(dt, dn, "name", order_by=None)

	def count(self, dt: str, filters: Any = None) -> int:
		text, values = where(normalize(dt, filters))
		return self.run(f"select count(*) from {quote('tab' + dt)}{text}", values).fetchone()[0]

	def delete(self, doctype: str, filters: Any = None) -> None:
		"""Deletes rows; no controller, no check."""
		if doctype == "Singles":
			text = " where " + " and ".join(f"{quote(key)} = ?" for key in filters)
			values = list(filters.values())
		else:
			text, values = where(normalize(doctype, filters))
		self.run(f"delete from {quote('tab' + doctype)}{text}", values, write=True)
		frappe.clear_document_cache(doctype)

	def bulk_insert(self, doctype: str, fields: list[str], values: Iterable[Sequence[Any]]) -> None:
		"""Many rows at once; no controller, no check."""
		names, marks = ", ".join(quote(field) for field in fields), ", ".join("?" * len(fields))
		self.run_many(f"insert into {quote('tab' + doctype)} ({names}) values ({marks})", list(values))


def _changes(field: str | dict, value: Any, update_modified: bool) -> dict[str, Any]:
	changes = dict(field) if isinstance(field, dict) else {field: value}
	if update_modified:
		changes = {"modified": now(), "modified_by": frappe.session.user, **changes}
	return changes
