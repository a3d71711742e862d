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
		{"fieldname": "pair", "label": _("Pair"), "fieldtype": "Link", "options": "Pair", "width": 260},
		{"fieldname": "mentees_school", "label": _("Mentees' School"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentors_school", "label": _("Mentor's School"), "fieldtype": "Data", "width": 220},
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Data", "width": 220},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 180},
		{"fieldname": "waits_for", "label": _("Waits For"), "fieldtype": "Data", "width": 260},
	]


def get_pairs() -> list[dict]:
	pair = frappe.qb.DocType("Pair")
	query = (
		frappe.qb.from_(pair)
		.select(
			pair.name,
			pair.title,
			pair.organization,
			pair.mentor_organization,
			pair.mentor_name,
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
	titles = _titles({school for row in rows for school in (row.organization, row.mentor_organization)})
	return [_shown(row, titles) for row in rows]


def _titles(schools: set[str]) -> dict[str, str]:
	if not schools:
		return {}
	named = frappe.get_all(
		"Educational Organization", filters={"name": ["in", sorted(schools)]}, fields=["name", "title"]
	)
	return {row.name: row.title for row in named}


def _shown(row: frappe._dict, titles: dict[str, str]) -> dict:
	mentees_school, mentors_school = titles.get(row.organization), titles.get(row.mentor_organization)
	return {
		"pair": row.name,
		"pair_title": row.title,
		"mentees_school": mentees_school,
		"mentors_school": mentors_school,
		"mentor": row.mentor_name,
		"state": _(row.workflow_state),
		"waits_for": _waits_for(row, mentees_school, mentors_school),
	}


def _waits_for(row: frappe._dict, mentees_school: str | None, mentors_school: str | None) -> str | None:
	if row.workflow_state not in ("Draft", "Assigned by One School"):
		return None
	if not row.mentor_name:
		return _("The mentor, named by {0}").format(mentors_school)
	unsigned = [mentees_school] if not row.order else []
	unsigned += [mentors_school] if not row.mentor_order else []
	return _("The order of {0}").format(", ".join(filter(None, unsigned)))
