"""The filters of a report, read out of the script that declares them for Desk: literals, `__("…")` and today."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import nowdate

_STRING = r'"(?:[^"\\]|\\.)*"'
_SAID = re.compile(rf"__\(({_STRING})\)")
_QUERY = re.compile(r"\n\s*get_query:.*?,(?=\n)")
_KEY = re.compile(rf"({_STRING})|(\w+)(?=:)")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TODAY = "frappe.datetime.get_today()"
_KINDS = {"Link": "link", "Date": "date", "Check": "check", "Select": "select"}


def filters_of(report: str) -> list[dict[str, Any]]:
	"""`name`, `label` (a message), `kind` (link, date, check, select, data), and where they are said `doctype`,
	`options` (value and message), `required`, `default`."""
	doc = frappe.get_cached_doc("Report", report)
	script = Path(
		frappe.get_app_path("nastavnik_app"), frappe.scrub(doc.module), "report", frappe.scrub(report)
	)
	return [_filter(one) for one in _declared(script / f"{script.name}.js")]


@cache
def _declared(script: Path) -> list[dict[str, Any]]:
	text = script.read_text(encoding="utf-8")
	body = _balanced(text[text.index("filters: [") + len("filters: ") :])
	body = _QUERY.sub("", _SAID.sub(r"\1", body)).replace(_TODAY, '"Today"')
	quoted = _KEY.sub(lambda found: found[1] or f'"{found[2]}"', body)
	return json.loads(_TRAILING_COMMA.sub("", quoted))


def _balanced(text: str) -> str:
	"""The list that a text begins with."""
	depth = 0
	for found in re.finditer(rf"{_STRING}|[\[\]]", text):
		depth += {"[": 1, "]": -1}.get(found[0], 0)
		if not depth:
			return text[: found.end()]
	raise ValueError("The list of filters does not end")


def _filter(declared: dict[str, Any]) -> dict[str, Any]:
	kind = _KINDS.get(declared["fieldtype"], "data")
	default = declared.get("default", "")
	one = {
		"name": declared["fieldname"],
		"label": declared["label"],
		"kind": kind,
		"required": bool(declared.get("reqd")),
		"default": nowdate() if default == "Today" else str(default),
	}
	if kind == "link":
		one["doctype"] = declared["options"]
	if kind == "select":
		one["options"] = [option for option in _options(declared["options"]) if option[0]]
	return one


def _options(declared: str | list[Any]) -> list[tuple[str, str]]:
	options = declared.split("\n") if isinstance(declared, str) else declared
	return [(one["value"], one["label"]) if isinstance(one, dict) else (one, one) for one in options]
