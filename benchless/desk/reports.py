"""Reports: filters, summary, chart and table; the same as XLSX and PDF."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.desk import query_report
from frappe.utils import getdate
from werkzeug.wrappers import Request, Response

from benchless.desk.charts import bars
from benchless.desk.links import titles_of
from benchless.desk.pages import page, report_url
from benchless.desk.report_scripts import filters_of
from benchless.desk.values import NUMBERS, Shown, as_text, shown
from nastavnik_app.documents import report_files
from nastavnik_app.downloads import sent

SHOWN_ROWS = 500  # the files have all of them


def show(request: Request, report: str) -> Response:
	query_report.get_report_doc(report)
	fields = _fields(request, report)
	lacking = [one["label"] for one in fields if one["required"] and not one["value"]]
	result = None if lacking else query_report.run(report, filters=_filters(fields))
	return page(
		"report.html",
		title=_(report),
		fields=fields,
		lacking=lacking,
		result=_shown(result) if result else None,
		exports=[
			(kind.upper(), f"{report_url(report)}/{kind}?{_query(request)}") for kind in ("xlsx", "pdf")
		],
	)


def _query(request: Request) -> str:
	return urlencode(request.args)


def _fields(request: Request, report: str) -> list[dict[str, Any]]:
	"""The report's filters with what is chosen; the defaults hold until something is."""
	asked, out = bool(request.args), []
	for one in filters_of(report):
		value = request.args.get(one["name"], "") if asked else one["default"]
		entry = {**one, "label": _(one["label"]), "value": value}
		if one["kind"] == "select":
			entry["options"] = [(option, _(label)) for option, label in one["options"]]
		if one["kind"] == "link" and not value and one["required"]:
			entry["value"] = value = _only_one(one["doctype"])
		if one["kind"] == "link":
			df = frappe._dict(fieldname=one["name"], fieldtype="Link", options=one["doctype"])
			entry["text"] = titles_of([{df.fieldname: value}], [df]).get((one["doctype"], value), "")
		out.append(entry)
	return out


def _only_one(doctype: str) -> str:
	"""The record that a reader would choose: the newest."""
	found = frappe.get_list(doctype, order_by="creation desc", limit=1)
	return found[0].name if found else ""


def _filters(fields: list[dict[str, Any]]) -> dict[str, Any]:
	values = {one["name"]: one["value"] for one in fields if one["value"]}
	for one in fields:
		if one["kind"] == "date" and one["value"]:
			getdate(one["value"])  # refuses what is no date
	return values


def _shown(result: dict[str, Any]) -> dict[str, Any]:
	columns = [frappe._dict(one) for one in result["columns"]]
	rows = result["result"]
	titles = titles_of(rows[:SHOWN_ROWS], columns)
	table = [[shown(column, row, titles) for column in columns] for row in rows[:SHOWN_ROWS]]
	columns, table = _joined(columns, table)
	is_number = [column.fieldtype in NUMBERS for column in columns]
	return {
		"columns": list(zip([column.label for column in columns], is_number, strict=True)),
		"rows": [list(zip(row, is_number, strict=True)) for row in table],
		"count": len(rows),
		"limit": SHOWN_ROWS,
		"message": result.get("message"),
		"summary": [
			{**one, "text": as_text(one.get("datatype") or "Data", one["value"])}
			for one in result.get("report_summary") or []
		],
		"chart": bars(result["chart"]) if result.get("chart") else None,
	}


def _joined(columns: list[Any], table: list[list[Shown]]) -> tuple[list[Any], list[list[Shown]]]:
	"""Without a column of links before a column that says the same: the link goes there."""
	for place in range(len(columns) - 1):
		is_repeated = all(row[place].text == row[place + 1].text for row in table)
		if table and columns[place].fieldtype == "Link" and is_repeated:
			rows = [[*row[:place], row[place], *row[place + 2 :]] for row in table]
			return columns[:place] + columns[place + 1 :], rows
	return columns, table


def export(request: Request, report: str, kind: str) -> Response:
	doc = query_report.get_report_doc(report)
	frappe.has_permission(doc.ref_doctype, "export", throw=True)
	done = report_files.run(report, _filters(_fields(request, report)))
	content = report_files.to_xlsx(done) if kind == "xlsx" else report_files.to_pdf(done)
	return sent(content, f"{done.title}.{kind}")
