"""frappe.qb: PyPika, as in Frappe, over the site's SQLite file.
Only what contract.txt lists."""

import datetime
from collections.abc import Callable
from typing import Any

import frappe
import pypika.terms
from frappe.database.values import parse_date, parse_datetime, to_sql
from pypika import Case, Order, Table
from pypika.dialects import SQLLiteQuery, SQLLiteQueryBuilder
from pypika.terms import Field, ValueWrapper

__all__ = ["Case", "DocType", "Field", "Order"]

_PARSERS = {"Date": parse_date, "Datetime": parse_datetime}


class SqliteValue(ValueWrapper):
	"""A literal written as the columns store it."""

	@classmethod
	def get_formatted_value(cls, value: Any, *args: Any, **kwargs: Any) -> str:
		if isinstance(value, datetime.date | bool):
			value = to_sql(value)
		return super().get_formatted_value(value, *args, **kwargs)


pypika.terms.ValueWrapper = SqliteValue


class FrappeQueryBuilder(SQLLiteQueryBuilder):
	"""A query that runs itself."""

	locking = False

	def __init__(self, **kwargs: Any) -> None:
		super().__init__(**kwargs)
		self._wrapper_cls = SqliteValue
		self.wrap_set_operation_queries = False  # SQLite takes no brackets around the parts of a UNION

	def for_update(self) -> "FrappeQueryBuilder":
		"""Takes the writer's lock when run."""
		self.locking = True
		return self

	def run(self, as_dict: bool = False, as_list: bool = False, pluck: bool = False) -> Any:
		write = self.locking or not self._selects
		cursor = frappe.db.run(self.get_sql(), write=write)
		rows = cursor.fetchall()
		for position, term in enumerate(self._selects if rows else ()):
			if parse := _PARSERS.get(_forgotten_type(term)):
				rows = [_parsed(row, position, parse) for row in rows]
		if pluck:
			return [row[0] for row in rows]
		if as_dict:
			names = [column[0] for column in cursor.description]
			return [frappe._dict(zip(names, row, strict=True)) for row in rows]
		return [list(row) for row in rows] if as_list else tuple(rows)


def _parsed(row: tuple, position: int, parse: Callable[[str], Any]) -> tuple:
	value = row[position]
	return (*row[:position], parse(value), *row[position + 1 :]) if isinstance(value, str) else row


def _forgotten_type(term: Any) -> str | None:
	"""SQLite forgets the column's type under MAX, MIN and COALESCE; MariaDB does not."""
	field = term.args[0] if getattr(term, "args", None) else None
	if not isinstance(field, Field) or str(term.name).upper() not in ("MAX", "MIN", "COALESCE"):
		return None
	return frappe.get_meta(field.table._table_name[3:]).column_type(field.name) if field.table else None


class FrappeQuery(SQLLiteQuery):
	@classmethod
	def _builder(cls, **kwargs: Any) -> FrappeQueryBuilder:
		return FrappeQueryBuilder(**kwargs)


def DocType(name: str) -> Table:
	"""The table of a DocType."""
	return Table(f"tab{name}")


def _table(table: Any) -> Any:
	return DocType(table) if isinstance(table, str) else table


class QueryBuilderDoor:
	"""frappe.qb."""

	DocType = staticmethod(DocType)
	from_ = staticmethod(lambda table: FrappeQuery.from_(_table(table)))
	into = staticmethod(lambda table: FrappeQuery.into(_table(table)))
	update = staticmethod(lambda table: FrappeQuery.update(_table(table)))

	def __getattr__(self, name: str) -> Any:
		raise frappe.OutsideContract(f"frappe.qb.{name} is outside the contract of benchless")
