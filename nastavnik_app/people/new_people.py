"""People by the thousand: the same records, with the same refusals, as `insert` gives one by one.

`insert` asks the database some fifteen times for each person. Here the document's own rules (its controller and all
`doc_events`) run for each person as ever; what the framework then checks of each field (filled, length, choice, link)
is asked of all at once, and rows are written in bulk. Whoever is not plainly within those checks goes through `insert`,
and so does everybody where the site listens to new records in a way of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name
from frappe.utils import cint, cstr, now_datetime, validate_email_address
from pypika.terms import Parameter

from nastavnik_app.failures import reason_of
from nastavnik_app.workflow import LAYOUT

About = TypeVar("About")

IN_ONE_GO = 1000  # people who are written together
IN_ONE_STATEMENT = 500  # rows: SQLite takes 32,766 values
SHOWN_EVERY = 100  # people between two steps of the progress bar, where each is written alone
DATA_LENGTH = 140
LARGEST_INT = 2**31 - 1
_PHONE = re.compile(r"[0-9 +_\-,.*#()]{1,20}", re.ASCII)
_BOUNDED = frozenset(("Data", "Link", "Select"))
_PLAIN_TYPES = frozenset(
	("Check", "Data", "Date", "Int", "Link", "Select", "Small Text", "Text", "Long Text")
)
# what a site may have attached to the creation of records: DocType, field that names the DocType, what turns it off or on
_LISTENERS = (
	("Assignment Rule", "document_type", {"disabled": 0}),
	("Document Naming Rule", "document_type", {"disabled": 0}),
	("Energy Point Rule", "reference_doctype", {"enabled": 1}),
	("Milestone Tracker", "document_type", {"disabled": 0}),
	("Notification", "document_type", {"enabled": 1}),
	("Server Script", "reference_doctype", {"disabled": 0}),
	("Webhook", "webhook_doctype", {"enabled": 1}),
)
_AFTERWARDS = ("after_insert", "on_update", "on_change")
_OURS = ("frappe.", "nastavnik_app.")


class Builder:
	"""Makes new documents of a DocType with their defaults, as `insert` fills them in."""

	def __init__(self, doctype: str) -> None:
		self._defaults = {"doctype": doctype, "__islocal": 1, **_defaults(doctype)}
		self._of_rows = {
			df.fieldname: _defaults(df.options) for df in frappe.get_meta(doctype).get_table_fields()
		}

	def build(self, values: dict[str, Any]) -> Document:
		"""A new document with these values, checked by nothing yet."""
		given = _without_none(values)
		for table, defaults in self._of_rows.items():
			if defaults and given.get(table):
				given[table] = [{**defaults, **_without_none(row)} for row in given[table]]
		return frappe.get_doc({**self._defaults, **given})


def _defaults(doctype: str) -> dict[str, Any]:
	fresh = frappe.new_doc(doctype)
	return _without_none({df.fieldname: fresh.get(df.fieldname) for df in fresh.meta.fields})


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
	return {field: value for field, value in values.items() if value is not None}


def apply_rules(document: Document) -> None:
	"""Runs the rules of a new document before it is stored: those of its controller, of the app and of other apps."""
	document.run_method("before_insert")
	document.name = frappe.generate_hash(length=10)
	for event in ("before_validate", "validate", "before_save"):
		document.run_method(event)


@dataclass(frozen=True, slots=True)
class _Field:
	"""What is asked of a field, looked up once for all documents. `exotic`: its values are left to `insert`."""

	df: Any
	name: str
	kind: str
	options: str | None
	choices: frozenset[str]
	length: int | None
	required: bool
	non_negative: bool
	exotic: bool


def _fields_of(doctype: str) -> list[_Field]:
	meta = frappe.get_meta(doctype)
	fetched = {df.fetch_from.partition(".")[0] for df in meta.fields if df.fetch_from}
	return [
		_Field(
			df,
			df.fieldname,
			df.fieldtype,
			df.options,
			frozenset((df.options or "").split("\n")) if df.fieldtype == "Select" else frozenset(),
			(cint(df.length) or DATA_LENGTH) if df.fieldtype in _BOUNDED else None,
			bool(cint(df.reqd)),
			bool(cint(df.non_negative)),
			df.fieldname in fetched or _is_exotic(df),
		)
		for df in meta.fields
		if df.fieldtype not in LAYOUT
	]


def _is_exotic(df: Any) -> bool:
	is_table = df.fieldtype == "Table"
	special = df.fieldtype == "Data" and df.options not in (None, "", "Phone", "Email")
	known = is_table or df.fieldtype in _PLAIN_TYPES
	return not known or special or bool(df.unique or df.fetch_from or cint(df.permlevel))


class Checks:
	"""What the framework asks of each field when a document is inserted, for many documents at once."""

	def __init__(self, documents: list[Document]) -> None:
		self._fields: dict[str, list[_Field]] = {}
		self._documents = documents  # as long as they live, so do their ids
		self._seen: dict[int, tuple[list[tuple[Any, str]], bool]] = {}
		linked: dict[str, set[str]] = defaultdict(set)
		for document in documents:
			for record in (document, *document.get_all_children()):
				own = vars(record)
				for one in self._of(record.doctype):
					if one.kind == "Link" and own.get(one.name):
						linked[one.options].add(own[one.name])
		self._linked = {
			doctype: set(frappe.get_all(doctype, filters={"name": ["in", sorted(names)]}, pluck="name"))
			for doctype, names in linked.items()
		}

	def _of(self, doctype: str) -> list[_Field]:
		if doctype not in self._fields:
			self._fields[doctype] = _fields_of(doctype)
		return self._fields[doctype]

	def look_at(self, document: Document) -> tuple[list[tuple[Any, str]], bool]:
		"""The fields that `insert` would refuse, and why; and whether it would store the document as it is: nothing to
		refuse, no markup to clean, no field of a kind that is not looked at here."""
		if id(document) not in self._seen:
			self._seen[id(document)] = self._look_at(document)
		return self._seen[id(document)]

	def _look_at(self, document: Document) -> tuple[list[tuple[Any, str]], bool]:
		refusals, plain = [], True
		for record in (document, *document.get_all_children()):
			own = vars(record)
			for one in self._of(record.doctype):
				value = own.get(one.name)
				if value is None or value == "" or value == []:
					refusal = _("This must be filled in.") if one.required else None
				elif one.kind == "Table":
					continue
				else:
					refusal = self._refusal(one, value)
					plain = (
						plain and not one.exotic and not (isinstance(value, str) and _is_unclean(one, value))
					)
				if refusal:
					refusals.append((one.df, refusal))
		return refusals, plain and not refusals

	def _refusal(self, one: _Field, value: Any) -> str | None:
		kind = one.kind
		if one.required and not cstr(value).strip():
			return _("This must be filled in.")
		if kind == "Link" and value not in self._linked[one.options]:
			return _("There is no such record.")
		if kind == "Select" and one.options and value not in one.choices:
			return _("This is none of the choices.")
		if one.length and len(cstr(value)) > one.length:
			return _("At most {0} characters fit.").format(one.length)
		if kind == "Int" and (abs(cint(value)) > LARGEST_INT or (one.non_negative and cint(value) < 0)):
			return _("The number cannot be right.")
		if kind == "Data" and one.options == "Phone" and not _PHONE.fullmatch(value.strip()):
			return _("This is not a phone number.")
		if kind == "Data" and one.options == "Email" and not validate_email_address(value):
			return _("This is not an e-mail address.")
		return None


def ask_the_rules(
	new: list[tuple[About, Document]], refuse: Callable[[About, str | None, str], None]
) -> tuple[list[tuple[About, Document]], Checks]:
	"""Everything that would refuse new people one by one, asked of all: those whom nothing refuses, and their checks.

	`refuse` is told of whom, by which field where one is at fault, and why.
	"""
	within_rules = []
	for about, document in new:
		try:
			apply_rules(document)
			within_rules.append((about, document))
		except (frappe.ValidationError, frappe.PermissionError) as error:
			refuse(about, None, reason_of(error))
	checks = Checks([document for _about, document in within_rules])
	accepted = []
	for about, document in within_rules:
		refusals, _plain = checks.look_at(document)
		for df, text in refusals:
			refuse(about, df.fieldname, f"{_(df.label or df.fieldname, context=df.parent)}: {text}")
		if not refusals:
			accepted.append((about, document))
	return accepted, checks


def _is_unclean(one: _Field, value: str) -> bool:
	return "<" in value or ">" in value or (one.kind == "Select" and value != value.strip())


def insert_all(
	documents: list[Document], show: Callable[[int], None] = lambda done: None, checks: Checks | None = None
) -> None:
	"""Stores new people of one organization, to whom `apply_rules` was applied, as `insert` would; `show` is told how
	many are done, `checks` have been made of the same documents. Raises what `insert` raises."""
	if not documents:
		return
	documents[0].check_permission("create")  # the same organization for all: asked once
	checks = checks or Checks(documents)
	in_bulk = listens_to_nothing(documents[0].doctype)
	plain = [one for one in documents if in_bulk and checks.look_at(one)[1]]
	chosen = {id(one) for one in plain[:-1]}
	written = plain[:-1]
	for start in range(0, len(written), IN_ONE_GO):
		_write(written[start : start + IN_ONE_GO])
		show(min(start + IN_ONE_GO, len(written)))
	for number, one in enumerate((one for one in documents if id(one) not in chosen), len(written) + 1):
		one.insert()
		if number % SHOWN_EVERY == 0:
			show(number)
	if written:
		# inserted by the framework, the last one shows what else it keeps of a new record
		_repeat_what_the_framework_wrote(plain[-1], [one.name for one in written])


def write(
	people: str,
	new: list[Document],
	changes: list[tuple[str, Callable[[Document], None]]],
	show: Callable[[int, int], None] = lambda done, whole: None,
	checks: Checks | None = None,
) -> None:
	"""Stores new people as `insert_all` does, and what `changes` write into people who are there, by name; `show` is
	told how many are done, and of how many. Raises what a refusal raises."""
	whole = len(new) + len(changes) or 1
	insert_all(new, lambda done: show(done, whole), checks)
	for number, (name, change) in enumerate(changes, 1):
		document = frappe.get_doc(people, name)
		change(document)
		document.save()
		if number % SHOWN_EVERY == 0:
			show(len(new) + number, whole)


def _write(documents: list[Document]) -> None:
	now, user = now_datetime(), frappe.session.user
	rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
	for number, document in enumerate(documents):
		stamp = now + timedelta(microseconds=number)  # lists keep the order of the file
		children = document.get_all_children()
		for record in (document, *children):
			record.owner = record.modified_by = user
			record.creation = record.modified = stamp
		for child in children:
			child.name, child.parent, child.docstatus = frappe.generate_hash(length=10), document.name, 0
		whole = document.as_dict(convert_dates_to_str=True)
		for table in document.meta.get_table_fields():
			rows[table.options] += whole.pop(table.fieldname)
		rows[document.doctype].append(whole)
	for doctype, of_doctype in rows.items():
		_insert_rows(doctype, of_doctype)


def _insert_rows(doctype: str, rows: list[dict[str, Any]]) -> None:
	if not rows:
		return
	meta = frappe.get_meta(doctype)
	fields = [field for field in rows[0] if field != "doctype" and not field.startswith("__")]
	# what the database fills in by itself (nothing, or 0 in columns of numbers) need not be sent
	given = {df.fieldname for df in meta.fields if df.default}
	numbers = {df.fieldname for df in meta.fields if df.fieldtype in ("Check", "Int")} | {"docstatus", "idx"}
	fields = [
		one
		for one in fields
		if one in given or any(row.get(one) not in ((None, 0) if one in numbers else (None,)) for row in rows)
	]
	table, marks = frappe.qb.DocType(doctype), (Parameter("%s"),) * len(fields)
	for start in range(0, len(rows), IN_ONE_STATEMENT):
		some = rows[start : start + IN_ONE_STATEMENT]
		# `bulk_insert` renders each value into the statement, which takes longer than to store it
		statement = frappe.qb.into(table).columns(*fields).insert(*(marks for _row in some))
		# nosemgrep: frappe-using-db-sql (built by the query builder; the values go as parameters)
		frappe.db.sql(str(statement), tuple(row.get(field) for row in some for field in fields))


def listens_to_nothing(doctype: str) -> bool:
	"""Whether a new record of a DocType sets nothing going on this site but what the framework and the app do for
	every record."""
	meta = frappe.get_meta(doctype)
	for table in (meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields())):
		if any(
			df.in_global_search or cint(df.permlevel) or cstr(df.default).startswith(":")
			for df in table.fields
		):
			return False
	for listener, field, active in _LISTENERS:
		if frappe.db.table_exists(listener) and frappe.db.exists(listener, {field: doctype, **active}):
			return False
	return not (_foreign_handlers(doctype) or _own_workflow(doctype) or _own_rights())


def _foreign_handlers(doctype: str) -> bool:
	for doctypes, events in frappe.get_hooks("doc_events", {}).items():
		if not (doctypes in (doctype, "*") or (isinstance(doctypes, tuple) and doctype in doctypes)):
			continue
		for event in _AFTERWARDS:
			handlers = events.get(event) or []
			for handler in [handlers] if isinstance(handlers, str) else handlers:
				if not handler.startswith(_OURS):
					return True
	return False


def _own_workflow(doctype: str) -> bool:
	"""Whether the site's Workflow looks into each record, or writes letters about it."""
	name = get_workflow_name(doctype)
	if not name:
		return False
	workflow = frappe.get_cached_doc("Workflow", name)
	return bool(workflow.send_email_alert) or any(row.condition for row in workflow.transitions)


def _own_rights() -> bool:
	"""Whether the rights of the user differ from record to record, or the user follows what he makes."""
	user = frappe.session.user
	if frappe.db.table_exists("User Permission") and frappe.db.exists("User Permission", {"user": user}):
		return True
	follows = frappe.get_meta("User").has_field("follow_created_documents")
	return bool(follows and frappe.get_cached_value("User", user, "follow_created_documents"))


def _repeat_what_the_framework_wrote(model: Document, names: list[str]) -> None:
	"""The open Workflow Action of a new record, for those that were written in bulk."""
	if not frappe.db.table_exists("Workflow Action"):
		return
	about = {"reference_doctype": model.doctype, "reference_name": model.name}
	for found in frappe.get_all("Workflow Action", filters=about, pluck="name"):
		pattern = frappe.get_doc("Workflow Action", found).as_dict(convert_dates_to_str=True)
		roles = pattern.pop("permitted_roles")
		actions, permitted = [], []
		for name in names:
			action = {**pattern, "name": frappe.generate_hash(length=10), "reference_name": name}
			actions.append(action)
			permitted += [
				{**role, "name": frappe.generate_hash(length=10), "parent": action["name"]} for role in roles
			]
		_insert_rows("Workflow Action", actions)
		_insert_rows("Workflow Action Permitted Role", permitted)
