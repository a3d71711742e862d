"""Meetings of a pair as they are written down: who is expected, what of the plan is open, when and what is refused."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, formatdate, getdate

from nastavnik_app.rules.meetings import next_kind
from nastavnik_app.rules.states import WORKED_PAIRS

PLANNED, HELD, CANCELLED = "Planned", "Held", "Cancelled"
# kinds that the app itself looks at; a school adds others, in whatever order
ACQUAINTANCE, JOINT_WORK = "meeting-acquaintance", "meeting-joint-work"
LESSON_VISIT, FINAL = "meeting-lesson-visit", "meeting-final"
LAST_DAYS = 31  # before the end of the pair, in which the final meeting is suggested


def suggest_kind(pair: str, day: date | str | None = None) -> str | None:
	"""Name of the kind that a pair has next, on a day (today by default)."""
	order = frappe.get_all(
		"Mentoring Kind",
		filters={"about": "Meeting", "disabled": 0},
		order_by="sequence asc, creation asc",
		pluck="name",
	)
	had = set(
		frappe.get_all("Pair Meeting", filters={"pair": pair, "status": ["!=", CANCELLED]}, pluck="kind")
	)
	end = frappe.db.get_value("Pair", pair, "end_date")
	ends_soon = bool(end) and date_diff(end, getdate(day)) <= LAST_DAYS
	return next_kind(order, had, repeated=JOINT_WORK, ends_soon=ends_soon)


def approved_plans(pair: str) -> list[str]:
	"""Names of the plans by which a pair works now."""
	return frappe.get_all(
		"Individual Plan",
		filters={"pair": pair, "workflow_state": "Approved"},
		order_by="start_date asc, creation asc",
		pluck="name",
	)


def open_activities(pair: str) -> dict[str, str]:
	"""Row of an approved plan → its activity, for those that are not done, in the order of the plan."""
	rows: dict[str, str] = {}
	for plan in approved_plans(pair):
		for row in frappe.get_doc("Individual Plan", plan).activities:
			if not row.done_on:
				rows[row.name] = row.activity
	return rows


def list_mentees(meeting: Document) -> None:
	"""Attendance is kept of the mentees of the pair, of nobody else."""
	mentees = frappe.get_all(
		"Pair Mentee",
		filters={"parent": meeting.pair, "parenttype": "Pair"},
		fields=["mentee", "mentee_name"],
		order_by="idx asc",
	)
	_list_rows(meeting, "attendance", "mentee", {row.mentee: row for row in mentees})


def list_activities(meeting: Document, before: Document | None) -> None:
	"""What may be ticked is what the plan still has open, and what a held meeting itself has done."""
	was_held = before and before.status == HELD
	done = {row.activity_row: row.activity for row in before.activities if row.done} if was_held else {}
	activities = {**done, **open_activities(meeting.pair)}
	rows = {row: {"activity_row": row, "activity": activity} for row, activity in activities.items()}
	_list_rows(meeting, "activities", "activity_row", rows)


def _list_rows(meeting: Document, table: str, key: str, wanted: dict[str, dict]) -> None:
	"""Leaves in a table the wanted rows alone, in their order, with what was written into them."""
	given = {row.get(key): row for row in meeting.get(table)}
	rows = [given.get(name) or meeting.append(table, values) for name, values in wanted.items()]
	for row in rows:
		row.idx = None
	meeting.set(table, rows)


def lacks_activities(meeting: Document) -> bool:
	"""Whether the plan has come to have open activities that a meeting does not list."""
	listed = {row.activity_row for row in meeting.activities}
	return meeting.status != CANCELLED and not listed >= set(open_activities(meeting.pair))


def refuse_impossible_day(meeting: Document) -> None:
	"""A meeting, and the next one, lie within the dates of the pair; what is held has taken place."""
	pair = frappe.db.get_value("Pair", meeting.pair, ["title", "start_date", "end_date"], as_dict=True)
	for fieldname in ("meeting_date", "next_meeting_on"):
		day = meeting.get(fieldname)
		if day and not _lies_within(getdate(day), pair):
			frappe.throw(
				_(
					"{0}: {1} lies outside the dates of the pair “{2}” ({3} – {4}). Choose another day."
				).format(
					_(meeting.meta.get_label(fieldname), context="Pair Meeting"),
					formatdate(day),
					pair.title,
					formatdate(pair.start_date),
					formatdate(pair.end_date) if pair.end_date else "…",
				)
			)
	if meeting.next_meeting_on and getdate(meeting.next_meeting_on) <= getdate(meeting.meeting_date):
		frappe.throw(
			_("The next meeting of “{0}” comes after this one ({1}). Choose a later day.").format(
				pair.title, formatdate(meeting.meeting_date)
			)
		)
	if meeting.status == HELD and getdate(meeting.meeting_date) > getdate():
		frappe.throw(
			_(
				"The meeting of “{0}” on {1} is still to come: it is recorded as held when it has been."
			).format(pair.title, formatdate(meeting.meeting_date))
		)


def _lies_within(day: date, pair: frappe._dict) -> bool:
	is_late = bool(pair.end_date) and day > getdate(pair.end_date)
	return getdate(pair.start_date) <= day and not is_late


def refuse_to_hold(meeting: Document) -> None:
	"""Only a pair at work meets; the final meeting may be entered when the pair is completed."""
	pair = frappe.db.get_value("Pair", meeting.pair, ["title", "workflow_state"], as_dict=True)
	at_work = WORKED_PAIRS if meeting.kind == FINAL else ("Assigned",)
	if pair.workflow_state not in at_work:
		frappe.throw(
			_("The pair “{0}” is in the state “{1}”: only an assigned pair holds meetings.").format(
				pair.title, _(pair.workflow_state)
			)
		)


def refuse_bare(meeting: Document) -> None:
	"""A held meeting had somebody in it, and says what its kind asks for."""
	pair = frappe.db.get_value("Pair", meeting.pair, ["title", "decision"], as_dict=True)
	if meeting.attendance and all(row.absent for row in meeting.attendance):
		frappe.throw(
			_("No mentee of “{0}” was at the meeting on {1}. Cancel it, or correct the attendance.").format(
				pair.title, formatdate(meeting.meeting_date)
			)
		)
	if meeting.kind == LESSON_VISIT and not meeting.lesson:
		label = _(meeting.meta.get_label("lesson"), context="Pair Meeting")
		frappe.throw(_("Fill in “{0}” of {1} first.").format(label, meeting.title))
	if meeting.kind == FINAL and not (meeting.decision or pair.decision):
		frappe.throw(
			_(
				"The final meeting of “{0}” decides whether the work ends or goes on. Enter the decision."
			).format(pair.title)
		)


def planned_of(pair: str) -> list[Document]:
	"""The meetings of a pair that are planned, the earliest first."""
	names = frappe.get_all(
		"Pair Meeting",
		filters={"pair": pair, "status": PLANNED},
		order_by="meeting_date asc, creation asc",
		pluck="name",
	)
	return [frappe.get_doc("Pair Meeting", name) for name in names]
