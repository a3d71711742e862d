"""Pairs between the reader's schools and others: who has signed, and whose turn it is.

The lists of Desk show a school its own pairs alone, because a list joins the records that its rows link to.
"""

from __future__ import annotations

import frappe
from frappe import _
from pypika import Order
from pypika.terms import Criterion

from nastavnik_app.permissions import organizations_of, sees_everything


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows, a row for each pair between two schools of which the reader works at one."""
	return get_columns(), get_pairs()


def get_columns() -> list[dict]:
	return [
		{"fieldname": "pair", "label": _("Pair"), "fieldtype": "Link", "options": "Pair", "width": 60},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 260},
		{"fieldname": "mentees_school", "label": _("Mentees' School"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentors_school", "label": _("Mentor's School"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 180},
		{"fieldname": "waits_for", "label": _("Waits For"), "fieldtype": "Data", "width": 260},
	]


def get_pairs() -> list[dict]:
	pair, school = frappe.qb.DocType("Pair"), frappe.qb.DocType("Educational Organization")
	mentees_school, mentors_school = school.as_("mentees_school"), school.as_("mentors_school")
	query = (
		frappe.qb.from_(pair)
		.left_join(mentees_school)
		.on(mentees_school.name == pair.organization)
		.left_join(mentors_school)
		.on(mentors_school.name == pair.mentor_organization)
		.select(
			pair.name.as_("pair"),
			pair.title,
			mentees_school.title.as_("mentees_school"),
			mentors_school.title.as_("mentors_school"),
			pair.mentor_name.as_("mentor"),
			pair.workflow_state,
			pair.order,
			pair.mentor_order,
		)
		.where(pair.mentor_organization.isnotnull() & (pair.mentor_organization != ""))
		.where(pair.mentor_organization != pair.organization)
		.orderby(pair.start_date, order=Order.desc)
		.orderby(pair.title)
	)
	if not sees_everything(frappe.session.user):
		own = sorted(organizations_of(frappe.session.user)) or [""]
		query = query.where(Criterion.any([pair.organization.isin(own), pair.mentor_organization.isin(own)]))
	rows = query.run(as_dict=True)
	states = {state: _(state) for state in {row["workflow_state"] for row in rows}}
	of_mentor, of_order = _("The mentor, named by {0}"), _("The order of {0}")
	for row in rows:
		if row["workflow_state"] in ("Draft", "Assigned by One School"):
			row["waits_for"] = (
				of_order.format(_unsigned(row)) if row["mentor"] else of_mentor.format(row["mentors_school"])
			)
		row["state"] = states[row["workflow_state"]]
	return rows


def _unsigned(row: dict) -> str:
	schools = [row["mentees_school"]] if not row["order"] else []
	schools += [row["mentors_school"]] if not row["mentor_order"] else []
	return ", ".join(school for school in schools if school)
