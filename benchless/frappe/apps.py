"""Installed apps: their hooks, modules and folders; the site's folder and its configuration."""

import importlib
import json
import os
from functools import cache
from types import ModuleType
from typing import Any

import frappe
from frappe.types import _dict

_APPS = "select app_name from `tabModule Def` group by app_name order by min(creation)"


def scrub(txt: str) -> str:
	"""`Roadmap Task` → `roadmap_task`."""
	return str(txt).replace(" ", "_").replace("-", "_").lower()


def read_json(path: str) -> Any:
	with open(path, encoding="utf-8") as source:
		return json.load(source)


def get_site_config(site_path: str) -> _dict:
	"""`site_config.json` of the site; empty when there is none."""
	path = os.path.join(site_path, "site_config.json")
	return _dict(read_json(path)) if os.path.exists(path) else _dict()


def get_attr(method_string: str) -> Any:
	"""`nastavnik_app.api.ping` → the function."""
	module, _, name = method_string.rpartition(".")
	if not module:
		frappe.throw(frappe._("Invalid method: {0}").format(method_string))
	return getattr(importlib.import_module(module), name)


def get_app_path(app_name: str, *parts: str) -> str:
	"""A path inside the app's package."""
	root = os.path.dirname(os.path.abspath(importlib.import_module(scrub(app_name)).__file__))
	return os.path.join(root, *parts)


def get_site_path(*parts: str) -> str:
	"""A path inside the site's folder."""
	return os.path.join(frappe.local.site_path, *parts)


@cache
def list_file(path: str) -> list[str]:
	"""Lines of `modules.txt` or `patches.txt` without comments."""
	if not os.path.exists(path):
		return []
	with open(path, encoding="utf-8") as source:
		lines = [line.strip() for line in source]
	return [line for line in lines if line and not line.startswith("#")]


def get_module_list(app_name: str) -> list[str]:
	return list_file(get_app_path(app_name, "modules.txt"))


def module_app(module: str) -> str:
	"""The app that a module (`Core`, `Nastavnik App`) belongs to."""
	for app in get_installed_apps():
		if scrub(module) in map(scrub, get_module_list(app)):
			return app
	raise frappe.DoesNotExistError(frappe._("Module {0} not found").format(module))


def get_installed_apps() -> list[str]:
	"""Apps of this site in order of installation, told by their modules; `frappe` is the engine itself."""
	if not getattr(frappe.local, "db", None):
		return ["frappe"]
	if not frappe.local.flags.installed_apps:
		apps = [] if frappe.flags.bootstrapping else frappe.db.sql(_APPS, pluck=True)
		frappe.local.flags.installed_apps = apps or ["frappe"]
	return list(frappe.local.flags.installed_apps)


@cache
def _hooks_of(app: str) -> dict[str, Any]:
	return {
		key: value
		for key, value in vars(importlib.import_module(f"{app}.hooks")).items()
		if not key.startswith("_") and not isinstance(value, ModuleType) and not callable(value)
	}


def _append(target: dict, key: Any, value: Any) -> None:
	if isinstance(value, dict):
		into = target.setdefault(key, {})
		for inner, inner_value in value.items():
			_append(into, inner, inner_value)
	else:
		target.setdefault(key, []).extend(value if isinstance(value, list) else [value])


def get_hooks(hook: str | None = None, default: Any = None, app_name: str | None = None) -> Any:
	"""Hooks of all installed apps, each value in a list, dictionaries merged key by key."""
	apps = tuple([app_name] if app_name else get_installed_apps())
	store = frappe.local.cache
	hooks = store.hget("hooks", apps)
	if hooks is None:
		hooks = _dict()
		for app in apps:
			for key, value in _hooks_of(app).items():
				_append(hooks, key, value)
		store.hset("hooks", apps, hooks)
	if not hook:
		return hooks
	return hooks.get(hook, [] if default is None else default)
