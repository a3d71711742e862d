"""What is a person's to do: sections for the message that each gets, over the rows that the person may list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, formatdate, get_url, strip_html

from nastavnik_app.desk.awaited import awaited_by_reader
from nastavnik_app.pairs.silence import silent_pairs
from nastavnik_app.people import assessments
from nastavnik_app.permissions import organizations_of
from nastavnik_app.program import measures
from nastavnik_app.rules.growth import due as assessment_due
from nastavnik_app.rules.states import CURATOR, OPEN_TASKS
from nastavnik_app.translation import translated

SOON = 14  # days ahead
CONSENTS_AHEAD = 30
# assignments that no other section says
OF_TODO = ("Consent", "Mentoring Publication", "Program Return")
# of one section in the message; the rest is only counted
MOST = 20


@dataclass(frozen=True)
class Item:
	"""One line: what it is about, its address, and a remark such as a day."""

	text: str
	url: str
	note: str = ""


@dataclass(frozen=True)
class Section:
	title: str
	items: list[Item]
	more: int = 0


def sections(user: str, today: date) -> list[Section]:
	"""Everything that is the session's user to do, without what is empty."""
	found = [(title, collect(user, today)) for title, collect in _collectors(_awaiting())]
	return [Section(title, items[:MOST], max(0, len(items) - MOST)) for title, items in found if items]


def _collectors(awaiting: list[Item]) -> list[tuple[str, Callable[[str, date], list[Item]]]]:
	return [
		(_("Overdue tasks of the roadmap"), _overdue_tasks),
		(_("Tasks of the roadmap due soon"), _coming_tasks),
		(_("Awaiting your decision"), lambda user, today: awaiting),
		(_("Orders to read"), _unread_orders),
		(_("Assigned to you"), partial(_assigned, told={one.url for one in awaiting})),
		(_("Activities of your plans"), _plan_activities),
		(_("Consents that end soon"), _ending_consents),
		(_("Pairs without a meeting for long"), _silent_pairs),
		(_("Assessments due"), _assessments),
	]


def _item(doctype: str, row: Any, note: str = "", text: str = "") -> Item:
	slug = doctype.lower().replace(" ", "-")
	return Item(text or row.title or row.name, get_url(f"/app/{slug}/{row.name}"), note)


def _listed(
	doctype: str, filters: list | dict, fields: list[str], order_by: str = "creation asc"
) -> list[Any]:
	"""Rows that the reader may list; none of a DocType that the reader may not see."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype, filters=filters, fields=["name", *fields], order_by=order_by, limit_page_length=0
	)


def _overdue_tasks(user: str, today: date) -> list[Item]:
	return _tasks(user, [["due_date", "<", today], ["due_date", "is", "set"]])


def _coming_tasks(user: str, today: date) -> list[Item]:
	return _tasks(user, [["due_date", ">=", today], ["due_date", "<=", add_days(today, SOON)]])


def _tasks(user: str, when: list[list]) -> list[Item]:
	"""Tasks of a responsible person; a curator answers for those of the programme that name no user."""
	programs = frappe.get_all("Program Curator", filters={"user": user}, pluck="parent")
	running = frappe.get_all(
		"Mentoring Program",
		filters={"name": ["in", [*programs, ""]], "workflow_state": "Running"},
		pluck="name",
	)
	rows = _listed(
		"Roadmap Task",
		[["status", "in", OPEN_TASKS], *when],
		[
			"title",
			"due_date",
			"program",
			"responsible_user",
			"threshold_op",
			"threshold_value",
			"actual_value",
			"measured_on",
		],
		"due_date asc, creation asc",
	)
	own = [
		row
		for row in rows
		if row.responsible_user == user or (not row.responsible_user and row.program in running)
	]
	return [_item("Roadmap Task", row, _of_task(row)) for row in own]


def _of_task(task: Any) -> str:
	day = formatdate(task.due_date)
	if task.measured_on and measures.reached(task):
		return _("{0}, the threshold is reached: mark it as done").format(day)
	return day


def _awaiting() -> list[Item]:
	return [
		_item(one.doctype, row, translated(one.note) if one.note else _(one.doctype), row[one.title])
		for one in awaited_by_reader()
		for row in one.rows()
	]


def _unread_orders(user: str, today: date) -> list[Item]:
	waiting = {"user": user, "docstatus": 1, "acknowledged_on": ["is", "not set"]}
	names = frappe.get_all("Mentoring Order Acknowledgement", filters=waiting, pluck="parent")
	orders = _listed(
		"Mentoring Order", {"name": ["in", [*names, ""]]}, ["heading", "order_number", "order_date"]
	)
	return [_item("Mentoring Order", row, _number(row), row.heading) for row in orders]


def _number(order: Any) -> str:
	return _("No. {0} of {1}").format(order.order_number or "", formatdate(order.order_date))


def _assigned(user: str, today: date, told: set[str]) -> list[Item]:
	"""Without what is told already."""
	rows = frappe.get_all(
		"ToDo",
		filters={"allocated_to": user, "status": "Open", "reference_type": ["in", OF_TODO]},
		fields=["reference_type", "reference_name", "description", "date"],
		order_by="date asc",
	)
	items = [
		_item(
			row.reference_type,
			frappe._dict(name=row.reference_name),
			formatdate(row.date) if row.date else "",
			strip_html(row.description or ""),
		)
		for row in rows
	]
	return [one for one in items if one.url not in told]


def _plan_activities(user: str, today: date) -> list[Item]:
	"""Of the plans of the mentor's own pairs."""
	mentors = frappe.get_all("Mentor", filters={"user": user}, pluck="name")
	pairs = frappe.get_all("Pair", filters={"mentor": ["in", [*mentors, ""]]}, pluck="name")
	approved = {"pair": ["in", [*pairs, ""]], "workflow_state": "Approved"}
	plans = {plan.name: plan for plan in _listed("Individual Plan", approved, ["title"])}
	rows = frappe.get_all(
		"Plan Activity",
		filters=[
			["parent", "in", [*plans, ""]],
			["done_on", "is", "not set"],
			["due_date", "is", "set"],
			["due_date", "<=", add_days(today, SOON)],
		],
		fields=["parent", "activity", "due_date"],
		order_by="due_date asc, idx asc",
	)
	return [
		_item(
			"Individual Plan",
			plans[row.parent],
			_("{0}, by {1}").format(plans[row.parent].title, formatdate(row.due_date)),
			row.activity,
		)
		for row in rows
	]


def _ending_consents(user: str, today: date) -> list[Item]:
	if CURATOR not in frappe.get_roles(user):
		return []
	rows = _listed(
		"Consent",
		[
			["workflow_state", "=", "Signed"],
			["valid_until", ">=", today],
			["valid_until", "<=", add_days(today, CONSENTS_AHEAD)],
		],
		["party_name", "kind", "valid_until"],
		"valid_until asc",
	)
	return [
		_item("Consent", row, f"{_(row.kind)}, {formatdate(row.valid_until)}", row.party_name) for row in rows
	]


def _silent_pairs(user: str, today: date) -> list[Item]:
	if CURATOR not in frappe.get_roles(user):
		return []
	return [
		_item(
			"Pair",
			frappe._dict(name=row["pair"], title=row["title"]),
			_("{0} days without a meeting").format(row["days"]),
		)
		for row in silent_pairs(organizations_of(user), today)
	]


def _assessments(user: str, today: date) -> list[Item]:
	"""For the curator: who is to be assessed, in the running programmes that are the curator's."""
	if CURATOR not in frappe.get_roles(user):
		return []
	told = {"Entry": _("Entry"), "Quarterly": _("This quarter"), "Exit": _("Exit")}
	due = {
		key[:2]: (one.full_name, told[kind])
		for key, one in assessments.working(today).items()
		if (kind := assessment_due(one.measurements, one.ends_on, today))
	}
	return [
		_item(part, frappe._dict(name=name), kind, full_name)
		for (part, name), (full_name, kind) in due.items()
	]
