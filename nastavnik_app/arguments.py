"""What a caller sends, read and refused with a reason where it is not what an endpoint takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

MOST_NAMES = 20_000
# of MariaDB: an unknown column, no SQL, columns of a row, a day that is none
MISREAD = (1054, 1064, 1241, 1292, 1525)
NUMBERS, NUMBER = ("Int", "Float", "Percent", "Currency", "Check"), re.compile(r"\s*[-+]?[\d\s.,]{1,30}\s*")
OF_MANY = ("Table", "Table MultiSelect", "JSON")  # fields whose value is not one


def names_in(sent: Any) -> list[str]:
	"""Names of records: a list, or JSON of one."""
	names = sent_json(sent)
	if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
		_refuse()
	if len(names) > MOST_NAMES:
		frappe.throw(_("Choose {0} records at most.").format(MOST_NAMES))
	return names


def names_or_none(sent: Any) -> list[str] | None:
	"""The same of what need not be given."""
	return None if sent in (None, "") else names_in(sent)


def pairs_in(sent: Any) -> list[tuple[str, str]]:
	"""Records of several DocTypes: [[DocType, name]], or JSON of it."""
	pairs = sent_json(sent)
	if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
		_refuse()
	return [(doctype, name) for doctype, name in pairs]


def _is_pair(pair: Any) -> bool:
	return isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(one, str) for one in pair)


def mapping_in(sent: Any) -> frappe._dict:
	"""Values by their names: a dictionary, or JSON of one; nothing is an empty one."""
	values = sent_json(sent) if sent not in (None, "") else {}
	if not isinstance(values, dict):
		_refuse()
	return frappe._dict(values)


def day_in(sent: str) -> date:
	"""A day; the empty one of databases is none."""
	return getdate(sent or "x") or _refuse()


def filters_in(sent: Any) -> frappe._dict:
	"""Filters of a report: each value one of its kind, so that no list or dictionary comes into a query."""
	filters = mapping_in(sent_json(sent) or {} if sent else {})  # charts send an empty list for none
	if not all(value is None or isinstance(value, str | int | float | date) for value in filters.values()):
		_refuse()
	for name, value in filters.items():
		if value and name.endswith("date"):
			if not isinstance(value, str | date):
				_refuse()
			getdate(value)  # refuses what is none
	if any("\0" in value for value in filters.values() if isinstance(value, str)):
		_refuse()
	return filters


def require_doctype(doctype: str) -> None:
	"""Refuses the name of a DocType that there is none of, for which the framework would look for code."""
	if not frappe.db.exists("DocType", doctype):
		frappe.throw(_("{0} not found").format(doctype), frappe.DoesNotExistError)


def conditions_in(sent: Any) -> dict | list | None:
	"""Filters of a list, as the framework takes them or as JSON."""
	filters = sent_json(sent) if isinstance(sent, str) and sent else sent
	if not filters and not isinstance(filters, float):
		return None
	if not isinstance(filters, dict | list):
		_refuse()
	return filters


@contextmanager
def listing() -> Iterator[None]:
	"""Around a list by filters from outside: of those that it cannot make out, the framework breaks."""
	try:
		yield
	except (TypeError, ValueError, LookupError, AttributeError):
		frappe.throw(_("The filters cannot be read."))
	except Exception as error:
		if type(error).__module__.startswith("pymysql") and error.args[:1] and error.args[0] in MISREAD:
			frappe.throw(_("The filters cannot be read."))
		raise


def refuse_other_values(doc: Document) -> None:
	"""Refuses a list or a dictionary in the place of one value, in a record or in a row of it."""
	if doc.name and not isinstance(doc.name, str | int):  # a filter, which would find another record
		_refuse()
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			value = row.get(df.fieldname)
			if isinstance(value, list | dict) and df.fieldtype not in OF_MANY:
				frappe.throw(_("{0}: one value is entered here.").format(_(df.label, context=row.doctype)))
			if df.fieldtype in NUMBERS and isinstance(value, str) and value and not NUMBER.fullmatch(value):
				frappe.throw(_("{0}: a number is entered here.").format(_(df.label, context=row.doctype)))


def sent_json(sent: Any) -> Any:
	"""Whatever stands in JSON; what is none of it is given as it is."""
	try:
		return frappe.parse_json(sent)
	except (ValueError, RecursionError):
		_refuse()


def _refuse() -> None:
	frappe.throw(_("What is chosen cannot be read."))
