"""What holding a meeting brings into the plan and the pair, and takes out again, in the meeting's own transaction.

Only what a meeting entered is taken back; what somebody has written over it since stays.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, formatdate, getdate

from nastavnik_app.pairs.meetings import ACQUAINTANCE, CANCELLED, FINAL, HELD, PLANNED, suggest_kind

Mark = dict[str, str]  # done_on, actual_result, evidence of an activity


def carry_out(meeting: Document, before: Document | None) -> None:
	"""Brings the difference between a meeting and what was stored of it into plan, pair and next meeting."""
	_mark_activities(meeting, before)
	_note_first_meeting(meeting, before)
	_note_decision(meeting, before)
	if meeting.status == HELD:
		_plan_next(meeting)


def _mark_activities(meeting: Document, before: Document | None) -> None:
	marks, earlier = _marks(meeting), _marks(before)
	changed = [row for row in {**earlier, **marks} if marks.get(row) != earlier.get(row)]
	plans = frappe.get_all(
		"Plan Activity",
		filters={"name": ["in", [*changed, ""]], "parenttype": "Individual Plan"},
		pluck="parent",
		distinct=True,
	)
	for name in sorted(plans):
		plan = frappe.get_doc("Individual Plan", name)
		rows = [row for row in plan.activities if row.name in changed]
		if any([_mark(row, meeting.name, marks.get(row.name), earlier.get(row.name)) for row in rows]):
			plan.save(ignore_permissions=True)  # the guard still asks whether the plan is open


def _marks(meeting: Document | None) -> dict[str, Mark]:
	"""Row of the plan → what a held meeting says of it."""
	if not meeting or meeting.status != HELD:
		return {}
	kind = frappe.db.get_value("Mentoring Kind", meeting.kind, "title")
	evidence = f"{kind}, {formatdate(meeting.meeting_date)}"
	day = str(getdate(meeting.meeting_date))
	return {
		row.activity_row: {"done_on": day, "actual_result": cstr(row.result), "evidence": evidence}
		for row in meeting.activities
		if row.done
	}


def _mark(row: Document, meeting: str, mark: Mark | None, earlier: Mark | None) -> bool:
	"""Whether anything of the activity was changed. Fields that somebody else filled in are left."""
	if earlier and row.meeting == meeting:
		for fieldname, value in earlier.items():
			if cstr(row.get(fieldname)) == value:
				row.set(fieldname, mark[fieldname] if mark else None)
		row.meeting = meeting if mark else None
		return True
	if not mark or row.done_on:
		return False
	for fieldname, value in mark.items():
		row.set(fieldname, row.get(fieldname) or value)
	row.meeting = meeting
	return True


def _note_first_meeting(meeting: Document, before: Document | None) -> None:
	day, earlier = _acquainted_on(meeting), _acquainted_on(before)
	if day == earlier:
		return
	pair = frappe.get_doc("Pair", meeting.pair)
	if pair.first_meeting_on and getdate(pair.first_meeting_on) != earlier:
		return
	held = {"pair": pair.name, "kind": ACQUAINTANCE, "status": HELD}
	days = frappe.get_all(
		"Pair Meeting", filters=held, order_by="meeting_date asc", pluck="meeting_date", limit=1
	)
	pair.first_meeting_on = days[0] if days else None
	pair.save(ignore_permissions=True)


def _acquainted_on(meeting: Document | None) -> date | None:
	is_one = meeting and meeting.status == HELD and meeting.kind == ACQUAINTANCE
	return getdate(meeting.meeting_date) if is_one else None


def _note_decision(meeting: Document, before: Document | None) -> None:
	decision, earlier = _decision(meeting), _decision(before)
	if decision == earlier:
		return
	pair = frappe.get_doc("Pair", meeting.pair)
	if decision and pair.decision and pair.decision not in (decision, earlier):
		frappe.throw(
			_("The decision about “{0}” is on record already: {1}. Correct it in the pair.").format(
				pair.title, _(pair.decision)
			)
		)
	if pair.decision in (None, "", earlier):
		pair.decision = decision
		pair.save(ignore_permissions=True)


def _decision(meeting: Document | None) -> str | None:
	is_final = meeting and meeting.status == HELD and meeting.kind == FINAL
	return meeting.decision or None if is_final else None


def _plan_next(meeting: Document) -> None:
	"""One planned meeting stands for the next day that was agreed, whatever becomes of that day."""
	following = frappe.db.get_value("Pair Meeting", {"follows": meeting.name}, "name")
	if following:
		_move_next(frappe.get_doc("Pair Meeting", following), meeting)
	elif meeting.next_meeting_on and not _is_planned(meeting.pair, meeting.next_meeting_on):
		kind = meeting.next_kind or suggest_kind(meeting.pair, meeting.next_meeting_on)
		frappe.get_doc(
			{
				"doctype": "Pair Meeting",
				"pair": meeting.pair,
				"kind": kind,
				"meeting_date": meeting.next_meeting_on,
				"start_time": meeting.start_time,
				"duration_minutes": meeting.duration_minutes,
				"place": meeting.place,
				"follows": meeting.name,
			}
		).insert(ignore_permissions=True)


def _is_planned(pair: str, day: date | str) -> bool:
	planned = {"pair": pair, "meeting_date": getdate(day), "status": PLANNED}
	return bool(frappe.db.exists("Pair Meeting", planned))


def _move_next(following: Document, meeting: Document) -> None:
	if following.status == HELD:
		return
	before = meeting.get_doc_before_save()
	fields = ("next_meeting_on", "next_kind")
	if before and all(cstr(before.get(field)) == cstr(meeting.get(field)) for field in fields):
		return  # what was done to the planned meeting itself holds
	following.status = PLANNED if meeting.next_meeting_on else CANCELLED
	following.meeting_date = meeting.next_meeting_on or following.meeting_date
	following.kind = meeting.next_kind or following.kind
	following.save(ignore_permissions=True)
