"""The repository as its syntax trees show it: files, who imports whom, folders and what they say of themselves."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TOP = ("benchless", "benchmarks", "demo", "docs", "fuzz", "journeys", "nastavnik_app", "scripts")
MADE = {"__pycache__", "node_modules", "dist"}  # what a run or a bench leaves behind
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*endings: str) -> list[str]:
	"""Files of the repository by their ending, as paths from its root."""
	found = []
	for top in TOP:
		for folder, inside, names in os.walk(REPOSITORY / top):
			inside[:] = sorted(set(inside) - MADE)
			found += [Path(folder, name) for name in sorted(names) if name.endswith(endings)]
	return [path.relative_to(REPOSITORY).as_posix() for path in found]


@cache
def text_of(path: str) -> str:
	return (REPOSITORY / path).read_text(encoding="utf-8")


@cache
def tree_of(path: str) -> ast.Module:
	return ast.parse(text_of(path))


def functions(path: str) -> Iterator[Function]:
	return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


@cache
def modules() -> dict[str, str]:
	"""Dotted name → path of every Python file, apart from the engine's `frappe`, whose names are Frappe's."""
	found = {}
	for path in files(".py"):
		name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
		if not name.startswith("benchless.frappe"):
			found[name] = path
	return found


def _named(node: ast.AST) -> set[str]:
	"""What one statement imports: own modules by their whole name, packages of others as they are written."""
	if isinstance(node, ast.Import):
		return {one.name for one in node.names}
	if not isinstance(node, ast.ImportFrom):
		return set()
	assert not node.level, ast.unparse(node)  # nobody imports relatively
	return {f"{node.module}.{one.name}" for one in node.names} & modules().keys() or {node.module}


@cache
def imported(module: str) -> frozenset[str]:
	"""What a module imports, wherever in the file that stands."""
	named = [_named(node) for node in ast.walk(tree_of(modules()[module]))]
	return frozenset(set().union(*named) - {module})


def late_imports(module: str) -> frozenset[str]:
	"""Own modules that are imported only when a function runs."""
	inside = [_named(node) for one in functions(modules()[module]) for node in ast.walk(one)]
	return frozenset(set().union(*inside) & modules().keys() - {module})


def cycle() -> list[str]:
	"""One circle of modules that import each other, the first again at its end; empty where there is none."""
	done: set[str] = set()

	def walk(module: str, way: list[str]) -> list[str]:
		if module in way:
			return [*way[way.index(module) :], module]
		if module in done:
			return []
		for other in sorted(imported(module) & modules().keys()):
			if found := walk(other, [*way, module]):
				return found
		done.add(module)
		return []

	return next((found for module in modules() if (found := walk(module, []))), [])


def whitelists(module: str) -> bool:
	"""Whether the web may call something of the module."""
	return any(
		"frappe.whitelist" in ast.unparse(one)
		for node in functions(modules()[module])
		for one in node.decorator_list
	)


def folders() -> list[str]:
	"""Every folder that holds files, and those between it and the root."""
	inner = {parent.as_posix() for path in files("") for parent in Path(path).parents}
	return sorted(inner - {"."})


@cache
def said_of(folder: str) -> str:
	"""What a folder says of itself, in its README and in its package's docstring."""
	own = [text_of(f"{folder}/README.md")] if f"{folder}/README.md" in files(".md") else []
	if f"{folder}/__init__.py" in files(".py"):
		own.append(ast.get_docstring(tree_of(f"{folder}/__init__.py")) or "")
	return "\n".join(one for one in own if one)


def is_described(folder: str) -> bool:
	"""By itself, or by the one above, which names it as `folder/`; what lies in a folder of files goes with it."""
	if said_of(folder):
		return True
	above, _slash, name = folder.rpartition("/")
	if not above:
		return False
	return re.search(rf"`(\w+/)*{name}/", said_of(above)) is not None or (
		not said_of(above) and is_described(above)
	)
