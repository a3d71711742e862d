"""What print templates call about a programme, its papers and registers. Every function is a method of Jinja.

Records are read with the rights of whoever prints: what the reader may not see is left out.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import frappe
from babel import numbers
from frappe import utils
from frappe.model import document

from nastavnik_app.documents import awards, local_acts, nominations, reading, template_methods
from nastavnik_app.people import registers
from nastavnik_app.rules import fulfilment
from nastavnik_app.rules.states import OPEN_TASKS

LAST = 10**6
VOTES = ("за", "против", "воздержались")


def roadmap_sections(program: str) -> list[dict[str, Any]]:
	"""The tasks of a programme as its roadmap orders them: sections with `title` and `rows`.

	A row is a task with its further occurrences: `done`, `late`, `overdue`, `cancelled` count them, `total` is all.
	"""
	rows = [_roadmap_row(tasks) for tasks in _tasks_by_origin(program)]
	rows.sort(key=lambda row: row["place"])
	return [
		{"title": title, "rows": list(group)} for title, group in groupby(rows, lambda row: row["section"])
	]


def _tasks_by_origin(program: str) -> list[list[Any]]:
	tasks = frappe.get_list(
		"Roadmap Task",
		filters={"program": program},
		fields=[
			"name",
			"title",
			"status",
			"stage",
			"section",
			"start_date",
			"due_date",
			"term_text",
			"content",
			"recurs_from",
			"responsible",
			"responsible_user",
			"expected_result",
			"completed_on",
			"source_row",
		],
		order_by="due_date asc",
		limit_page_length=0,
	)
	by_origin: dict[str, list[Any]] = {}
	for task in sorted(tasks, key=lambda one: bool(one.recurs_from)):
		by_origin.setdefault(task.recurs_from or task.name, []).append(task)
	return list(by_origin.values())


def _roadmap_row(tasks: list[Any]) -> dict[str, Any]:
	first, today = tasks[0], utils.getdate()
	stage = (
		frappe.get_cached_value("Mentoring Stage", first.stage, ["title", "sequence"])
		if first.stage
		else None
	)
	stage_title, sequence = stage or ("", None)
	done = [task for task in tasks if task.status == "Done"]
	opened = [task for task in tasks if task.status in OPEN_TASKS]
	verdicts = [fulfilment.judge(task.due_date, task.completed_on, today) for task in done]
	return {
		**first,
		"section": first.section or stage_title,
		"place": (first.source_row or LAST, sequence or LAST, str(first.due_date or "9999"), first.title),
		"responsible": first.responsible
		or (first.responsible_user and utils.get_fullname(first.responsible_user)),
		"total": len(tasks),
		"done": len(done),
		"late": verdicts.count(fulfilment.LATE),
		"overdue": sum(
			1 for task in opened if fulfilment.judge(task.due_date, None, today) == fulfilment.OVERDUE
		),
		"cancelled": sum(1 for task in tasks if task.status == "Cancelled"),
	}


def roadmap_approval(program: document.Document) -> dict[str, Any]:
	"""`order_number` and `order_date` of the order that approved a roadmap, or else started the programme by it."""
	return template_methods.approving_order(frappe._dict(order=program.roadmap_order or program.order))


def adopting_protocol(act: document.Document) -> document.Document | None:
	"""The council that adopted a local act; None where none is named or the reader may not see it."""
	return reading.readable("Mentoring Event", act.discussed_at)


def act_program(act: document.Document) -> document.Document | dict:
	"""The programme that fills a local act; empty to who may not read it."""
	return reading.readable("Mentoring Program", act.program) or {}


def act_heading(heading: str, number: int) -> str:
	"""A section's heading without a number typed before it."""
	return local_acts.without_number(heading.strip(), str(number))


def act_paragraphs(text: str | None, number: int) -> list[dict[str, Any]]:
	"""The paragraphs of a section: `number` («1.2»), `text`, and `items`, the lines begun with a dash below it."""
	return local_acts.paragraphs(text, number)


def text_items(text: str | None) -> list[str]:
	"""The lines of a text, without dashes typed before them."""
	return local_acts.items(text)


def program_leaders(program: document.Document | dict) -> list[dict[str, Any]]:
	"""Leaders of a programme and then its curators: `name`, `post`, `duty`, and `curator` of the latter."""
	leaders = [
		{"name": row.person_name, "post": row.post or "", "duty": row.duty or "", "curator": False}
		for row in program.get("leaders") or []
	]
	curators = [
		{
			"name": row.person_name or utils.get_fullname(row.user),
			"post": "",
			"duty": row.duty or "",
			"curator": True,
		}
		for row in program.get("curators") or []
	]
	return leaders + curators


def program_targets(program: document.Document | dict) -> list[dict[str, Any]]:
	"""Indicators of a programme: `title`, `unit`, `base`, `target` as Russian documents write figures, years, `note`."""
	return [
		{
			"title": row.title,
			"unit": row.unit or "",
			"base": _figure(row.base_value) if row.base_value or row.base_year else "",
			"base_year": row.base_year,
			"target": _figure(row.target_value) if row.target_value or row.target_year else "",
			"target_year": row.target_year,
			"note": row.note,
		}
		for row in program.get("targets") or []
	]


def _figure(value: float | None) -> str:
	return numbers.format_decimal(value or 0, locale=template_methods.LOCALE)


def mentoring_forms(program: str, organization: str) -> list[dict[str, Any]]:
	"""Forms of mentoring in use: of the programme's pairs and of the organization's mentors; all where there are none
	yet. Of each `title` and `role_models` (title, description)."""
	return local_acts.forms_in_use(program, organization)


def event_people(event: document.Document) -> dict[str, Any]:
	"""Of an event: `kind` (where its title does not say it), `present` and `absent` rows, `present_count` (or None)."""
	kind = (event.kind and frappe.get_cached_value("Mentoring Kind", event.kind, "title")) or ""
	present = [row for row in event.participants if not row.absent]
	return {
		"kind": "" if kind.casefold() in (event.title or "").casefold() else kind,
		"present": present,
		"absent": [row for row in event.participants if row.absent],
		"present_count": event.present_count or len(present) or None,
	}


def votes_in_words(votes: str | None) -> str:
	"""«12, 1, 0» as «за — 12, против — 1, воздержались — 0»; anything else as it was typed."""
	figures = re.findall(r"\d+", votes or "")
	if re.fullmatch(r"[\d\s,;/–—-]+", votes or "") and len(figures) == len(VOTES):
		return ", ".join(f"{vote} — {figure}" for vote, figure in zip(VOTES, figures, strict=True))
	return (votes or "").strip().rstrip(".")


def award_paper(award: document.Document) -> dict[str, Any]:
	"""What the paper of an award says: see `awards.paper`."""
	return awards.paper(award)


def nomination_paper(award: document.Document) -> dict[str, Any]:
	"""Of who is nominated: `person` (the record, empty to who may not read it), `works` (see `nominations.Work`), and
	the meeting that has supported it, `supported_by`, with its protocol."""
	record = nominations.record_of(award)
	return {
		"person": reading.readable(award.party_type, award.party) or frappe._dict(),
		"works": record.works if record else (),
		"supported_by": _protocol(reading.readable("Mentoring Event", award.discussed_at)),
	}


def _protocol(event: document.Document | None) -> str:
	if not event:
		return ""
	kind = frappe.get_cached_value("Mentoring Kind", event.kind, "title")
	number = f" № {event.protocol_number}" if event.protocol_number else ""
	return f"{kind}, протокол от {template_methods.day_in_figures(event.held_on)}{number}"


def award_year(order: dict[str, Any]) -> int:
	"""The year on an award: of the order that granted it, or this one."""
	return utils.getdate(order.get("order_date")).year


def site_checklist(program: document.Document) -> dict[str, Any]:
	"""What must stand on the site: `rows` of the programme, or of the settings where it has none; how many of them are
	`published` (with an address and a date); `checked_on`."""
	rows = program.site_documents or [
		frappe._dict(title=title)
		for title in text_items(frappe.db.get_single_value("Mentoring Settings", "site_documents"))
	]
	published = sum(1 for row in rows if row.page_url and row.published_on)
	return {"rows": rows, "published": published, "checked_on": utils.getdate()}


def review_levels(review: document.Document) -> list[dict[str, Any]]:
	"""Levels of a review's card from the highest: `title`, and from and up to how many points, `first` and `last`."""
	card = frappe.get_cached_doc("Program Review Card", review.card)
	levels = sorted(card.levels, key=lambda row: row.from_points, reverse=True)
	last, found = sum(row.max_points or 0 for row in review.criteria), []
	for row in levels:
		found.append({"title": row.title, "first": row.from_points, "last": last})
		last = row.from_points - 1
	return found


def mentee_bank(program: str) -> list[dict[str, Any]]:
	"""Rows of the register of mentees: see `registers.mentee_bank`."""
	return registers.mentee_bank(program)


def mentor_bank(program: str) -> list[dict[str, Any]]:
	"""Rows of the register of mentors: see `registers.mentor_bank`."""
	return registers.mentor_bank(program)
