"""A programme of several years: a plan for each, approved by an order of its own, and changes with their reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, flt, formatdate, getdate

from nastavnik_app.rules import indicators
from nastavnik_app.rules.school_year import FIRST_MONTH
from nastavnik_app.translation import translated

RUNNING = "Running"
TARGET, PERIOD, AIMS, MEASURES, LEADERS = "Target", "Period", "Aims", "Activities", "Leaders"
AIMS_FIELDS = ("aims", "tasks", "expected_results")
LEADER_FIELDS = ("person_name", "post", "duty")
# what says of a target what is to be reached, and when
TARGET_FIELDS = (
	"title",
	"indicator",
	"op",
	"tolerance",
	"unit",
	"base_year",
	"base_value",
	"target_year",
	"target_value",
)
YEAR_FIELDS = ("title", "start", "end", "plan")
CHANGE_FIELDS = ("subject", "changed_on", "what", "before", "after", "reason", "changed_by")


# years


def divide(program: Document) -> int:
	"""Adds a row for each year of the programme that has none; how many. School years, or calendar years where the
	period runs from January to December."""
	start, end = getdate(program.period_start), getdate(program.period_end)
	by_calendar = start.month == 1 and end.month == 12
	found = indicators.years_of(start, end, first_month=1 if by_calendar else FIRST_MONTH)
	if len(found) < 2:
		frappe.throw(_("“{0}” runs within one year: there is nothing to divide.").format(program.title))
	missing = [year for year in found if not any(_overlaps(row, year) for row in program.years)]
	for year in missing:
		program.append(
			"years", {"title": _title(year.start, by_calendar), "start": year.start, "end": year.end}
		)
	program.years.sort(key=lambda row: getdate(row.start))
	for place, row in enumerate(program.years, 1):
		row.idx = place
	return len(missing)


def _overlaps(row: Document, year: indicators.ProgramYear) -> bool:
	return getdate(row.start) <= year.end and year.start <= getdate(row.end)


def _title(start: date, by_calendar: bool) -> str:
	if by_calendar:
		return _("Year {0}").format(start.year)
	first = start.year - (start.month < FIRST_MONTH)
	return _("School year {0}/{1}").format(first, first + 1)


def year_on(program: Document, day: date | str | None) -> Document | None:
	"""The year of a programme that a day is in."""
	if not day:
		return None
	return next(
		(row for row in program.years if getdate(row.start) <= getdate(day) <= getdate(row.end)), None
	)


def day_of_task(task: Any) -> Any:
	"""The day by which a task belongs to a year: when it is due, or else begins."""
	return task.due_date or task.start_date


def check_years(program: Document) -> None:
	"""Refuses years that overlap or reach out of the programme; notes when the order of each was signed."""
	first, last = getdate(program.period_start), getdate(program.period_end)
	previous = None
	for row in program.years:
		start, end = getdate(row.start), getdate(row.end)
		if end < start or start < first or end > last:
			frappe.throw(
				_("Row {0}: the days of the year are outside of the program. Correct them.").format(row.idx)
			)
		if previous and start <= previous:
			frappe.throw(_("Row {0}: the year begins before the year above it has ended.").format(row.idx))
		previous = end
		row.approved_on = _signed_on(row)


def _signed_on(row: Document) -> date | None:
	if not row.order:
		return None
	docstatus, day = frappe.db.get_value("Mentoring Order", row.order, ["docstatus", "order_date"])
	if docstatus != 1:
		frappe.throw(_("Row {0}: the order that approves the year is not signed yet.").format(row.idx))
	return day


# changes


@dataclass(frozen=True)
class Change:
	"""What is different from what is stored: `subject` as in Program Change, and in words."""

	subject: str
	what: str
	before: str
	after: str


def require_reasons(program: Document) -> None:
	"""Of a running programme: what changes needs a new row of `changes` with its reason, which then stays."""
	before = program.get_doc_before_save()
	if not before:
		return
	_refuse_rewriting(program, before)
	new = [row for row in program.changes if row.name not in {old.name for old in before.changes}]
	for row in new:
		row.changed_by = frappe.session.user
	if before.workflow_state != RUNNING:
		return
	_refuse_reported_targets(program, before)
	by_subject: dict[str, list[Change]] = {}
	for change in changes(before, program):
		by_subject.setdefault(change.subject, []).append(change)
	for subject, found in by_subject.items():
		row = next((row for row in new if row.subject == subject), None)
		if not row:
			frappe.throw(
				_(
					"The program is running, and this changes: {0}. Add a row “{1}” with the reason to “{2}”."
				).format(
					"; ".join(change.what for change in found),
					_(subject),
					_(program.meta.get_label("changes"), context=program.doctype),
				)
			)
		for field in ("what", "before", "after"):
			row.set(field, row.get(field) or "\n".join(getattr(change, field) for change in found))


def _refuse_rewriting(program: Document, before: Document) -> None:
	kept = {row.name: row for row in program.changes}
	for row in before.changes:
		now = kept.get(row.name)
		if not now or any(cstr(now.get(field)) != cstr(row.get(field)) for field in CHANGE_FIELDS):
			frappe.throw(_("What has been recorded as a change stays. Add another row."))


def _refuse_reported_targets(program: Document, before: Document) -> None:
	for old, _now in _changed_rows(before.targets, program.targets, TARGET_FIELDS):
		if old.indicator and old.target_year:
			frozen = {"program": program.name, "indicator": old.indicator, "frozen": 1}
			reported = set(frappe.get_all("Mentoring Indicator Value", filters=frozen, pluck="year"))
			# the reason is asked for by the row of the change
			refusal = indicators.refusal_to_change(old.target_year, "given", reported)
			if refusal:
				frappe.throw(translated(refusal))


def changes(before: Document, after: Document) -> Iterator[Change]:
	"""What differs in what a programme promises. What is only added to targets or years promises more, and needs no
	reason."""
	if _period(before) != _period(after):
		yield Change(PERIOD, _("Period"), _period(before), _period(after))
	for field in AIMS_FIELDS:
		if cstr(before.get(field)) != cstr(after.get(field)):
			label = _(after.meta.get_label(field), context=after.doctype)
			yield Change(AIMS, label, cstr(before.get(field)), cstr(after.get(field)))
	if _leaders(before) != _leaders(after):
		yield Change(LEADERS, _("Leaders"), _leaders(before), _leaders(after))
	for old, now in _changed_rows(before.targets, after.targets, TARGET_FIELDS):
		yield Change(TARGET, old.title, _target(old), _target(now) if now else _("taken out"))
	approved = [row for row in before.years if row.order]
	for old, now in _changed_rows(approved, after.years, YEAR_FIELDS):
		yield Change(MEASURES, cstr(old.title), _plan(old), _plan(now) if now else _("taken out"))


def _changed_rows(
	before: list[Document], after: list[Document], fields: tuple[str, ...]
) -> list[tuple[Document, Document | None]]:
	now = {row.name: row for row in after}
	return [
		(row, now.get(row.name))
		for row in before
		if row.name not in now or any(_plain(row, field) != _plain(now[row.name], field) for field in fields)
	]


def _plain(row: Document, field: str) -> str | float:
	is_number = row.meta.get_field(field).fieldtype in ("Int", "Float")
	return flt(row.get(field), 6) if is_number else cstr(row.get(field))


def _period(program: Document) -> str:
	return f"{formatdate(program.period_start)} – {formatdate(program.period_end)}"


def _leaders(program: Document) -> str:
	rows = (", ".join(row.get(field) for field in LEADER_FIELDS if row.get(field)) for row in program.leaders)
	return "\n".join(rows)


def _target(row: Document) -> str:
	return f"{row.op or ''} {flt(row.target_value):g} {row.unit or ''} ({row.target_year or '–'})".strip()


def _plan(row: Document) -> str:
	days = f"{formatdate(row.start)} – {formatdate(row.end)}"
	return f"{days}\n{row.plan}" if row.plan else days
