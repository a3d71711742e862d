"""A pair between two schools: the mentees' school keeps it, the mentor's school names the mentor.

Each director assigns his side by his own order; the pair is at work when both have signed. Each curator sees this
pair and nothing else of the other school.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.permissions import organizations_of, sees_everything

MENTOR_SIDE = frozenset(
	(
		"mentor",
		"mentor_name",
		"mentor_agreed_on",
		"addendum_number",
		"addendum_date",
		"work_content",
		"work_form",
		"work_pay",
		"title",
	)
)
Person = tuple[str, str]


def is_between_schools(pair: Document) -> bool:
	return bool(pair.mentor_organization and pair.mentor_organization != pair.organization)


def mentors_school(pair: Document) -> str:
	"""Name of the organization whose mentor it is."""
	return pair.mentor_organization or pair.organization


def people_of_side(pair: Document, organization: str) -> list[Person]:
	"""The participants whom an organization sends into a pair."""
	people = [("Mentor", pair.mentor)] if pair.mentor and mentors_school(pair) == organization else []
	if pair.organization == organization:
		people += [("Mentee", row.mentee) for row in pair.mentees]
	return people


def order_field(pair: Document, organization: str) -> str:
	"""The pair's field for the order of an organization."""
	is_mentors_alone = is_between_schools(pair) and pair.mentor_organization == organization
	return "mentor_order" if is_mentors_alone else "order"


def waits_for_other_order(pair: Document, organization: str) -> bool:
	"""Whether the other school has not signed its order yet."""
	if not is_between_schools(pair):
		return False
	other = {"order": "mentor_order", "mentor_order": "order"}[order_field(pair, organization)]
	return not pair.get(other)


def refuse_without_mentor(pair: Document) -> None:
	"""A pair of one school begins with its mentor; the other school's curator names his later."""
	if not pair.mentor and not is_between_schools(pair):
		frappe.throw(
			_("Choose the mentor of the pair, or the other school whose mentor it will be."),
			frappe.MandatoryError,
		)


def refuse_foreign_people(pair: Document) -> None:
	"""The mentor comes from the mentor's school, the mentees from the school that keeps the pair."""
	for doctype, name in (("Mentor", pair.mentor), *(("Mentee", row.mentee) for row in pair.mentees)):
		if not name:
			continue
		school = mentors_school(pair) if doctype == "Mentor" else pair.organization
		person = frappe.db.get_value(doctype, name, ["full_name", "organization"], as_dict=True)
		if person and person.organization != school:
			frappe.throw(
				_("{0} is not on record at {1}. Choose somebody of that school.").format(
					person.full_name, frappe.db.get_value("Educational Organization", school, "title")
				),
				frappe.PermissionError,
			)


def refuse_other_side(pair: Document) -> None:
	"""Each school writes its own side: the mentor's school what concerns the mentor, the other one the rest."""
	before = pair.get_doc_before_save()
	user = frappe.session.user
	if not before or not is_between_schools(before) or sees_everything(user):
		return
	if pair.flags.ignore_permissions:  # the app itself saves what a meeting brought
		return
	own = organizations_of(user)
	changed = {fieldname for fieldname in _content_of(pair) if _differs(before, pair, fieldname)}
	foreign = set()
	if pair.organization not in own:
		foreign |= changed - MENTOR_SIDE
	if before.mentor_organization not in own:
		foreign |= changed & (MENTOR_SIDE - {"title"})
	if foreign and pair.mentor_organization == before.mentor_organization:
		labels = ", ".join(sorted(_(pair.meta.get_label(name), context="Pair") for name in foreign))
		frappe.throw(
			_("Pair “{0}”: the other school fills in: {1}. Ask its curator.").format(pair.title, labels),
			frappe.PermissionError,
		)
	if pair.mentor_organization != before.mentor_organization and pair.organization not in own:
		frappe.throw(
			_("Only the school that keeps the pair “{0}” changes the other school.").format(pair.title),
			frappe.PermissionError,
		)


def _content_of(pair: Document) -> list[str]:
	return [df.fieldname for df in pair.meta.fields if df.fieldtype not in ("Section Break", "Column Break")]


def _differs(before: Document, after: Document, fieldname: str) -> bool:
	if fieldname == "mentees":
		return [row.mentee for row in before.mentees] != [row.mentee for row in after.mentees]
	return str(before.get(fieldname) or "") != str(after.get(fieldname) or "")


def program_for_order(pair: Document, organizations: set[str]) -> str | None:
	"""The program in which a school's order stands: the pair's own, or of the mentor's school the one that runs,
	or is being prepared."""
	if pair.organization in organizations or not is_between_schools(pair):
		return pair.program
	open_programs = frappe.get_list(
		"Mentoring Program",
		filters={"organization": pair.mentor_organization, "workflow_state": ["in", ["Running", "Draft"]]},
		order_by="workflow_state desc, period_start desc",
		pluck="name",
		limit_page_length=1,
	)
	return open_programs[0] if open_programs else None
