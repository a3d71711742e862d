"""benchless: the part of the `frappe` module that nastavnik_app uses, on one SQLite file.

The names and their behaviour are Frappe 15's; whatever is not in `contract.txt` raises NotImplementedError.
`locale/` has the Russian of its own messages.
"""

import importlib
import os
import secrets
from collections.abc import Callable
from typing import Any

from frappe import exceptions as _exceptions
from frappe.exceptions import *  # noqa: F403
from frappe.exceptions import OutsideContract, ValidationError
from frappe.types import _dict
from werkzeug.local import Local, LocalProxy, release_local

__version__ = "15.72.4"
STANDARD_USERS = ("Guest", "Administrator")

local = Local()
_KNOWN = "role_permissions roles user_permissions document_cache new_doc_templates link_values".split()
sites_folder = ["."]  # of the site that this process opened last


def _proxy(name: str) -> Any:
	return LocalProxy(lambda: getattr(local, name))


db, qb, conf, session, flags = (_proxy(name) for name in ("db", "qb", "conf", "session", "flags"))
cache = _proxy("cache")
globals().update({name: value for name, value in vars(_exceptions).items() if isinstance(value, type)})

# where each public name is written; loaded when first asked for
_ROOMS = {
	"frappe.translate": "_",
	"frappe.model.document": "get_doc get_cached_doc get_cached_value clear_document_cache new_doc get_single",
	"frappe.model.delete_doc": "delete_doc rename_doc",
	"frappe.model.meta": "get_meta",
	"frappe.model.db_query": "get_list get_all",
	"frappe.permissions": "has_permission get_roles set_user",
	"frappe.apps": "get_hooks get_installed_apps get_attr get_app_path get_site_path scrub",
	"frappe.handler": "whitelist is_whitelisted call validate_and_sanitize_search_inputs override_whitelisted_method",
	"frappe.email.queue": "sendmail",
	"frappe.utils.background_jobs": "enqueue get_traceback log_error",
	"frappe.utils.jinja": "render_template",
	"frappe.utils.print_format": "get_print",
	"frappe.utils.safe_exec": "safe_eval",
	"frappe.utils.json": "as_json parse_json",
}
_WHERE = {name: room for room, names in _ROOMS.items() for name in names.split()}
_SUBMODULES = frozenset("apps client desk model permissions utils".split())


def __getattr__(name: str) -> Any:
	if room := _WHERE.get(name):
		value = globals()[name] = getattr(importlib.import_module(room), name)
		return value
	if name in _SUBMODULES:
		return importlib.import_module(f"frappe.{name}")
	if name.startswith("__"):
		raise AttributeError(name)
	raise OutsideContract(f"frappe.{name} is outside the contract of benchless; see benchless/contract.txt")


def init(site: str, sites_path: str = ".", force: bool = False) -> None:
	"""Sets the thread's state for one site; `site` is a folder name in `sites_path`."""
	if getattr(local, "initialised", False) and not force:
		return
	from frappe.apps import get_site_config
	from frappe.cache_store import get_store
	from frappe.query_builder import QueryBuilderDoor

	sites_folder[0] = sites_path
	local.site, local.sites_path = site, sites_path
	local.site_path = os.path.join(sites_path, site)
	local.conf = get_site_config(local.site_path)
	local.flags = _dict(currently_saving=[])
	local.db = local.request = local.request_ip = local.jenv = None
	local.qb = QueryBuilderDoor()
	local.cache = get_store(os.path.abspath(local.site_path))
	local.lang = local.conf.get("lang") or "en"
	local.form_dict, local.response = _dict(), _dict(docs=[])
	local.session = _dict(user="Guest", data=_dict(), sid=None)
	local.message_log = []
	for name in _KNOWN:
		setattr(local, name, {})
	local.initialised = True


def connect(set_admin_as_user: bool = True) -> None:
	"""Opens the site's database; `init` comes first."""
	from frappe.database.database import Database
	from frappe.permissions import set_user

	local.db = Database(os.path.join(local.site_path, "site.db"))
	if set_admin_as_user:
		set_user("Administrator")


def destroy() -> None:
	"""Closes the connection and forgets the thread's state."""
	if getattr(local, "db", None):
		local.db.close()
	release_local(local)


def clear_cache(user: str | None = None, doctype: str | None = None) -> None:
	"""Forgets cached metadata, roles and documents of this site."""
	if doctype:
		local.cache.hashes["meta"].pop(doctype, None)
	elif not user:
		local.cache.flush()
	for name in _KNOWN:
		getattr(local, name).clear()


def msgprint(
	msg: Any,
	title: str | None = None,
	raise_exception: bool | type[Exception] | Exception = False,
	indicator: str | None = None,
	alert: bool = False,
) -> None:
	"""Adds a message to the response; raises as well when `raise_exception` says so."""
	translate = __getattr__("_")
	out = _dict(message=str(msg), title=title or translate("Message"), indicator=indicator, alert=int(alert))
	local.message_log.append(out)
	if raise_exception:
		out.raise_exception = 1
		if isinstance(raise_exception, Exception):
			raise raise_exception
		raise (raise_exception if isinstance(raise_exception, type) else ValidationError)(str(msg))


def throw(msg: Any, exc: type[Exception] | Exception = ValidationError, title: str | None = None) -> None:
	"""Shows the message and raises `exc` with it."""
	msgprint(msg, raise_exception=exc, title=title, indicator="red")


def write_only() -> Callable[[Callable], Callable]:
	"""Decorator: what it wraps writes to the primary database, which here is the only one."""
	return lambda function: function


def publish_progress(
	percent: float,
	title: str | None = None,
	doctype: str | None = None,
	docname: str | None = None,
	description: str | None = None,
) -> None:
	"""There is no socket to tell the browser: what it says is kept for a page that asks."""
	cache.hset("progress", f"{doctype} {docname}", percent)


def clear_messages() -> None:
	local.message_log = []


def bold(text: object) -> str:
	return f"<strong>{text}</strong>"


def generate_hash(txt: str | None = None, length: int = 56) -> str:
	"""A random hexadecimal text of `length` characters."""
	return secrets.token_hex(length // 2 + 1)[:length]


def get_system_settings(key: str) -> Any:
	"""One value of System Settings."""
	return db.get_single_value("System Settings", key)
