"""Forms: a record read, begun, saved and deleted; its actions, papers, files and connections."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_transitions, get_workflow_name
from frappe.utils import cstr
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from benchless.desk import action_table, files, messages, nastavnik
from benchless.desk.fields import Form, fill
from benchless.desk.links import the_only
from benchless.desk.pages import doctype_of, page, url
from benchless.desk.values import state_field_of, state_of

_MANY = 99  # connections are counted so far


def show(request: Request, slug: str, name: str) -> Response:
	return _page(frappe.get_doc(doctype_of(slug), name))


def begin(request: Request, slug: str) -> Response:
	return _page(_new(request, doctype_of(slug)))


def _new(request: Request, doctype: str) -> Document:
	"""A new record; the address may bring values: `/app/pair/new?program=…`."""
	if frappe.get_meta(doctype).issingle:
		raise NotFound
	frappe.has_permission(doctype, "create", throw=True)
	doc = frappe.new_doc(doctype)
	for key, value in request.args.items():
		df = doc.meta.get_field(key)
		if df and not df.read_only and not df.hidden and df.fieldtype != "Table":
			doc.set(key, value)
	for df in doc.meta.get_link_fields():
		is_asked = df.reqd or df.fieldname == "organization"
		if is_asked and not df.read_only and not doc.get(df.fieldname) and df.options != "User":
			doc.set(df.fieldname, the_only(df.options))
	nastavnik.begin(doc)
	return doc


def create(request: Request, slug: str) -> Response:
	doctype = doctype_of(slug)
	return _attempt(request, lambda: _new(request, doctype))


def save_single(request: Request, slug: str) -> Response:
	doctype = doctype_of(slug)
	if not frappe.get_meta(doctype).issingle:
		raise NotFound
	return save(request, slug, doctype)


def save(request: Request, slug: str, name: str) -> Response:
	doctype = doctype_of(slug)
	return _attempt(request, lambda: _opened(request, doctype, name))


def _opened(request: Request, doctype: str, name: str) -> Document:
	"""The stored record under the writer's lock, as old as the form that was filled in."""
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.check_permission("read")
	doc.modified = request.form.get("modified") or doc.modified
	return doc


def _attempt(request: Request, opened: Any) -> Response:
	"""Saves and acts in one transaction; what is refused comes back with the form as it was filled in."""
	try:
		doc = opened()
		verb, _colon, what = request.form.get("do", "save").partition(":")
		if verb == "delete":
			frappe.delete_doc(doc.doctype, doc.name, ignore_missing=False)
			frappe.msgprint(_("Deleted."))
			return redirect(url(doc.doctype), 303)
		is_changed = _save(doc, request)
		if verb == "workflow":
			apply_workflow({"doctype": doc.doctype, "name": doc.name}, what)
			frappe.msgprint(_("Done: {0}.").format(_(what)))
		elif verb == "method":
			nastavnik.run_method(frappe.get_doc(doc.doctype, doc.name), what)
		else:
			frappe.msgprint(_("Saved.") if is_changed else _("Nothing was changed."))
		return redirect(_address(doc), 303)
	except messages.REFUSALS as error:
		told, status = messages.undone(error)
	doc = opened()
	fill(doc, request, again=True)
	return _page(doc, told, status)


def progress(request: Request, slug: str, name: str) -> Response:
	"""How far a long action on the record has come, in per cent."""
	doc = frappe.get_doc(doctype_of(slug), name)
	doc.check_permission("read")
	percent = frappe.cache.hget("progress", f"{doc.doctype} {doc.name}") or 0
	return Response(frappe.as_json({"percent": percent}), mimetype="application/json")


def attach(request: Request, slug: str, name: str) -> Response:
	"""Keeps a file with a record that stays as it is."""
	doc = frappe.get_doc(doctype_of(slug), name)
	try:
		doc.check_permission("write")
		upload = request.files.get("file")
		if not upload or not upload.filename:
			frappe.throw(_("Choose a file first."))
		files.keep(upload, doc.doctype, doc.name)
		frappe.msgprint(_("The file is attached."))
		return redirect(_address(doc), 303)
	except messages.REFUSALS as error:
		told, status = messages.undone(error)
	return _page(frappe.get_doc(doc.doctype, name), told, status)


def _save(doc: Document, request: Request) -> bool:
	"""Whether there was anything to save."""
	is_new = doc.is_new()
	if not fill(doc, request) and not is_new:
		return False
	_refuse_unfilled(doc)
	doc.save()
	if is_new:
		_take_files(doc)
	return True


def _refuse_unfilled(doc: Document) -> None:
	"""What is mandatory is asked for before anything is computed from it, as Desk does in the browser."""
	lacking = [one.label for one in Form(doc).inputs() if one.required and one.editable and one.value == ""]
	if lacking:
		frappe.throw(_("Fill in “{0}”.").format(", ".join(dict.fromkeys(lacking))), frappe.MandatoryError)


def _take_files(doc: Document) -> None:
	"""Files uploaded with a new record belong to it from now on."""
	for df in doc.meta.fields:
		if df.fieldtype == "Attach" and doc.get(df.fieldname):
			for name in frappe.get_all("File", filters={"file_url": doc.get(df.fieldname)}, pluck="name"):
				file = frappe.get_doc("File", name)
				if not file.attached_to_name:
					file.update({"attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
					file.attached_to_field = df.fieldname
					file.save(ignore_permissions=True)


def _address(doc: Document) -> str:
	return url(doc.doctype) if doc.meta.issingle else url(doc.doctype, doc.name)


def _page(doc: Document, told: list[Markup] | None = None, status: int = 200) -> Response:
	is_new, doctype = doc.is_new(), doc.doctype
	if not is_new:
		doc.check_permission("read")
	form, state = Form(doc), state_field_of(doctype)
	sections = form.sections()
	named = _(doctype) if doc.meta.issingle else doc.get_title() or _(doctype)
	return page(
		"form.html",
		status,
		doc=doc,
		doctype=doctype,
		title=_("New: {0}").format(_(doctype)) if is_new else named,
		refused=told or [],
		sections=sections,
		has_inputs=any(
			one.editable
			for section in sections
			for block in section.blocks
			for column in block
			for one in column
		),
		modified=cstr(doc.modified),
		address=url(doctype, "new") if is_new else _address(doc),
		state=state_of(doctype, doc.get(state)) if state and not is_new else None,
		transitions=_transitions(doc),
		methods=[] if is_new else nastavnik.methods_of(doc),
		actions=[] if is_new else [*action_table.of_form(doc), *nastavnik.ways_of(doc)],
		notes=[] if is_new else nastavnik.notes_of(doc),
		papers=[] if is_new else _papers(doc),
		attachments=[] if is_new or doc.meta.issingle else files.attached_to(doctype, doc.name),
		may_attach=not is_new and not doc.meta.issingle and doc.has_permission("write"),
		may_delete=_may_delete(doc),
		connections=[] if is_new else _connections(doc),
		own_tables=nastavnik.TABLES.get(doctype, {}),
	)


def _may_delete(doc: Document) -> bool:
	if doc.is_new() or doc.meta.issingle or doc.docstatus or not nastavnik.is_deletable(doc):
		return False
	return doc.has_permission("delete")


def _transitions(doc: Document) -> list[str]:
	"""Actions of the Workflow that are open to the reader now."""
	if doc.is_new() or not get_workflow_name(doc.doctype):
		return []
	return list(dict.fromkeys(row.action for row in get_transitions(doc)))


def _papers(doc: Document) -> list[dict[str, str]]:
	"""Each Print Format of the DocType, with its addresses."""
	if not doc.has_permission("print"):
		return []
	return [
		{
			"label": _(name),
			"pdf": url(doc.doctype, doc.name, "print.pdf", format=name),
			"docx": url(doc.doctype, doc.name, "print.docx", format=name),
		}
		for name in files.print_formats(doc.doctype)
	]


def _connections(doc: Document) -> list[dict[str, Any]]:
	"""Records that link here, by the DocType's own list of links."""
	out = []
	for link in doc.meta.links or []:
		target = link.parent_doctype or link.link_doctype
		if link.hidden or not frappe.has_permission(target, "read"):
			continue
		if link.is_child_table:
			rows = {link.link_fieldname: doc.name, "parenttype": target}
			parents = frappe.get_all(link.link_doctype, filters=rows, pluck="parent", distinct=True)
			asked: dict[str, Any] = {"name": ["in", parents[:_MANY]]}
		else:
			asked = {link.link_fieldname: doc.name}
			df = frappe.get_meta(target).get_field(link.link_fieldname)
			if df.fieldtype == "Dynamic Link":
				asked[df.options] = doc.doctype
		count = len(frappe.get_list(target, filters=asked, limit=_MANY + 1))
		may_add = not link.is_child_table and frappe.has_permission(target, "create")
		out.append(
			{
				"label": _(target),
				"count": f"{_MANY}+" if count > _MANY else str(count),
				"url": url(target, **asked) if count else None,
				"new": url(target, "new", **asked) if may_add else None,
			}
		)
	return out
