"""The actions about consents: drafts for many people at once, and the signed ones recorded."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from benchless.desk.pages import url
from nastavnik_app import api

Names = list[str]


def asked_kind(doctype: str, names: Names) -> list[dict[str, Any]]:
	meta = frappe.get_meta("Consent")
	label, kinds = meta.get_label("kind"), meta.get_field("kind").options.split("\n")
	choices = [(one, _(one)) for one in kinds]
	kind = {"name": "kind", "label": label, "context": "Consent", "kind": "select", "options": choices}
	return [{**kind, "required": True}]


def asked_whose(doctype: str, names: Names) -> list[dict[str, Any]]:
	parts = [(one, _(one)) for one in ("Mentee", "Mentor")]
	part = {
		"name": "party_type",
		"label": "Takes Part As",
		"kind": "select",
		"options": parts,
		"required": True,
	}
	return [part, {"name": "school_class", "label": "Class", "kind": "data"}, *asked_kind(doctype, names)]


def collect(doctype: str, names: Names, values: dict) -> str:
	field = "organization" if doctype == "Mentoring Program" else "name"
	organization, part = frappe.db.get_value(doctype, names[0], field), values["party_type"]
	drafts = api.prepare_consents(
		organization, values["kind"], part, school_class=values["school_class"] or None
	)
	return _to_print(drafts, url(doctype, names[0]))


def prepare(doctype: str, names: Names, values: dict) -> str:
	organizations = {frappe.db.get_value(doctype, name, "organization") for name in names}
	if len(organizations) > 1:
		frappe.throw(_("Choose people of one organization."))
	drafts = api.prepare_consents(organizations.pop(), values["kind"], doctype, names)
	return _to_print(drafts, url(doctype))


def _to_print(drafts: Names, otherwise: str) -> str:
	if not drafts:
		frappe.msgprint(_("All of them have given this consent already."))
		return otherwise
	frappe.msgprint(_("Consents to sign: {0}. Print them.").format(len(drafts)))
	return url("Consent", "action", "print-together") + "?" + "&".join(f"name={name}" for name in drafts)


def record(doctype: str, names: Names, values: dict) -> str:
	result = api.record_consents(names, values["signed_on"])
	recorded, refused = result["recorded"], result["refused"]
	lines = "".join(f"<li>{row['title']}: {row['reason']}</li>" for row in refused)
	told = _("Recorded: {0}. Not recorded: {1}.").format(len(recorded), len(refused))
	frappe.msgprint(told + (f"<ul>{lines}</ul>" if lines else ""))
	return url(doctype)
