"""Translations: the apps' `locale/<lang>.po`, read through Babel."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

import frappe


@cache
def _catalog(path: str) -> dict[tuple[str | None, str], str]:
	from babel.messages.pofile import read_po

	with open(path, "rb") as source:
		found = [one for one in read_po(source) if one.id and isinstance(one.string, str) and one.string]
	return {(message.context, message.id): message.string for message in found}


def _messages(lang: str) -> dict[tuple[str | None, str], str]:
	apps, store = tuple(frappe.get_installed_apps()), frappe.local.cache
	found = store.hget("translations", (lang, apps))
	if found is None:
		paths = [frappe.get_app_path(app, "locale", f"{lang.replace('-', '_')}.po") for app in apps]
		found = {key: text for path in paths if os.path.exists(path) for key, text in _catalog(path).items()}
		store.hset("translations", (lang, apps), found)
	return found


def _(msg: str, lang: str | None = None, context: str | None = None) -> str:
	lang = lang or getattr(frappe.local, "lang", None) or "en"
	text = str(msg).strip() if msg is not None else ""
	if lang == "en" or not text:
		return text
	for one in dict.fromkeys((lang, lang.split("-")[0])):
		messages = _messages(one)
		found = (messages.get((context, text)) if context else None) or messages.get((None, text))
		if found:
			return found
	return text


def get_user_lang(user: str | None = None) -> str:
	"""The user's own language, else the site's."""
	user = user or frappe.session.user
	own = frappe.db.get_value("User", user, "language") if user != "Guest" else None
	return own or frappe.get_system_settings("language") or frappe.local.conf.get("lang") or "en"


@contextmanager
def print_language(language: str | None) -> Generator[None, None, None]:
	"""Speaks another language inside the block."""
	kept, frappe.local.lang = frappe.local.lang, language or frappe.local.lang
	try:
		yield
	finally:
		frappe.local.lang = kept
