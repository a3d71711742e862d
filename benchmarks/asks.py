"""What a member of staff asks of the framework: lists with their counts, searches, figures, the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.desk import query_report

from nastavnik_app.desk import figures

LISTS = ("Mentee", "Mentor", "Consent", "Pair", "Roadmap Task")
SEARCHED = ("Mentee", "Consent")
REPORT = "Consent Coverage"
SOUGHT = {
	"part of a name": "омашк",  # in one record of 37
	"whole name": "Номерович-777",  # in one or a few
}
PAGE, COUNTED_UP_TO = 20, 1001  # as Desk
FIGURES = (
	figures.consent_coverage,
	figures.roadmap_done,
	figures.overdue_tasks,
	figures.awaiting_decision,
	figures.pairs_by_form,
	figures.roadmap_by_stage,
	figures.consents_by_month,
)

# what is asked, and the function that asks it
Ask = tuple[str, Callable[[], Any]]


def of_framework() -> Iterator[Ask]:
	"""By the session's user."""
	for doctype in LISTS:
		yield f"list {doctype}", lambda doctype=doctype: _listed(doctype)
	for doctype in SEARCHED:
		for sought, txt in SOUGHT.items():
			yield f"search {doctype}, {sought}", lambda doctype=doctype, txt=txt: _listed(doctype, txt)
	for figure in FIGURES:
		yield f"figure {figure.__name__}".replace("_", " "), figure
	yield f"report {REPORT}", lambda: query_report.run(REPORT, filters={})


def _listed(doctype: str, txt: str | None = None) -> None:
	asked = list_arguments(doctype, txt)
	frappe.get_list(doctype, limit_page_length=PAGE, **asked)
	frappe.get_list(doctype, filters=asked["filters"], limit_page_length=COUNTED_UP_TO, order_by="")


def list_arguments(doctype: str, txt: str | None = None) -> dict[str, Any]:
	"""The columns of a list in their order, and a search in its title, as Desk asks for them."""
	meta = frappe.get_meta(doctype)
	listed = [df.fieldname for df in meta.fields if df.in_list_view]
	state = "status" if meta.has_field("status") else "workflow_state"
	return {
		"fields": list(dict.fromkeys(["name", "modified", "docstatus", meta.title_field, state, *listed])),
		"filters": [[doctype, meta.title_field, "like", f"%{txt}%"]] if txt else [],
		"order_by": f"{meta.sort_field} {meta.sort_order.lower()}",
	}
