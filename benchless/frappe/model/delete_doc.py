"""Deletion, and what forbids it: submission, and links from other documents."""

from typing import Any

import frappe
from frappe import _
from frappe.types import _dict

_ATTACHED = (
	("ToDo", "reference_type", "reference_name"),
	("Version", "ref_doctype", "docname"),
	("Comment", "reference_doctype", "reference_name"),
)


def delete_doc(
	doctype: str,
	name: str,
	force: bool = False,
	for_reload: bool = False,
	ignore_permissions: bool = False,
	flags: dict | None = None,
	ignore_on_trash: bool = False,
	ignore_missing: bool = True,
) -> None:
	"""Deletes a document with its rows, files, tasks, versions and comments."""
	if not frappe.db.exists(doctype, name):
		if not ignore_missing:
			raise frappe.DoesNotExistError(doctype=doctype)
		return
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.flags.update(flags or {})
	doc.flags.ignore_permissions = ignore_permissions or doc.flags.ignore_permissions
	if not for_reload:
		if not doc.has_permission("delete"):
			text = _("User not allowed to delete {0}: {1}").format(doc.doctype, doc.name)
			frappe.msgprint(text, raise_exception=frappe.PermissionError)
		if doc.docstatus == 1:
			text = _("{0} {1}: Submitted Record cannot be deleted. You must {2} Cancel {3} it first.")
			frappe.throw(text.format(_(doctype), doc.name, "", ""))
		if not ignore_on_trash:
			doc.run_method("on_trash")
			doc.flags.in_delete = True
			doc.run_method("on_change")
		if not force:
			check_if_doc_is_linked(doc)
	frappe.db.run(f"delete from `tab{doctype}` where name = ?", [doc.name], write=True)
	for field in doc.meta.get_table_fields():
		query = f"delete from `tab{field.options}` where parenttype = ? and parent = ?"
		frappe.db.run(query, [doctype, doc.name], write=True)
	doc.run_method("after_delete")
	if not for_reload:
		_delete_attached(doc)
	frappe.clear_document_cache(doctype, doc.name)


def _delete_attached(doc: Any) -> None:
	"""Frappe leaves tasks, versions and comments to a job after the commit."""
	attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	for name in frappe.get_all("File", filters=attached, pluck="name"):
		delete_doc("File", name, ignore_permissions=True, force=True)
	for doctype, type_field, name_field in _ATTACHED:
		frappe.db.delete(doctype, {type_field: doc.doctype, name_field: doc.name})


def _links_to(doctype: str) -> list[_dict]:
	"""Link and Dynamic Link fields of all DocTypes that may lead to this one."""
	known = frappe.local.cache.hget("links", "map")
	if known is None:
		known = {}
		for name in frappe.get_all("DocType", pluck="name"):
			meta = frappe.get_meta(name)
			for field in meta.all_links:
				key = field.options if field.fieldtype == "Link" else None
				known.setdefault(key, []).append(_dict(field, parent=name, meta=meta))
		frappe.local.cache.hset("links", "map", known)
	return known.get(doctype, []) + known.get(None, [])


def check_if_doc_is_linked(doc: Any, method: str = "Delete") -> None:
	"""Raises LinkExistsError when a document links to this one (for Cancel: a submitted one)."""
	ignored = set(doc.get("ignore_linked_doctypes") or ()) if method == "Cancel" else set()
	hooked = set(frappe.get_hooks("ignore_links_on_delete"))
	for link in _links_to(doc.doctype):
		dynamic = link.fieldtype == "Dynamic Link"
		if link.parent in ignored or (link.parent in hooked and (dynamic or method == "Delete")):
			continue
		if link.meta.issingle:
			if not dynamic and frappe.db.get_single_value(link.parent, link.fieldname) == doc.name:
				_raise_linked(doc, link.parent, link.parent)
			continue
		if link.fieldname == "amended_from" and method == "Cancel":
			continue
		filters = {link.fieldname: doc.name, **({link.options: doc.doctype} if dynamic else {})}
		fields = ["name", "docstatus", *(["parent", "parenttype"] if link.meta.istable else [])]
		rows = frappe.db.get_values(link.parent, filters, fields, as_dict=True, order_by=None)
		for row in rows:
			owner = (row.parenttype, row.parent) if link.meta.istable else (link.parent, row.name)
			harmless = row.docstatus != 1 if method == "Cancel" else dynamic and row.docstatus == 2
			if not harmless and owner[0] not in ignored and owner != (doc.doctype, doc.name):
				_raise_linked(doc, *owner)


def _raise_linked(doc: Any, doctype: str, name: str) -> None:
	text = _("Cannot delete or cancel because {0} {1} is linked with {2} {3} {4}")
	shown = "" if doctype == name else _(doctype)
	frappe.throw(text.format(_(doc.doctype), doc.name, shown, name, ""), frappe.LinkExistsError)


def rename_doc(doctype: str, old: str, new: str, force: bool = False, merge: bool = False) -> str:
	"""Asks whether a document may be renamed, as Frappe does; renaming itself is outside the contract."""
	doc = frappe.get_doc(doctype, old)
	doc.run_method("before_rename", old, new, merge)
	if not doc.has_permission("write"):
		frappe.throw(_("You need write permission to rename"), frappe.PermissionError)
	if not force and not doc.meta.allow_rename:
		frappe.throw(_("{0} not allowed to be renamed").format(_(doctype)))
	raise NotImplementedError(
		"renaming is outside the contract of benchless: no DocType of the app allows it"
	)
