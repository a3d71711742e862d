"""What the pages ask of the site's web application: the embedded engine's own pages, or the requests of Desk's."""

from __future__ import annotations

import json
import os
from typing import Any

import frappe
from werkzeug.test import Client

from benchmarks.asks import (
	COUNTED_UP_TO,
	LISTS,
	PAGE,
	REPORT,
	SEARCHED,
	SOUGHT,
	list_arguments,
)
from benchmarks.fill import PASSWORD

ADMIN_PASSWORD = os.environ.get("NASTAVNIK_PASSWORD", "admin")
WORKSPACE = "Mentoring"
COUNT = "frappe.desk.reportview.get_count"
LIST = "frappe.desk.reportview.get"

Request = tuple[str, dict[str, Any]]  # its path, and what goes with it


class Visitor:
	"""Somebody who has signed in."""

	def __init__(self, app: Any, site: str, user: str) -> None:
		self.client, self.site = Client(app), site
		password = ADMIN_PASSWORD if user == "Administrator" else PASSWORD
		self._send("POST", "/api/method/login", data={"usr": user, "pwd": password})

	def ask(self, requests: list[Request]) -> None:
		"""One after another; a page of Desk sends some of them together."""
		for path, values in requests:
			texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in values.items()}
			self._send("GET", path, query_string=texts)

	def may(self, request: Request) -> bool:
		try:
			self.ask([request])
		except frappe.PermissionError:
			return False
		return True

	def _send(self, method: str, path: str, **values: Any) -> None:
		response = self.client.open(path, method=method, headers={"Host": self.site}, **values)
		if response.status_code == 403:
			raise frappe.PermissionError(path)
		if response.status_code != 200:
			raise RuntimeError(f"{path}: {response.status_code}")


def embedded_pages() -> dict[str, list[Request]]:
	pages: dict[str, list[Request]] = {"page home": [("/app", {})]}
	for doctype in LISTS:
		pages[f"page list {doctype}"] = [(_address(doctype), {})]
	for doctype in SEARCHED:
		for sought, txt in SOUGHT.items():
			pages[f"page search {doctype}, {sought}"] = [(_address(doctype), {"q": txt})]
	pages[f"page report {REPORT}"] = [(f"/app/query-report/{REPORT}", {})]
	return pages


def _address(doctype: str) -> str:
	return "/app/" + doctype.lower().replace(" ", "-")


def desk_pages() -> dict[str, list[Request]]:
	"""Read from the site as Administrator."""
	workspace = frappe.get_doc("Workspace", WORKSPACE)
	cards = [frappe.get_doc("Number Card", row.number_card_name) for row in workspace.number_cards]
	home = [
		_method(
			"frappe.desk.desktop.get_desktop_page",
			page=json.dumps({"name": workspace.name, "title": workspace.title, "public": 1}),
		),
		*(_card(card) for card in cards),
		*(_chart(row.chart_name) for row in workspace.charts),
		*(_shortcut(row) for row in workspace.shortcuts if row.type == "DocType"),
		*(_list(row.document_type, json.loads(row.quick_list_filter))[0] for row in workspace.quick_lists),
	]
	pages = {"page home": home}
	for doctype in LISTS:
		pages[f"page list {doctype}"] = _list(doctype, [])
	for doctype in SEARCHED:
		for sought, txt in SOUGHT.items():
			filters = list_arguments(doctype, txt)["filters"]
			pages[f"page search {doctype}, {sought}"] = _list(doctype, filters)
	pages[f"page report {REPORT}"] = [
		_method("frappe.desk.query_report.run", report_name=REPORT, filters={"only_missing": 1})
	]
	return pages


def _method(name: str, **values: Any) -> Request:
	return f"/api/method/{name}", values


def _list(doctype: str, filters: list) -> list[Request]:
	asked = list_arguments(doctype)
	fields = [f"`tab{doctype}`.`{name}`" for name in asked["fields"]]
	return [
		_method(
			LIST,
			doctype=doctype,
			fields=fields,
			filters=filters,
			order_by=asked["order_by"],
			start="0",
			page_length=str(PAGE),
			view="List",
		),
		_method(
			COUNT, doctype=doctype, filters=filters, fields=[], distinct="false", limit=str(COUNTED_UP_TO)
		),
	]


def _shortcut(row: Any) -> Request:
	filters = json.loads(row.stats_filter or "[]")
	return _method(COUNT, doctype=row.link_to, filters=filters, fields=[], distinct="false")


def _card(card: Any) -> Request:
	filters = json.loads(card.filters_json or "[]")
	if card.type == "Custom":
		return _method(card.method, filters=filters)
	doc = {"document_type": card.document_type, "function": card.function}
	return _method("frappe.desk.doctype.number_card.number_card.get_result", doc=doc, filters=filters)


def _chart(name: str) -> Request:
	chart = frappe.get_doc("Dashboard Chart", name)
	config = frappe.get_attr("frappe.desk.doctype.dashboard_chart_source.dashboard_chart_source.get_config")
	method = config(chart.source).split('method: "')[1].split('"')[0]
	return _method(method, chart_name=name, filters=[])
