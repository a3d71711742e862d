"""Requests as a server answers them: in a thread, and with a connection to the database, of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import frappe
from werkzeug.test import Client, TestResponse

from nastavnik_app.tests.engine import is_embedded

Answer = TypeVar("Answer")


def over_http(ask: Callable[[Client, dict[str, str]], Answer]) -> Answer:
	"""What `ask` gets from a client of the site's own server; the headers that it is given name the site.

	The test's own transaction stays as it is: roll it back to see what a request has committed.
	"""
	from frappe.app import application

	return in_a_thread(lambda site, _sites_path: application, ask)


def page_over_http(path: str) -> TestResponse:
	"""A page for guests, from whatever serves pages here: Frappe's website, or what stands in for it."""
	return in_a_thread(pages, lambda client, headers: client.get(path, headers=headers))


def pages(site: str, sites_path: str) -> Any:
	if is_embedded():
		from benchless.desk.app import Desk

		return Desk(site, sites_path)
	from frappe.app import application

	return application


def in_a_thread(
	application_of: Callable[[str, str], Any], ask: Callable[[Client, dict[str, str]], Answer]
) -> Answer:
	answers: list[Answer] = []
	site, sites_path = frappe.local.site, frappe.local.sites_path

	def work() -> None:
		client = Client(application_of(site, sites_path))
		answers.append(ask(client, {"X-Frappe-Site-Name": site}))

	thread = threading.Thread(target=work)
	thread.start()
	thread.join()
	return answers[0]
