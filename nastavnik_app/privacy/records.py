"""Records and what the framework keeps about them: erased past the guard, as destruction alone may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path, PurePosixPath
from typing import Any

import frappe

from nastavnik_app.rules.scope import REFERENCES, SCOPE_FIELD, SCOPED_TABLES

Record = tuple[str, str]

# the framework's records about a record: their fields for its DocType and its name
ABOUT = {
	**REFERENCES,
	"Access Log": ("export_from", "reference_document"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"Dynamic Link": ("link_doctype", "link_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Notification Log": ("document_type", "document_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
}
# their rows in tables of their own
ROWS_OF = {"Communication": ("Communication Link",), "Email Queue": ("Email Queue Recipient",)}
# where files lie in a site's folder, and how their addresses begin
FOLDERS = {"private/files": "/private/files/", "public/files": "/files/"}

_LEAVING: ContextVar[list[str]] = ContextVar("leaving")


def erase(doctype: str, names: Iterable[str]) -> int:
	"""Deletes records with their rows, files and all that the framework keeps about them; how many."""
	names = list(names)
	if not names:
		return 0
	erase_about(doctype, names)
	for table in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(table.options, {"parenttype": doctype, "parent": ["in", names]})
	frappe.db.delete(doctype, {"name": ["in", names]})
	return len(names)


def erase_about(doctype: str, names: list[str]) -> None:
	"""Deletes what the framework keeps about records, which stay themselves."""
	for about, (type_field, name_field) in ABOUT.items():
		if not frappe.db.table_exists(about):
			continue
		filters = {type_field: doctype, name_field: ["in", names]}
		found = frappe.get_all(about, filters=filters, pluck="name")
		if about == "File":
			erase_files(found)
		elif found:
			for rows in ROWS_OF.get(about, ()):
				frappe.db.delete(rows, {"parent": ["in", found]})
			frappe.db.delete(about, {"name": ["in", found]})


def erase_files(names: Iterable[str]) -> int:
	"""Deletes Files; what is on the disk leaves it after the commit, unless another File shows the same. How many."""
	count = 0
	for name in names:
		file = frappe.get_doc("File", name)
		_clear_attach_fields(file)
		frappe.db.delete("File", {"name": name})
		count += 1
		for address in (file.file_url, file.get("thumbnail_url")):
			if path := place_of(address):
				leave(path)
	return count


@contextmanager
def leaving() -> Iterator[list[str]]:
	"""Gathers the files that are to leave the disk, as places in the site's folder: `remove` takes them off it once
	the records that name them are gone for good."""
	places: list[str] = []
	before = _LEAVING.set(places)
	try:
		yield places
	finally:
		_LEAVING.reset(before)


def leave(place: str) -> None:
	_LEAVING.get().append(place)


def is_leaving(place: str) -> bool:
	return place in _LEAVING.get()


def remove(places: Iterable[str]) -> None:
	"""Takes files off the disk, but for those that a File still shows."""
	for place in places:
		address = address_of(place)
		if ".." in PurePosixPath(place).parts:
			continue
		if not (address and frappe.db.exists("File", {"file_url": address})):
			Path(frappe.get_site_path(place)).unlink(missing_ok=True)


def place_of(address: str | None) -> str | None:
	"""Where in the site's folder the file of an address lies; None of what lies elsewhere."""
	for folder, beginning in FOLDERS.items():
		if address and address.startswith(beginning):
			rest = PurePosixPath(address.removeprefix(beginning))
			return None if ".." in rest.parts or rest.is_absolute() else f"{folder}/{rest}"
	return None


def address_of(place: str) -> str | None:
	for folder, beginning in FOLDERS.items():
		if place.startswith(f"{folder}/"):
			return beginning + place.removeprefix(f"{folder}/")
	return None


def _clear_attach_fields(file: Any) -> None:
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if doctype not in SCOPE_FIELD or not frappe.db.exists(doctype, name):
		return
	for df in frappe.get_meta(doctype).fields:
		if df.fieldtype in ("Attach", "Attach Image"):
			shown = {"name": name, df.fieldname: file.file_url}
			frappe.db.set_value(doctype, shown, df.fieldname, None, update_modified=False)


class Links:
	"""Which fields of the app's DocTypes lead to a record, by their DocTypes."""

	def __init__(self) -> None:
		self.fields: list[tuple[str, Any]] = [
			(doctype, df)
			for doctype in (*SCOPE_FIELD, *SCOPED_TABLES)
			for df in frappe.get_meta(doctype).fields
			if df.fieldtype in ("Link", "Dynamic Link")
		]

	def cut(self, target: str, name: str) -> None:
		"""Empties each link that leads to a record."""
		for doctype, df, filters in self._leading(target, [name]):
			frappe.db.set_value(doctype, filters, df.fieldname, None, update_modified=False)

	def rows(self, target: str, names: list[str]) -> Iterable[tuple[str, str, Any]]:
		"""(DocType, field, row) of each row whose link leads to one of the records; a row of a table with its
		`parenttype` and `parent`."""
		for doctype, df, filters in self._leading(target, names):
			is_table = frappe.get_meta(doctype).istable
			fields = ["name", *(("parenttype", "parent") if is_table else ())]
			for row in frappe.get_all(doctype, filters=filters, fields=fields):
				yield doctype, df.fieldname, row

	def _leading(self, target: str, names: list[str]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
		"""(DocType, field, filters) of each field of links that may lead to the records."""
		for doctype, df in self.fields:
			if df.fieldtype == "Dynamic Link":
				yield doctype, df, {df.fieldname: ["in", names], df.options: target}
			elif df.options == target:
				yield doctype, df, {df.fieldname: ["in", names]}

	def records_about(self, record: Record, through: frozenset[str]) -> set[Record]:
		"""Records that lead to one, directly or through records of the DocTypes `through`."""
		found, ahead = {record}, {record}
		while ahead:
			reached = set()
			for target in {doctype for doctype, _name in ahead}:
				names = [name for doctype, name in ahead if doctype == target]
				for doctype, _field, row in self.rows(target, names):
					reached.add(
						(row.parenttype, row.parent) if row.get("parenttype") else (doctype, row.name)
					)
			ahead = {one for one in reached - found if one[0] in through}
			found |= reached
		return found
