"""Files of a school's records: private, for the readers of the record alone, and as firm as the field that shows
them. Frappe gives a file to whoever types its address into a record of his own."""

from __future__ import annotations

import posixpath
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import may
from nastavnik_app.rules.file_kinds import HEAD, fault_of
from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.rules.states import MACHINES
from nastavnik_app.system_moves import label
from nastavnik_app.translation import translated
from nastavnik_app.workflow import ContentLocked

# whose file is read as a document, by a reader that tells what it is instead
READ = ("Roadmap Import", "Roster Import")
# what makes a file this file of this record
STANDING = ("file_url", "is_private", "attached_to_doctype", "attached_to_name")


def guard_file(file: Document, event: str) -> None:
	"""Called when a File is saved or deleted."""
	if file.is_folder:
		return
	if event == "on_trash":
		_refuse_if_locked(file)
		return
	if not file.is_new() and any(file.has_value_changed(field) for field in STANDING):
		_refuse_if_locked(file.get_doc_before_save())
	_refuse_unseen_content(file)
	if file.attached_to_doctype in SCOPE_FIELD:
		_refuse_at_foreign_record(file)
		_refuse_what_is_no_document(file)


def require_own_files(doc: Document, event: str) -> None:
	"""Refuses the address of a file that the author of the record may not read, typed into one of its fields."""
	for df in _attach_fields(doc):
		address = doc.get(df.fieldname)
		if not address or not doc.has_value_changed(df.fieldname):
			continue
		files = frappe.get_all("File", filters={"file_url": address}, pluck="name")
		if not any(frappe.has_permission("File", "read", doc=frappe.get_doc("File", name)) for name in files):
			frappe.throw(
				_("“{0}”: there is no such file. Upload it with the button of the field.").format(
					_(df.label, context=doc.doctype)
				)
			)


def attach(name: str, content: bytes, doctype: str, record: str, field: str | None = None) -> Document:
	"""Keeps a private file at a record. Frappe's own `save_file` writes anew, as text, what it can decode somehow."""
	values = {"file_name": name, "content": content, "is_private": 1, "attached_to_field": field}
	about = {"attached_to_doctype": doctype, "attached_to_name": record}
	file = frappe.get_doc({"doctype": "File", **values, **about})
	file.flags.brings_content = True  # and does not point at what another school keeps
	return file.insert(ignore_permissions=True)


def bytes_of(file: Document) -> bytes:
	"""What is stored, byte for byte; Frappe's own `get_content` makes text of whatever it can decode somehow."""
	return Path(file.get_full_path()).read_bytes()


def _attach_fields(doc: Document) -> list:
	return [df for df in doc.meta.fields if df.fieldtype == "Attach"]


def _refuse_if_locked(file: Document) -> None:
	"""A file shown in a locked field, such as the scan of a signed order, is neither deleted nor replaced."""
	machine = MACHINES.get(file.attached_to_doctype)
	if not machine or not frappe.db.exists(file.attached_to_doctype, file.attached_to_name):
		return
	record = frappe.get_doc(file.attached_to_doctype, file.attached_to_name)
	state = record.get(machine.field)
	open_fields = machine.open_fields(state)
	if open_fields is None:
		return
	for df in _attach_fields(record):
		if record.get(df.fieldname) == file.file_url and df.fieldname not in open_fields:
			frappe.throw(
				_("{0} is in the state “{1}”: its file “{2}” cannot be changed.").format(
					label(record), _(state), file.file_name
				),
				ContentLocked,
			)


def _refuse_unseen_content(file: Document) -> None:
	"""A new File that brings no content shows what is stored already: only what its author may read. Frappe keeps
	the same content once, so one who brings it may share the address."""
	if not file.is_new() and not file.has_value_changed("file_url"):
		return
	address = file.file_url or f"/private/files/{file.file_name}"  # where Frappe looks then
	if address.startswith("/") and posixpath.normpath(address) != address:
		frappe.throw(_("Enter the address of the file without dots and double slashes."))
	same = [["file_url", "=", address]]
	if file.content_hash:
		same.append(["content_hash", "=", file.content_hash])
	holders = frappe.get_all(
		"File",
		filters=[["name", "!=", file.name or ""], ["attached_to_doctype", "in", list(SCOPE_FIELD)]],
		or_filters=same,
		fields=["attached_to_doctype", "attached_to_name", "content_hash"],
	)
	brought = file.content_hash if file.is_new() and file.flags.brings_content else None
	for holder in holders:
		if brought and holder.content_hash == brought:
			continue
		if not may("read", holder.attached_to_doctype, holder.attached_to_name):
			frappe.throw(_("There is no such file. Upload it from your computer."), frappe.PermissionError)


def _refuse_what_is_no_document(file: Document) -> None:
	"""By its name and by what stands in it, whenever either comes new."""
	address = file.file_url or ""
	brought = file.is_new() or file.has_value_changed("file_url") or file.has_value_changed("file_name")
	if not brought or not address.startswith(("/private/files/", "/files/")):
		return
	path = Path(file.get_full_path())
	if not path.is_file():
		return
	with path.open("rb") as stored:
		head = stored.read(HEAD)
	for name in (file.file_name or "", posixpath.basename(address)):
		if fault := fault_of(name, head, is_read=file.attached_to_doctype in READ):
			frappe.throw(translated(fault))


def _refuse_at_foreign_record(file: Document) -> None:
	if not may("write", file.attached_to_doctype, file.attached_to_name):
		frappe.throw(
			_("You may not attach files to this record of {0}.").format(_(file.attached_to_doctype)),
			frappe.PermissionError,
		)
	if not file.is_private:
		frappe.throw(
			_("“{0}”: files of {1} are private. Upload it again as a private file.").format(
				file.file_name, _(file.attached_to_doctype)
			)
		)
