"""Everything that goes wrong in a browser, whether it shows on the page or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REFUSALS = (401, 403, 409, 417)  # answers to what a person may not do, or not so


class Watch:
	"""Script errors, messages of the console, requests that failed or left the site; one for a browser profile."""

	def __init__(self, context: Any, site: str, ignored: tuple[str, ...] = ()) -> None:
		self.faults: list[str] = []
		self._site, self._ignored, self._refusal_expected = site, ignored, False
		context.on("weberror", lambda error: self._note("script", str(error.error), error.page.url))
		context.on("console", self._console)
		context.on("request", self._request)
		context.on("requestfailed", self._failed)
		context.on("response", self._response)

	@contextmanager
	def expecting_refusal(self) -> Iterator[None]:
		self._refusal_expected = True
		yield
		self._refusal_expected = False

	def _note(self, kind: str, what: str, where: str) -> None:
		if not any(part in where or part in what for part in self._ignored):
			self.faults.append(f"{kind}: {what[:500]} ({where})")

	def _console(self, message: Any) -> None:
		# a request that failed is judged as a request
		if message.type == "error" and not message.text.startswith("Failed to load resource"):
			self._note("console", message.text, message.location["url"])

	def _request(self, request: Any) -> None:
		if request.url.startswith("http") and not request.url.startswith(self._site):
			self._note("request", "leaves the site", request.url)

	def _failed(self, request: Any) -> None:
		# a page that is left, or an answer that becomes a file, is given up by the browser itself
		if request.failure != "net::ERR_ABORTED":
			self._note("request", str(request.failure), request.url)

	def _response(self, response: Any) -> None:
		is_refusal = self._refusal_expected and response.status in REFUSALS
		if response.status >= 400 and not is_refusal:
			self._note("answer", str(response.status), response.url)
