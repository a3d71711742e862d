"""What print templates call about returns. Every function here is a method of Jinja on the whole site."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import document
from frappe.utils import getdate

from nastavnik_app import on_behalf
from nastavnik_app.returns import figures, stored, tables, together
from nastavnik_app.rules import fulfilment


def return_tables(doc: document.Document) -> Any:
	"""The tables of one return: see returns.tables.Tables."""
	with on_behalf.speaking("ru"):
		return tables.tables_of(doc)


def municipal_tables(report: document.Document) -> dict[str, Any]:
	"""What an authority's report shows of its schools' returns and websites, with the reader's rights: `together`,
	`sent` and `missing` (titles), `lines` and `cohorts` (indicators and counts of cohorts), `apart`, `websites`,
	`advice` (of the returns)."""
	with on_behalf.speaking("ru"):
		return _municipal_tables(report)


def _municipal_tables(report: document.Document) -> dict[str, Any]:
	period = stored.period_of(report)
	found = together.Together(period)
	counts = [line for place, line in found.counts() if not place[1] and not place[2]]
	# thing:marks:cohort:cohort of the mentees:kind
	cohorts = [line for line in counts if any(line.code.split(":")[2:4]) and line.value != 0]
	return {
		"together": found,
		"figure": _figure,
		"sent": sorted(title for name, title in found.schools.items() if name in found.this.organizations),
		"missing": [found.expected[name] for name in found.this.missing],
		"lines": found.indicators(),
		"counts": [line for line in counts if line.code in figures.EVERYWHERE],
		"cohorts": [line for line in cohorts if not line.code.startswith("headcount")],
		"forms": _by_form(found),
		"apart": [one for one in found.apart() if one.standing.apart],
		"websites": _websites(report),
		"advice": _advice(report, found.schools),
		"remarks": found.remarks(),
	}


def _figure(value: float) -> str:
	with on_behalf.speaking("ru"):
		return tables.figure(value)


def _by_form(found: Any) -> list[dict[str, Any]]:
	return [
		{"title": line.title, "form": together.form_title(form), "line": line}
		for (_measure, form, group), line in found.counts()
		if form and not group
	]


def _websites(report: document.Document) -> list[dict[str, Any]]:
	"""By school: documents `present` of those `asked`, and which lack or are out of date; of the newest check by the
	day of the report."""
	checks = frappe.get_list(
		"Website Check",
		filters={"organization": report.organization, "checked_on": ["<=", getdate(report.reported_on)]},
		pluck="name",
		order_by="checked_on desc, creation desc",
		limit=1,
	)
	rows = frappe.get_all(
		"Website Check Mark",
		filters={"parent": ["in", [*checks, ""]], "parenttype": "Website Check"},
		fields=["school", "document", "mark", "note"],
		order_by="idx asc",
	)
	titles = dict(frappe.get_all("Educational Organization", fields=["name", "title"], as_list=True))
	found: dict[str, dict[str, Any]] = {}
	for row in rows:
		school = found.setdefault(
			row.school, {"school": titles.get(row.school), "present": 0, "asked": 0, "lacking": []}
		)
		school["asked"] += 1
		school["present"] += row.mark == "On the Site"
		if row.mark in ("Missing", "Out of Date"):
			school["lacking"].append(row.document if row.mark == "Missing" else f"{row.document} (устарел)")
	for school in found.values():
		school["share"] = fulfilment.percent(school["present"], school["asked"])
	return list(found.values())


def _advice(report: document.Document, titles: dict[str, str]) -> list[dict[str, Any]]:
	"""Recommendations to schools with their answers, as they stand in the returns."""
	returns = frappe.get_list(
		"Program Return",
		filters=stored.period_of(report).filters,
		fields=["name", "organization"],
		limit_page_length=0,
	)
	schools = {row.name: titles.get(row.organization, "") for row in returns}
	rows = frappe.get_all(
		"Program Return Recommendation",
		filters={"parent": ["in", [*schools, ""]], "parenttype": "Program Return"},
		fields=["parent", "recommendation", "due_date", "answer"],
		order_by="parent asc, idx asc",
	)
	return [{**row, "school": schools[row.parent]} for row in rows]
