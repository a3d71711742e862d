"""The first page: what waits for the reader, figures, charts, and the way to everything."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.apps import module_app
from frappe.desk import query_report
from frappe.utils import formatdate
from werkzeug.wrappers import Request, Response

from benchless.desk.charts import bars
from benchless.desk.messages import safe
from benchless.desk.pages import may_open, page, records, report_url, url, workspaces
from benchless.desk.values import as_text

WAITING = 6  # assignments shown
_METHOD = re.compile(r'method:\s*"([\w.]+)"')


def show(request: Request) -> Response:
	shown = workspaces()
	return page(
		"home.html",
		title=_(shown[0]["title"]) if shown else _("Home"),
		waiting=(waiting := _waiting())[:WAITING],
		waiting_more=waiting[WAITING:],
		figures=_figures(shown),
		charts=_charts(shown),
		steps=_steps(),
		shortcuts=[_shortcut(one) for workspace in shown for one in workspace["shortcuts"] if _may(one)],
	)


def _waiting() -> list[dict[str, Any]]:
	"""The reader's open assignments, the newest first."""
	rows = frappe.get_list(
		"ToDo",
		filters={"allocated_to": frappe.session.user, "status": "Open"},
		fields=["description", "reference_type", "reference_name", "date"],
		order_by="creation desc",
	)
	return [
		{
			"text": safe(row.description),
			"url": url(row.reference_type, row.reference_name) if row.reference_name else None,
			"date": formatdate(row.date),
		}
		for row in rows
	]


def _may(shortcut: dict) -> bool:
	return may_open(shortcut["type"], shortcut["link_to"])


def _shortcut(shortcut: dict) -> dict[str, Any]:
	"""A shortcut with its address; one with a filter counts what is behind it."""
	if shortcut["type"] == "Report":
		return {"label": _(shortcut["label"]), "url": report_url(shortcut["link_to"]), "count": None}
	filters = _asked(shortcut.get("stats_filter"))
	count = _count(shortcut["link_to"], filters) if filters else None
	return {"label": _(shortcut["label"]), "url": url(shortcut["link_to"], **filters), "count": count}


def _asked(filters_json: str | None) -> dict[str, Any]:
	"""Stored filters, rows `[DocType, field, operator, value, …]` or a dictionary, as a list's address takes them."""
	filters = json.loads(filters_json or "[]")
	if isinstance(filters, dict):
		return filters
	return {row[1]: row[3] if row[2] == "=" else [row[2], row[3]] for row in filters}


def _count(doctype: str, filters: Any) -> str:
	found = len(frappe.get_list(doctype, filters=filters, limit=1001))
	return "1000+" if found > 1000 else str(found)


def _named(pages: list[dict], table: str, key: str, kind: str) -> list[dict]:
	"""The records that the workspaces show, in their order."""
	shipped = {one["name"]: one for one in records(kind)}
	rows = [row for workspace in pages for row in workspace.get(table, [])]
	return [shipped[row[key]] for row in rows if row.get(key) in shipped]


def _figures(pages: list[dict]) -> list[dict[str, Any]]:
	out = []
	for card in _named(pages, "number_cards", "number_card_name", "number_card"):
		try:
			out.append(_figure(card))
		except frappe.PermissionError:
			frappe.clear_messages()
	return out


def _figure(card: dict) -> dict[str, Any]:
	"""A number card: counted from a DocType, or by the app's own method."""
	if card["type"] == "Custom":
		frappe.is_whitelisted(method := frappe.get_attr(card["method"]))
		result = frappe.call(method, filters=json.loads(card.get("filters_json") or "[]"))
		value = result if isinstance(result, dict) else {"value": result}
		text = as_text(value.get("fieldtype") or "Data", value["value"])
		route, options = value.get("route") or [], value.get("route_options") or {}
		address = None
		if route[:1] == ["List"] and may_open("DocType", route[1]):
			address = url(route[1], **options)
		elif route[:1] == ["query-report"] and may_open("Report", route[1]):
			address = report_url(route[1])
		return {"label": _(card["label"]), "text": text or "0", "url": address}
	if card["type"] != "Document Type" or card["function"] != "Count":
		raise NotImplementedError(
			f"number card {card['name']}: only counts and methods are within the contract"
		)
	doctype, filters = card["document_type"], _asked(card.get("filters_json"))
	return {"label": _(card["label"]), "text": _count(doctype, filters), "url": url(doctype, **filters)}


def _charts(pages: list[dict]) -> list[dict[str, Any]]:
	out = []
	for chart in _named(pages, "charts", "chart_name", "dashboard_chart"):
		try:
			drawn = bars(_data(chart))
		except frappe.PermissionError:
			frappe.clear_messages()
			continue
		if drawn:
			out.append({"label": _(chart["chart_name"]), "chart": drawn})
	return out


def _data(chart: dict) -> dict[str, Any]:
	"""The data of a chart: a report's own chart, or what the app's source gives."""
	filters = json.loads(chart.get("filters_json") or "{}")
	if chart["chart_type"] == "Report":
		return query_report.run(chart["report_name"], filters=filters).get("chart") or {}
	if chart["chart_type"] != "Custom":
		raise NotImplementedError(f"chart {chart['name']}: only reports and sources are within the contract")
	method = frappe.get_attr(_source_of(chart))
	frappe.is_whitelisted(method)
	return {"data": frappe.call(method, chart_name=chart["name"], filters=filters)}


def _source_of(chart: dict) -> str:
	"""The method that the script of the chart's source names."""
	key, module = frappe.scrub(chart["source"]), frappe.scrub(chart["module"])
	folder = frappe.get_app_path(module_app(chart["module"]), module, "dashboard_chart_source", key)
	return _METHOD.search((Path(folder) / f"{key}.js").read_text(encoding="utf-8"))[1]


def _steps() -> dict[str, Any] | None:
	"""The first steps of a school, for the roles that they are meant for."""
	roles, steps = set(frappe.get_roles()), {one["name"]: one for one in records("onboarding_step")}
	for plan in records("module_onboarding"):
		if roles & {row["role"] for row in plan["allow_roles"]}:
			shown = [steps[row["step"]] for row in plan["steps"]]
			return {"title": _(plan["title"]), "steps": [_step(one) for one in shown]}
	return None


def _step(step: dict) -> dict[str, str]:
	doctype = step.get("reference_document") or step["path"].partition("/")[2]
	address = url(doctype, "new") if step["action"] == "Create Entry" else url(doctype)
	return {"title": _(step["title"]), "description": _(step["description"]), "url": address}
