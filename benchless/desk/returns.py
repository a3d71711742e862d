"""What the pages offer about returns: their files, reading one in, the filters of an authority's reports."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.model.document import Document

from benchless.desk.pages import url
from nastavnik_app import api_authority
from nastavnik_app.returns.doors import told_of
from nastavnik_app.rules.states import OFFICER

RETURN, REQUEST = "Program Return", "Program Return Request"


def is_counted_anew(doc: Document) -> bool:
	return doc.workflow_state == "Draft" and doc.direction == "Own"


def ways_of(doc: Document) -> list[dict[str, str]]:
	"""The signed files of an approved return, where another site waits for them."""
	if doc.direction != "Own" or doc.docstatus != 1 or not doc.has_permission("export"):
		return []
	if not frappe.db.exists("Return Partner", {"organization": doc.organization, "partner": doc.authority}):
		return []
	address = "/api/method/nastavnik_app.api_authority.download_return"
	return [
		{
			"label": f"{_('Export as File')} ({kind})",
			"url": f"{address}?{urlencode({'name': doc.name, 'kind': kind})}",
		}
		for kind in ("JSON", "XLSX")
	]


def asked_file(doctype: str, names: list[str]) -> list[dict[str, Any]]:
	return [{"name": "file", "label": "File of the Return", "kind": "file", "required": True}]


def read_in(doctype: str, names: list[str], values: dict[str, Any]) -> str:
	done = api_authority.read_in_return(values["file"], "")
	frappe.msgprint(told_of(done))
	return url(RETURN, done["name"])


def may_read_in() -> bool:
	return not {OFFICER, "System Manager"}.isdisjoint(frappe.get_roles())
