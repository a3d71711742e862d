"""How far each individual plan has come, and which plans have fallen behind."""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import flt, getdate
from pypika import Case

from nastavnik_app.arguments import filters_in
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.states import APPROVED_PLANS

NOT_APPROVED, REACHED, ON_SCHEDULE, BEHIND = "Not Approved Yet", "Reached", "On Schedule", "Behind"
AT_WORK = "Approved"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	asked = frappe.db.get_single_value("Mentoring Settings", "plan_completion_percent")
	plans = get_data(filters, flt(asked), getdate())
	rows = [plan for plan in plans if plan["verdict"] == BEHIND] if filters.only_behind else plans
	message = _(
		"A plan is completed from {0}% of its activities on. Behind: an activity or the plan is overdue."
	)
	return get_columns(), rows, message.format(asked), get_chart(plans), get_summary(plans)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "plan",
			"label": _("Individual Plan"),
			"fieldtype": "Link",
			"options": "Individual Plan",
			"width": 60,
		},
		{"fieldname": "pair_title", "label": _("Pair"), "fieldtype": "Data", "width": 280},
		{"fieldname": "start_date", "label": _("Start Date"), "fieldtype": "Date", "width": 100},
		{"fieldname": "end_date", "label": _("End"), "fieldtype": "Date", "width": 100},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 140},
		{"fieldname": "activities", "label": _("Activities"), "fieldtype": "Int", "width": 110},
		{"fieldname": "done", "label": _("Done"), "fieldtype": "Int", "width": 90},
		{"fieldname": "overdue", "label": _("Overdue"), "fieldtype": "Int", "width": 100},
		{"fieldname": "fulfilment", "label": _("Fulfilled"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "standing", "label": _("Standing"), "fieldtype": "Data", "width": 140},
	]


def get_data(filters: frappe._dict, asked: float, today: date) -> list[dict]:
	rows = _plans(filters, today)
	told = {state: _(state) for state in {row["workflow_state"] for row in rows}}
	verdicts = {
		NOT_APPROVED: _("Not Approved Yet"),
		REACHED: _("Reached"),
		ON_SCHEDULE: _("On Schedule"),
		BEHIND: _("Behind"),
	}
	for row in rows:
		verdict = _verdict(row, asked, today)
		row.update(
			overdue=int(row["overdue"] or 0),
			state=told[row["workflow_state"]],
			verdict=verdict,
			standing=verdicts[verdict],
		)
	return rows


def _plans(filters: frappe._dict, today: date) -> list[frappe._dict]:
	plan, pair, activity = (frappe.qb.DocType(name) for name in ("Individual Plan", "Pair", "Plan Activity"))
	is_overdue = activity.done_on.isnull() & (activity.due_date < today)
	counted = (
		frappe.qb.from_(activity)
		.select(
			activity.parent,
			Count(activity.name).as_("activities"),
			Count(activity.done_on).as_("done"),
			Sum(Case().when(is_overdue, 1).else_(0)).as_("overdue"),
		)
		.where(activity.parenttype == "Individual Plan")
		.groupby(activity.parent)
		.as_("counted")
	)
	query = (
		frappe.qb.from_(plan)
		.join(pair)
		.on(pair.name == plan.pair)
		.left_join(counted)
		.on(counted.parent == plan.name)
		.select(
			plan.name.as_("plan"),
			pair.title.as_("pair_title"),
			plan.start_date,
			plan.end_date,
			plan.workflow_state,
			plan.fulfilment,
			counted.activities,
			counted.done,
			counted.overdue,
		)
		.where(plan.name.isnotnull())
		.orderby(plan.fulfilment)
		.orderby(pair.title)
	)
	for field in ("organization", "program"):
		if filters.get(field):
			query = query.where(plan[field] == filters[field])
	return listed(query, "Individual Plan").run(as_dict=True)


def _verdict(plan: frappe._dict, asked: float, today: date) -> str:
	if plan["workflow_state"] not in APPROVED_PLANS:
		return NOT_APPROVED
	if flt(plan["fulfilment"]) >= asked:
		return REACHED
	is_over = plan["workflow_state"] != AT_WORK or plan["end_date"] < today
	return BEHIND if is_over or plan["overdue"] else ON_SCHEDULE


def get_chart(plans: list[dict]) -> dict | None:
	if not plans:
		return None
	counts = Counter(plan["standing"] for plan in plans)
	return {
		"data": {
			"labels": list(counts),
			"datasets": [{"name": _("Individual Plans"), "values": list(counts.values())}],
		},
		"type": "bar",
	}


def get_summary(plans: list[dict]) -> list[dict]:
	verdicts = Counter(plan["verdict"] for plan in plans)
	approved = len(plans) - verdicts[NOT_APPROVED]
	return [
		{"label": _("Approved Plans"), "value": approved, "datatype": "Int"},
		{
			"label": _("Reached, %"),
			"value": percent(verdicts[REACHED], approved),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{"label": _("Behind"), "value": verdicts[BEHIND], "datatype": "Int", "indicator": "Red"},
		{
			"label": _("Not Approved Yet"),
			"value": verdicts[NOT_APPROVED],
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
