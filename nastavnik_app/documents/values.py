"""What the placeholders of a wording stand for, record by record."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import get_fullname

from nastavnik_app.documents import template_methods as methods
from nastavnik_app.people.office import given_cases
from nastavnik_app.rules.name_cases import decline_name
from nastavnik_app.rules.names import CASES

COUNCIL = "event-council"


def of_program(program: Document, curators: list[Document] | None = None) -> dict[str, object]:
	"""Values of PROGRAM_PLACEHOLDERS; `curators` are rows with person_name and user, those of the programme by
	default."""
	organization = methods.organization_letterhead(program.organization)
	director = methods.person_in_office(program.organization)
	first, last = (methods.day_in_words(day) for day in (program.period_start, program.period_end))
	return {
		"organization": " ".join(organization["full_name"].split()),
		"organization_short": organization["title"],
		"place": organization["city"],
		"program": program.title,
		"period": f"{first} – {last}",
		"legal_basis": "; ".join((program.legal_basis or "").split("\n")),
		"date": "",
		**_people_in_cases("curator", program.curators if curators is None else curators),
		"director": director["name"],
		**{f"director_{case}": director[f"name_{case}"] for case in CASES},
	}


def of_order(order: Document) -> dict[str, object]:
	"""Values of ORDER_PLACEHOLDERS."""
	program = frappe.get_doc("Mentoring Program", order.program)
	return {
		**of_program(program, curators_of(order, program)),
		"date": methods.day_in_words(order.order_date),
		"pair_count": len(order.pairs),
		"plan_count": len(order.plans),
		"award_count": len(order.awards),
		"amended_order": _amended_order(order),
		"council_protocol": _council_protocol(order),
		"reason": order.reason,
		"ended_on": methods.day_in_words(order.ended_on),
	}


def curators_of(order: Document, program: Document) -> list[Document]:
	"""The curator whom the order appoints, otherwise those of the programme."""
	if order.curator:
		return [frappe._dict(user=order.curator, person_name=order.curator_name)]
	return program.curators


def name_of(curator: Document) -> str:
	return curator.person_name or get_fullname(curator.user)


def _people_in_cases(name: str, people: list[Document]) -> dict[str, str]:
	values = {name: ", ".join(name_of(person) for person in people)}
	for case in CASES:
		forms = [
			decline_name(name_of(person), case, overrides=given_cases(person, "person_name"))
			for person in people
		]
		values[f"{name}_{case}"] = ", ".join(forms)
	return values


def _amended_order(order: Document) -> str:
	"""«от 15 сентября 2026 г. № 17-од «О закреплении …»», or an empty text."""
	if not order.amends_order:
		return ""
	amended = frappe.db.get_value(
		"Mentoring Order", order.amends_order, ["order_number", "order_date", "heading"], as_dict=True
	)
	day = methods.day_in_words(amended.order_date)
	return f"от {day} №\u00a0{amended.order_number or ''} «{amended.heading}»"


def _council_protocol(order: Document) -> str:
	"""«от 28 августа 2026 г. № 1» of the latest council of the programme that has a protocol, or an empty text."""
	councils = frappe.get_all(
		"Mentoring Event",
		filters={"program": order.program, "kind": COUNCIL, "protocol_number": ["is", "set"]},
		fields=["held_on", "protocol_number"],
		order_by="held_on desc",
		limit_page_length=1,
	)
	if not councils:
		return ""
	return f"от {methods.day_in_words(councils[0].held_on)} №\u00a0{councils[0].protocol_number}"
