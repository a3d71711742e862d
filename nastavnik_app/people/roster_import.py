"""A list of people on its way into the bank: checked without writing anything, then imported as a whole or not at all.

The import reads the file again and asks the same questions in its own transaction, so what the check said binds nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate, now_datetime

from nastavnik_app import attachments, left_behind
from nastavnik_app.failures import reason_of
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.people import new_people, roster_files, roster_records
from nastavnik_app.people.roster_records import Change
from nastavnik_app.roster import known, reader
from nastavnik_app.roster.columns import REPRESENTATIVES
from nastavnik_app.roster.model import Fault, Roster, Row, UnreadableRoster
from nastavnik_app.roster.values import as_read_back, line
from nastavnik_app.rules.messages import Message
from nastavnik_app.rules.messages import _ as message
from nastavnik_app.transactions import keep, undo
from nastavnik_app.translation import translated

IMPORT = "Roster Import"
FAULTS_SHOWN = 200
SHOWN = 140  # characters
LONGEST_RUN = 3600  # seconds
KEPT_DAYS = 30
STEP = "roster_import"  # savepoint
BEGUN = ("Queued", "Running", "Imported")
NOTHING_FOUND = {
	**dict.fromkeys(
		("row_count", "new_count", "changed_count", "unchanged_count", "fault_count", "doubtful_count")
	),
	**dict.fromkeys(("report", "problems", "checked_at", "imported_at", "progress")),
}


@dataclass
class Outcome:
	"""What a list comes to: new people with their documents, changed ones with what changes, and the rest."""

	people: str
	roster: Roster
	new: list[tuple[Row, Document]] = field(default_factory=list)
	changed: list[tuple[Row, str, list[Change]]] = field(default_factory=list)
	unchanged: int = 0
	checks: new_people.Checks | None = None

	@property
	def faults(self) -> list[Fault]:
		return sorted(self.roster.faults, key=lambda fault: fault.row)


def keep_what_is_stored(doc: Document) -> None:
	"""What the app has found is nobody's to type; another file begins anew, and what was begun stays as it is."""
	if doc.flags.by_the_app:
		return
	before = doc.get_doc_before_save()
	if before and before.status in BEGUN:
		frappe.throw(_("This list is imported already, or about to be. Begin a new import."))
	same = before and (before.file, before.people) == (doc.file, doc.people)
	for name in NOTHING_FOUND:
		doc.set(name, before.get(name) if same else None)
	doc.set("faults", before.get("faults") if same else [])
	doc.status = before.status if same else "Draft"
	doc.title = doc.title if doc.file and same else _(doc.people)


def check(doc: Document) -> None:
	"""Reads the file and says what importing it would do; no person is written."""
	_refuse_strangers(doc)
	try:
		outcome = examine(doc)
	except UnreadableRoster as refusal:
		_forget(doc)
		doc.problems, doc.status = translated(refusal.message), "Failed"
	else:
		_note(doc, outcome)
		doc.status = "Checked"
	doc.checked_at = now_datetime()
	_save(doc)


def queue(doc: Document) -> None:
	"""Hands a checked list without faults to a worker, on behalf of who asks."""
	_refuse_strangers(doc)
	if doc.status != "Checked":
		frappe.throw(_("Check the list first."))
	if doc.fault_count or doc.doubtful_count:
		frappe.throw(
			_(
				"The list has {0} faults and {1} doubtful rows. Correct the file, attach it and check it again."
			).format(doc.fault_count, doc.doubtful_count)
		)
	doc.status, doc.progress = "Queued", 0
	_save(doc)
	frappe.enqueue(
		"nastavnik_app.people.roster_import.run",
		queue="long",
		timeout=LONGEST_RUN,
		enqueue_after_commit=True,
		roster_import=doc.name,
	)


def _refuse_strangers(doc: Document) -> None:
	person = frappe.new_doc(doc.people, organization=doc.organization)
	person.check_permission("create")
	person.check_permission("write")


def run(roster_import: str) -> None:
	"""Imports what is queued. One that a stopped worker left behind is done again: nothing of it was written."""
	if not frappe.db.exists(IMPORT, roster_import):  # deleted while it waited
		return
	doc = frappe.get_doc(IMPORT, roster_import, for_update=True)
	if doc.status not in ("Queued", "Running"):
		return
	with on_behalf_of(doc.modified_by):
		doc.db_set({"status": "Running", "progress": 0}, notify=True)
		keep()  # the people follow in one transaction
		# two lists of one organization queue here, so that the second sees whom the first has brought
		frappe.db.get_value("Educational Organization", doc.organization, "name", for_update=True)
		doc = frappe.get_doc(IMPORT, roster_import, for_update=True)
		if doc.status == "Running":
			_run(doc)


def _run(doc: Document) -> None:
	frappe.db.savepoint(STEP)
	try:
		_refuse_strangers(doc)
		outcome = examine(doc)
		if not outcome.faults:
			write(outcome, lambda done, whole: _show(doc, done, whole))
			doc.status, doc.imported_at = "Imported", now_datetime()
		else:
			doc.status = "Failed"
		_note(doc, outcome)
		doc.progress = 100
		_save(doc)
	except Exception as error:
		undo(STEP)
		refusal = translated(error.message) if isinstance(error, UnreadableRoster) else reason_of(error)
		frappe.log_error(title=f"Roster import {doc.name} failed")
		doc = frappe.get_doc(IMPORT, doc.name, for_update=True)
		doc.status, doc.problems = "Failed", refusal
		_save(doc)


def _show(doc: Document, done: int, whole: int) -> None:
	frappe.publish_progress(100 * done / whole, _("Importing people"), doctype=IMPORT, docname=doc.name)


def examine(doc: Document) -> Outcome:
	"""The list beside whom the organization keeps. Raises `UnreadableRoster`."""
	if not doc.file:
		raise UnreadableRoster(message("Attach the file with the list of people."))
	file = frappe.get_doc("File", {"file_url": doc.file, "attached_to_name": doc.name})
	known_here = roster_records.dictionary(doc.organization, doc.people)
	asked = (doc.people, getdate(), known_here.lengths, known_here.titles, known_here.labels)
	roster = reader.read(attachments.bytes_of(file), file.file_name, *asked)
	stored = roster_records.stored_people(doc.organization, doc.people)
	found = known.match(roster, stored.known())
	_forgive_what_is_stored(roster, found, stored)
	outcome, builder = Outcome(doc.people, roster), new_people.Builder(doc.people)
	faulty = {fault.row for fault in roster.faults}
	for row in roster.rows:
		if row.number in faulty or row.number not in found:
			continue
		name = found[row.number]
		if name is None:
			outcome.new.append((row, roster_records.new_document(doc.organization, doc.people, row, builder)))
		elif changes := roster_records.changes_of(row, name, stored):
			_add_change(outcome, row, name, changes, stored)
		else:
			outcome.unchanged += 1

	def refuse(row: Row, field_name: str | None, text: str) -> None:
		roster.faults.append(_refused(row, field_name or "full_name", text))

	outcome.new, outcome.checks = new_people.ask_the_rules(outcome.new, refuse)
	return outcome


def _add_change(
	outcome: Outcome, row: Row, name: str, changes: list[Change], stored: roster_records.Stored
) -> None:
	if roster_records.locked(stored, name):
		text = message("This person is archived, and the row changes: {0}.")
		fault = text.format(", ".join(dict.fromkeys(change.label for change in changes)))
		remedy = message("Return the person to the bank first, or leave the row out.")
		outcome.roster.faults.append(row.fault("full_name", fault, remedy))
	else:
		outcome.changed.append((row, name, changes))


def _forgive_what_is_stored(
	roster: Roster, found: dict[int, str | None], stored: roster_records.Stored
) -> None:
	"""A cell that would be refused, but says letter by letter what is stored already, changes nothing."""
	rows = {row.number: row for row in roster.rows}

	def is_stored(fault: Fault) -> bool:
		name, row = found.get(fault.row), rows[fault.row]
		if not name or fault.doubtful or fault.field not in row.places:
			return False
		_column, text = row.places[fault.field]
		kept = _stored_text(fault.field, name, stored)
		return bool(kept) and as_read_back(kept)[:SHOWN] == line(text)[:SHOWN]

	roster.faults = [fault for fault in roster.faults if not is_stored(fault)]


def _stored_text(field_name: str, name: str, stored: roster_records.Stored) -> str:
	if not field_name.startswith(REPRESENTATIVES):
		return cstr(stored.rows[name].get(field_name))
	_table, number, part = field_name.split(".")
	rows = stored.table(REPRESENTATIVES, name)
	return cstr(rows[int(number) - 1].get(part)) if int(number) <= len(rows) else ""


def _refused(row: Row, field_name: str, text: str) -> Fault:
	return row.fault(field_name, Message(text), message("Correct the row, or leave it out."))


def write(outcome: Outcome, show: Callable[[int, int], None] = lambda done, whole: None) -> None:
	"""Stores the new people and the changes; raises what a refusal raises."""
	documents = [document for _row, document in outcome.new]
	changes = [
		(name, partial(roster_records.apply, row=row, changes=of_row))
		for row, name, of_row in outcome.changed
	]
	new_people.write(outcome.people, documents, changes, show, outcome.checks)


def _note(doc: Document, outcome: Outcome) -> None:
	"""Writes into the import what the list comes to, in its owner's language."""
	_forget(doc)
	faults = [[one.row, one.column, one.value, _told(one.fault), _told(one.remedy)] for one in outcome.faults]
	doubtful = sum(1 for one in outcome.faults if one.doubtful)
	doc.row_count, doc.unchanged_count = len(outcome.roster.rows), outcome.unchanged
	doc.new_count, doc.changed_count = len(outcome.new), len(outcome.changed)
	doc.fault_count, doc.doubtful_count = len(faults) - doubtful, doubtful
	names = ("row", "column", "value", "fault", "remedy")
	doc.set("faults", [dict(zip(names, one, strict=True)) for one in faults[:FAULTS_SHOWN]])
	if outcome.roster.ignored:
		doc.problems = _("Columns that are not known were passed over: {0}.").format(
			"; ".join(outcome.roster.ignored)
		)
	changes = [
		[row.number, row.full_name, change.label, change.was, change.becomes]
		for row, _name, of_row in outcome.changed
		for change in of_row
	]
	new = [[row.number, row.full_name] for row, _document in outcome.new]
	if faults or changes or new:
		_keep_report(doc, roster_files.report(faults, changes, new))


def _keep_report(doc: Document, content: bytes) -> None:
	for old in frappe.get_all(
		"File",
		filters={"attached_to_doctype": IMPORT, "attached_to_name": doc.name, "attached_to_field": "report"},
		pluck="name",
	):
		frappe.delete_doc("File", old, ignore_permissions=True)
	name = _("Check of the list {0}").format(f"{now_datetime():%d.%m.%Y %H-%M-%S}")
	doc.report = attachments.attach(f"{name}.xlsx", content, IMPORT, doc.name, "report").file_url


def _forget(doc: Document) -> None:
	for name, nothing in NOTHING_FOUND.items():
		doc.set(name, nothing)
	doc.set("faults", [])


def _save(doc: Document) -> None:
	doc.flags.by_the_app = True
	doc.title = " ".join(one for one in (_(doc.people), _file_name(doc)) if one)[:300]
	doc.save()
	doc.flags.by_the_app = False


def _file_name(doc: Document) -> str | None:
	return frappe.db.get_value("File", {"file_url": doc.file, "attached_to_name": doc.name}, "file_name")


def _told(text: Any) -> str:
	return translated(text) if isinstance(text, Message) else cstr(text)


def give_up() -> None:
	"""Tells of the imports that a stopped worker left behind; called hourly."""
	told = _("The server stopped before the list was imported; nothing was written. Check the list again.")
	left_behind.give_up(IMPORT, told)


def clean_up() -> None:
	"""Deletes old imports with their files, which list people; called daily."""
	left_behind.delete_old(IMPORT, KEPT_DAYS)
