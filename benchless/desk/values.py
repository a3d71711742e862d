"""Values as people read them, and the colours of states."""

from __future__ import annotations

from typing import Any, NamedTuple

import frappe
from frappe import _
from frappe.model.workflow import get_workflow, get_workflow_name
from frappe.utils import cint, flt, format_datetime, formatdate

from benchless.desk.links import Titles, target_of
from benchless.desk.pages import url

NUMBERS = ("Int", "Float", "Percent", "Currency")
# the colour of a Workflow State's style
_COLOURS = {
	"Primary": "blue",
	"Info": "blue",
	"Success": "green",
	"Warning": "orange",
	"Danger": "red",
	"Inverse": "grey",
}


class Shown(NamedTuple):
	text: str
	href: str | None = None
	colour: str | None = None


def label_of(df: Any, doctype: str) -> str:
	return _(df.label or df.fieldname, context=doctype)


def shown(df: Any, row: Any, titles: Titles) -> Shown:
	"""A field of a record as text, with the address it leads to."""
	value = row.get(df.fieldname)
	if df.fieldtype == "Check":
		return Shown(_("Yes") if cint(value) else _("No"))
	if value in (None, ""):
		return Shown("")
	if df.fieldtype in ("Link", "Dynamic Link"):
		target = target_of(df, row)
		if (target, value) not in titles:
			return Shown(_("Not permitted"))  # its name says nothing to a person
		opens = target not in ("User", "Workflow State")
		return Shown(titles[target, value], url(target, value) if opens else None)
	if df.fieldtype == "Attach":
		return Shown(value.rpartition("/")[2], value)
	return Shown(as_text(df.fieldtype, value))


def as_text(fieldtype: str, value: Any) -> str:
	"""A plain value of a field type, in the reader's words."""
	if value in (None, ""):
		return ""
	if fieldtype == "Date":
		return formatdate(value)
	if fieldtype == "Datetime":
		return format_datetime(value)[:-3]  # without seconds
	if fieldtype in NUMBERS:
		number = f"{round(flt(value), 3):.10g}"
		number = number.replace(".", ",") if frappe.local.lang == "ru" else number
		return f"{number} %" if fieldtype == "Percent" else number
	return _(value) if fieldtype == "Select" else str(value)


def state_field_of(doctype: str) -> str | None:
	"""The field that holds the state: the Workflow's, or a `status`."""
	if name := get_workflow_name(doctype):
		return frappe.get_cached_doc("Workflow", name).workflow_state_field
	return "status" if frappe.get_meta(doctype).has_field("status") else None


def state_of(doctype: str, value: str | None) -> Shown:
	"""A state in its colour; the style is that of the Workflow State."""
	if not value:
		return Shown("")
	style = frappe.get_cached_value("Workflow State", value, "style") if get_workflow_name(doctype) else None
	return Shown(_(value), colour=_COLOURS.get(style or "", "plain"))


def states_of(doctype: str) -> list[str]:
	"""The states of a DocType, in the order of its Workflow."""
	return [row.state for row in get_workflow(doctype).states] if get_workflow_name(doctype) else []
