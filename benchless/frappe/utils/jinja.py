"""Templates: sandboxed, loaded from the apps' packages, with the functions of the apps' own modules."""

import importlib
import inspect
from functools import lru_cache
from types import CodeType
from typing import Any

import frappe
from jinja2 import DebugUndefined, PackageLoader, PrefixLoader
from jinja2.sandbox import SandboxedEnvironment

_UTILS = ("cint", "flt", "cstr", "getdate", "get_datetime", "nowdate", "add_days", "date_diff", "formatdate")


class _Environment(SandboxedEnvironment):
	"""Of one request; what a text is compiled to is the same in all of them."""

	def compile(self, source: str, name: str | None = None, filename: str | None = None) -> CodeType:
		return _compiled(source, name, filename)


@lru_cache(maxsize=512)
def _compiled(source: str, name: str | None, filename: str | None) -> CodeType:
	return SandboxedEnvironment(undefined=DebugUndefined).compile(source, name, filename)


def get_jenv() -> SandboxedEnvironment:
	"""The environment of this request, for its present user and language."""
	apps = frappe.get_installed_apps()
	key = (frappe.session.user, frappe.local.lang, *apps)
	if frappe.local.jenv is None or frappe.local.jenv[0] != key:
		loader = PrefixLoader({app: PackageLoader(app, "") for app in apps if app != "frappe"})
		env = _Environment(loader=loader, undefined=DebugUndefined)
		utils = frappe._dict({name: getattr(frappe.utils, name) for name in _UTILS})
		env.globals.update(_=frappe._, frappe=frappe._dict(utils=utils, session=frappe._dict(user=key[0])))
		for name in frappe.get_hooks("jinja", {}).get("methods", []):
			module = importlib.import_module(name)
			env.globals.update(inspect.getmembers(module, inspect.isfunction))
		frappe.local.jenv = (key, env)
	return frappe.local.jenv[1]


def render_template(template: str, context: dict[str, Any] | None = None) -> str:
	"""Renders a text, or a file named `app/path.html`."""
	if template.endswith(".html") and "\n" not in template and "{" not in template:
		return get_jenv().get_template(template).render(context or {})
	if ".__" in template:
		frappe.throw(frappe._("Illegal template"))
	return get_jenv().from_string(template).render(context or {})
