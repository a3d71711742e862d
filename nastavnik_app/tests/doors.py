"""Doors of the framework as a request finds them, on the test's own connection: each is asked, answers with a status
and a text, and is closed again with whatever it wrote taken back."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import frappe
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.engine import is_embedded

Answered = tuple[int, str]


def asked(user: str, method: str, path: str, /, **sent: Any) -> Answered:
	"""What a user gets from an address below /api; `sent` is the body, or the query of a GET."""
	as_query = method in ("GET", "DELETE")
	built = EnvironBuilder(
		path=quote(path), method=method, **({"query_string": sent} if as_query else {"json": sent})
	)
	with request_of(user, Request(built.get_environ()), sent) as answer:
		answer.append(_api(frappe.local.request))
	return outcome(answer[0])


def page(user: str, view: Any, /, *arguments: Any, path: str = "/", **query: Any) -> Answered:
	"""What a view of the embedded engine's pages, or a function of Frappe that answers with a file, gives."""
	request = Request(EnvironBuilder(path=quote(path), query_string=query).get_environ())
	with request_of(user, request, query) as answer:
		answer.append(view(request, *arguments))
	return outcome(answer[0])


def called(user: str, function: Any, /, *arguments: Any, **named: Any) -> Answered:
	"""What a function gives a user, as text."""
	with request_of(user, Request(EnvironBuilder(method="POST").get_environ()), {}) as answer:
		answer.append(function(*arguments, **named))
	return outcome(answer[0])


def downloaded(user: str, method: str, /, **form: Any) -> Answered:
	"""What a function of Frappe that reads the request's form puts into the response as a file."""
	function = frappe.get_attr(method)
	with request_of(user, Request(EnvironBuilder(method="POST").get_environ()), form) as answer:
		function()
		content = frappe.local.response.filecontent
		answer.append(content if isinstance(content, bytes) else content.encode())
	return outcome(answer[0])


def _not_done(*_arguments: Any, **_named: Any) -> None:
	"""In place of a job and of a commit."""


@contextmanager
def request_of(user: str, request: Request, form: dict) -> Iterator[list]:
	"""The answer is appended to the list; an error takes its place."""
	local, kept = frappe.local, {name: getattr(frappe.local, name, None) for name in ("request", "form_dict")}
	database = importlib.import_module("frappe.database.database").Database
	answer: list = []
	frappe.db.savepoint("door")
	try:
		with (
			as_user(user),
			patch.object(frappe, "enqueue", _not_done),
			patch.object(database, "commit", _not_done),
		):
			# whoever becomes another user begins with an empty form
			local.request, local.form_dict = request, frappe._dict(form)
			local.response = frappe._dict({"docs": []})
			yield answer
	except Exception as error:
		answer[:] = [error]
	finally:
		frappe.db.rollback(save_point="door")
		frappe.clear_messages()
		frappe.flags.pop("commit", None)
		local.request, local.form_dict = kept["request"], kept["form_dict"]


def outcome(answer: Any) -> Answered:
	if isinstance(answer, Exception):
		status = getattr(answer, "http_status_code", None) or getattr(answer, "code", 500)
		return status, f"{type(answer).__name__}: {answer}"
	if isinstance(answer, Response):
		# a file is sent past the response's own data
		content = b"" if answer.direct_passthrough else answer.get_data()
		return answer.status_code, content.decode("utf-8", "replace")
	if isinstance(answer, bytes):
		return 200, answer.decode("utf-8", "replace")
	return 200, frappe.as_json(answer)


def _api(request: Request) -> Response:
	if is_embedded():
		from frappe.app import dispatch

		return dispatch(request)
	from frappe.api import handle

	return handle(request)
