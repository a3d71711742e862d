"""What the workspace counts: each figure over the rows that the reader may list, in a fixed number of queries."""

from collections import Counter
from datetime import date

import frappe
from dateutil.relativedelta import relativedelta
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import formatdate, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from nastavnik_app.desk.awaited import AWAITED, awaited_by_reader
from nastavnik_app.people.consents import PROCESSING, holds_on
from nastavnik_app.permissions import listed
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import ARCHIVED, OPEN_TASKS

MONTHS = 13


@frappe.whitelist()
def consent_coverage() -> dict:
	"""Share of mentors and mentees, archived ones aside, whose consent to the processing of data holds today."""
	everybody = with_consent = 0
	for doctype in PEOPLE:
		person, consent = frappe.qb.DocType(doctype), frappe.qb.DocType("Consent")
		people = frappe.qb.from_(person).select(Count(person.name)).where(person.workflow_state != ARCHIVED)
		everybody += listed(people, doctype).run()[0][0]
		with_consent += _holding(doctype, PROCESSING).select(Count(consent.party).distinct()).run()[0][0]
	return {
		"value": percent(with_consent, everybody),
		"fieldtype": "Percent",
		"route": ["query-report", "Consent Coverage"],
	}


def covered(doctype: str, kind: str) -> set[str]:
	"""Names of the mentors or mentees, archived ones aside, whose consent of a kind holds today."""
	query = _holding(doctype, kind).select(frappe.qb.DocType("Consent").party).distinct()
	return set(query.run(pluck=True))


def _holding(doctype: str, kind: str) -> QueryBuilder:
	"""Consents as rules.consents.holds has them: over everybody, a query instead of a call for each."""
	person, consent = frappe.qb.DocType(doctype), frappe.qb.DocType("Consent")
	query = (
		frappe.qb.from_(consent)
		.join(person)
		.on(person.name == consent.party)
		.where(consent.party_type == doctype)
		.where(consent.workflow_state.notin(("Withdrawn", "Expired")))
		.where(holds_on(consent, kind, getdate()))
		.where(person.workflow_state != ARCHIVED)
	)
	return listed(query, doctype)


@frappe.whitelist()
def roadmap_done() -> dict:
	"""Share of the tasks of open programmes that are done; cancelled ones are not counted."""
	task = frappe.qb.DocType("Roadmap Task")
	query = (
		frappe.qb.from_(task)
		.select(task.status, Count(task.name))
		.where(task.status != "Cancelled")
		.where(_of_open_program(task))
	)
	counts = dict(listed(query.groupby(task.status), "Roadmap Task").run())
	return {
		"value": percent(counts.get("Done", 0), sum(counts.values())),
		"fieldtype": "Percent",
		"route": ["query-report", "Roadmap Fulfilment"],
	}


@frappe.whitelist()
def overdue_tasks() -> dict:
	"""Open tasks of open programmes whose due date has passed."""
	task, today = frappe.qb.DocType("Roadmap Task"), getdate()
	query = (
		frappe.qb.from_(task)
		.select(Count(task.name))
		.where(task.status.isin(OPEN_TASKS))
		.where(task.due_date < today)
		.where(_of_open_program(task))
	)
	shown = {"status": ["in", OPEN_TASKS], "due_date": ["<", str(today)]}
	closed = []
	# an officer reads the authority's tasks and no programme
	if frappe.has_permission("Mentoring Program", "read"):
		closed = frappe.get_list(
			"Mentoring Program", filters={"workflow_state": "Closed"}, pluck="name", limit_page_length=0
		)
	if closed:
		shown["program"] = ["not in", closed]
	return {
		"value": listed(query, "Roadmap Task").run()[0][0],
		"fieldtype": "Int",
		"route": ["List", "Roadmap Task"],
		"route_options": shown,
	}


@frappe.whitelist()
def awaiting_decision() -> dict:
	"""Documents on which the reader, and nobody above or below, has to decide next."""
	waiting = [(one, len(one.rows())) for one in awaited_by_reader()]
	first = next((one for one, count in waiting if count), AWAITED[0])
	return {
		"value": sum(count for _one, count in waiting),
		"fieldtype": "Int",
		"route": ["List", first.doctype],
		"route_options": first.filters,
	}


@frappe.whitelist()
def pairs_by_form() -> dict:
	"""Chart: pairs and groups by form of mentoring, terminated ones and those of closed programmes aside."""
	pair, form = frappe.qb.DocType("Pair"), frappe.qb.DocType("Mentoring Form")
	query = (
		frappe.qb.from_(pair)
		.join(form)
		.on(form.name == pair.form)
		.select(form.title, Count(pair.name))
		.where(pair.workflow_state != "Terminated")
		.where(_of_open_program(pair))
		.groupby(form.title)
		.orderby(form.title)
	)
	rows = listed(query, "Pair").run()
	return _chart([title for title, _count in rows], {_("Pairs"): [count for _title, count in rows]})


@frappe.whitelist()
def roadmap_by_stage() -> dict:
	"""Chart: the roadmap's tasks by stage, done and all; where a task names no stage, by the document's section."""
	task, stage = frappe.qb.DocType("Roadmap Task"), frappe.qb.DocType("Mentoring Stage")
	query = (
		frappe.qb.from_(task)
		.left_join(stage)
		.on(stage.name == task.stage)
		.select(stage.sequence, stage.title, task.section, task.status, Count(task.name))
		.where(task.status != "Cancelled")
		.where(_of_open_program(task))
		.groupby(stage.sequence, stage.title, task.section, task.status)
	)
	every: Counter[tuple] = Counter()
	done: Counter[tuple] = Counter()
	for sequence, title, section, status, count in listed(query, "Roadmap Task").run():
		# stages in their order, then sections by their numbers, then the rest
		key = (
			title is None,
			not (title or section),
			sequence or 0,
			title or section or _("Without a section"),
		)
		every[key] += count
		done[key] += count if status == "Done" else 0
	parts = sorted(every)
	return _chart(
		[part[-1] for part in parts],
		{_("Done"): [done[part] for part in parts], _("All"): [every[part] for part in parts]},
	)


@frappe.whitelist()
def consents_by_month() -> dict:
	"""Chart: consents of all kinds by the month of their signing: this month and the twelve before it."""
	months = _last_months(getdate())
	consent = frappe.qb.DocType("Consent")
	query = (
		frappe.qb.from_(consent)
		.select(consent.signed_on, Count(consent.name))
		.where(consent.docstatus == 1)
		.where(consent.signed_on >= months[0])
		.groupby(consent.signed_on)
	)
	counts: Counter[date] = Counter()
	for signed_on, count in listed(query, "Consent").run():
		counts[getdate(signed_on).replace(day=1)] += count
	if not counts:
		return {}
	labels = [formatdate(month, "MM.yyyy") for month in months]
	return _chart(labels, {_("Consents"): [counts[month] for month in months]})


def _last_months(day: date) -> list[date]:
	"""First days of this month and of the twelve before it."""
	this = day.replace(day=1)
	return [this - relativedelta(months=back) for back in reversed(range(MONTHS))]


def _of_open_program(table: Table) -> Criterion:
	"""Last year's programme is closed: its tasks and pairs are no work of today."""
	program = frappe.qb.DocType("Mentoring Program")
	is_closed = frappe.qb.from_(program).select(program.name).where(program.workflow_state == "Closed")
	return table.program.notin(is_closed)


def _chart(labels: list[str], datasets: dict[str, list[int]]) -> dict:
	"""What Desk draws; nothing where there is nothing to draw."""
	if not labels:
		return {}
	return {
		"labels": labels,
		"datasets": [{"name": name, "values": values} for name, values in datasets.items()],
	}
