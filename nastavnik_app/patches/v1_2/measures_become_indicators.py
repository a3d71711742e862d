"""What measured a task and what was to be reached become one: the indicators are defined, a site's own measures are
taken over under their names. Participants get what indicators ask of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import getdate
from pypika import Case

from nastavnik_app import seed
from nastavnik_app.people.person import class_number, key_of
from nastavnik_app.rules.indicators import IN_PIECES, OF_HEADCOUNT, OF_THEM_ALL

# units as an earlier version shipped them; a roadmap's words count in pieces of their own
FORMER_UNIT = "шт."
MEASURE, INDICATOR, COHORT = "Mentoring Measure", "Mentoring Indicator", "Mentoring Cohort"
AT_ONCE = 500
# indicators that an earlier version shipped: one that a site has deleted stays away
FORMER = (
	"federal-mentees-10-19",
	"federal-mentors-15-19",
	"federal-young-teachers",
	"federal-enterprises",
	"federal-mentee-satisfaction",
	"federal-mentor-satisfaction",
	"school-pupil-mentors",
	"school-teacher-mentors",
	"school-partners",
	"school-pairs-formed",
	"school-consents",
	"school-plans-fulfilled",
	"school-diagnostics",
	"school-final-event",
	"school-council",
	"school-class-hours",
	"school-roadmap",
	"school-on-time",
	"school-publications",
	"school-rubrics",
	"municipal-staff",
	"municipal-over-young",
	"municipal-over-low-results",
	"municipal-over-low-achievers",
	"municipal-over-registered",
	"municipal-tutored",
)
# seeded measure → the indicator that says the same
TWINS = {
	"consents": "school-consents",
	"assessed": "school-diagnostics",
	"council-coverage": "school-council",
	"class-hours-coverage": "school-class-hours",
	"final-event-coverage": "school-final-event",
	"publications": "school-publications",
	"roadmap-in-time": "school-on-time",
	"roadmap-done": "school-roadmap",
	"mentees-satisfied": "federal-mentee-satisfaction",
	"mentors-satisfied": "federal-mentor-satisfaction",
}
# formula → of what, of those, counted, out of
FORMULAS = {
	"Mentees in Bank, % of the Target Group": ("Mentees", "", "In the Bank", OF_HEADCOUNT),
	"Mentors in Bank, % of the Target Group": ("Mentors", "", "In the Bank", OF_HEADCOUNT),
	"Consents Given, % of Participants": ("Participants", "In the Register", "Consent Holds", OF_THEM_ALL),
	"Mentees With a Pair, %": ("Mentees", "In the Bank or in a Pair", "In a Pair", OF_THEM_ALL),
	"Plans Approved, % of Pairs": ("Pairs", "At Work or Completed", "Plan Approved", OF_THEM_ALL),
	"Plans Completed, % of Pairs": ("Pairs", "At Work or Completed", "Plan Completed", OF_THEM_ALL),
	"First Meetings Held, % of Pairs": ("Pairs", "At Work or Completed", "Has Met", OF_THEM_ALL),
	"Assessed, % of Participants": ("Participants", "In a Pair", "Assessed", OF_THEM_ALL),
	"Questionnaires Answered, %": ("Questionnaires", "", "Answered", OF_THEM_ALL),
	"Mentors Trained, %": ("Mentors", "In the Bank", "Trained", OF_THEM_ALL),
	"Events Held": ("Events", "", "Held", IN_PIECES),
	"Event Coverage, %": ("Attendance", "", "Held", OF_THEM_ALL),
	"Publications": ("Publications", "", "Published", IN_PIECES),
	"Partners": ("Partners", "", "Partner on the Day", IN_PIECES),
	"Roadmap Done, %": ("Roadmap Tasks", "Not Cancelled", "Done", OF_THEM_ALL),
	"Roadmap in Time, %": ("Roadmap Tasks", "Judged", "In Time", OF_THEM_ALL),
	"Best Practices": ("Best Practices", "", "Added", IN_PIECES),
	"Awards Granted": ("Awards", "", "Granted", IN_PIECES),
	"Mentees Satisfied, %": ("Mentees", "Asked About Satisfaction", "Satisfied", OF_THEM_ALL),
	"Mentors Satisfied, %": ("Mentors", "Asked About Satisfaction", "Satisfied", OF_THEM_ALL),
}
WITH_COHORT = ("Mentees", "Mentors", "Participants", "Attendance")
WITH_KIND = ("Mentors", "Events", "Attendance", "Publications", "Awards")


def execute() -> None:
	known = frappe.get_all(INDICATOR, pluck="name")
	seed.insert_missing("15_cohorts", "48_indicators", but=FORMER)
	define(known)
	if frappe.db.table_exists(MEASURE):
		for measure in stored_measures():
			take_over(measure)
		point_tasks_at_the_twins()
	frappe.delete_doc("DocType", MEASURE, force=True, ignore_missing=True)
	for doctype in ("Mentor", "Mentee"):
		date_who_left(doctype)
		key_the_people(doctype)


def define(names: list[str]) -> None:
	"""The shipped indicators of an earlier version say what they count; titles and targets stay as they are."""
	for record in json.loads(Path(seed.FOLDER, "48_indicators.json").read_text(encoding="utf-8")):
		if record["name"] not in names:
			continue
		kept = ("doctype", "name", "title", "unit", "description", "targets")
		values = {field: value for field, value in record.items() if field not in kept}
		if frappe.db.get_value(INDICATOR, record["name"], "unit") == FORMER_UNIT:
			values["unit"] = record["unit"]
		frappe.db.set_value(INDICATOR, record["name"], values, update_modified=False)
		for row in record.get("targets", ()):
			if row.get("is_base"):
				base = {"parent": record["name"], "year": row["year"], "target": row["target"]}
				frappe.db.set_value("Mentoring Indicator Target", base, "is_base", 1, update_modified=False)


def stored_measures() -> list[Any]:
	table = frappe.qb.DocType(MEASURE)
	fields = ("name", "title", "disabled", "unit", "formula", "target_group", "event_kind", "words")
	columns = [table[field] for field in (*fields, "description")]
	return frappe.qb.from_(table).select(*columns).orderby(table.creation).run(as_dict=True)


def take_over(measure: Any) -> None:
	"""A measure of the site's own becomes an indicator of its name; of a seeded one the words stay as they were edited."""
	name = TWINS.get(measure.name, measure.name)
	if frappe.db.exists(INDICATOR, name):
		frappe.db.set_value(INDICATOR, name, "words", measure.words, update_modified=False)
		return
	thing, of_those, counted, out_of = FORMULAS[measure.formula]
	of_group = measure.target_group if thing in WITH_COHORT else None
	is_taken = frappe.db.exists(INDICATOR, {"title": measure.title})
	record = {
		"doctype": INDICATOR,
		"title": f"{measure.title} ({name})" if is_taken else measure.title,
		**{field: measure[field] for field in ("disabled", "unit", "words", "description")},
		"thing": thing,
		"cohort": _cohort(of_group) if of_group else None,
		"of_those": of_those,
		"counted": counted,
		"out_of": OF_HEADCOUNT if thing == "Attendance" and of_group else out_of,
		"kind": measure.event_kind if thing in WITH_KIND else None,
	}
	frappe.get_doc(record).insert(ignore_permissions=True, set_name=name)


def _cohort(group: str) -> str:
	"""The cohort of one target group."""
	name = f"group-{group}"
	if not frappe.db.exists(COHORT, name):
		title = frappe.db.get_value("Mentoring Target Group", group, "title")
		record = {
			"doctype": COHORT,
			"title": f"Целевая группа «{title}»",
			"groups": [{"target_group": group}],
		}
		frappe.get_doc(record).insert(ignore_permissions=True, set_name=name)
	return name


def point_tasks_at_the_twins() -> None:
	task = frappe.qb.DocType("Roadmap Task")
	for measure, indicator in TWINS.items():
		frappe.qb.update(task).set(task.measure, indicator).where(task.measure == measure).run()


def date_who_left(doctype: str) -> None:
	"""Archived people left on the day they were archived, as the versions have it, else when they were last changed."""
	filters = {"workflow_state": "Archived", "left_on": ["is", "not set"]}
	archived = frappe.get_all(doctype, filters=filters, fields=["name", "modified"])
	left = {row.name: getdate(row.modified) for row in archived}
	versions = frappe.get_all(
		"Version",
		filters={"ref_doctype": doctype, "data": ["like", '%"Archived"%']},
		fields=["docname", "data", "creation"],
		order_by="creation asc",
	)
	for row in versions:
		changed = json.loads(row.data).get("changed", ())
		if row.docname in left and any(
			one[0] == "workflow_state" and one[2] == "Archived" for one in changed
		):
			left[row.docname] = getdate(row.creation)
	_write(doctype, "left_on", left)


def key_the_people(doctype: str) -> None:
	fields = ["name", "full_name", "birth_date", "organization", "school_class"]
	people = frappe.get_all(doctype, fields=fields)
	_write(doctype, "person_key", {person.name: key_of(person) for person in people})
	_write(doctype, "class_number", {person.name: class_number(person.school_class) for person in people})


def _write(doctype: str, field: str, values: dict[str, Any]) -> None:
	"""A value for each record, many in one statement."""
	table, left = frappe.qb.DocType(doctype), iter(values)
	for names in _batches(left):
		case = Case()
		for name in names:
			case = case.when(table.name == name, values[name])
		frappe.qb.update(table).set(table[field], case).where(table.name.isin(names)).run()


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
	while batch := list(islice(names, AT_ONCE)):
		yield batch
