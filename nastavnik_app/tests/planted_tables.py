"""A name in every text of every table of the app and of the framework's logs, and a search over the whole database.

Both are found by what the database says of its tables: a table or a column that comes later is planted and searched too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from pypika import Table

from nastavnik_app.privacy.records import ABOUT, ROWS_OF
from nastavnik_app.privacy.subjects import OTHERS_NAMED
from nastavnik_app.privacy.sweep import Owners
from nastavnik_app.rules.name_traces import decoded, fold

MODULE = "Nastavnik App"
# of the framework: what is written about records and by its own work, as far as a site has it; a File is planted with
# what is on the disk (`planted_files`)
LOGS = frozenset(
	(
		*ABOUT,
		*(table for tables in ROWS_OF.values() for table in tables),
		"Address",
		"Changelog Feed",
		"Console Log",
		"Contact",
		"Contact Email",
		"Contact Phone",
		"Data Export",
		"Data Import",
		"Data Import Log",
		"Error Log",
		"Event",
		"Event Participants",
		"Google Contacts",
		"Integration Request",
		"List Filter",
		"Note",
		"OAuth Bearer Token",
		"Permission Log",
		"Personal Data Deletion Request",
		"Personal Data Download Request",
		"Prepared Report",
		"Route History",
		"Scheduled Job Log",
		"SMS Log",
		"Submission Queue",
		"Tag",
		"Transaction Log",
		"Unhandled Email",
		"Web Form Request",
		"Webhook Request Log",
	)
)
# tables that are no DocType's
PLAIN = ("__global_search", "__UserSettings")
# whoever stays and is called so is a namesake, for whose sake the name would stay everywhere
NAMESAKES = {"tabMentor": {"last_name"}, "tabMentee": {"last_name"}}
for doctype, field in OTHERS_NAMED:
	NAMESAKES.setdefault(f"tab{doctype}", set()).add(field)
TEXTS = ("char", "text", "json")


def text_tables() -> list[str]:
	"""Tables with texts: all of the app, and the framework's logs; what is another app's stays as it is."""
	own = set(frappe.get_all("DocType", filters={"module": MODULE}, pluck="name"))
	owners = Owners()
	ours = {doctype for doctype in own | LOGS - {"File"} if not owners.another(doctype)}
	wanted = {f"tab{doctype}" for doctype in ours} | set(PLAIN)
	return sorted(table for table in wanted & set(frappe.db.get_tables(cached=False)) if _texts_of(table))


def text_columns() -> set[str]:
	"""Where the name is planted, as table.column."""
	return {f"{table}.{column}" for table in text_tables() for column in _planted_in(table) - {"name"}}


def _texts_of(table: str) -> set[str]:
	columns = frappe.db.get_table_columns_description(table)
	return {one["name"] for one in columns if any(kind in one["type"].lower() for kind in TEXTS)}


def _planted_in(table: str) -> set[str]:
	return _texts_of(table) - NAMESAKES.get(table, set())


def plant(name: str) -> None:
	"""One more row in each table, the name in each of its texts; in each single document a further value."""
	for table in text_tables():
		_plant_row(table, name)
	for doctype in frappe.get_all("DocType", filters={"module": MODULE, "issingle": 1}, pluck="name"):
		insert_row("tabSingles", {"doctype": doctype, "field": "planted", "value": name})


def _plant_row(table: str, name: str) -> None:
	row: dict[str, Any] = dict.fromkeys(_planted_in(table), name)
	if table.startswith("tab"):
		row["name"] = frappe.generate_hash(length=10) if "name" in row else 9_000_001
	insert_row(table, row)


def insert_row(table: str, row: dict[str, Any]) -> None:
	"""A row as the database stores it, in a table that need not be a DocType's."""
	frappe.qb.into(Table(table)).columns(*row).insert(*row.values()).run()


def everything_with(words: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
	"""(Table, record, column) of every value of every table in which one of the words stands, whatever its type."""
	for table in sorted(frappe.db.get_tables(cached=False)):
		for row in frappe.qb.from_(Table(table)).select("*").run(as_dict=True):
			for column, value in row.items():
				text = _readable(value)
				if text and any(word in text for word in words):
					place = (row.get("parenttype"), row.get("parent"))
					own = place if all(place) else (table.removeprefix("tab"), row.get("name"))
					yield own[0], str(own[1] or ""), f"{table}.{column}"


def _readable(value: Any) -> str:
	if isinstance(value, bytes | bytearray | memoryview):
		value = bytes(value).decode("utf-8", errors="ignore")
	return fold(decoded(value)) if isinstance(value, str) and value else ""
