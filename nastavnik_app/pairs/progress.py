"""How far pairs have come, over all of them at once: parts of the queries of reports."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.query_builder.functions import Count, Max
from pypika.queries import QueryBuilder

from nastavnik_app.pairs.meetings import HELD
from nastavnik_app.rules.states import APPROVED_PLANS


def meetings_held(until: date | None = None) -> QueryBuilder:
	"""`pair`, how many meetings it has `held` until a day, and when the last was, `last_on`."""
	meeting = frappe.qb.DocType("Pair Meeting")
	query = (
		frappe.qb.from_(meeting)
		.select(meeting.pair, Count(meeting.name).as_("held"), Max(meeting.meeting_date).as_("last_on"))
		.where(meeting.status == HELD)
		.groupby(meeting.pair)
	)
	return query.where(meeting.meeting_date <= until) if until else query


def plans_fulfilled() -> QueryBuilder:
	"""`pair` and the `fulfilment` of its approved plan in %; of several plans, of the furthest."""
	plan = frappe.qb.DocType("Individual Plan")
	return (
		frappe.qb.from_(plan)
		.select(plan.pair, Max(plan.fulfilment).as_("fulfilment"))
		.where(plan.workflow_state.isin(APPROVED_PLANS))
		.groupby(plan.pair)
	)
