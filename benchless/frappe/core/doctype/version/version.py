"""What a save changed."""

import json
from typing import Any

import frappe
from frappe.database.values import COLUMN_TYPES
from frappe.model import table_fields
from frappe.model.document import Document
from frappe.model.field_checks import comparable
from frappe.utils.data import cstr


class Version(Document):
	def update_version_info(self, old: Any, new: Any) -> bool:
		"""Keeps the difference; False when there is none."""
		difference = get_diff(old, new)
		if not any(difference.values()):
			return False
		self.ref_doctype, self.docname = new.doctype, new.name
		self.data = json.dumps(difference, default=str, indent=1, ensure_ascii=False)
		return True


def get_diff(old: Any, new: Any) -> dict[str, list]:
	"""{"changed": [[field, old, new]], "added": […], "removed": […], "row_changed": […]}."""
	out: dict[str, list] = {"changed": [], "added": [], "removed": [], "row_changed": []}
	for field in new.meta.fields:
		before, after = old.get(field.fieldname), new.get(field.fieldname)
		if field.fieldtype in table_fields:
			_diff_rows(field.fieldname, before, after, out)
		elif field.fieldtype in COLUMN_TYPES and comparable(field, before) != comparable(field, after):
			out["changed"].append([field.fieldname, _shown(field, before), _shown(field, after)])
	if old.docstatus != new.docstatus:
		out["changed"].append(["docstatus", int(old.docstatus), int(new.docstatus)])
	return out


def _shown(field: Any, value: Any) -> Any:
	if not value or field.fieldtype not in ("Date", "Datetime"):
		return value
	return (frappe.utils.format_date if field.fieldtype == "Date" else frappe.utils.format_datetime)(value)


def _diff_rows(fieldname: str, old_rows: list[Any], new_rows: list[Any], out: dict[str, list]) -> None:
	before, after = ({row.name: row for row in rows or ()} for rows in (old_rows, new_rows))
	out["added"] += [[fieldname, row.as_dict()] for name, row in after.items() if name not in before]
	out["removed"] += [[fieldname, row.as_dict()] for name, row in before.items() if name not in after]
	for name in after.keys() & before.keys():
		if changed := get_diff(before[name], after[name])["changed"]:
			out["row_changed"].append((fieldname, after[name].idx, cstr(name), changed))
