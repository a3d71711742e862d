"""Students of Education with their guardians and classes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from nastavnik_app.integrations.scope import students_among
from nastavnik_app.roster.from_records import LONGEST, RELATIONS, Facts, Reader, class_of
from nastavnik_app.roster.values import line
from nastavnik_app.rules.consents import age_on

FIELDS = (
	"name",
	"student_name",
	"first_name",
	"middle_name",
	"last_name",
	"date_of_birth",
	"gender",
	"student_mobile_number",
	"student_email_id",
	"user",
)
# the seeded target groups, with the age up to which they reach
GROUPS = ((9, "pupils-under-10"), (14, "pupils-10-14"), (19, "pupils-15-19"))


def listed(organization: str, choice: dict[str, Any]) -> list[str]:
	"""The students that the reader may read, who are of the organization and of the chosen group, or of the program
	and year."""
	frappe.has_permission("Student", "read", throw=True)
	names = frappe.get_list(
		"Student",
		filters={"enabled": 1, "date_of_leaving": ["is", "not set"]},
		order_by="student_name asc, name asc",
		limit_page_length=0,
		pluck="name",
	)
	chosen = students_among(organization, names)
	if choice.get("student_group"):
		frappe.get_doc("Student Group", choice["student_group"]).check_permission("read")
		chosen &= set(members_of([choice["student_group"]]))
	enrolled = {field: choice[field] for field in ("program", "academic_year") if choice.get(field)}
	if enrolled:
		frappe.has_permission("Program Enrollment", "read", throw=True)
		asked = {"filters": {"docstatus": 1, **enrolled}, "limit_page_length": 0, "pluck": "student"}
		chosen &= set(frappe.get_list("Program Enrollment", **asked))
	return [name for name in names if name in chosen]


def members_of(groups: list[str]) -> list[str]:
	active = {"parenttype": "Student Group", "parent": ["in", [*groups, ""]], "active": 1}
	return frappe.get_all("Student Group Student", filters=active, pluck="student")


def facts_of(students: list[str]) -> list[Facts]:
	"""What is kept of students, in their order; looks past the reader's rights."""
	rows = frappe.get_all("Student", filters={"name": ["in", [*students, ""]]}, fields=FIELDS)
	by_name = {row.name: row for row in rows}
	guardians, classes = _guardians_of(students), _classes_of(students)
	return [
		_facts(by_name[name], guardians.get(name, []), classes.get(name))
		for name in students
		if name in by_name
	]


def _facts(row: dict[str, Any], guardians: list[dict[str, Any]], school_class: str | None) -> Facts:
	today = getdate()
	reader = Reader(today)
	found: dict[str, Any] = {
		"birth_date": reader.birth_date(row.date_of_birth),
		"gender": reader.gender(row.gender),
		"phone": reader.phone(row.student_mobile_number),
		"email": reader.email(row.student_email_id),
		"user": row.user,
		"school_class": school_class,
	}
	found["target_group"] = _group_of(found["birth_date"], today)
	return reader.facts(
		row.name,
		row.student_name or row.name,
		found,
		(row.first_name, row.middle_name, row.last_name),
		tuple(_representative(one, reader) for one in guardians),
	)


def _group_of(born: date | None, today: date) -> str | None:
	age = age_on(born, today) if born else None
	return next((group for oldest, group in GROUPS if age is not None and age <= oldest), None)


def _representative(guardian: dict[str, Any], reader: Reader) -> dict[str, str]:
	found = {
		"guardian": guardian["name"],
		"full_name": line(guardian["guardian_name"])[:LONGEST],
		"relation": RELATIONS.get(guardian["relation"]),
		"phone": reader.phone(guardian["mobile_number"], guardian["alternate_number"]),
		"email": reader.email(guardian["email_address"]),
	}
	return {name: value for name, value in found.items() if value}


def _guardians_of(students: list[str]) -> dict[str, list[dict[str, Any]]]:
	"""Student → his guardians; nobody where the reader may not read guardians."""
	rows = frappe.get_all(
		"Student Guardian",
		filters={"parenttype": "Student", "parent": ["in", [*students, ""]]},
		fields=["parent", "guardian", "relation"],
		order_by="idx asc",
	)
	fields = ["name", "guardian_name", "mobile_number", "alternate_number", "email_address"]
	named = {"name": ["in", [*{row.guardian for row in rows}, ""]]}
	guardians = {row.name: row for row in frappe.get_all("Guardian", filters=named, fields=fields)}
	found: dict[str, list[dict[str, Any]]] = defaultdict(list)
	for row in rows:
		if row.guardian in guardians:
			found[row.parent].append({**guardians[row.guardian], "relation": row.relation})
	return found


def _classes_of(students: list[str]) -> dict[str, str]:
	"""Student → class of the present academic year: by the class that is a student group, or by the enrolment."""
	year = _present_year()
	if not year:
		return {}
	found: dict[str, str] = {}
	enrolled = frappe.get_all(
		"Program Enrollment",
		filters={"docstatus": 1, "academic_year": year, "student": ["in", [*students, ""]]},
		fields=["student", "program", "student_batch_name"],
		order_by="enrollment_date asc, creation asc",
	)
	for row in enrolled:
		found[row.student] = class_of(None, row.program, row.student_batch_name)
	groups = frappe.get_all(
		"Student Group",
		filters={"academic_year": year, "group_based_on": "Batch", "disabled": 0},
		fields=["name", "student_group_name", "program", "batch"],
		order_by="creation asc",
	)
	members = defaultdict(list)
	of_groups = {
		"parenttype": "Student Group",
		"parent": ["in", [*(row.name for row in groups), ""]],
		"active": 1,
	}
	of_groups["student"] = ["in", [*students, ""]]
	for row in frappe.get_all("Student Group Student", filters=of_groups, fields=["parent", "student"]):
		members[row.parent].append(row.student)
	for group in groups:
		called = class_of(group.student_group_name, group.program, group.batch)
		found |= dict.fromkeys(members[group.name], called)
	return {student: called for student, called in found.items() if called}


def _present_year() -> str | None:
	"""The academic year that began last; in summer, the one that has just ended."""
	begun = {"year_start_date": ["<=", getdate()]}
	return next(
		iter(
			frappe.get_all(
				"Academic Year", filters=begun, order_by="year_start_date desc", pluck="name", limit=1
			)
		),
		None,
	)


def what_is_missing() -> list[str]:
	"""What the reader should be told before students are taken."""
	if frappe.has_permission("Guardian", "read"):
		return []
	return [_("You may not read guardians in Education: pupils are taken without representatives.")]
