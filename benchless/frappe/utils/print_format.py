"""Printing: a document through a Print Format into HTML or PDF. There is no print view here."""

from pathlib import Path
from typing import Any

import frappe
from frappe.apps import module_app
from frappe.translate import print_language


def get_print(
	doctype: str | None = None,
	name: str | None = None,
	print_format: str | None = None,
	as_pdf: bool = False,
	doc: Any = None,
	no_letterhead: int = 0,
	password: str | None = None,
	pdf_options: dict | None = None,
	pdf_generator: str | None = None,
) -> str | bytes:
	"""The document as HTML, or as PDF by the apps' `pdf_generator` hook."""
	doc = doc or frappe.get_doc(doctype, name)
	doc.check_permission("print")
	format_name = print_format or doc.meta.default_print_format
	if not format_name:
		raise NotImplementedError(f"{doc.doctype}: the standard print format is outside the contract")
	format_doc = frappe.get_doc("Print Format", format_name)
	if format_doc.print_format_type == "JS" or format_doc.raw_printing:
		raise NotImplementedError(f"{format_name}: only Jinja print formats are within the contract")
	doc.run_method("before_print", {})
	context = {"doc": doc, "meta": doc.meta, "print_format": format_doc}
	with print_language(doc.get("language") or format_doc.default_print_language):
		html = frappe.render_template(_template(format_doc), context)
	html = (f"<style>{format_doc.css}</style>" if format_doc.css else "") + html
	if not as_pdf:
		return html
	options = {**(pdf_options or {}), **({"password": password} if password else {})}
	arguments = {"html": html, "options": options, "output": None, "print_format": format_doc.name}
	for hook in frappe.get_hooks("pdf_generator"):
		if pdf := frappe.call(hook, **arguments, pdf_generator=pdf_generator or format_doc.pdf_generator):
			return pdf
	raise NotImplementedError("no pdf_generator hook made a PDF; benchless has no engine of its own")


def _template(print_format: Any) -> str:
	"""The record's own HTML, or the file beside the standard format's JSON."""
	if print_format.html:
		return print_format.html
	module, key = frappe.scrub(print_format.module), frappe.scrub(print_format.name)
	app = module_app(print_format.module)
	path = Path(frappe.get_app_path(app, module, "print_format", key, f"{key}.html"))
	return path.read_text(encoding="utf-8")
