"""What print templates call. Every function here is a method of Jinja on the whole site.

Records are read with the rights of whoever prints. Without them stand only the letterhead, the person in office
and an order's number and date: they are on the face of the paper itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import frappe
from babel import dates
from frappe import utils
from frappe.model import document

from nastavnik_app.people import office
from nastavnik_app.rules import name_cases, names, post_cases

LOCALE = "ru"
LETTERHEAD = ("founder", "full_name", "city", "address", "inn", "ogrn", "phone", "email", "website")


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
	"""`name` and `post` of who signs for an organization on a day (today by default), and both in the four cases
	(`name_genitive`, `post_dative` …)."""
	approver = office.approver_of(organization, utils.getdate(day) if day else None)
	cases = {}
	for case in names.CASES:
		cases[f"name_{case}"] = name_cases.decline_name(approver.name, case, overrides=approver.name_cases)
		cases[f"post_{case}"] = approver.post_cases.get(case) or post_cases.decline_post(approver.post, case)
	return {"name": approver.name, "post": approver.post, **cases}


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


def name_in_case(
	name: str | None, case: str, record: document.Document | dict | None = None, field: str = "name"
) -> str:
	"""A person's name in a case (genitive, dative, accusative, instrumental); what the record has of its own, in
	`<field>_<case>`, wins."""
	record = record or {}
	own = {case: record.get(f"{field}_{case}")}
	return name_cases.decline_name(name or "", case, gender=record.get("gender") or None, overrides=own)


def post_in_case(
	post: str | None, case: str, record: document.Document | dict | None = None, field: str = "post"
) -> str:
	"""A post in a case; what the record has of its own, in `<field>_<case>`, wins."""
	return (record or {}).get(f"{field}_{case}") or post_cases.decline_post(post or "", case)
