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
PART_OF_NAME, WHOLE_NAME = "омашк", "Номерович-777"  # found in one record of 37; in one or a few
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

# what is asked, and the function that asks it: PermissionError where it is refused
Ask = tuple[str, Callable[[], Any]]


def of_framework() -> Iterator[Ask]:
	"""By the session's user."""
	yield "plain read by names", _read_by_names
	for doctype in LISTS:
		yield f"list {doctype}", lambda doctype=doctype: _listed(doctype)
	for doctype in SEARCHED:
		for txt in (PART_OF_NAME, WHOLE_NAME):
			yield f"search {doctype} {txt}", lambda doctype=doctype, txt=txt: _listed(doctype, txt)
	for figure in FIGURES:
		yield f"figure {figure.__name__}", figure
	for filters in ({}, {"only_missing": 1}):
		yield (
			f"report {REPORT} {filters or ''}",
			lambda filters=filters: query_report.run(REPORT, filters=filters),
		)


def _read_by_names() -> None:
	"""The yardstick: a page of rows by their keys."""
	names = frappe.get_all("Mentee", pluck="name", order_by="name asc", limit=PAGE)
	frappe.get_all("Mentee", filters={"name": ["in", names]}, fields=list_arguments("Mentee")["fields"])


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
