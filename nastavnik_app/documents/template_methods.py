"""What print templates call. Every function here is a method of Jinja on the whole site.

Records are read with the rights of whoever prints. Without them stand only the letterhead, the person in office
and an order's number and date: they are on the face of the paper itself.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

import frappe
from babel import dates
from frappe import utils
from frappe.model import document

from nastavnik_app import consents, office
from nastavnik_app.rules import consents as consent_rules
from nastavnik_app.rules import names

LOCALE = "ru"
LETTERHEAD = ("founder", "full_name", "city", "address", "inn", "ogrn", "phone", "email", "website")
LAST = 10**6


def day_in_words(day: date | str | None) -> str:
	"""«1 сентября 2026 г.», or an empty text."""
	if not day:
		return ""
	# CLDR's narrow space is missing from many fonts of printed documents.
	return dates.format_date(utils.getdate(day), "long", locale=LOCALE).replace("\u202f", "\u00a0")


def day_in_figures(day: date | str | None) -> str:
	"""«01.09.2026», or an empty text."""
	return dates.format_date(utils.getdate(day), "dd.MM.y", locale=LOCALE) if day else ""


def moment_in_figures(moment: datetime | str | None) -> str:
	"""«01.09.2026 14:05» in the site's time, or an empty text."""
	return utils.get_datetime(moment).strftime("%d.%m.%Y %H:%M") if moment else ""


def name_deciphered(name: str | None) -> str:
	"""«Иванова Анна Петровна» as a signature is deciphered: «А. П. Иванова»."""
	return names.initials_first(name or "")


def mentoring_form_title(form: str | None) -> str:
	"""Title of a Mentoring Form, or an empty text."""
	return (form and frappe.get_cached_value("Mentoring Form", form, "title")) or ""


def organization_letterhead(organization: str) -> dict[str, str]:
	"""Names and contacts of an organization. What a branch has not of its own comes from its parent."""
	record = frappe.get_cached_doc("Educational Organization", organization)
	parent = {}
	if record.organization_type == "Branch" and record.parent_organization:
		parent = organization_letterhead(record.parent_organization)
	values = {field: record.get(field) or parent.get(field) or "" for field in LETTERHEAD}
	return {**values, "title": record.title, "full_name": values["full_name"] or record.title}


def person_in_office(organization: str, day: date | str | None = None) -> dict[str, str]:
	"""`name` and `post` of who signs for an organization on a day (today by default)."""
	approver = office.approver_of(organization, utils.getdate(day) if day else None)
	return {"name": approver.name, "post": approver.post}


def order_signatory(order: document.Document) -> dict[str, str]:
	"""`name` and `post` of who signed an order, or of who is in office to sign it; `recorded_by`: by whose login."""
	if not order.docstatus:
		return person_in_office(order.organization, order.order_date)
	return {
		"name": order.signatory_name or "",
		"post": order.signatory_post or "",
		"recorded_by": utils.get_fullname(order.signed_by),
	}


def approving_order(record: document.Document) -> dict[str, Any]:
	"""`order_number` and `order_date` of the order that approved a plan or started a programme; empty before that."""
	fields = ["order_number", "order_date"]
	return (record.order and frappe.db.get_value("Mentoring Order", record.order, fields, as_dict=True)) or {}


def plan_participants(plan: document.Document) -> dict[str, Any]:
	"""`mentor`, its `position`, `mentees` (name and class), `form` and `role_model`; empty to who may not read them."""
	pair = _readable("Pair", plan.pair)
	if not pair:
		return {"mentees": []}
	mentor = _readable("Mentor", pair.mentor)
	return {
		"mentor": pair.mentor_name,
		"position": mentor.position if mentor else None,
		"mentees": [{"name": row.mentee_name, "school_class": row.school_class} for row in pair.mentees],
		"form": mentoring_form_title(pair.form),
		"role_model": pair.role_model,
	}


def consent_signatory(consent: document.Document) -> str:
	"""Who signs a consent: Self, Representative or Both; for a blank form by the age today."""
	if consent.signatory:
		return consent.signatory
	day = consent.signed_on or utils.getdate()
	expected = consents.expected_signatory(
		frappe._dict(party_type=consent.party_type, party=consent.party, signed_on=day)
	)
	person = _readable(consent.party_type, consent.party)
	unknown = consent_rules.BOTH if person and person.get("representatives") else consent_rules.SELF
	return expected or unknown


def consent_person(consent: document.Document) -> dict[str, Any]:
	"""`birth_date`, `school_class`, `position`, `phone`, `email` of who consents, and the `representative`."""
	person = _readable(consent.party_type, consent.party)
	if not person:
		return {"representative": {}}
	fields = ("birth_date", "school_class", "position", "phone", "email")
	return {
		**{field: person.get(field) for field in fields},
		"representative": _representative(person, consent.representative_name),
	}


def _representative(person: document.Document, name: str | None) -> dict[str, Any]:
	"""The representative of that name; the first one where none is named yet."""
	for row in person.get("representatives") or []:
		if not name or row.full_name == name:
			return row.as_dict()
	return {}


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
	opened = [task for task in tasks if task.status in ("Planned", "In Progress")]
	return {
		**first,
		"section": first.section or stage_title,
		"place": (first.source_row or LAST, sequence or LAST, str(first.due_date or "9999"), first.title),
		"responsible": first.responsible
		or (first.responsible_user and utils.get_fullname(first.responsible_user)),
		"total": len(tasks),
		"done": len(done),
		"late": sum(
			1 for task in done if task.due_date and task.completed_on and task.completed_on > task.due_date
		),
		"overdue": sum(1 for task in opened if task.due_date and task.due_date < today),
		"cancelled": sum(1 for task in tasks if task.status == "Cancelled"),
	}


def _readable(doctype: str, name: str | None) -> document.Document | None:
	"""The record, or None where there is none or the reader may not see it."""
	if not name or not frappe.db.exists(doctype, name):
		return None
	record = frappe.get_doc(doctype, name)
	return record if record.has_permission("read") else None
