"""Which reports Frappe's own Auto Email Report may send: it writes to any address, whoever reads there."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

MODULE = "Nastavnik App"
# figures of groups and of organizations: what is not here is refused
AGGREGATES = frozenset(
	(
		"Consolidated Return",
		"Content Plan",
		"Event Coverage",
		"Indicators Against Targets",
		"Indicators Over the Years",
		"Municipal Roadmap",
		"Requests and Resources",
		"Returns Received",
		"Satisfaction",
		"School Comparison",
		"Website Marks",
	)
)


def refuse_persons(doc: Document, event: str) -> None:
	"""Refuses a regular mail of any report over the app's records but the aggregates; one that a site makes for
	itself may show every column."""
	report = frappe.db.get_value("Report", doc.report, ["module", "ref_doctype"], as_dict=True) or {}
	about = frappe.db.get_value("DocType", report.get("ref_doctype"), "module")
	if MODULE in (report.get("module"), about) and doc.report not in AGGREGATES:
		frappe.throw(
			_(
				"“{0}” names persons or may show their records: it is not mailed this way. Those whose work it is get reports by the mentoring settings."
			).format(_(doc.report))
		)
