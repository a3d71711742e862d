"""Filters as dictionaries and lists → SQL conditions with parameters.

`frappe.get_all` and `get_list` treat an empty column as an empty text, zero or the first date (`coalesce`);
`frappe.db.get_value` and its kin compare as SQL does. Both ways are Frappe's own.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import frappe
from frappe.database.values import COLUMN_TYPES, NUMERIC_TYPES, TEXT, to_sql
from frappe.utils.data import cstr, flt, get_datetime, getdate

OPERATORS = frozenset(("=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is"))
_ORDER = re.compile(r"^\s*`?(\w+)`?(?:\s+(asc|desc))?\s*$", re.IGNORECASE)
_NAME = re.compile(r"^[\w ]+$")
_NEVER_NULL = ("name", "modified", "creation")
_FALLBACKS = {"Date": "0001-01-01", "Datetime": "0001-01-01 00:00:00.000000"}


class Filter(NamedTuple):
	doctype: str
	fieldname: str
	operator: str
	value: Any


@lru_cache(maxsize=65536)
def quote(name: str) -> str:
	"""A table or column name in quotes; anything but letters, digits, `_` and spaces is refused."""
	if not _NAME.match(name):
		raise frappe.ValidationError(frappe._("Invalid field name: {0}").format(name))
	return f"`{name}`"


def column(doctype: str, fieldname: str) -> str:
	return f"{quote('tab' + doctype)}.{quote(fieldname)}"


def normalize(doctype: str, filters: Any) -> list[Filter]:
	"""A name, a dict, or a list of dicts or of 2 to 4 part lists."""
	if not filters:
		return []
	if isinstance(filters, str | int):
		return [Filter(doctype, "name", "=", filters)]
	if isinstance(filters, dict):
		pairs = [(key, *(value if _is_pair(value) else ("=", value))) for key, value in filters.items()]
		return [_filter(doctype, doctype, *pair) for pair in pairs]
	out: list[Filter] = []
	for item in filters:
		if isinstance(item, dict):
			out.extend(normalize(doctype, item))
			continue
		parts = list(item)
		if len(parts) == 2:
			parts.insert(1, "=")
		out.append(_filter(doctype, *([doctype] if len(parts) == 3 else []), *parts))
	return out


def _is_pair(value: Any) -> bool:
	if isinstance(value, list | tuple) and len(value) != 2:
		raise frappe.ValidationError(frappe._("Invalid filter: {0}").format(value))
	return isinstance(value, list | tuple)


def _filter(asked: str, doctype: str, key: str, operator: str, value: Any) -> Filter:
	operator = str(operator).lower()
	if operator not in OPERATORS or doctype != asked:
		raise NotImplementedError(f"filter {[doctype, key, operator]} is outside the contract of benchless")
	if not frappe.get_meta(doctype).is_column(str(key)):
		raise frappe.DataError(frappe._("Field not permitted in query: {0}").format(f"{doctype}.{key}"))
	return Filter(doctype, str(key), operator, value)


def where(filters: Iterable[Filter], coalesce: bool = False) -> tuple[str, list[Any]]:
	""" " where …" and its parameters; an empty text without filters."""
	texts, values = conditions(filters, coalesce)
	return (" where " + " and ".join(texts) if texts else ""), values


def conditions(filters: Iterable[Filter], coalesce: bool) -> tuple[list[str], list[Any]]:
	"""SQL conditions and their parameters, one condition a filter."""
	pairs = [_condition(item, coalesce) for item in filters]
	return [text for text, _values in pairs], [value for _text, values in pairs for value in values]


def _condition(item: Filter, coalesce: bool) -> tuple[str, list[Any]]:
	name = column(item.doctype, item.fieldname)
	kind = frappe.get_meta(item.doctype).column_type(item.fieldname)
	if item.operator in ("in", "not in"):
		return _membership(item, name, coalesce)
	if item.operator == "is":
		return f"ifnull({name}, '') {'!=' if str(item.value).lower() == 'set' else '='} ''", []
	if item.value is None and not coalesce:
		return f"{name} is {'' if item.operator == '=' else 'not '}null", []
	value = _typed(item.value, kind, item.operator)
	fallback = _FALLBACKS.get(kind, 0 if kind in NUMERIC_TYPES else "")
	direct = (
		not coalesce
		or item.fieldname in _NEVER_NULL
		or kind in NUMERIC_TYPES
		or (item.operator in (">", ">=") and kind in ("Date", "Datetime"))
		or (item.value and item.operator in ("=", "like"))
		or (fallback == value and item.operator == "!=")
	)
	if direct:
		return f"{name} {item.operator} ?", [value]
	return f"ifnull({name}, ?) {item.operator} ?", [fallback, value]


def _membership(item: Filter, name: str, coalesce: bool) -> tuple[str, list[Any]]:
	values = item.value if item.value is not None else []
	if isinstance(values, str):
		values = values.split(",") if coalesce else [values]
	values = [to_sql(value) for value in values]
	empty = not values or None in values or "" in values
	marks = ", ".join("?" * len(values)) or "''"
	if coalesce:
		values = ["" if value is None else value for value in values]
		if item.fieldname not in _NEVER_NULL and (item.operator == "not in" or empty):
			name = f"ifnull({name}, '')"
	return f"{name} {item.operator} ({marks})", values


def _typed(value: Any, kind: str, operator: str) -> Any:
	if operator in ("like", "not like") and kind != "Date":
		return cstr(value)
	if kind in _FALLBACKS:
		read = getdate if kind == "Date" else get_datetime
		return to_sql(read(value)) if value else _FALLBACKS[kind]
	return flt(value) if kind in NUMERIC_TYPES else cstr(to_sql(value))


def order_clause(text: str | None, doctype: str) -> str:
	"""`creation desc, name` → ` order by …` with quoted columns; expressions are refused."""
	meta, out = frappe.get_meta(doctype), []
	for part in (text or "").split(",") if text else ():
		found = _ORDER.match(part)
		if not found:
			raise frappe.ValidationError(frappe._("Invalid Order By: {0}").format(part.strip()))
		if not meta.is_column(found[1]):
			raise frappe.DataError(frappe._("Field not permitted in query: {0}").format(found[1]))
		name = column(doctype, found[1])
		# one folding a row costs less than a comparison of each with many
		is_text = COLUMN_TYPES.get(meta.column_type(found[1])) == TEXT and found[1] != "name"
		out.append(f"{f'fold({name})' if is_text else name} {found[2] or ''}".strip())
	return " order by " + ", ".join(out) if out else ""
