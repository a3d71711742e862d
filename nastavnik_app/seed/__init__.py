"""Editable dictionaries: inserted once where they are missing, never overwritten, so that a school's edits stay.
Nothing that the app owns outright (`fixtures/`), and no name of a person or a school."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import frappe

FOLDER = Path(__file__).parent


def insert_missing(*files: str, only: Collection[str] = (), but: Collection[str] = ()) -> None:
	"""Inserts the seeded records that the site does not have yet, at installation all of them.

	A patch names the files that came with its version, of an older file `only` the records that did (or, of many,
	all `but` those that did not), so that what a school has deleted stays away.
	"""
	for path in sorted(FOLDER.glob("*.json")):
		if files and path.stem not in files:
			continue
		for record in json.loads(path.read_text(encoding="utf-8")):
			name = record.pop("name")
			is_new = name in only if only else name not in but
			if is_new and not frappe.db.exists(record["doctype"], name):
				if _is_taken(record["doctype"], record.get("title")):
					record["title"] += f" ({name})"
				frappe.get_doc(record).insert(
					ignore_permissions=True, ignore_if_duplicate=True, set_name=name
				)


def _is_taken(doctype: str, title: str | None) -> bool:
	"""Whether a school's own record is called so already."""
	field = frappe.get_meta(doctype).get_field("title")
	return bool(field and field.unique and frappe.db.exists(doctype, {"title": title}))
