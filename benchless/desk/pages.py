"""Templates, and what every page shows: who is signed in, where one can go, what was said."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import frappe
from frappe import _, auth
from frappe.apps import read_json
from frappe.model.sync import json_files
from frappe.utils import get_fullname
from jinja2 import Environment, FileSystemLoader
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from benchless.desk import messages


def page(template: str, status: int = 200, **values: Any) -> Response:
	"""A rendered page for the session's user."""
	request, user = frappe.local.request, frappe.session.user
	cookie = request.cookies.get(auth.COOKIE) or ""
	common = {"lang": frappe.local.lang, "path": request.path, "csrf": auth.csrf_token(cookie)}
	if user != "Guest":
		common.update(user=get_fullname(user), menu=menu(), said=messages.take(request))
	html = _environment().get_template(template).render({**common, **values})
	return Response(html, status, mimetype="text/html")


@cache
def _environment() -> Environment:
	env = Environment(
		loader=FileSystemLoader(Path(__file__).parent / "templates"),
		autoescape=True,
		trim_blocks=True,
		lstrip_blocks=True,
	)
	env.globals.update(_=lambda *args, **kwargs: _(*args, **kwargs), url=url, slug=slug_of)
	return env


def slug_of(doctype: str) -> str:
	"""`Roadmap Task` → `roadmap-task`, as in Desk's addresses."""
	return frappe.scrub(doctype).replace("_", "-")


def doctype_of(slug: str) -> str:
	"""The DocType behind an address; NotFound for an unknown one and for rows of tables."""
	known = frappe.cache.hget("desk_slugs", "all")
	if known is None:
		known = {
			slug_of(name): name for name in frappe.get_all("DocType", filters={"istable": 0}, pluck="name")
		}
		frappe.cache.hset("desk_slugs", "all", known)
	if slug not in known:
		raise NotFound
	return known[slug]


def url(doctype: str, *parts: str, **query: Any) -> str:
	"""The address of a list, or of a record; filters as in Desk's own addresses, lists of values as JSON."""
	path = "/".join(["/app", slug_of(doctype), *(quote(str(part), safe="") for part in parts)])
	values = {
		key: json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else value
		for key, value in query.items()
		if value not in (None, "")
	}
	return path + ("?" + urlencode(values) if values else "")


def report_url(report: str) -> str:
	return f"/app/query-report/{quote(report)}"


def records(kind: str) -> list[dict]:
	"""What the apps ship of a kind that the engine does not store: workspaces, number cards, charts."""
	apps = [app for app in frappe.get_installed_apps() if app != "frappe"]
	return [read_json(path) for app in apps for path in json_files(app, kind)]


def workspaces() -> list[dict]:
	"""The workspaces that are meant for the reader's roles, in their order."""
	roles = set(frappe.get_roles())
	meant = [
		one
		for one in records("workspace")
		if frappe.session.user == "Administrator" or roles & {row["role"] for row in one["roles"]}
	]
	return sorted(meant, key=lambda one: one["sequence_id"])


def may_open(link_type: str, target: str) -> bool:
	"""Whether the session's user may open a DocType's list or a report."""
	if link_type == "DocType":
		return frappe.has_permission(target, "read")
	return link_type == "Report" and target in _reports({"name": target})


def _reports(asked: dict[str, Any]) -> set[str]:
	"""Those of the reports that the session's user may open."""
	found = frappe.get_all("Report", filters=asked, fields=["name", "ref_doctype"])
	meant = {"parenttype": "Report", "parent": ["in", [one.name for one in found]]}
	roles = frappe.get_all("Has Role", filters=meant, fields=["parent", "role"])
	own = set(frappe.get_roles())
	for_own = {row.parent for row in roles if row.role in own}
	may_report = {
		doctype: frappe.has_permission(doctype, "report") for doctype in {one.ref_doctype for one in found}
	}
	return {
		one.name
		for one in found
		if may_report[one.ref_doctype] and (frappe.session.user == "Administrator" or one.name in for_own)
	}


def menu() -> list[dict]:
	"""Cards of the workspaces, each with the links that the reader may open."""
	cards: list[dict] = []
	reports = _reports({})
	for workspace in workspaces():
		for row in workspace.get("links", []):
			if row["type"] == "Card Break":
				cards.append({"label": row["label"], "links": []})
				continue
			kind, target = row["link_type"], row["link_to"]
			# a query for each report would make every page slow
			opens = target in reports if kind == "Report" else may_open(kind, target)
			if opens:
				address = url(target) if kind == "DocType" else report_url(target)
				cards[-1]["links"].append({"label": row["label"], "url": address, "type": kind})
	return [card for card in cards if card["links"]]
