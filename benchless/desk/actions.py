"""Actions on chosen records that ask something first: a page with a few fields, then one call of the app."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from benchless.desk import action_table, lists, messages
from benchless.desk.links import resolve
from benchless.desk.pages import doctype_of, page, url

MOST = 500  # records at once


def ask(request: Request, slug: str, key: str) -> Response:
	doctype = doctype_of(slug)
	names = request.args.getlist("name")
	if request.args.get("all"):
		names = [row.name for row in lists.read_query(request, doctype).rows(["name"], MOST)]
	return _page(doctype, key, names, {})


def take(request: Request, slug: str, key: str) -> Response:
	doctype, names = doctype_of(slug), request.form.getlist("name")
	action, _records = _chosen(doctype, key, names)
	values: dict[str, Any] = {}
	try:
		for asked in action.asks(doctype, names):
			values[asked["name"]] = _value(asked, request)
		done = action.run(doctype, names, values)
		return done if isinstance(done, Response) else redirect(done, 303)
	except messages.REFUSALS as error:
		told, status = messages.undone(error)
		return _page(doctype, key, names, values, told, status)


def _chosen(doctype: str, key: str, names: list[str]) -> tuple[action_table.Action, list[Document]]:
	"""The action and its records, when the reader may take it with them."""
	action = action_table.ACTIONS.get(key)
	if not action:
		raise NotFound
	if not action.may():
		raise frappe.PermissionError
	if not names:
		frappe.throw(_("Choose at least one record in the list: check it on the left."))
	records = [frappe.get_doc(doctype, name) for name in names[:MOST]]
	for record in records:
		record.check_permission("read")
	if doctype not in action.lists and not all(action.on_form(record) for record in records):
		frappe.throw(_("There is no such action."))
	return action, records


def _value(asked: dict[str, Any], request: Request) -> Any:
	name = asked["name"]
	if asked["kind"] == "checks":
		return request.form.getlist(name)
	if asked["kind"] == "file" and name in request.files:
		return b64encode(request.files[name].read()).decode()
	value = request.form.get(name, "")
	if asked["kind"] == "link" and not value and request.form.get(f"{name}.text"):
		value = resolve(asked["doctype"], request.form[f"{name}.text"].strip()) or ""
	if asked.get("required") and not value:
		frappe.throw(_("Fill in “{0}”.").format(_(asked["label"])))
	return value


def _page(
	doctype: str, key: str, names: list[str], values: dict, told: list | None = None, status: int = 200
) -> Response:
	action, records = _chosen(doctype, key, names)
	return page(
		"action.html",
		status,
		doctype=doctype,
		title=_(action.label),
		button=_(action.button),
		refused=told or [],
		records=records,
		fields=[_shown(one, values) for one in action.asks(doctype, names)],
		back=url(doctype, names[0]) if len(names) == 1 else url(doctype),
	)


def _shown(asked: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
	value = values.get(asked["name"], asked.get("default", ""))
	text = frappe.local.form_dict.get(f"{asked['name']}.text", "")
	return {**asked, "label": _(asked["label"], context=asked.get("context")), "value": value, "text": text}
