"""Functions that the outside may call, and how they are called."""

import functools
import inspect
import types
import typing
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

_whitelisted: dict[Callable[..., Any], tuple[tuple[str, ...], bool]] = {}


def whitelist(
	allow_guest: bool = False, methods: list[str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
	"""Lets a function be called by name from outside, by these HTTP methods."""

	def inner(fn: Callable[..., Any]) -> Callable[..., Any]:
		_whitelisted[fn] = (tuple(methods or ("GET", "POST", "PUT", "DELETE")), allow_guest)
		return fn

	return inner


def is_whitelisted(method: Callable[..., Any]) -> None:
	"""Raises PermissionError when the function may not be called from outside by this user and HTTP method."""
	function = getattr(method, "__func__", method)
	methods, allow_guest = _whitelisted.get(function, (None, False))
	if methods is None or (frappe.session.user == "Guest" and not allow_guest):
		text = _("Function {0} is not whitelisted.").format(frappe.bold(function.__name__))
		frappe.throw(text, frappe.PermissionError)
	if frappe.local.request and frappe.local.request.method not in methods:
		frappe.throw(_("Not permitted"), frappe.PermissionError)


def call(fn: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
	"""Calls a function with those of the keywords that it takes."""
	fn = frappe.get_attr(fn) if isinstance(fn, str) else fn
	return fn(*args, **_taken(fn, kwargs))


def _taken(fn: Callable[..., Any], kwargs: dict[str, Any]) -> dict[str, Any]:
	parameters = inspect.signature(fn).parameters
	if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values()):
		return kwargs
	return {key: value for key, value in kwargs.items() if key in parameters}


def override_whitelisted_method(original: str) -> str:
	"""The last app that overrides an endpoint wins (hook `override_whitelisted_methods`)."""
	return frappe.get_hooks("override_whitelisted_methods", {}).get(original, [original])[-1]


def execute_cmd(cmd: str) -> Any:
	"""Calls the endpoint named `cmd` with the request's arguments."""
	cmd = override_whitelisted_method(cmd)
	try:
		method = frappe.get_attr(cmd)
	except (ImportError, AttributeError) as error:
		text = _("Failed to get method for command {0} with {1}").format(cmd, error)
		raise frappe.DoesNotExistError(text) from error
	is_whitelisted(method)
	return call_checked(method, frappe.local.form_dict)


def call_checked(method: Callable[..., Any], kwargs: dict[str, Any]) -> Any:
	"""Calls an endpoint with arguments from outside, turned into what its annotations say."""
	kwargs = {key: value for key, value in kwargs.items() if key not in ("ignore_permissions", "cmd")}
	parameters = inspect.signature(method, eval_str=True).parameters
	values = _taken(method, kwargs)
	for name in values.keys() & parameters.keys():
		if values[name] is None and parameters[name].default is None:
			continue
		values[name] = _coerce(method, name, values[name], parameters[name].annotation)
	return method(**values)


def _coerce(method: Callable[..., Any], name: str, value: Any, annotation: Any) -> Any:
	union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
	kinds = [
		typing.get_origin(kind) or kind for kind in (typing.get_args(annotation) if union else [annotation])
	]
	if {Any, inspect.Parameter.empty} & set(kinds) or isinstance(value, tuple(kinds)):
		return value
	if bool in kinds and str(value).lower() in ("1", "0", "true", "false"):
		return str(value).lower() in ("1", "true")
	scalar = isinstance(value, str | int | float)
	for kind in {int, float, str} & set(kinds) if scalar else ():
		try:
			return kind(value)
		except (TypeError, ValueError):
			continue
	text = f"Argument '{name}' in '{method.__module__}.{method.__name__}' should be of type '{annotation}'"
	raise FrappeTypeError(f"{text} but got '{type(value).__name__}' instead.")


class FrappeTypeError(TypeError):
	http_status_code = 417


def validate_and_sanitize_search_inputs(fn: Callable[..., Any]) -> Callable[..., Any]:
	"""For search functions: `start` and `page_len` as numbers, an unknown DocType finds nothing."""

	@functools.wraps(fn)
	def wrapper(*args: Any, **kwargs: Any) -> Any:
		bound = inspect.signature(fn).bind(*args, **kwargs).arguments
		for key in ("start", "page_len"):
			if key in bound:
				bound[key] = frappe.utils.cint(bound[key])
		if bound.get("doctype") and not frappe.db.exists("DocType", bound["doctype"]):
			return []
		return fn(**bound)

	return wrapper
