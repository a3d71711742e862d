"""What of the app the outside may call, found by looking: a new endpoint is here without being named."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import frappe

import nastavnik_app
from nastavnik_app.tests.engine import is_embedded

Endpoint = Callable[..., Any]


@cache
def endpoints() -> dict[str, Endpoint]:
	"""Dotted name → function."""
	return {
		f"{module.__name__}.{name}": function
		for module in _modules()
		for name, function in inspect.getmembers(module, inspect.isroutine)
		if function.__module__ == module.__name__ and _is_whitelisted(function)
	}


@cache
def document_methods() -> list[tuple[str, str]]:
	"""DocType and name of each method that a form may call."""
	doctypes = {frappe.scrub(name): name for name in frappe.get_all("DocType", pluck="name")}
	return [
		(doctypes[module.__name__.rpartition(".")[2]], name)
		for module in _modules()
		for _kind, cls in inspect.getmembers(module, inspect.isclass)
		if cls.__module__ == module.__name__
		for name, function in inspect.getmembers(cls, inspect.isroutine)
		if _is_whitelisted(function) and function.__module__ == module.__name__
	]


def for_guests() -> set[str]:
	"""Those that need no sign-in."""
	return {name for name, function in endpoints().items() if _takes_guests(function)}


def _modules() -> Iterator[ModuleType]:
	for found in pkgutil.walk_packages(nastavnik_app.__path__, f"{nastavnik_app.__name__}."):
		if ".tests" not in found.name and ".patches" not in found.name:
			yield importlib.import_module(found.name)


def _is_whitelisted(function: Any) -> bool:
	if is_embedded():
		from frappe.handler import _whitelisted

		return function in _whitelisted
	return function in frappe.whitelisted


def _takes_guests(function: Any) -> bool:
	if is_embedded():
		from frappe.handler import _whitelisted

		return _whitelisted[function][1]
	return function in frappe.guest_methods
