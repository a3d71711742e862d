"""Records and what the framework keeps about them: erased past the guard, as destruction alone may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
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
	"""Deletes Files now, and what is on the disk after the commit, unless another File shows the same; how many."""
	count = 0
	for name in names:
		file = frappe.get_doc("File", name)
		_clear_attach_fields(file)
		frappe.db.delete("File", {"name": name})
		count += 1
		addresses = [file.file_url, file.get("thumbnail_url")]
		for address in filter(_is_on_disk, addresses):
			path = Path(frappe.get_site_path(*_folder_and_name(address)))
			after_commit(partial(_remove_from_disk, path, address))
	return count


def after_commit(work: Callable[[], None]) -> None:
	frappe.db.after_commit.add(work)


def _is_on_disk(address: str | None) -> bool:
	return bool(address) and address.startswith(("/private/files/", "/files/"))


def _folder_and_name(address: str) -> tuple[str, ...]:
	kind = "private" if address.startswith("/private/") else "public"
	return (kind, "files", *Path(address.partition("files/")[2]).parts)


def _remove_from_disk(path: Path, address: str) -> None:
	if not frappe.db.exists("File", {"file_url": address}):
		path.unlink(missing_ok=True)


def _clear_attach_fields(file: Any) -> None:
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if doctype not in SCOPE_FIELD or not frappe.db.exists(doctype, name):
		return
	for df in frappe.get_meta(doctype).fields:
		if df.fieldtype in ("Attach", "Attach Image"):
			if frappe.db.get_value(doctype, name, df.fieldname) == file.file_url:
				frappe.db.set_value(doctype, name, df.fieldname, None, update_modified=False)


class Links:
	"""Which fields of the app's DocTypes lead to a record, by their DocTypes."""

	def __init__(self) -> None:
		self.fields: list[tuple[str, Any, bool]] = []
		for doctype in (*SCOPE_FIELD, *SCOPED_TABLES):
			meta = frappe.get_meta(doctype)
			links = [df for df in meta.fields if df.fieldtype in ("Link", "Dynamic Link")]
			self.fields += [(doctype, df, bool(meta.istable)) for df in links]

	def rows(self, target: str, names: list[str]) -> Iterable[tuple[str, str, Any]]:
		"""(DocType, field, row) of each row whose link leads to one of the records; a row of a table with its
		`parenttype` and `parent`."""
		for doctype, df, is_table in self.fields:
			if df.fieldtype == "Link" and df.options != target:
				continue
			filters: dict[str, Any] = {df.fieldname: ["in", names]}
			if df.fieldtype == "Dynamic Link":
				filters[df.options] = target
			fields = ["name", *(("parenttype", "parent") if is_table else ())]
			for row in frappe.get_all(doctype, filters=filters, fields=fields):
				yield doctype, df.fieldname, row

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
