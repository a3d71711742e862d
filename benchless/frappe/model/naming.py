"""Names of documents: given, asked for, taken from a field, built from a format, or random."""

import re
import secrets
import time
from typing import Any

import frappe
from frappe import _
from frappe.utils.data import cstr

_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
NAME_LENGTH = 140  # characters


def set_new_name(doc: Any) -> None:
	"""Sets `doc.name` by its DocType's rule."""
	autoname = doc.meta.autoname or ""
	rule, _colon, rest = autoname.partition(":")
	if rule.lower() not in ("", "hash", "prompt", "field", "format"):
		raise NotImplementedError(f"autoname {autoname!r} is outside the contract of benchless")
	if hasattr(doc, "run_method"):
		doc.run_method("before_naming")
	if rule.lower() != "prompt" and not frappe.flags.in_import:
		doc.name = None
	if doc.get("amended_from"):
		doc.name = _amended_name(doc)
	if doc.meta.issingle:
		doc.name = doc.doctype
	if not doc.name and hasattr(doc, "run_method"):
		doc.run_method("autoname")
	if not doc.name and rule == "field":
		doc.name = cstr(doc.get(rest)).strip()
		if not doc.name:
			frappe.throw(_("{0} is required").format(doc.meta.get_label(rest)))
	elif not doc.name and rule.lower() == "prompt":
		frappe.throw(_("Please set the document name"))
	elif not doc.name and rule == "format":
		doc.name = re.sub(r"\{(\w+)\}", lambda found: cstr(doc.get(found[1])), rest)
	doc.name = validate_name(doc.doctype, doc.name or random_name())


def _amended_name(doc: Any) -> str:
	"""`name-1` for the first amendment, `name-2` for an amendment of that."""
	base, _dash, number = doc.amended_from.rpartition("-")
	if number.isdigit() and frappe.db.get_value(doc.doctype, doc.amended_from, "amended_from"):
		return f"{base}-{int(number) + 1}"
	return f"{doc.amended_from}-1"


def random_name() -> str:
	"""Ten characters; the first three follow the clock."""
	stamp = int(time.time() * 10) % (32**3)
	prefix = "".join(_ALPHABET[(stamp >> shift) & 31] for shift in (10, 5, 0))
	return prefix + "".join(secrets.choice(_ALPHABET) for _place in range(7))


def validate_name(doctype: str, name: Any) -> str:
	"""A name that a document may have."""
	name = cstr(name).strip()
	if any(char in name for char in "<>"):
		frappe.throw(_("Name cannot contain special characters like {0}").format("< >"), frappe.NameError)
	if len(name) > NAME_LENGTH:
		frappe.throw(_("Name is too long: {0}").format(name), frappe.NameError)
	if name == doctype and not frappe.get_meta(doctype).issingle:
		frappe.throw(_("Name of {0} cannot be {1}").format(doctype, name), frappe.NameError)
	return name
