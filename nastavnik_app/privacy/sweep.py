"""Every text column of every table of the site, searched for the names of those who are destroyed.

A trace becomes a mark. What is kept within its own term, and what another app keeps on its own basis, stays and is
listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from pypika import Table
from pypika.terms import Criterion, Field

from nastavnik_app.privacy.kept import Kept, why_kept
from nastavnik_app.privacy.records import ABOUT, Record, erase
from nastavnik_app.privacy.subjects import Subject

AT_ONCE = 10  # subjects looked for in the rows of one query
MOST_CONDITIONS = 300  # of one query
APPS = ("frappe", "nastavnik_app")
# rows that are of no use without the name: a deleted record would come back without it, an address book's card is
# the person's
ERASED = ("Deleted Document", "Contact")
# where a file lies: its File is deleted, never renamed
ADDRESSES = {"File": ("file_url", "file_name", "thumbnail_url")}

# what DocTypes are made of, which is nobody's data
SCHEMA = ("tabDocField", "tabDocPerm", "tabDocType")

_TEXT = re.compile(r"char|text|json", re.IGNORECASE)
_WIDTH = re.compile(r"varchar\((\d+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class TextTable:
	"""A table with its text columns and the width of each, None without one."""

	name: str
	columns: dict[str, int | None]

	@property
	def doctype(self) -> str:
		return self.name.removeprefix("tab")

	@property
	def is_of_doctype(self) -> bool:
		return self.name.startswith("tab") and "name" in self.columns

	def rows_like(self, patterns: Sequence[str]) -> Iterator[Any]:
		"""Rows in which some text fits one of the patterns; one that is changed meanwhile comes as it then stands, or
		not again."""
		table = Table(self.name)
		query = frappe.qb.from_(table).select(*[table[column] for column in self.columns])
		step = max(1, MOST_CONDITIONS // len(self.columns))
		for start in range(0, len(patterns), step):
			fits = _SomeLike([table[column] for column in self.columns], patterns[start : start + step])
			yield from query.where(fits).run(as_dict=True)


class _SomeLike(Criterion):
	"""Some column fits some pattern. Of hundreds of conditions joined one by one PyPika makes a statement more slowly
	than a database answers it."""

	def __init__(self, columns: list[Field], patterns: Sequence[str]) -> None:
		super().__init__()
		self._columns, self._patterns = columns, [columns[0].like(one).right for one in patterns]

	def nodes_(self) -> Iterator[Any]:
		yield self
		for column in self._columns:
			yield from column.nodes_()

	def get_sql(self, **kwargs: Any) -> str:
		columns = [column.get_sql(**kwargs) for column in self._columns]
		patterns = [pattern.get_sql(**kwargs) for pattern in self._patterns]
		return "(" + " OR ".join(f"{column} LIKE {one}" for column in columns for one in patterns) + ")"


def text_tables() -> Iterator[TextTable]:
	"""All tables of the site that hold text."""
	for name in sorted(set(frappe.db.get_tables(cached=False)) - set(SCHEMA)):
		described = frappe.db.get_table_columns_description(name)
		columns = {row["name"]: _width(row["type"]) for row in described if _TEXT.search(row["type"])}
		if columns:
			yield TextTable(name, columns)


def _width(kind: str) -> int | None:
	width = _WIDTH.search(kind)
	return int(width[1]) if width else None


def sweep(subjects: list[Subject], kept: Kept) -> None:
	"""Takes the traces of all subjects out of the whole database; what stays is noted with each subject."""
	owners = Owners()
	for table in text_tables():
		for start in range(0, len(subjects), AT_ONCE):
			group = subjects[start : start + AT_ONCE]
			patterns = list(dict.fromkeys(one for subject in group for one in subject.traces.sql))
			for row in table.rows_like(patterns):
				_cleanse(table, row, group, kept, owners)


def _cleanse(table: TextTable, row: Any, subjects: list[Subject], kept: Kept, owners: Owners) -> None:
	own, about = places_of(table, row)
	changes: dict[str, str] = {}
	named: list[Subject] = []
	for subject in subjects:
		found = _found(table, row, changes, subject, {own, about})
		if not found:
			continue
		reason = _reason_to_stay(table, own, about, kept, owners)
		if reason:
			note_left(subject, own, reason)
			continue
		subject.count(table.doctype, 1)
		changes |= found
		if "name" in found:
			named.append(subject)
	if changes and table.doctype in ERASED:
		erase(table.doctype, [row.name])
		return
	if "name" in changes and not table.is_of_doctype:
		# an index of records by their names: nothing is found by a name that is no more
		plain = Table(table.name)
		frappe.qb.from_(plain).delete().where(plain["name"] == row.name).run()
		return
	if changes.pop("name", None):
		for subject in named:
			note_left(subject, own, _("the name of the record itself; rename or delete it"))
	if changes:
		_write(table, row, changes)


def _found(
	table: TextTable, row: Any, changes: dict[str, str], subject: Subject, places: set[Record]
) -> dict[str, str]:
	linked = not places.isdisjoint(subject.about)
	found = {}
	for column, width in table.columns.items():
		text = changes.get(column) or row[column]
		if not text or not isinstance(text, str) or column in ADDRESSES.get(table.doctype, ()):
			continue
		cleansed = subject.traces.without(text, linked)
		if cleansed is not None:
			found[column] = cleansed[:width] if width else cleansed
	return found


def places_of(table: TextTable, row: Any) -> tuple[Record, Record]:
	"""(The record that a row is or stands in, the record that it is about)."""
	own = (table.doctype, row.get("name") or "")
	if row.get("parenttype") and row.get("parent"):
		own = (row.parenttype, row.parent)
	fields = ABOUT.get(table.doctype)
	if table.name == "__global_search":
		fields = ("doctype", "name")
	about = (row.get(fields[0]) or "", row.get(fields[1]) or "") if fields else own
	return own, about


def _reason_to_stay(table: TextTable, own: Record, about: Record, kept: Kept, owners: Owners) -> str | None:
	if owners.another(own[0]) or owners.another(about[0]):
		return _("a record of another app, which keeps it on a basis of its own")
	# an attachment stays with its paper; what else is noted about a paper does not
	papers = (own, about) if table.doctype == "File" else (own,)
	for paper in papers:
		until = kept.until(*paper)
		if until:
			return why_kept(until)
	return None


def note_left(subject: Subject, record: Record, reason: str) -> None:
	subject.left.setdefault(record, reason)


def _write(table: TextTable, row: Any, changes: dict[str, str]) -> None:
	if table.is_of_doctype and frappe.db.exists("DocType", table.doctype):
		frappe.db.set_value(table.doctype, row.name, changes, update_modified=False)
		return
	# tables that are no DocTypes have keys of their own
	plain = Table(table.name)
	for column, text in changes.items():
		frappe.qb.update(plain).set(plain[column], text).where(plain[column] == row[column]).run()


class Owners:
	"""Which app a DocType is of; what a site made for itself is nobody's app."""

	def __init__(self) -> None:
		modules = {
			row.name: row.app_name for row in frappe.get_all("Module Def", fields=["name", "app_name"])
		}
		rows = frappe.get_all("DocType", fields=["name", "module", "custom"])
		self._another = {
			row.name for row in rows if row.custom or modules.get(row.module, "frappe") not in APPS
		}

	def another(self, doctype: str) -> bool:
		return doctype in self._another
