"""What stands in the sections of a local act: its own text laid out, and the forms of mentoring in use."""

from __future__ import annotations

import re
from typing import Any

import frappe

_DASH = re.compile(r"^[-–—•]\s*")


def paragraphs(text: str | None, section: int) -> list[dict[str, Any]]:
	"""Paragraphs of a section: `number` («2.1»), `text`, and `items`, the lines begun with a dash that follow it.

	A number typed before a paragraph gives way to the counted one. Items before any paragraph have no number.
	"""
	found: list[dict[str, Any]] = []
	for line in _lines(text):
		if _DASH.match(line):
			if not found:
				found.append({"number": "", "text": "", "items": []})
			found[-1]["items"].append(_DASH.sub("", line))
			continue
		number = f"{section}.{sum(1 for one in found if one['text']) + 1}"
		found.append({"number": number, "text": without_number(line, rf"{section}\.\d{{1,2}}"), "items": []})
	return found


def items(text: str | None) -> list[str]:
	"""The lines of a text, without dashes typed before them."""
	return [_DASH.sub("", line) for line in _lines(text)]


def without_number(line: str, number: str) -> str:
	"""The line without this number (a pattern) typed before it."""
	return re.sub(rf"^{number}\.?\s+", "", line)


def _lines(text: str | None) -> list[str]:
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def forms_in_use(program: str, organization: str) -> list[dict[str, Any]]:
	"""Forms that the programme names, otherwise those of its pairs and of the organization's mentors that the reader
	may see; all forms where there are none yet. Of each `title` and `role_models` (title, description)."""
	used = _forms_of("Mentoring Program", [program])
	if not used:
		used = set(_listed("Pair", "form", program=program))
		used |= _forms_of("Mentor", _listed("Mentor", "name", organization=organization))
	forms = frappe.get_all(
		"Mentoring Form",
		filters={"disabled": 0, **({"name": ["in", used]} if used else {})},
		fields=["name", "title"],
		order_by="creation asc, name asc",
	)
	models = frappe.get_all(
		"Mentoring Role Model",
		filters={"parent": ["in", [*(form.name for form in forms), ""]], "parenttype": "Mentoring Form"},
		fields=["parent", "title", "description"],
		order_by="idx asc",
	)
	return [
		{"title": form.title, "role_models": [model for model in models if model.parent == form.name]}
		for form in forms
	]


def _forms_of(doctype: str, names: list[str]) -> set[str]:
	listed = {"parenttype": doctype, "parent": ["in", [*names, ""]]}
	return set(frappe.get_all("Mentor Form", filters=listed, pluck="form"))


def _listed(doctype: str, field: str, **filters: str) -> list[str]:
	return frappe.get_list(doctype, filters=filters, pluck=field, limit_page_length=0)
