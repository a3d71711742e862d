"""Which names of the `frappe` module a file uses, read from its syntax tree."""

import ast
from pathlib import Path

DOCUMENT = "frappe.model.document.Document"


def files(*folders: Path) -> list[Path]:
	"""Python files below the folders, apart from tests and from what extracts messages (it runs in a bench only)."""
	found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
	return [path for path in found if not {"tests", "locale"} & set(path.parts)]


def used(path: Path) -> tuple[set[str], set[str]]:
	"""Dotted names such as `frappe.db.get_value`, each as long as the code writes it; every attribute's own name."""
	tree = ast.parse(path.read_text(encoding="utf-8"))
	aliases, attributes = {}, set()
	for node in ast.walk(tree):
		if isinstance(node, ast.Import):
			found = {
				one.asname or "frappe": one.name if one.asname else "frappe"
				for one in node.names
				if one.name.split(".")[0] == "frappe"
			}
			aliases.update(found)
		elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "frappe":
			aliases.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
	names = set(aliases.values()) - {"frappe"}
	for node in ast.walk(tree):
		if isinstance(node, ast.Attribute):
			attributes.add(node.attr)
			first, _dot, rest = ast.unparse(node).partition(".")
			if first in aliases:
				names.add(f"{aliases[first]}.{rest}")
	return {name for name in names if name.replace(".", "").replace("_", "").isalnum()}, attributes


def covered(name: str, listed: set[str]) -> bool:
	"""Whether the name, or the object it is an attribute of, is listed."""
	parts = name.split(".")
	return any(".".join(parts[:length]) in listed for length in range(len(parts), 1, -1))
