"""People out of the ERP into the banks, by the hundred: counted first, then taken as a whole by a worker.

Who is linked already, or has the same name and birth date, is not doubled; who might be somebody that is there is told
and left. Taken again, only what is new or missing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.failures import reason_of
from nastavnik_app.integrations import pupils, staff
from nastavnik_app.integrations.fields import has_field
from nastavnik_app.integrations.scope import ORGANIZATION, company_of
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.people import new_people
from nastavnik_app.people.roster_records import known_people
from nastavnik_app.roster import known
from nastavnik_app.roster.columns import REPRESENTATIVES
from nastavnik_app.roster.from_records import Differences, Facts, differences
from nastavnik_app.roster.model import NAME_PARTS, Roster, Row
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import MACHINES
from nastavnik_app.transactions import look_anew, undo
from nastavnik_app.translation import translated

SOURCES = {"Student": ("Mentee",), "Employee": PEOPLE}
# what the class is, Education knows better
AUTHORITATIVE = frozenset(("school_class",))
SHOWN = 200
LONGEST_RUN = 3600  # seconds
STEP = "people_taken"  # savepoint


@dataclass
class Outcome:
	"""What taking comes to. `links` are people of the bank to whom a link, or what is missing, is written."""

	people: str
	new: list[tuple[Facts, Document]] = field(default_factory=list)
	links: list[tuple[str, Differences]] = field(default_factory=list)
	found: int = 0  # of the links: known by name and birth date
	unchanged: int = 0
	left_alone: int = 0  # archived or blocked
	told: list[tuple[str, str]] = field(default_factory=list)  # who is doubtful, and why
	passed_over: list[tuple[str, str]] = field(default_factory=list)
	checks: new_people.Checks | None = None


def require_right(organization: str, people: str, source: str) -> None:
	"""Refuses who may not make such people in this organization, or not read where they come from."""
	if people not in SOURCES.get(source, ()) or not has_field(people, link_of(source)):
		frappe.throw(_("{0} cannot be taken from {1} on this site.").format(_(people), _(source)))
	frappe.has_permission(source, "read", throw=True)
	frappe.get_doc(ORGANIZATION, organization).check_permission("read")
	frappe.get_doc({"doctype": people, "organization": organization}).check_permission("create")
	company_of(organization)


def link_of(source: str) -> str:
	return source.lower()


def count(organization: str, people: str, source: str, choice: dict[str, Any]) -> dict[str, Any]:
	"""What taking the chosen ones would do; nothing is written."""
	outcome = examine(organization, people, source, choice)
	return {
		"new": len(outcome.new),
		"names": [facts.title for facts, _document in outcome.new[:SHOWN]],
		"found": outcome.found,
		"updated": len(outcome.links) - outcome.found,
		"unchanged": outcome.unchanged,
		"left_alone": outcome.left_alone,
		"doubtful": outcome.told[:SHOWN],
		"doubtful_count": len(outcome.told),
		"passed_over": outcome.passed_over[:SHOWN],
		"passed_over_count": len(outcome.passed_over),
		"notes": pupils.what_is_missing() if source == "Student" else [],
	}


def queue(organization: str, people: str, source: str, choice: dict[str, Any]) -> None:
	"""Hands the taking to a worker, on behalf of the caller."""
	require_right(organization, people, source)
	frappe.enqueue(
		"nastavnik_app.integrations.taking.run",
		queue="long",
		timeout=LONGEST_RUN,
		enqueue_after_commit=True,
		organization=organization,
		people=people,
		source=source,
		choice=choice,
		asker=frappe.session.user,
	)


def run(organization: str, people: str, source: str, choice: dict[str, Any], asker: str) -> None:
	"""Takes all of them or nobody, and tells who asked."""
	_wait_for_others(organization)
	with on_behalf_of(asker):
		frappe.db.savepoint(STEP)
		try:
			outcome = examine(organization, people, source, choice)
			write(outcome, _show)
			text = _("{0} taken: {1} new, {2} linked or completed, {3} unchanged, {4} doubtful.").format(
				_(people), len(outcome.new), len(outcome.links), outcome.unchanged, len(outcome.told)
			)
		except Exception as error:
			undo(STEP)
			frappe.log_error(title=f"Taking {people} from {source} failed")
			text = _("Nobody was taken: {0}").format(reason_of(error))
		_tell(organization, asker, text)


def _wait_for_others(organization: str) -> None:
	"""Two lists of one organization are taken one after the other, each seeing whom the other has brought."""
	look_anew()
	frappe.db.get_value(ORGANIZATION, organization, "name", for_update=True)


def _show(done: int, whole: int) -> None:
	frappe.publish_progress(100 * done / whole, _("Taking people"))


def _tell(organization: str, user: str, text: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"document_type": ORGANIZATION,
			"document_name": organization,
			"subject": text,
		}
	).insert(ignore_permissions=True)


def examine(organization: str, people: str, source: str, choice: dict[str, Any]) -> Outcome:
	"""The chosen people beside those whom the organization keeps, with the caller's rights."""
	require_right(organization, people, source)
	outcome = Outcome(people)
	facts = _chosen(organization, people, source, choice)
	stored = _stored(organization, people, source)
	link = link_of(source)
	linked = {row[link]: row for row in stored.values() if row[link]}
	strangers = []
	for one in facts:
		outcome.passed_over += [
			(one.title, f"{translated(label)}: {translated(why)}") for label, why in one.passed_over
		]
		if one.source in linked:
			_complete(outcome, one, linked[one.source])
		elif one.refusal:
			outcome.told.append((one.title, translated(one.refusal)))
		else:
			strangers.append(one)
	builder = new_people.Builder(people)
	for one, name in _matched(outcome, strangers, stored):
		if name is None:
			values = {**one.values, link: one.source, REPRESENTATIVES: list(one.representatives)}
			outcome.new.append((one, builder.build({"organization": organization, **values})))
		elif stored[name][link]:
			outcome.told.append(
				(one.title, _("Somebody of this name and birth date is linked to another record."))
			)
		else:
			_complete(outcome, one, stored[name], {link: one.source})

	def refuse(facts: Facts, _field_name: str | None, text: str) -> None:
		outcome.told.append((facts.title, text))

	outcome.new, outcome.checks = new_people.ask_the_rules(outcome.new, refuse)
	return outcome


def _chosen(organization: str, people: str, source: str, choice: dict[str, Any]) -> list[Facts]:
	if source == "Student":
		facts = pupils.facts_of(pupils.listed(organization, choice))
		if not frappe.has_permission("Guardian", "read"):
			facts = [_without_representatives(one) for one in facts]
	else:
		employees = staff.listed(organization, choice)
		facts = staff.facts_of(employees, people, bool(choice.get("young")))
	groups = {one.values.get("target_group") for one in facts} - {None}
	there = set(
		frappe.get_all("Mentoring Target Group", filters={"name": ["in", [*groups, ""]]}, pluck="name")
	)
	known_users = _users_there(facts)
	for one in facts:
		if one.values.get("target_group") not in there:
			one.values.pop("target_group", None)  # the school has deleted this group of the dictionary
		if one.values.get("user") not in known_users:
			one.values.pop("user", None)
	return facts


def _users_there(facts: list[Facts]) -> set[str]:
	named = {one.values.get("user") for one in facts} - {None}
	return set(frappe.get_all("User", filters={"name": ["in", [*named, ""]]}, pluck="name"))


def _without_representatives(facts: Facts) -> Facts:
	return Facts(facts.source, facts.title, facts.values, (), facts.passed_over, facts.refusal)


def _stored(organization: str, people: str, source: str) -> dict[str, frappe._dict]:
	"""The people of the organization with what facts may fill, by name; looks past the reader's rights."""
	filled = [
		"birth_date",
		"gender",
		"phone",
		"email",
		"user",
		"school_class",
		"target_group",
		"position",
		"hired_on",
	]
	filled += [one for one in ("employee", "instructor", "student") if has_field(people, one)]
	fields = ["name", "full_name", *NAME_PARTS, "workflow_state", "blocked_on", *filled]
	rows = frappe.get_all(people, filters={"organization": organization}, fields=fields)
	found = {row.name: row for row in rows}
	for row in rows:
		row[REPRESENTATIVES] = []
	if source == "Student":
		of_people = {"parenttype": people, "parentfield": REPRESENTATIVES, "parent": ["in", [*found, ""]]}
		columns = ["parent", "full_name", "relation", "phone", "email", "guardian"]
		for one in frappe.get_all(
			"Mentee Representative", filters=of_people, fields=columns, order_by="idx asc"
		):
			found[one.parent][REPRESENTATIVES].append(one)
	return found


def _complete(
	outcome: Outcome, facts: Facts, row: dict[str, Any], link: dict[str, str] | None = None
) -> None:
	"""Somebody who is there: linked, if he is not, and what is empty is filled."""
	if is_shut(outcome.people, row):
		outcome.left_alone += 1
		return
	lacking = differences(row, row[REPRESENTATIVES], facts, AUTHORITATIVE)
	if link:
		lacking.values.update(link)
		outcome.found += 1
	if lacking:
		outcome.links.append((row["name"], lacking))
	else:
		outcome.unchanged += 1


def is_shut(people: str, row: Document | dict[str, Any]) -> bool:
	"""Whether nothing is written into the record of a person any more."""
	machine = MACHINES[people]
	return bool(row.get("blocked_on")) or machine.open_fields(row.get(machine.field)) is not None


def _matched(
	outcome: Outcome, strangers: list[Facts], stored: dict[str, Any]
) -> list[tuple[Facts, str | None]]:
	"""Whom each is in the bank, None for nobody; those of whom it cannot be told are added to `told`."""
	rows = [_as_row(number, one) for number, one in enumerate(strangers)]
	keys = Counter((known.folded_name(row.full_name), row.birth_date) for row in rows)
	names = Counter(known.folded_name(row.full_name) for row in rows)
	roster = Roster([], [], [])
	for row in rows:
		name = known.folded_name(row.full_name)
		if keys[name, row.birth_date] > 1 or (not row.birth_date and names[name] > 1):
			outcome.told.append(
				(
					strangers[row.number].title,
					_("There are several of this name, and no birth date tells them apart."),
				)
			)
		else:
			roster.rows.append(row)
	found = known.match(roster, known_people(stored.values()))
	outcome.told += [(strangers[fault.row].title, translated(fault.fault)) for fault in roster.faults]
	return [(strangers[row.number], found[row.number]) for row in roster.rows if row.number in found]


def _as_row(number: int, facts: Facts) -> Row:
	"""Somebody as known ones are told by: name and birth date."""
	telling = (*NAME_PARTS, "birth_date")
	return Row(number, {part: facts.values[part] for part in telling if part in facts.values})


def write(outcome: Outcome, show: Callable[[int, int], None] = lambda done, whole: None) -> None:
	documents = [document for _facts, document in outcome.new]
	changes = [(name, partial(apply, lacking=lacking)) for name, lacking in outcome.links]
	new_people.write(outcome.people, documents, changes, show, outcome.checks)


def apply(document: Document, lacking: Differences) -> None:
	document.update(lacking.values)
	rows = document.get(REPRESENTATIVES)
	kept = list(rows)
	for place, values in lacking.rows:
		if place is None:
			document.append(REPRESENTATIVES, dict(values))
		else:
			kept[place].update(values)
