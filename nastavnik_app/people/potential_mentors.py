"""People noted at an event as potential mentors, taken into the bank as candidates."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

SCHOOL_CLASS = re.compile(r"\d{1,2}\s*[«\"-]?\s*[А-ЯЁ]?[»\"]?(?:\s*класс)?", re.IGNORECASE)
FROM_MENTEE = (
	"last_name",
	"first_name",
	"middle_name",
	"gender",
	"birth_date",
	"target_group",
	"school_class",
	"position",
	"phone",
	"email",
	"user",
)

Found = dict[str, list[str]]


def add_to_bank(event: Document) -> Found:
	"""Makes candidates of those noted in an event: names of records that were `added`, and of `known` ones.

	Somebody of the same name and position is in the bank already. A row keeps its link to a mentee, and gets one to
	the mentor otherwise.
	"""
	found: Found = {"added": [], "known": []}
	known = _known(event.organization)
	for row in event.participants:
		if not row.potential_mentor:
			continue
		if row.party_type == "Mentor" and row.party:
			found["known"].append(row.party)
			continue
		candidate = _candidate(event, row)
		key = _key(candidate)
		if key in known:
			found["known"].append(known[key])
		else:
			known[key] = frappe.get_doc(candidate).insert().name
			found["added"].append(known[key])
		if not row.party:
			row.update({"party_type": "Mentor", "party": known[key]})
	event.save()
	return found


def _known(organization: str) -> dict[tuple[str, str], str]:
	mentors = frappe.get_all(
		"Mentor",
		filters={"organization": organization},
		fields=["name", "last_name", "first_name", "middle_name", "position", "school_class"],
		order_by="creation desc",
	)
	return {_key(mentor): mentor.name for mentor in mentors}


def _key(person: dict[str, Any]) -> tuple[str, str]:
	"""Who is the same: name and place, however they are typed."""
	name = " ".join(person.get(part) or "" for part in ("last_name", "first_name", "middle_name"))
	return _plain(name), _plain(person.get("position") or person.get("school_class") or "")


def _plain(text: str) -> str:
	return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def _candidate(event: Document, row: Document) -> dict[str, Any]:
	common = {"doctype": "Mentor", "organization": event.organization}
	if row.party_type == "Mentee" and row.party:
		values = frappe.db.get_value("Mentee", row.party, FROM_MENTEE, as_dict=True)
		return {**common, **values}
	names = row.person_name.split(None, 2)
	if len(names) < 2:
		frappe.throw(
			_("Row {0}: enter the surname and the first name of “{1}”.").format(row.idx, row.person_name)
		)
	post = (row.post or "").strip()
	is_pupil = bool(SCHOOL_CLASS.fullmatch(post))
	partner = None if is_pupil else event.partner
	return {
		**common,
		**dict(zip(("last_name", "first_name", "middle_name"), names, strict=False)),
		"school_class" if is_pupil else "position": post,
		"target_group": event.target_group,
		"partner": partner,
		"from_outside": int(bool(partner)),
	}
