"""Lists: columns, search, filters, sort and pages from the DocType's own definition; export."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.database.filters import OPERATORS
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from benchless.desk import action_table, forms, nastavnik
from benchless.desk.links import Titles, titles_of
from benchless.desk.pages import doctype_of, page, url
from benchless.desk.values import NUMBERS, Shown, label_of, shown, state_field_of, state_of, states_of
from nastavnik_app.documents.report_files import ReportRun, to_xlsx
from nastavnik_app.downloads import sent
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.spreadsheets import as_cell

PAGE_LENGTH = 20
COUNTED_UP_TO = 1000
EXPORTED_UP_TO = 20_000  # rows
_SORT = re.compile(r"^(\w+) (asc|desc)$")
_NOT_LISTED = ("Table", "Text", "Long Text", "Attach")
_OWN_ARGUMENTS = ("q", "sort", "page")


@dataclass
class Query:
	"""What a list's address asks for."""

	doctype: str
	filters: list[list]
	txt: str
	order_by: str
	page: int

	def rows(self, fields: list[str], limit: int) -> list[frappe._dict]:
		meta = frappe.get_meta(self.doctype)
		searched = dict.fromkeys([meta.title_field or "name", *meta.get_search_fields()])
		names = [name for name in searched if meta.column_type(name) not in ("Date", "Datetime", "Check")]
		return frappe.get_list(
			self.doctype,
			fields=fields,
			filters=self.filters,
			or_filters=[[name, "like", f"%{self.txt}%"] for name in names] if self.txt else None,
			order_by=self.order_by,
			limit_page_length=limit,
		)


def read_query(request: Request, doctype: str) -> Query:
	"""Filters as in Desk's addresses: `?status=Draft`, `?status=["in", ["Draft", "Signed"]]`."""
	meta, filters = frappe.get_meta(doctype), []
	for name, value in request.args.items():
		if name in _OWN_ARGUMENTS or value == "" or not meta.is_column(name):
			continue
		operator: Any = "="
		if value.startswith("["):
			operator, value = _operator(value)
		filters.append([name, operator, value])
	asked = _SORT.match(request.args.get("sort", ""))
	direction = (meta.sort_order or "desc").lower()
	order_by = f"{meta.sort_field or 'modified'} {direction}"
	if asked and meta.is_column(asked[1]):
		order_by = f"{asked[1]} {asked[2]}"
	return Query(doctype, filters, request.args.get("q", "").strip(), order_by, max(_page_of(request), 1))


def _page_of(request: Request) -> int:
	return request.args.get("page", 1, type=int)


def _operator(value: str) -> tuple[str, Any]:
	try:
		operator, wanted = json.loads(value)
	except ValueError:
		raise NotFound from None
	if operator not in OPERATORS:
		raise NotFound
	return operator, wanted


def show(request: Request, slug: str) -> Response:
	doctype = doctype_of(slug)
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		return forms.show(request, slug, doctype)
	query = read_query(request, doctype)
	columns, state = columns_of(doctype), state_field_of(doctype)
	title = meta.title_field or "name"
	names = [df.fieldname for df in columns] + [one for one in (state, *nastavnik.needed(doctype)) if one]
	fields = list(dict.fromkeys(["name", title, *names]))
	# one query counts and reads: a second one would cost as much as the first
	found = query.rows(fields, max(COUNTED_UP_TO, query.page * PAGE_LENGTH) + 1)
	rows = found[(query.page - 1) * PAGE_LENGTH : query.page * PAGE_LENGTH]
	titles = titles_of(rows, columns)
	return page(
		"list.html",
		doctype=doctype,
		title=_(doctype),
		hint=_(meta.description) if meta.description else "",
		columns=[_heading(df, doctype, request, query) for df in [_title_column(meta), *columns]],
		has_states=bool(state),
		rows=[_row(row, doctype, title, columns, state, titles) for row in rows],
		filters=_filter_fields(request, doctype, state),
		query=query,
		kept=list(_kept(request).items()),
		total=f"{COUNTED_UP_TO}+" if len(found) > COUNTED_UP_TO else len(found),
		pages=_pages(request, query.page, len(found) > query.page * PAGE_LENGTH),
		may_create=frappe.has_permission(doctype, "create"),
		new_url=url(doctype, "new"),
		actions=action_table.of_list(doctype),
		exports=_exports(request, doctype),
	)


def columns_of(doctype: str) -> list[Any]:
	"""Fields marked for the list, after the title."""
	meta = frappe.get_meta(doctype)
	skipped = (meta.title_field, state_field_of(doctype))
	return [
		df
		for df in meta.fields
		if df.in_list_view and df.fieldtype not in _NOT_LISTED and df.fieldname not in skipped
	]


def _title_column(meta: Any) -> Any:
	return meta.get_field(meta.title_field) or frappe._dict(
		fieldname="name", label=_("Name"), fieldtype="Data"
	)


def _heading(df: Any, doctype: str, request: Request, query: Query) -> dict[str, Any]:
	name, _space, direction = query.order_by.partition(" ")
	is_sorted = name == df.fieldname
	turned = "desc" if is_sorted and direction == "asc" else "asc"
	args = {**_kept(request), "sort": f"{df.fieldname} {turned}"}
	sorted_as = {"asc": "ascending", "desc": "descending"}[direction] if is_sorted else "none"
	is_number = df.fieldtype in NUMBERS
	return {
		"label": label_of(df, doctype),
		"url": _address(request, args),
		"sorted": sorted_as,
		"number": is_number,
	}


def _row(row: Any, doctype: str, title: str, columns: list[Any], state: str | None, titles: Titles) -> dict:
	shown_state = state_of(doctype, row.get(state)) if state else Shown("")
	return {
		"name": row.name,
		"title": row.get(title) or row.name,
		"url": url(doctype, row.name),
		"state": nastavnik.indicator(doctype, row) or shown_state,
		"cells": [(shown(df, row, titles), df.fieldtype in NUMBERS) for df in columns],
	}


def _filter_fields(request: Request, doctype: str, state: str | None) -> list[dict[str, Any]]:
	"""The standard filters as inputs, with what is chosen now."""
	out = []
	for df in frappe.get_meta(doctype).fields:
		if not df.in_standard_filter:
			continue
		value = request.args.get(df.fieldname, "")
		entry = {"name": df.fieldname, "label": label_of(df, doctype), "value": value, "kind": "data"}
		if df.fieldname == state and states_of(doctype):
			entry.update(kind="select", options=[(one, _(one)) for one in states_of(doctype)])
		elif df.fieldtype == "Select":
			entry.update(kind="select", options=[(one, _(one)) for one in df.options.split("\n") if one])
		elif df.fieldtype == "Link":
			titles = titles_of([{df.fieldname: value}], [df])
			entry.update(kind="link", doctype=df.options, text=titles.get((df.options, value), value))
		out.append(entry)
	return out


def _kept(request: Request) -> dict[str, str]:
	return {name: value for name, value in request.args.items() if name != "page" and value != ""}


def _address(request: Request, args: dict[str, Any]) -> str:
	return request.path + ("?" + urlencode(args) if args else "")


def _pages(request: Request, number: int, more: bool) -> dict[str, str | None]:
	before = _address(request, {**_kept(request), "page": number - 1}) if number > 1 else None
	after = _address(request, {**_kept(request), "page": number + 1}) if more else None
	return {"before": before, "after": after}


def _exports(request: Request, doctype: str) -> list[tuple[str, str]]:
	if not frappe.has_permission(doctype, "export"):
		return []
	query = _address(request, _kept(request)).partition("?")[2]
	return [
		(kind.upper(), url(doctype, f"export.{kind}") + ("?" + query if query else ""))
		for kind in ("xlsx", "csv")
	]


def export(request: Request, slug: str, kind: str) -> Response:
	"""What the list shows under its filters, all pages of it."""
	doctype = doctype_of(slug)
	frappe.has_permission(doctype, "export", throw=True)
	meta, query = frappe.get_meta(doctype), read_query(request, doctype)
	state = meta.get_field(state_field_of(doctype) or "")
	fields = [_title_column(meta), *([state] if state else []), *columns_of(doctype)]
	if doctype in PEOPLE:  # by the code a list is known again when it is read back
		fields.append(frappe._dict(fieldname="name", label="Code", fieldtype="Data"))
	found = query.rows(list(dict.fromkeys(["name", *(df.fieldname for df in fields)])), EXPORTED_UP_TO)
	titles = titles_of(found, fields)
	rows = [{df.fieldname: _exported(df, row, state, titles) for df in fields} for row in found]
	columns = [
		{"fieldname": df.fieldname, "label": label_of(df, doctype), "fieldtype": "Data", "width": 180}
		for df in fields
	]
	if kind == "csv":
		return sent(_csv(columns, rows), f"{_(doctype)}.csv", "text/csv; charset=utf-8")
	return sent(to_xlsx(ReportRun(doctype, _(doctype), columns, rows, [])), f"{_(doctype)}.xlsx")


def _exported(df: Any, row: Any, state: Any, titles: Titles) -> Any:
	if df is state:
		return _(row.get(df.fieldname) or "")
	if df.fieldtype in (*NUMBERS, "Date"):
		return row.get(df.fieldname)
	return shown(df, row, titles).text


def _csv(columns: list[dict], rows: list[dict]) -> bytes:
	out = io.StringIO()
	writer = csv.writer(out, delimiter=";")  # what a Russian spreadsheet opens at once
	writer.writerow([column["label"] for column in columns])
	for row in rows:
		writer.writerow([as_cell(row[column["fieldname"]]) for column in columns])
	return out.getvalue().encode("utf-8-sig")
