"""frappe.db: one connection, its transactions and plain SQL.

Reads see one snapshot from the first of them. The first write, or a locking read, drops that snapshot and
begins again with BEGIN IMMEDIATE: writers queue up (30 s at most) and each sees what the one before it committed.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import frappe
from frappe.database import collation
from frappe.database.access import Access
from frappe.database.schema import Schema
from frappe.database.values import to_sql
from frappe.types import _dict

BUSY_TIMEOUT = 30  # seconds
_WRITES = ("insert", "update", "delete")
_PRAGMAS = (
	"journal_mode=WAL",
	"synchronous=NORMAL",
	"cache_size=-32000",
	"temp_store=MEMORY",
	"analysis_limit=400",
)


class Callbacks(deque):
	"""Functions to run once, in order, when the transaction ends one way."""

	def add(self, func: Callable[[], Any]) -> None:
		self.append(func)

	def run(self) -> None:
		while self:
			self.popleft()()


class Database(Access, Schema):
	"""The site's file; `state` is None outside a transaction, else "read" or "write"."""

	OperationalError = sqlite3.OperationalError

	def __init__(self, path: str) -> None:
		self.value_cache: dict = {}
		self.state: str | None = None
		self.after_commit, self.after_rollback = Callbacks(), Callbacks()
		self._conn = sqlite3.connect(
			path,
			timeout=BUSY_TIMEOUT,
			isolation_level=None,
			detect_types=sqlite3.PARSE_DECLTYPES,
			check_same_thread=False,
			cached_statements=512,
		)
		self._conn.create_collation("frappe", collation.compare)
		self._conn.create_function("like", 2, collation.like, deterministic=True)
		self._conn.create_function("fold", 1, collation.folded, deterministic=True)
		for pragma in _PRAGMAS:
			self._conn.execute(f"PRAGMA {pragma}")
		self._check_meta_version()

	def _meta_version(self) -> int:
		return self._conn.execute("PRAGMA user_version").fetchone()[0]

	def _check_meta_version(self) -> None:
		"""Drops this process's metadata when another process, or a rollback, has changed it."""
		version, store = self._meta_version(), frappe.local.cache
		if store.meta_version not in (None, version):
			store.flush()
		store.meta_version = version

	def bump_meta_version(self) -> None:
		"""Called in the transaction that changes metadata."""
		self.begin_write()
		frappe.local.cache.meta_version = version = self._meta_version() + 1
		self._conn.execute(f"PRAGMA user_version={version}")

	def close(self) -> None:
		if not self.state:
			# the planner's notes of the tables' sizes, where they have grown many times; another writer goes first
			with suppress(sqlite3.OperationalError):
				self._conn.execute("PRAGMA busy_timeout=0")
				self._conn.execute("PRAGMA optimize")
		self._conn.close()

	def begin_write(self) -> None:
		"""Makes the transaction one that holds the writer's lock."""
		if self.state == "write":
			return
		if self.state == "read":
			self._conn.execute("ROLLBACK")
			self.state = None
		self._execute("BEGIN IMMEDIATE")
		self.state = "write"

	def commit(self) -> None:
		"""Ends the transaction, keeping what it wrote, then runs what waits for that."""
		self.after_rollback.clear()
		if self.state:
			self._conn.execute("COMMIT")
		self.state = None
		self.value_cache.clear()
		self.after_commit.run()

	def rollback(self, *, save_point: str | None = None) -> None:
		"""Undoes the transaction, or what came after `save_point`."""
		if save_point:
			self._conn.execute(f'ROLLBACK TO SAVEPOINT "{save_point}"')
			self._forget_cached()
			return
		self.after_commit.clear()
		if self.state:
			self._conn.execute("ROLLBACK")
		self.state = None
		self._forget_cached()
		self.after_rollback.run()

	def _forget_cached(self) -> None:
		self.value_cache.clear()
		frappe.clear_cache(user="*")
		frappe.local.cache.hashes["workflow"].clear()
		frappe.local.flags.pop("installed_apps", None)
		self._check_meta_version()

	def savepoint(self, save_point: str) -> None:
		self.begin_write()
		self._conn.execute(f'SAVEPOINT "{save_point}"')

	def _execute(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
		try:
			return self._conn.execute(query, values)
		except sqlite3.OperationalError as error:
			if "locked" in str(error) or "busy" in str(error):
				raise frappe.QueryTimeoutError(str(error)) from error
			raise

	def run(self, query: str, values: Sequence[Any] = (), write: bool = False) -> sqlite3.Cursor:
		"""One statement of the engine's own, `?` for each value."""
		if write:
			self.begin_write()
		elif self.state is None:
			self._conn.execute("BEGIN")
			self.state = "read"
		return self._execute(query, [to_sql(value) for value in values])

	def run_many(self, query: str, rows: Sequence[Sequence[Any]]) -> None:
		self.begin_write()
		try:
			self._conn.executemany(query, [[to_sql(value) for value in row] for row in rows])
		except sqlite3.IntegrityError as error:
			raise frappe.UniqueValidationError(str(error)) from error

	def sql(self, query: str, values: tuple = (), as_dict: bool = False, pluck: bool = False) -> Any:
		"""Runs one plain statement; `%s` is a parameter. Rows are tuples unless said otherwise."""
		verb = query.split(None, 1)[0].lower()
		if verb not in ("select", "insert", "update", "delete", "pragma") or not isinstance(values, tuple):
			raise NotImplementedError(
				f"frappe.db.sql({verb} …, {values}) is outside the contract of benchless"
			)
		locking = query.endswith(" for update")
		cursor = self.run(
			query.removesuffix(" for update").replace("%s", "?"), values, write=locking or verb in _WRITES
		)
		if pluck:
			return [row[0] for row in cursor]
		if as_dict:
			names = [column[0] for column in cursor.description]
			return [_dict(zip(names, row, strict=True)) for row in cursor]
		return tuple(cursor)

	@staticmethod
	def escape(s: object, percent: bool = True) -> str:
		"""A text in quotes, safe inside an SQL statement."""
		text = str(to_sql(s)).replace("'", "''")
		return "'" + (text.replace("%", "%%") if percent else text) + "'"
