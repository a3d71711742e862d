"""Behind an indicator: who was counted on a day, who was not and why."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate, getdate
from pypika import Case
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder

from nastavnik_app.arguments import filters_in
from nastavnik_app.people.consents import PROCESSING
from nastavnik_app.permissions import listed
from nastavnik_app.program import indicators
from nastavnik_app.program.attendance import at_events
from nastavnik_app.program.indicator_values import VALUE
from nastavnik_app.program.marks import MARKS
from nastavnik_app.program.things import PROFILE, THINGS, Definition, Scope, of_cohort
from nastavnik_app.rules.cohorts import Cohort, Person, why_outside
from nastavnik_app.rules.indicators import OF_HEADCOUNT, PEOPLE, Tally
from nastavnik_app.rules.scope import PEOPLE as PARTIES
from nastavnik_app.translation import translated

CONSENT_HOLDS = "Consent Holds"
IN_TABLE_OF = {"Plan Activity": "Individual Plan"}


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary. Numbers are for whoever may read the programme; rows are what the
	reader may see, and none of a mark or a cohort that would tell more than the reader may know."""
	filters = filters_in(filters)
	if not (filters.indicator and filters.program):
		return get_columns(), [], _("Choose an indicator and a program."), None, []
	program = frappe.get_doc("Mentoring Program", filters.program)
	program.check_permission("read")
	indicator = next(iter(indicators.enabled([filters.indicator])), None)
	if not indicator:
		frappe.throw(_("There is no such indicator."))
	definition, scope = indicator.definition, indicators.scope_of(program, getdate(filters.on_date))
	if not definition:
		return get_columns(), [], _("This indicator is entered by hand: nobody was counted."), None, []
	said = indicators.count(definition, scope)[program.organization]
	missing = lacking_rights(definition)
	rows = [] if missing else get_rows(definition, scope)
	message = get_message(missing, get_frozen(filters, scope), said)
	return get_columns(), rows, message, None, get_summary(rows, said, bool(missing))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Name"), "fieldtype": "Data", "width": 260},
		{"fieldname": "part", "label": _("Takes Part As"), "fieldtype": "Data", "width": 150},
		{"fieldname": "target_group_title", "label": _("Target Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "place", "label": _("Position or Class"), "fieldtype": "Data", "width": 150},
		{"fieldname": "counted", "label": _("Is Counted"), "fieldtype": "Data", "width": 100},
		{"fieldname": "why_not", "label": _("Why Not"), "fieldtype": "Data", "width": 300},
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 110},
		{
			"fieldname": "name",
			"label": _("Counted Record"),
			"fieldtype": "Dynamic Link",
			"options": "doctype",
			"width": 120,
		},
	]


def lacking_rights(definition: Definition) -> list[str]:
	"""The DocTypes that the reader would have to read to be shown who was counted."""
	needed = [IN_TABLE_OF.get(doctype, doctype) for doctype in THINGS[definition.thing].doctypes]
	needed += [MARKS[mark].reads for mark in (definition.of_those, definition.counted) if mark]
	if definition.is_sensitive:
		needed.append(PROFILE)
	return [one for one in dict.fromkeys(needed) if one and not frappe.has_permission(one, "read")]


def get_rows(definition: Definition, scope: Scope) -> list[dict[str, Any]]:
	"""Those who count, those who do not, and those who would count but are outside the cohort."""
	if definition.thing == "Attendance" and definition.out_of == OF_HEADCOUNT:
		return _rows_of_events(definition, scope)
	thing, found = THINGS[definition.thing], []
	yes, no, reason = _("Yes"), _("No"), translated(MARKS[definition.counted].reason)
	for doctype in thing.doctypes:
		about = {"part": _(doctype), "doctype": IN_TABLE_OF.get(doctype, doctype)}
		for row in _rows(definition, doctype, scope):
			row.update(about, counted=yes if row["is_counted"] else no)
			row["why_not"] = None if row["is_counted"] else reason
			found.append(row)
		for row in _outside(definition, doctype, scope):
			row.update(about, counted=no)
			found.append(row)
	if definition.counted == CONSENT_HOLDS:
		_say_how_consents_ended(found, scope)
	if thing.key != "name":
		_say_who_counts_by_the_other_record(found)
	return sorted(found, key=lambda row: (row["why_not"] is not None, row["title"] or ""))


def _rows(definition: Definition, doctype: str, scope: Scope) -> list[frappe._dict]:
	query, marked = indicators.members(definition, doctype, scope)
	return _listed(query, marked, definition, doctype).run(as_dict=True)


def _listed(query: QueryBuilder, marked: QueryBuilder, definition: Definition, doctype: str) -> QueryBuilder:
	table, group = frappe.qb.DocType(doctype), frappe.qb.DocType("Mentoring Target Group")
	parent = IN_TABLE_OF.get(doctype, doctype)
	record = table.name if parent == doctype else table.parent
	query = query.select(record.as_("name"), table[THINGS[definition.thing].title].as_("title"), marked.since)
	if definition.thing in PEOPLE:
		query = query.left_join(group).on(group.name == table.target_group)
		query = query.select(group.title.as_("target_group_title"))
		query = query.select(Coalesce(table.position, table.school_class).as_("place"))
	return listed(query, parent)


def _outside(definition: Definition, doctype: str, scope: Scope) -> list[frappe._dict]:
	"""Who would count if the cohort were everybody, with the bound that leaves them out."""
	if definition.cohort == Cohort():
		return []
	table = frappe.qb.DocType(doctype)
	query, marked = indicators.members(definition, doctype, scope, Cohort())
	inside = Case().when(of_cohort(table, definition.cohort, scope.day), 1).else_(0)
	query = _listed(query, marked, definition, doctype).where((inside == 0) & marked.who.isnotnull())
	facts = ("birth_date", "hired_on", "years_of_service", "class_number")
	rows = query.select(*(table[fact] for fact in facts)).run(as_dict=True)
	for row in rows:
		row.why_not = translated(why_outside(_person(row), definition.cohort, scope.day))
	return rows


def _person(row: Any) -> Person:
	# who is on the ground is inside already
	return Person(
		row.target_group,
		getdate(row.birth_date) if row.birth_date else None,
		getdate(row.hired_on) if row.hired_on else None,
		row.years_of_service or None,
		row.class_number or None,
	)


def _rows_of_events(definition: Definition, scope: Scope) -> list[dict[str, Any]]:
	found = at_events(definition, scope, for_reader=True)
	people = {who: name for presence in found.values() for who, name in presence.people.items()}
	rows = [
		frappe._dict(
			title=name,
			who=who,
			**_told_of(*who),
			counted=_("Yes"),
			is_counted=1,
			why_not=None,
		)
		for who, name in people.items()
	]
	return sorted(rows, key=lambda row: row.title or "")


def _told_of(kind: str, key: str) -> dict[str, str | None]:
	"""The record of somebody of the banks; of anybody else, what tells them from others of the name."""
	if kind in PARTIES:
		return {"doctype": kind, "name": key, "place": None, "part": _(kind)}
	return {"doctype": None, "name": None, "place": key, "part": None}


def _say_how_consents_ended(rows: list[Any], scope: Scope) -> None:
	"""Of those without a consent that holds: how the last one ended."""
	lacking = {row["name"]: row for row in rows if not row["is_counted"]}
	consent = frappe.qb.DocType("Consent")
	query = (
		frappe.qb.from_(consent)
		.select(consent.party, consent.valid_until, consent.withdrawn_on)
		.where(consent.organization.isin(scope.organizations))
		.where((consent.kind == PROCESSING) & (consent.docstatus == 1))
		.where((consent.withdrawn_on <= scope.day) | (consent.valid_until < scope.day))
		.orderby(consent.signed_on)
	)
	for party, valid_until, withdrawn_on in query.run():
		if party not in lacking:
			continue
		if withdrawn_on and getdate(withdrawn_on) <= scope.day:
			said = _("The consent was withdrawn on {0}").format(formatdate(withdrawn_on))
		else:
			said = _("The consent ran out on {0}").format(formatdate(valid_until))
		lacking[party]["why_not"] = said


def _say_who_counts_by_the_other_record(rows: list[Any]) -> None:
	counted = {row["who"] for row in rows if row["why_not"] is None}
	for row in rows:
		if row["who"] in counted and not row["is_counted"]:
			row["why_not"] = _("Counted by the other record")


def get_frozen(filters: frappe._dict, scope: Scope) -> Any:
	"""What was frozen of this day, if anything was."""
	asked = {"program": filters.program, "indicator": filters.indicator, "on_date": scope.day, "frozen": 1}
	return frappe.db.get_value(VALUE, asked, ["numerator", "denominator"], as_dict=True)


def get_message(missing: list[str], frozen: Any, said: Tally) -> str | None:
	lines = []
	if missing:
		named = ", ".join(_(one) for one in missing)
		lines.append(_("Numbers alone: to see who was counted it takes the right to read {0}.").format(named))
	if frozen:
		was, now = (frozen.numerator, frozen.denominator), (said.number, said.whole or 0)
		if was == now:
			lines.append(_("The value of this day is frozen, and the records still say the same."))
		else:
			lines.append(
				_("Frozen on this day: {0} out of {1}. The records now say {2} out of {3}.").format(
					*was, *now
				)
			)
	if said.problem:
		lines.append(translated(said.problem))
	return " ".join(lines) or None


def get_summary(rows: list[dict], said: Tally, is_hidden: bool) -> list[dict]:
	shown = {row["who"] for row in rows if row["why_not"] is None}
	hidden = said.number - said.by_number - len(shown)
	left_out = {row["who"] for row in rows if not row["is_counted"]} - shown
	outside = sum(1 for row in rows if row["is_counted"] and row["why_not"])
	summary = [{"label": _("Number Counted"), "value": said.number, "datatype": "Int", "indicator": "Green"}]
	if said.whole is not None:
		summary.append({"label": _("Out Of"), "value": said.whole, "datatype": "Int"})
	if not is_hidden:
		summary.append({"label": _("Not Counted"), "value": len(left_out), "datatype": "Int"})
		summary.append({"label": _("Outside the Cohort"), "value": outside, "datatype": "Int"})
	summary.append({"label": _("Known by Number Alone"), "value": said.by_number, "datatype": "Int"})
	summary.append({"label": _("Hidden From You"), "value": hidden, "datatype": "Int"})
	return summary
