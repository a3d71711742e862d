"""What a nomination tells of a mentor out of the records: experience, pairs, results. No mentee is named in it, for the
paper leaves the school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.documents import reading
from nastavnik_app.documents import template_methods as methods

PAPER = "Nomination"
CHARACTERISTIC = "nastavnik_app/templates/print/nomination_characteristic.html"
AT_WORK_OR_ENDED = ["Assigned", "Completed", "Terminated"]
APPROVED_PLANS = ["Approved", "Completed", "Closed Incomplete"]


@dataclass(frozen=True)
class Work:
	"""A pair as a nomination lists it: `mentees` are counted, `fulfilment` is that of its plans in whole %, or None."""

	program: str
	form: str
	period: str
	mentees: int
	fulfilment: int | None


@dataclass(frozen=True)
class Record:
	"""A mentor's work as the reader may see it; `mentees` counts each once, `steps` and `done` those of the plans."""

	works: tuple[Work, ...]
	mentees: int
	meetings: int
	plans: int
	completed_plans: int
	steps: int
	done: int
	training_hours: float


def record_of(award: Document) -> Record | None:
	"""Of whom a nomination is for; None for who is no mentor."""
	if award.party_type != "Mentor" or not award.party:
		return None
	pairs = _listed(
		"Pair",
		{"mentor": award.party, "workflow_state": ["in", AT_WORK_OR_ENDED]},
		["name", "program", "form", "start_date", "end_date", "ended_on"],
		"start_date asc, creation asc",
	)
	names = [pair.name for pair in pairs] or [""]
	mentees = frappe.get_all(
		"Pair Mentee", filters={"parent": ["in", names], "parenttype": "Pair"}, fields=["parent", "mentee"]
	)
	plans = _listed(
		"Individual Plan",
		{"pair": ["in", names], "workflow_state": ["in", APPROVED_PLANS]},
		["name", "pair", "fulfilment", "workflow_state"],
	)
	steps = frappe.get_all(
		"Plan Activity", filters={"parent": ["in", [plan.name for plan in plans] or [""]]}, pluck="done_on"
	)
	return Record(
		works=tuple(_work(pair, mentees, plans) for pair in pairs),
		mentees=len({row.mentee for row in mentees}),
		meetings=len(_listed("Pair Meeting", {"pair": ["in", names], "status": "Held"}, ["name"])),
		plans=len(plans),
		completed_plans=sum(1 for plan in plans if plan.workflow_state == "Completed"),
		steps=len(steps),
		done=sum(1 for day in steps if day),
		training_hours=_training_hours(award.party),
	)


def _work(pair: Any, mentees: list, plans: list) -> Work:
	first, last = (methods.day_in_figures(day) for day in (pair.start_date, pair.ended_on or pair.end_date))
	shares = [plan.fulfilment or 0 for plan in plans if plan.pair == pair.name]
	return Work(
		program=frappe.get_cached_value("Mentoring Program", pair.program, "title"),
		form=methods.mentoring_form_title(pair.form),
		period=f"{first} – {last}" if last else f"с {first}",
		mentees=sum(1 for row in mentees if row.parent == pair.name),
		fulfilment=int(sum(shares) / len(shares)) if shares else None,
	)


def _training_hours(mentor: str) -> float:
	attended = frappe.get_all(
		"Mentoring Event Participant",
		filters={"party_type": "Mentor", "party": mentor, "absent": 0, "parenttype": "Mentoring Event"},
		pluck="parent",
	)
	held = {"name": ["in", [*attended, ""]], "status": "Held", "hours": [">", 0]}
	return sum(event.hours for event in _listed("Mentoring Event", held, ["name", "hours"]))


def _listed(doctype: str, filters: dict, fields: list[str], order_by: str = "creation asc") -> list:
	"""Rows that the reader may list; none of what the reader may not read at all."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(doctype, filters=filters, fields=fields, order_by=order_by, limit_page_length=0)


def fill(award: Document) -> None:
	"""Fills what is empty in a nomination from the records; what somebody wrote stays."""
	award.earlier_awards = award.earlier_awards or _earlier_awards(award)
	award.characteristic = award.characteristic or _characteristic(award)


def _earlier_awards(award: Document) -> str:
	if not award.party:
		return ""
	granted = {
		"party_type": award.party_type,
		"party": award.party,
		"workflow_state": "Granted",
		"name": ["!=", award.name or ""],
	}
	lines = []
	for row in _listed("Mentoring Award", granted, ["kind_title", "order"]):
		day = frappe.db.get_value("Mentoring Order", row.order, "order_date") if row.order else None
		lines.append(f"{row.kind_title} ({getdate(day).year})" if day else row.kind_title)
	return "\n".join(lines)


def _characteristic(award: Document) -> str:
	record, mentor = record_of(award), reading.readable("Mentor", award.party)
	if not record or not mentor:
		return ""
	joined_on = methods.day_in_words(mentor.joined_on) if mentor.joined_on else ""
	text = frappe.render_template(
		CHARACTERISTIC, {"record": record, "mentor": mentor, "joined_on": joined_on}
	)
	return "\n".join(line for line in text.splitlines() if line.strip())
