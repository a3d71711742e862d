"""Two schools of two authorities, each with somebody of every role, a record of every DocType and a file on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.tests.utils import FrappeTestCase

from nastavnik_app.rules.states import CURATOR, DIRECTOR, METHODIST, OFFICER, PARTICIPANT, SPECIALIST
from nastavnik_app.tests.builders import School, attach_scan, make_user, remove_all_of
from nastavnik_app.tests.builders_authority import PERIOD, draft_return, make_authority, school_below, step
from nastavnik_app.tests.builders_everything import everything_of

MANAGER = "System Manager"
MARK = "Zqforeign"  # stands in the texts of a foreign school's records and nowhere else
MENTOR, MENTEE = f"{PARTICIPANT} (mentor)", f"{PARTICIPANT} (mentee)"
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")


@dataclass
class Side:
	"""A school, the authority above it, its people by role, and names of records by DocType."""

	school: School
	authority: str
	users: dict[str, str]
	records: dict[str, str] = field(default_factory=dict)
	of_authority: dict[str, str] = field(default_factory=dict)
	files: dict[tuple[str, str], str] = field(default_factory=dict)

	def everything(self) -> Iterator[tuple[str, str]]:
		"""DocType and name of each record, the authority's after the school's."""
		yield from self.records.items()
		yield from self.of_authority.items()


def make_side(name: str) -> Side:
	"""A side of the same making each time, by Administrator."""
	authority, officer = make_authority(f"Управление {name}")
	school = school_below(authority, name)
	frappe.db.set_value("Mentoring Program", school.program, "workflow_state", "Running")
	staff = {METHODIST: make_user("methodist", METHODIST), SPECIALIST: make_user("specialist", SPECIALIST)}
	organization = frappe.get_doc("Educational Organization", school.organization)
	for user in staff.values():
		organization.append("members", {"user": user})
	organization.save()
	users = {DIRECTOR: school.director, CURATOR: school.curator, **staff, OFFICER: officer}
	side = Side(school, authority, users)
	side.records = {**everything_of(school), **_rest_of_school(school)}
	side.of_authority = _of_authority(side)
	_let_the_pair_in(side)
	for doctype, record in side.everything():
		side.files[doctype, record] = attach_scan(frappe.get_doc(doctype, record)).file_url
	return side


def _rest_of_school(school: School) -> dict[str, str]:
	returned = draft_return(school)
	step(returned.name, school.curator, "Send for Approval")
	step(returned.name, school.director, "Approve")
	step(returned.name, school.curator, "Send to the Authority")
	written_by_the_system = {
		"Mentoring Order Counter": {"year": 2026, "last_number": 1},
		"Support Profile Access": {"reader": school.curator, "door": "Form"},
	}
	made = {
		doctype: frappe.get_doc({"doctype": doctype, "organization": school.organization, **values})
		.insert(ignore_permissions=True)
		.name
		for doctype, values in written_by_the_system.items()
	}
	return {"Program Return": returned.name, **made}


def _of_authority(side: Side) -> dict[str, str]:
	given = {
		"Mentoring Material": {"kind": "Recommendations", "published": 1, "for_participants": 1},
		"Municipal Report": PERIOD,
		"Program Return Request": {"due_date": "2027-06-10", **PERIOD},
		"Website Check": {},
		"Mentoring Report Mailing": {"mailing_key": frappe.generate_hash()},
	}
	made = {"Educational Organization": side.authority}
	for doctype, values in given.items():
		record = {"doctype": doctype, "title": f"{doctype} управления", "organization": side.authority}
		made[doctype] = frappe.get_doc({**record, **values}).insert(ignore_permissions=True).name
	partner = {
		"doctype": "Return Partner",
		"organization": side.school.organization,
		"partner": side.authority,
	}
	side.records["Return Partner"] = frappe.get_doc({**partner, "secret": "0f" * 32}).insert().name
	return made


def _let_the_pair_in(side: Side) -> None:
	"""The mentor and the mentee of the pair get logins, and what is given to participants is."""
	for role, doctype in ((MENTOR, "Mentor"), (MENTEE, "Mentee")):
		side.users[role] = make_user(doctype.lower(), PARTICIPANT)
		frappe.db.set_value(doctype, side.records[doctype], "user", side.users[role])
	frappe.db.set_value("Mentoring Material", side.records["Mentoring Material"], "for_participants", 1)


def mark(side: Side, word: str) -> int:
	"""Adds a word to each text of the side's records and of their tables; how many texts. Whoever reads the word
	has read a record of the side."""
	marked = 0
	for doctype, name in side.everything():
		record = frappe.get_doc(doctype, name)
		for row in (record, *record.get_all_children()):
			texts = {
				df.fieldname: f"{row.get(df.fieldname)} {word}"
				for df in row.meta.fields
				if df.fieldtype in TEXTS and not df.options and _is_free(row.get(df.fieldname), df)
			}
			if texts:
				frappe.db.set_value(row.doctype, row.name, texts, update_modified=False)
				marked += len(texts)
	return marked


def _is_free(value: Any, df: Any) -> bool:
	"""Whether a text is anybody's words: not a key, a hash, JSON or the like."""
	return isinstance(value, str) and " " in value.strip() and value[:1] not in "[{"


def manager() -> str:
	"""A system manager, of no school."""
	return make_user("manager", MANAGER)


class TwoSchoolsTestCase(FrappeTestCase):
	"""An own school and a foreign one, whose texts are marked, and people of every role; `users` are those of the own
	school and a system manager."""

	own: Side
	foreign: Side
	users: dict[str, str]

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.own, cls.foreign = make_side("Школа А"), make_side("Школа Б")
		mark(cls.foreign, MARK)
		cls.users = {**cls.own.users, MANAGER: manager()}

	def setUp(self) -> None:
		frappe.set_user("Administrator")


def remove_side(side: Side) -> None:
	"""All of it, past the guard; committed by the caller."""
	for doctype, name in side.everything():
		about = {"attached_to_doctype": doctype, "attached_to_name": name}
		for file in frappe.get_all("File", filters=about, pluck="name"):
			frappe.db.delete("File", {"name": file})
	remove_all_of(side.school.organization, [])
	remove_all_of(side.authority, list(side.users.values()))
