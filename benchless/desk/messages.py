"""What is said to the person: refusals, and what the request before has done."""

from __future__ import annotations

import re

import frappe
from frappe import _, auth
from markupsafe import Markup, escape
from werkzeug.wrappers import Request

# Messages quote what people typed: everything is escaped, then these bare tags of the engine's own come back.
_TAGS = re.compile(r"&lt;(/?(?:strong|b|i|em|ul|ol|li|p))&gt;|&lt;(br)\s*/?&gt;")
_STORE = "desk_messages"
# what a form may be refused for, with the form as it was filled in
REFUSALS = (
	frappe.ValidationError,
	frappe.PermissionError,
	frappe.NameError,
	frappe.QueryTimeoutError,
)


def safe(text: object) -> Markup:
	"""A message as HTML in which only emphasis, lists and line breaks are tags."""
	return Markup(_TAGS.sub(lambda found: f"<{found[1] or found[2]}>", str(escape(str(text)))))


def reasons(error: Exception, status: int) -> list[Markup]:
	"""Why something was refused, in the reader's language; never a trace back."""
	told = [row.message for row in frappe.local.message_log]
	if not told and frappe.local.flags.error_message:
		told = [frappe.local.flags.error_message]
	if not told and status == 403:
		told = [_("You may not do this, or not with this record.")]
	if not told and status < 500 and str(error):
		told = [str(error)]
	return [
		safe(text)
		for text in told
		or [_("Something went wrong here. It is noted in the Error Log; tell the administrator.")]
	]


def undone(error: Exception) -> tuple[list[Markup], int]:
	"""Takes everything back; why, and the status of the answer."""
	frappe.db.rollback()
	status = getattr(error, "http_status_code", 503)
	told = reasons(error, status)
	frappe.clear_messages()
	return told, status


def keep(request: Request) -> None:
	"""Keeps what was said for the page that the browser is sent to."""
	if told := [row.message for row in frappe.local.message_log]:
		frappe.cache.hset(_STORE, request.cookies.get(auth.COOKIE), told)


def take(request: Request) -> list[Markup]:
	"""What the request before had to say, once."""
	told = frappe.cache.hashes[_STORE].pop(request.cookies.get(auth.COOKIE), [])
	return [safe(text) for text in told]
