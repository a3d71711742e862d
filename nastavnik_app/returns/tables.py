"""One return as tables to read: indicators, people by target group, people in pairs by form, pieces."""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe
from babel import numbers
from frappe import _
from frappe.model.document import Document

from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.returns.counting import NO_GROUP
from nastavnik_app.returns.figures import NO_FORM
from nastavnik_app.rules.related_counts import ALL
from nastavnik_app.rules.returns import Place

WITHHELD = "…"


@dataclass
class Table:
	"""`rows`: a title and the cells, as many as `columns`."""

	title: str
	columns: list[str]
	rows: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Tables:
	indicators: list[dict]
	groups: Table
	forms: list[Table]
	pieces: list[tuple[str, str]]
	withholds: bool


def tables_of(doc: Document) -> Tables:
	"""What a return shows; a count that is withheld as «…»."""
	known = {
		(row.measure, row.form or ALL, row.target_group or ALL): None if row.withheld else row.value
		for row in doc.cells
	}
	titles = {row.code: row.title or row.code for row in doc.measures}
	people = [row.code for row in doc.measures if row.people]
	by_group = [code for code in people if any(group for measure, _form, group in known if measure == code)]
	in_forms = {measure for measure, form, _group in known if form}
	return Tables(
		[_indicator(row, known) for row in doc.indicators],
		_groups(by_group, known, titles),
		[_forms(code, known, titles) for code in people if code in in_forms],
		[(titles[code], shown(known.get((code, ALL, ALL)))) for code in titles if code not in by_group],
		None in known.values(),
	)


def shown(value: float | None) -> str:
	"""A number as the reader writes it."""
	return WITHHELD if value is None else figure(value)


def figure(value: float) -> str:
	return numbers.format_decimal(value, locale=frappe.local.lang.replace("-", "_"))


def _indicator(row: Document, known: dict[Place, int | None]) -> dict:
	part, whole = (
		(known.get((code, ALL, ALL), ALL) if code else ALL) for code in (row.numerator, row.denominator)
	)
	return {
		"title": row.title or row.code,
		"unit": (row.unit or "") if row.has_value else "",
		"value": figure(row.value) if row.has_value else WITHHELD if None in (part, whole) else "",
		"counted": "" if part == ALL else shown(part),
		"out_of": "" if whole == ALL else shown(whole),
		"by_hand": bool(row.by_hand),
	}


def _groups(codes: list[str], known: dict[Place, int | None], titles: dict[str, str]) -> Table:
	groups = sorted({group for measure, _form, group in known if group and measure in codes})
	table = Table(_("People by target group"), [_("Total"), *_titles("Mentoring Target Group", groups)])
	for code in codes:
		cells = [known.get((code, ALL, group), 0) for group in (ALL, *groups)]
		table.rows.append((titles[code], [shown(cell) for cell in cells]))
	return table


def _forms(code: str, known: dict[Place, int | None], titles: dict[str, str]) -> Table:
	places = [place for place in known if place[0] == code]
	forms = sorted({form for _measure, form, _group in places if form})
	groups = sorted({group for _measure, form, group in places if form and group})
	table = Table(titles[code], [_("Total"), *_titles("Mentoring Target Group", groups)])
	for form, title in zip((*forms, ALL), (*_titles("Mentoring Form", forms), _("All forms")), strict=True):
		cells = [known.get((code, form, group), 0) for group in (ALL, *groups)]
		table.rows.append((title, [shown(cell) for cell in cells]))
	return table


def _titles(doctype: str, codes: list[str]) -> list[str]:
	known = {**titles_of(doctype), NO_GROUP: _("No target group"), NO_FORM: _("No form")}
	return [known.get(code, code) for code in codes]


def html_of(doc: Document) -> str:
	"""The tables as a part of a page."""
	texts = {
		"indicators": _("Indicators"),
		"indicator": _("Indicator"),
		"value": _("Value"),
		"counted": _("Number Counted"),
		"out_of": _("Out Of"),
		"by_hand": _("entered by hand"),
		"what": _("What Was Counted"),
		"form": _("Form"),
		"pieces": _("Other counts"),
		"withheld": _(
			"“…”: the number is not published, because it is below {0} people or would tell such a number."
		).format(doc.bound),
	}
	return frappe.render_template(
		"nastavnik_app/templates/reports/return.html", {"tables": tables_of(doc), "texts": texts}
	)
