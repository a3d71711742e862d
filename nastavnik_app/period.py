"""Dates of a document that must follow each other."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate


def refuse_reversed(doc: Document, start: str, end: str) -> None:
	"""Refuses an end before its start, where both are given."""
	# the empty day of databases, 0000-00-00, is none
	first, last = (getdate(day) if day else None for day in (doc.get(start), doc.get(end)))
	if first and last and last < first:
		frappe.throw(
			_("{0}: “{1}” ({2}) is before “{3}” ({4}). Correct one of the dates.").format(
				doc.get_title() or _(doc.doctype),
				_(doc.meta.get_label(end), context=doc.doctype),
				formatdate(last),
				_(doc.meta.get_label(start), context=doc.doctype),
				formatdate(first),
			)
		)
