"""Work that the app does for somebody else than the caller: in that person's language, and with that person's rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import frappe
from frappe.translate import get_user_lang


@contextmanager
def speaking(language: str) -> Iterator[None]:
	"""Speaks a language: papers are Russian, whoever prints them."""
	kept, frappe.local.lang = frappe.local.lang, language
	try:
		yield
	finally:
		frappe.local.lang = kept


def in_language_of(user: str) -> AbstractContextManager[None]:
	"""Speaks a user's language; Guest's is the site's own."""
	return speaking(get_user_lang(user))


@contextmanager
def on_behalf_of(user: str) -> Iterator[None]:
	"""Works with a user's rights and in the user's language."""
	caller, language = frappe.session.user, frappe.local.lang
	frappe.set_user(user)
	frappe.local.lang = get_user_lang(user)
	try:
		yield
	finally:
		frappe.set_user(caller)
		frappe.local.lang = language
