"""Plans begun from a template of the pair's form and role model."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate


def templates_for(pair: str) -> list[dict[str, str]]:
	"""`name` and `title` of the templates, those that fit the pair best first.

	A template of the pair's form and role model comes first, then of its form, then for any form, then the others.
	"""
	about = frappe.db.get_value("Pair", pair, ["form", "role_model"], as_dict=True)
	found = frappe.get_list(
		"Individual Plan Template",
		filters={"disabled": 0},
		fields=["name", "title", "form", "role_model"],
		order_by="title asc",
		limit_page_length=0,
	)
	found.sort(key=lambda template: _distance(template, about))
	return [{"name": template.name, "title": template.title} for template in found]


def _distance(template: frappe._dict, pair: frappe._dict) -> int:
	if not template.form:
		return 2
	if template.form != pair.form:
		return 3
	return 0 if template.role_model and template.role_model == pair.role_model else 1


def draw_up(pair: str, template: str) -> Document:
	"""A new draft of the pair's plan, from its first day to its last."""
	record = frappe.get_doc("Pair", pair)
	program_end = frappe.db.get_value("Mentoring Program", record.program, "period_end")
	plan = frappe.get_doc(
		{
			"doctype": "Individual Plan",
			"pair": pair,
			"start_date": record.start_date,
			"end_date": record.end_date or program_end,
		}
	)
	fill(plan, template)
	return plan.insert()


def fill(plan: Document, template: str) -> None:
	"""Takes goal and deficits where they are empty, and the activities that the plan does not have yet.

	An activity falls due at its part of the time between the first and the last day of the plan.
	"""
	if plan.workflow_state not in (None, "", "Draft"):
		frappe.throw(
			_("The plan “{0}” is in the state “{1}”: only a draft is filled from a template.").format(
				plan.title, _(plan.workflow_state)
			)
		)
	source = frappe.get_doc("Individual Plan Template", template)
	source.check_permission("read")
	for fieldname in ("goal", "deficits"):
		plan.set(fieldname, plan.get(fieldname) or source.get(fieldname))
	first, last = getdate(plan.start_date), getdate(plan.end_date)
	there = {row.activity for row in plan.activities}
	for row in source.activities:
		if row.activity not in there:
			days = round((last - first).days * flt(row.due_percent) / 100)
			values = {"activity": row.activity, "expected_result": row.expected_result}
			plan.append("activities", {**values, "due_date": first + timedelta(days=days)})
	plan.template = source.name
