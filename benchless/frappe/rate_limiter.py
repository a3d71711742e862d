"""frappe.rate_limiter: how often one address may call an endpoint. This process counts by itself."""

import functools
import threading
import time
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

_MANY = 10_000  # counters to look through for old ones
_counters: dict[tuple[str, str, str], list[float]] = {}  # → [end of the window, calls within it]
_lock = threading.Lock()


def rate_limit(
	key: str | None = None,
	limit: int | Callable[[], int] = 5,
	seconds: int = 24 * 60 * 60,
	methods: str | list[str] = "ALL",
	ip_based: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
	"""Refuses, with RateLimitExceededError, more than `limit` calls within `seconds` by one address, by one value of
	the argument `key`, or by both. Only requests are counted."""

	def inner(fn: Callable[..., Any]) -> Callable[..., Any]:
		@functools.wraps(fn)
		def wrapper(*args: Any, **kwargs: Any) -> Any:
			request = frappe.local.request
			if not request or (methods != "ALL" and request.method not in methods):
				return fn(*args, **kwargs)
			parts = [
				frappe.local.request_ip if ip_based else "",
				frappe.local.form_dict.get(key, "") if key else "",
			]
			identity = ":".join(part for part in parts if part)
			if not identity:
				frappe.throw(_("Either key or IP flag is required."))
			most = limit() if callable(limit) else limit
			if _count((frappe.local.site_path, f"{fn.__module__}.{fn.__name__}", identity), seconds) > most:
				text = _("You hit the rate limit because of too many requests. Please try after sometime.")
				frappe.throw(text, frappe.RateLimitExceededError)
			return fn(*args, **kwargs)

		return wrapper

	return inner


def _count(counter: tuple[str, str, str], seconds: int) -> float:
	"""Calls within the counter's window, this one included."""
	now = time.monotonic()
	with _lock:
		if len(_counters) > _MANY:
			for old in [name for name, (end, _calls) in _counters.items() if end <= now]:
				del _counters[old]
		window = _counters.get(counter)
		if not window or window[0] <= now:
			window = _counters[counter] = [now + seconds, 0]
		window[1] += 1
		return window[1]
