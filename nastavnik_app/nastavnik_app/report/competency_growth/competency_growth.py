"""How the competencies of people changed from the entry through the quarters to the exit."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import flt
from pypika.queries import Table
from pypika.terms import Criterion

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.assessments import Key, Series, series
from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.growth import Growth, Quarter, average, compare
from nastavnik_app.rules.scope import PEOPLE

ROMAN = ("I", "II", "III", "IV")


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = filters_in(filters)
	people = get_people(filters)
	grown = [(key, growth) for key, person in people.items() for growth in compare(person.measurements)]
	titles = titles_of("Mentoring Competency")
	quarters = sorted({quarter for _key, growth in grown for quarter in growth.quarters})
	rows = get_rows(grown, people, titles)
	return get_columns(quarters), rows, None, get_chart(grown, titles), get_summary(grown)


def get_columns(quarters: list[Quarter]) -> list[dict]:
	measured = [
		("entry", _("Entry")),
		*((_fieldname(one), _("{0} quarter {1}").format(ROMAN[one[1] - 1], one[0])) for one in quarters),
		("exit", _("Exit")),
		("change", _("Change")),
	]
	return [
		{"fieldname": "person_name", "label": _("Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 120},
		{"fieldname": "competency", "label": _("Competency"), "fieldtype": "Data", "width": 260},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Float", "precision": 1, "width": 90}
			for name, label in measured
		),
	]


def get_people(filters: frappe._dict) -> dict[Key, Series]:
	"""The people with their measurements in the assessments that the reader may see, by name."""
	assessment = frappe.qb.DocType("Competency Assessment")
	criterion = assessment.name.isnotnull()
	for field in ("program", "party_type"):
		if filters.get(field):
			criterion &= assessment[field] == filters[field]
	if filters.person:
		criterion &= assessment.person_name.like(f"%{filters.person}%")
	if filters.pair:
		criterion &= _people_of_pair(assessment, filters.pair)
	return dict(sorted(series(criterion).items(), key=lambda item: item[1].person_name))


def _people_of_pair(assessment: Table, name: str) -> Criterion:
	"""Who takes part in a pair is looked for, with all assessments, wherever they name no pair."""
	pair = frappe.get_doc("Pair", name)
	pair.check_permission("read")
	people = [pair.mentor or "", *(row.mentee for row in pair.mentees)]
	return assessment.party.isin(people) & (assessment.program == pair.program)


def get_rows(grown: list[tuple], people: dict[Key, Series], titles: dict[str, str]) -> list[dict]:
	parts = {part: _(part) for part in PEOPLE}
	return [
		{
			"person_name": people[key].person_name,
			"part": parts[key[0]],
			"competency": titles.get(growth.competency, growth.competency),
			"entry": growth.entry,
			**{_fieldname(quarter): score for quarter, score in growth.quarters.items()},
			"exit": growth.exit,
			"change": growth.change,
		}
		for key, growth in grown
	]


def _fieldname(quarter: Quarter) -> str:
	return f"quarter_{quarter[0]}_{quarter[1]}"


def get_chart(grown: list[tuple], titles: dict[str, str]) -> dict | None:
	"""The average of the first and of the last scores of a competency, over everybody measured more than once."""
	by_competency: dict[str, list[Growth]] = {}
	for _person, growth in grown:
		if growth.change is not None:
			by_competency.setdefault(growth.competency, []).append(growth)
	if not by_competency:
		return None
	every = by_competency.values()
	return {
		"data": {
			"labels": [titles.get(one, one) for one in by_competency],
			"datasets": [
				{"name": _("First"), "values": [average(one.first for one in grown) for grown in every]},
				{"name": _("Last"), "values": [average(one.last for one in grown) for grown in every]},
			],
		},
		"type": "bar",
	}


def get_summary(grown: list[tuple]) -> list[dict]:
	changed = [growth for _person, growth in grown if growth.change is not None]
	grew = sum(1 for growth in changed if growth.change > 0)
	return [
		{"label": _("Assessed"), "value": len({person for person, _growth in grown}), "datatype": "Int"},
		{"label": _("Measured Twice or More"), "value": len(changed), "datatype": "Int"},
		{
			"label": _("Grew, %"),
			"value": percent(grew, len(changed)),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{
			"label": _("Average Change"),
			"value": flt(average(growth.change for growth in changed)),
			"datatype": "Float",
		},
	]
