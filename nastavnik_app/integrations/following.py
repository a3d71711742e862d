"""What changes in the ERP of people who are linked changes here: names, class, contacts, guardians, post.

What changed is noted when it is saved there, and written by a worker, so that nothing here can keep a school from
saving a student. Only what changed is brought, nothing is ever emptied, and who is archived or blocked stays as he is.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.desk.notices import ask_curators
from nastavnik_app.failures import reason_of
from nastavnik_app.integrations import pupils, staff
from nastavnik_app.integrations.fields import has_field
from nastavnik_app.integrations.scope import employees_among, students_among
from nastavnik_app.integrations.taking import apply, is_shut
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.roster.columns import REPRESENTATIVES
from nastavnik_app.roster.from_records import Facts, differences
from nastavnik_app.roster.model import NAME_PARTS
from nastavnik_app.rules.scope import PEOPLE

LEFT = "left"  # beside the fields that are brought: what the curator is told
SHOWN = 20  # people whose changes make one job
# field there → fields here
BROUGHT: dict[str, dict[str, tuple[str, ...]]] = {
	"Student": {
		**dict.fromkeys(NAME_PARTS, NAME_PARTS),
		"date_of_birth": ("birth_date",),
		"gender": ("gender",),
		"student_mobile_number": ("phone",),
		"student_email_id": ("email",),
	},
	"Guardian": dict.fromkeys(
		("guardian_name", "mobile_number", "alternate_number", "email_address"), (REPRESENTATIVES,)
	),
	"Employee": {
		**dict.fromkeys(NAME_PARTS, NAME_PARTS),
		"date_of_birth": ("birth_date",),
		"gender": ("gender",),
		"cell_number": ("phone",),
		"company_email": ("email",),
		"personal_email": ("email",),
		"designation": ("position",),
		"date_of_joining": ("hired_on",),
	},
}


def note(doc: Document, event: str) -> None:
	"""Queues what a saved record of the ERP changes of people who are linked to it."""
	if frappe.flags.in_install or frappe.flags.in_uninstall or frappe.flags.in_migrate:
		return
	sources, brought = _noted(doc)
	linked = _linked(doc.doctype, sources) if brought else []
	for start in range(0, len(linked), SHOWN):
		frappe.enqueue(
			"nastavnik_app.integrations.following.bring",
			queue="short",
			enqueue_after_commit=True,
			people=linked[start : start + SHOWN],
			fields=sorted(brought),
		)


def _noted(doc: Document) -> tuple[list[str], set[str]]:
	"""Students, employees or a guardian whom the change is about, and what of them is to be brought."""
	if doc.doctype == "Student Group":
		return _moved(doc), {"school_class"}
	if doc.doctype == "Program Enrollment":
		return [doc.student], {"school_class"}
	if doc.doctype == "Instructor":
		left = doc.status == "Left" and doc.has_value_changed("status")
		return [doc.name], {LEFT} if left else set()
	changed = {
		ours
		for field, fields in BROUGHT[doc.doctype].items()
		if doc.has_value_changed(field)
		for ours in fields
	}
	if doc.doctype == "Student":
		if _guardians(doc) != _guardians(doc.get_doc_before_save()):
			changed.add(REPRESENTATIVES)
		if (doc.has_value_changed("enabled") and not doc.enabled) or (
			doc.date_of_leaving and doc.has_value_changed("date_of_leaving")
		):
			changed.add(LEFT)
	elif doc.doctype == "Employee" and doc.status == "Left" and doc.has_value_changed("status"):
		changed.add(LEFT)
	return [doc.name], changed


def _moved(group: Document) -> list[str]:
	"""Students who came into a group or left it; all of them where the group itself became another class."""
	before = group.get_doc_before_save()
	now, then = _active(group), _active(before)
	named = ("student_group_name", "program", "batch", "academic_year", "disabled", "group_based_on")
	return sorted(now | then if any(group.has_value_changed(field) for field in named) else now ^ then)


def _active(group: Document | None) -> set[str]:
	return {row.student for row in group.students if row.student and row.active} if group else set()


def _guardians(student: Document | None) -> set[tuple[str, str]]:
	return {(row.guardian, row.relation) for row in student.guardians} if student else set()


def _linked(doctype: str, sources: list[str]) -> list[tuple[str, str, str, str]]:
	"""DocType, name, link field and source of the people linked to records of the ERP."""
	if doctype == "Guardian":
		if not has_field("Mentee Representative", "guardian") or not has_field("Mentee", "student"):
			return []
		of_guardian = {"guardian": ["in", sources], "parenttype": "Mentee"}
		mentees = frappe.get_all("Mentee Representative", filters=of_guardian, pluck="parent", distinct=True)
		rows = frappe.get_all(
			"Mentee",
			filters={"name": ["in", [*mentees, ""]], "student": ["is", "set"]},
			fields=["name", "student"],
		)
		return [("Mentee", row.name, "student", row.student) for row in rows]
	fields = {"Employee": "employee", "Instructor": "instructor"}.get(doctype, "student")
	found = []
	for people in PEOPLE:
		if has_field(people, fields):
			rows = frappe.get_all(people, filters={fields: ["in", [*sources, ""]]}, fields=["name", fields])
			found += [(people, row.name, fields, row[fields]) for row in rows]
	return found


def bring(people: list[tuple[str, str, str, str]], fields: list[str]) -> None:
	"""Writes what changed into the records of people, each by itself: one that is refused stops no other."""
	for doctype, name, link, source in people:
		if not frappe.db.exists(doctype, name):
			continue
		person = frappe.get_doc(doctype, name, for_update=True)
		# the link may have been taken away since, and a typed one may lead to another school's record
		if person.get(link) != source or is_shut(doctype, person) or not _is_own(person, link, source):
			continue
		if LEFT in fields:
			_tell(person, _left)
		_bring(person, link, source, set(fields) - {LEFT})


def _is_own(person: Document, link: str, source: str) -> bool:
	if link == "instructor":
		return True  # nothing but his leaving is told
	among = students_among if link == "student" else employees_among
	return source in among(person.organization, [source])


def _bring(person: Document, link: str, source: str, fields: set[str]) -> None:
	facts = _facts(person.doctype, link, source, fields) if fields else None
	if not facts:
		return
	lacking = differences(person, person.get(REPRESENTATIVES), facts, fields)
	if not lacking:
		return
	apply(person, lacking)
	frappe.db.savepoint("bring")
	try:
		person.save(ignore_permissions=True)
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point="bring")
		title = f"{person.doctype} {person.name} did not follow its {link}"
		frappe.log_error(title=title, message=reason_of(error))
		_tell(person, _refused)


def _facts(people: str, link: str, source: str, fields: set[str]) -> Facts | None:
	"""What the source says now of these fields."""
	found = pupils.facts_of([source]) if link == "student" else staff.facts_of([source], people)
	if not found:
		return None
	facts = found[0]
	values: dict[str, Any] = {name: value for name, value in facts.values.items() if name in fields}
	rows = facts.representatives if REPRESENTATIVES in fields else ()
	return Facts(facts.source, facts.title, values, rows)


def _tell(person: Document, text: Any) -> None:
	# the app itself tells: who saved the record there need not be able to read it here
	with on_behalf_of("Administrator"):
		ask_curators(person, person.organization, text)


def _left(lang: str) -> str:
	return _("“{0}” has left, as the school's records say. End the pairs, and archive the record.", lang)


def _refused(lang: str) -> str:
	return _(
		"What changed in the school's records could not be brought to “{0}”. Look at both and correct one.",
		lang,
	)
