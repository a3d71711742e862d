"""What a field's definition demands of its value: mandatory, links, choices, length, unchanged after submission."""

from typing import Any

import frappe
from frappe import _
from frappe.database.values import VARCHAR_TYPES
from frappe.model import float_like_fields, table_fields
from frappe.utils.data import cint, cstr, flt, get_datetime, getdate, strip_html

_MAX_INT = 2**31 - 1
_DATA_LENGTH = 140  # characters


class FieldChecks:
	"""Mixed into BaseDocument."""

	def get_missing_mandatory_fields(self) -> list[tuple[str, str]]:
		"""[(fieldname, message), …]."""
		missing, where = [], _(self.doctype)
		if self.get("parentfield"):
			where = "{} {} #{}".format(frappe.bold(where), _("Row"), self.idx)
		for field in self.meta.fields:
			value = self.get(field.fieldname)
			if field.reqd and (value in (None, []) or not strip_html(cstr(value)).strip()):
				label = _(field.label or field.fieldname, context=self.doctype)
				text = _("Error: Value missing for {0}: {1}").format(where, label)
				missing.append((field.fieldname, text))
		return missing

	def get_invalid_links(self, is_submittable: bool = False) -> tuple[list[str], list[str]]:
		"""Links to nothing and links to cancelled documents; fetches what the good ones bring."""
		invalid, cancelled = [], []
		submittable = is_submittable or self.meta.is_submittable
		for field in self.meta.all_links:
			docname = self.get(field.fieldname)
			if not docname:
				continue
			doctype = field.options if field.fieldtype == "Link" else self.get(field.options)
			if not doctype:
				frappe.throw(_("{0} must be set first").format(self.meta.get_label(field.options)))
			values = self._linked_values(field, doctype, docname)
			text = f"{_(field.label or field.fieldname, context=self.doctype)}: {docname}"
			text = "{} #{}: {}".format(_("Row"), self.idx, text) if self.get("parentfield") else text
			if not values:
				invalid.append(text)
				continue
			setattr(self, field.fieldname, values["name"])
			for target in self._to_fetch(field):
				if self.is_new() or self.docstatus != 1 or target.allow_on_submit:
					setattr(self, target.fieldname, values.get(target.fetch_from.split(".")[-1]))
			if field.fieldname != "amended_from" and submittable and frappe.get_meta(doctype).is_submittable:
				if frappe.db.get_value(doctype, docname, "docstatus") == 2:
					cancelled.append(text)
		return invalid, cancelled

	def _to_fetch(self, field: Any) -> list[Any]:
		targets = self.meta.fetched.get(field.fieldname, ())
		return [one for one in targets if not (one.fetch_if_empty and self.get(one.fieldname))]

	def _linked_values(self, field: Any, doctype: str, docname: str) -> Any:
		"""The stored name of a linked document and what is fetched; bare names are remembered."""
		if targets := self._to_fetch(field):
			names = dict.fromkeys(["name", *(target.fetch_from.split(".")[-1] for target in targets)])
			return frappe.db.get_value(doctype, docname, list(names), as_dict=True)
		known, key = frappe.local.link_values, (doctype, docname)
		if key not in known:
			found = frappe.db.exists(doctype, docname)
			if not found:
				return None
			known[key] = {"name": found}
		return known[key]

	def validate_fields(self) -> None:
		"""Choices, addresses, signs and lengths."""
		autoname = self.meta.autoname or ""
		if autoname.startswith("field:") and self.name:
			self.set(autoname[6:], self.name)
		for field in self.meta.fields:
			value = self.get(field.fieldname)
			if value is None or value == "" or field.fieldtype in table_fields:
				continue
			if field.fieldtype == "Select":
				self._validate_select(field, value)
			elif field.fieldtype == "Data" and field.options in ("Email", "Phone"):
				_validate_address(field, value)
			elif field.non_negative and flt(value) < 0:
				text = _("Value cannot be negative for {0}: {1}")
				text = text.format(_(self.doctype), frappe.bold(_(field.label, context=self.doctype)))
				frappe.throw(text, frappe.NonNegativeError, title=_("Negative Value"))
			self._validate_length(field, value)

	def _validate_select(self, field: Any, value: Any) -> None:
		options = (field.options or "").split("\n")
		self.set(field.fieldname, value := cstr(value).strip())
		if frappe.flags.in_import or not any(options) or value in options:
			return
		prefix = _("Row #{0}:").format(self.idx) if self.get("parentfield") else ""
		choices = '", "'.join(_(each) for each in options)
		text = _('{0} {1} cannot be "{2}". It should be one of "{3}"')
		frappe.throw(text.format(prefix, _(field.label, context=self.doctype), value, choices))

	def _validate_length(self, field: Any, value: Any) -> None:
		limit = None
		if field.fieldtype in VARCHAR_TYPES:
			limit = field.length or _DATA_LENGTH
			fits = len(cstr(value)) <= limit
		elif field.fieldtype == "Int":
			limit = _MAX_INT
			fits = abs(cint(value)) <= limit
		if limit is None or fits or self.meta.issingle or frappe.flags.in_install:
			return
		where = f"{_(self.doctype)} {self.name}"
		if self.get("parentfield"):
			where = _("{0}, Row {1}").format(_(self.doctype), self.idx)
		text = _("{0}: '{1}' ({3}) will get truncated, as max characters allowed is {2}")
		text = text.format(where, frappe.bold(_(field.label, context=self.doctype)), limit, value)
		frappe.throw(text, frappe.CharacterLengthExceededError, title=_("Value too big"))

	def validate_fields_after_submit(self, stored: Any) -> None:
		"""Refuses a change, against the stored document, of a field without `allow_on_submit`."""
		for field in self.meta.fields:
			if field.allow_on_submit or not field.fieldname:
				continue
			new, old = self.get(field.fieldname), stored.get(field.fieldname)
			if field.fieldtype in table_fields:
				new, old = len(new or []), len(old or [])
			else:
				new, old = comparable(field, new), comparable(field, old)
			if new != old:
				row = _("Row #{0}:").format(self.idx) if self.get("parent") else ""
				text = _("{0} Not allowed to change {1} after submission from {2} to {3}")
				text = text.format(
					row, frappe.bold(_(field.label, context=self.doctype)), frappe.bold(old), frappe.bold(new)
				)
				frappe.throw(text, frappe.UpdateAfterSubmitError, title=_("Cannot Update After Submit"))


def _validate_address(field: Any, value: str) -> None:
	from frappe.utils import validate_email_address, validate_phone_number

	if field.options == "Phone":
		validate_phone_number(value, throw=True)
	elif value not in frappe.STANDARD_USERS:
		validate_email_address(value, throw=True)


def comparable(field: Any, value: Any) -> Any:
	"""A value in the one form that equal values share."""
	kind = field.fieldtype
	if kind in ("Check", "Int"):
		return cint(value)
	if kind in float_like_fields:
		return round(flt(value), 9)
	if value in (None, ""):
		return None
	if kind == "Date":
		return getdate(value)
	return get_datetime(value) if kind == "Datetime" else value
