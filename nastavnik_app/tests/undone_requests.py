"""Requests that a server in this process answers and whose writes are undone, with the trace of what broke."""

from __future__ import annotations

import importlib
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from unittest.mock import patch

import frappe
from werkzeug.test import Client

from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.over_http import in_a_thread, pages

PASSWORD = "Tихая-гавань-2026"

Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
	"""What a request came to; `trace` where the server broke over it."""

	status: int
	body: bytes
	trace: str = ""

	@property
	def text(self) -> str:
		return self.body.decode("utf-8", "replace")


class Doorkeeper:
	"""Asks on behalf of many users at once, each with a session of his own."""

	def __init__(self, application: Any, headers: dict[str, str], users: Iterable[str]) -> None:
		self.broken: list[BaseException] = []
		self._application, self._headers = application, {**headers, "Accept": "application/json"}
		self._clients = {user: self._signed_in(user) for user in dict.fromkeys(users)}
		self._clients["Guest"] = Client(application), self._headers

	def _signed_in(self, user: str) -> tuple[Client, dict[str, str]]:
		client = Client(self._application)
		login = client.post("/api/method/login", data={"usr": user, "pwd": PASSWORD}, headers=self._headers)
		assert login.status_code == 200, login.get_data(as_text=True)[:500]
		token = (login.get_json() or {}).get("csrf_token")
		return client, {**self._headers, **({"X-Frappe-CSRF-Token": token} if token else {})}

	def ask(self, user: str, method: str, path: str, **sent: Any) -> Answer:
		"""`sent` as werkzeug's client takes it: `json`, `query_string`, `data`."""
		client, headers = self._clients[user]
		self.broken.clear()
		try:
			answer = client.open(path, method=method, headers=headers, **sent)
			status, body = answer.status_code, answer.get_data()
		except Exception as error:
			status, body = 500, b""
			self.note(error)
		return Answer(
			status, body, "\n".join(_trace(error) for error in self.broken) if status >= 500 else ""
		)

	def note(self, error: BaseException) -> None:
		self.broken.append(error)


def _trace(error: BaseException) -> str:
	return "".join(traceback.format_exception(error))


def undone(users: Iterable[str], ask: Callable[[Doorkeeper], Found]) -> Found:
	"""What `ask` comes to. The users sign in for good; what the requests after that write is taken back."""

	def work(client: Client, headers: dict[str, str]) -> Found:
		keeper = Doorkeeper(client.application, headers, users)
		with _nothing_kept(), _traces_noted(keeper):
			return ask(keeper)

	return in_a_thread(pages, work)


def give_password(*users: str) -> None:
	for user in users:
		record = frappe.get_doc("User", user)
		record.new_password = PASSWORD
		record.save()


@contextmanager
def _nothing_kept() -> Iterator[None]:
	"""Each request has a connection of its own, and what was not committed is gone with it. No job leaves either."""
	with ExitStack() as patches:
		database = importlib.import_module("frappe.database.database")
		patches.enter_context(patch.object(database.Database, "commit", lambda self: None))
		if is_embedded():
			# to open the file and read its hundreds of tables anew takes longer than most requests
			connection = sqlite3.connect
			patches.enter_context(patch.object(database.sqlite3, "connect", cache(connection)))
			patches.enter_context(patch.object(database.Database, "close", lambda self: self.rollback()))
		else:
			patches.enter_context(patch("frappe.utils.background_jobs.enqueue"))
		yield


@contextmanager
def _traces_noted(keeper: Doorkeeper) -> Iterator[None]:
	"""Where an engine turns an error into an answer, its trace is looked at first."""
	places = (
		("frappe.app._error", "benchless.desk.app._refusal")
		if is_embedded()
		else ("frappe.app.handle_exception",)
	)
	with ExitStack() as patches:
		for place in places:
			module, _dot, name = place.rpartition(".")
			answering = getattr(__import__(module, fromlist=[name]), name)
			patches.enter_context(patch(place, _noting(answering, keeper)))
		yield


def _noting(answering: Callable[[Exception], Any], keeper: Doorkeeper) -> Callable[[Exception], Any]:
	def note(error: Exception) -> Any:
		keeper.note(error)
		return answering(error)

	return note
