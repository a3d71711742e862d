"""Files: attached to records, downloaded by who may read them; documents as PDF and as Word."""

from __future__ import annotations

import mimetypes

import frappe
from frappe import _
from frappe.utils.file_manager import save_file
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from benchless.desk.pages import doctype_of
from nastavnik_app.api import download_word
from nastavnik_app.attachments import bytes_of
from nastavnik_app.documents.binding import file_name
from nastavnik_app.downloads import sent

LARGEST_FILE = 25  # MB, as the engine's own
MAX_REQUEST = 30 * 1024 * 1024  # bytes: a file and the form around it
_SHOWN_INSIDE = ("application/pdf", "image/png", "image/jpeg", "text/plain")


def too_large() -> str:
	return _(
		"The file is larger than {0} MB. Nothing was saved: make it smaller and attach it again."
	).format(LARGEST_FILE)


def keep(upload: FileStorage, doctype: str | None, name: str | None, fieldname: str | None = None) -> str:
	"""Stores an uploaded file as a private one of a record; its address."""
	content = upload.stream.read()
	if len(content) > LARGEST_FILE * 1024 * 1024:
		frappe.throw(too_large(), frappe.MaxFileSizeReachedError)
	file = save_file(upload.filename, content, doctype, name, is_private=1, df=fieldname)
	return file.file_url


def attached_to(doctype: str, name: str) -> list[frappe._dict]:
	filters = {"attached_to_doctype": doctype, "attached_to_name": name}
	return frappe.get_list("File", filters=filters, fields=["file_name", "file_url"], order_by="creation asc")


def download(request: Request, name: str, folder: str = "") -> Response:
	"""A file's content, when one of its records lets the reader see it."""
	address = "/".join(["", *([folder] if folder else []), "files", name])
	found = frappe.get_all("File", filters={"file_url": address}, pluck="name")
	records = [frappe.get_doc("File", one) for one in found]
	if not records:
		raise NotFound
	readable = next((record for record in records if record.has_permission("read")), None)
	if not readable:
		raise frappe.PermissionError
	kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
	return sent(bytes_of(readable), readable.file_name, kind, inside=kind in _SHOWN_INSIDE)


def print_document(request: Request, slug: str, name: str, kind: str) -> Response:
	"""The record in the Print Format that the address names, as PDF or as Word."""
	doctype, print_format = doctype_of(slug), request.args.get("format")
	if kind == "docx":
		return download_word(doctype, name, print_format)
	record = frappe.get_doc(doctype, name)
	pdf = frappe.get_print(doctype, name, print_format, as_pdf=True, doc=record)
	return sent(pdf, file_name(f"{_(print_format or doctype)} {record.get_title()}", "pdf"), inside=True)


def print_formats(doctype: str) -> list[str]:
	"""The Print Formats of a DocType, its own one first."""
	filters = {"doc_type": doctype, "disabled": 0}
	names = frappe.get_all("Print Format", filters=filters, pluck="name", order_by="name asc")
	return sorted(names, key=lambda name: name != frappe.get_meta(doctype).default_print_format)
