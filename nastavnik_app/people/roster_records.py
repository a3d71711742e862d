"""The people of a list beside those whom the organization keeps: who is new, what changes of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr, getdate

from nastavnik_app.people import new_people
from nastavnik_app.roster import values
from nastavnik_app.roster.columns import REPRESENTATIVES, columns_of
from nastavnik_app.roster.known import Known, folded_name
from nastavnik_app.roster.model import NAME_PARTS, Column, Row
from nastavnik_app.rules.states import MACHINES

OF_REPRESENTATIVE = ("full_name", "relation", "phone", "email", "address")
# table of links → its column
LINK_COLUMN = {"needs": "competency", "competencies": "competency", "forms": "form"}


@dataclass(frozen=True)
class Change:
	"""What a row changes of a person; `was` and `becomes` as texts."""

	field: str
	label: str
	was: str
	becomes: str


@dataclass
class Stored:
	"""The people of one kind whom an organization keeps, read by one query a table."""

	people: str
	rows: dict[str, dict[str, Any]] = field(default_factory=dict)
	tables: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)  # field → person → rows

	def known(self) -> list[Known]:
		return known_people(self.rows.values())

	def table(self, field_name: str, person: str) -> list[dict[str, Any]]:
		return self.tables.get(field_name, {}).get(person, [])


def known_people(rows: Iterable[dict[str, Any]]) -> list[Known]:
	"""People as a row of a list is compared with them; `rows` have name, full name and birth date."""
	return [
		Known(row["name"], row["full_name"] or "", getdate(row["birth_date"]) if row["birth_date"] else None)
		for row in rows
	]


def columns(people: str) -> list[Column]:
	"""The columns that are fields of a person, the code and the name in one column aside."""
	return [one for one in columns_of(people) if one.kind not in ("code", "full_name")]


def stored_people(organization: str, people: str, names: list[str] | None = None) -> Stored:
	"""Everybody of the organization, or those with these names. Looks past the reader's rights."""
	filters: dict[str, Any] = {"organization": organization}
	if names is not None:
		filters["name"] = ["in", [*names, ""]]
	fields = ["name", "full_name", "workflow_state"]
	fields += [one.field for one in columns(people) if one.kind != "links"]
	rows = frappe.get_all(people, filters=filters, fields=fields, order_by="full_name asc, name asc")
	found = Stored(people, {row["name"]: row for row in rows})
	for table in tables_of(people):
		found.tables[table] = _rows_of(people, table, list(found.rows))
	return found


def tables_of(people: str) -> list[str]:
	return [one.field for one in columns(people) if one.kind == "links"] + [REPRESENTATIVES]


def _rows_of(people: str, table: str, names: list[str]) -> dict[str, list[dict[str, Any]]]:
	found: dict[str, list[dict[str, Any]]] = defaultdict(list)
	wanted = OF_REPRESENTATIVE if table == REPRESENTATIVES else (LINK_COLUMN[table],)
	filters = {"parenttype": people, "parentfield": table, "parent": ["in", [*names, ""]]}
	doctype = frappe.get_meta(people).get_field(table).options
	for row in frappe.get_all(doctype, filters=filters, fields=["parent", *wanted], order_by="idx asc"):
		found[row.parent].append(row)
	return found


@dataclass(frozen=True)
class Dictionary:
	"""What the app knows that a list may name: lengths of fields, titles of records, its own labels of fields."""

	lengths: dict[str, int]
	titles: dict[str, values.Titles]
	labels: dict[str, str]


def dictionary(organization: str, people: str) -> Dictionary:
	meta = frappe.get_meta(people)
	lengths = {
		df.fieldname: cint(df.length) or new_people.DATA_LENGTH
		for df in meta.fields
		if df.fieldtype == "Data"
	}
	for df in frappe.get_meta(meta.get_field(REPRESENTATIVES).options).fields:
		if df.fieldtype == "Data":
			lengths[f"{REPRESENTATIVES}.{df.fieldname}"] = cint(df.length) or new_people.DATA_LENGTH
	links, labels = {}, {}
	for one in columns_of(people):
		if one.kind in ("link", "links"):
			named = titles(organization, people, one.field)
			# exports of Desk write the names of records
			links[one.field] = values.Titles(
				{name: name for name in named} | {named[name]: name for name in named}
			)
		if one.field != "name":
			label = meta.get_label(one.field)
			labels |= {label: one.field, _(label, context=people): one.field}
	return Dictionary(lengths, links, labels)


def titles(organization: str, people: str, field_name: str) -> dict[str, str]:
	"""Name → title of the records that a link, or the links of a table, may name."""
	df = frappe.get_meta(people).get_field(field_name)
	doctype = df.options
	if field_name in LINK_COLUMN:
		doctype = frappe.get_meta(doctype).get_field(LINK_COLUMN[field_name]).options
	filters = {"organization": organization} if frappe.get_meta(doctype).has_field("organization") else {}
	rows = frappe.get_all(doctype, filters=filters, fields=["name", "title"], order_by="title asc")
	return {row.name: row.title for row in rows}


def new_document(organization: str, people: str, row: Row, builder: new_people.Builder) -> Document:
	given = {one.field: row.values[one.field] for one in columns(people) if one.field in row.values}
	for table, column in LINK_COLUMN.items():
		if table in given:
			given[table] = [{column: name} for name in given[table]]
	if REPRESENTATIVES in row.values:
		given[REPRESENTATIVES] = row.values[REPRESENTATIVES]
	return builder.build({"organization": organization, **given})


def changes_of(row: Row, name: str, stored: Stored) -> list[Change]:
	"""What a row would change of a person whom the organization keeps. An empty cell changes nothing."""
	person, found = stored.rows[name], []
	renamed = folded_name(row.full_name) != folded_name(person["full_name"] or "")
	for one in columns(stored.people):
		if one.field not in row.values or (one.field in NAME_PARTS and not renamed):
			continue
		given = row.values[one.field]
		if one.kind == "links":
			was = [each[LINK_COLUMN[one.field]] for each in stored.table(one.field, name)]
			if set(was) != set(given):
				found.append(_change(one, was, given))
		elif not _same(one.kind, person[one.field], given):
			found.append(_change(one, person[one.field], given))
	return found + _changes_of_representatives(row, stored.table(REPRESENTATIVES, name))


def _changes_of_representatives(row: Row, rows: list[dict[str, Any]]) -> list[Change]:
	kept = {folded_name(one["full_name"] or ""): one for one in rows}
	found = []
	for given in row.values.get(REPRESENTATIVES, ()):
		one = kept.get(folded_name(given["full_name"]))
		if not one:
			found.append(Change(REPRESENTATIVES, REPRESENTATIVES, "", given["full_name"]))
			continue
		for part, value in given.items():
			if part != "full_name" and not _same("phone" if part == "phone" else "text", one[part], value):
				found.append(Change(REPRESENTATIVES, part, cstr(one[part]), cstr(value)))
	return found


def _change(column: Column, was: Any, becomes: Any) -> Change:
	return Change(column.field, column.heading, _told(was), _told(becomes))


def _told(value: Any) -> str:
	if isinstance(value, list):
		return "; ".join(value)
	return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else cstr(value)


def _same(kind: str, stored: Any, given: Any) -> bool:
	"""Whether a cell says what is stored already, however it is written."""
	if kind in ("date", "birth_date"):
		return bool(stored) and getdate(stored) == given
	if kind in ("number", "yes"):
		return cint(stored) == given
	was, becomes = values.as_read_back(cstr(stored)), values.line(cstr(given))
	if kind in ("phone", "school_class"):
		return _read_again(kind, was) == becomes
	return was == becomes


def _read_again(kind: str, text: str) -> str:
	try:
		return values.read(kind, "", text, values.Context(getdate())) or ""
	except values.Unfit:
		return text


def locked(stored: Stored, name: str) -> bool:
	"""Whether the person stands in a state in which nothing is changed."""
	machine = MACHINES[stored.people]
	return machine.open_fields(stored.rows[name][machine.field]) is not None


def apply(document: Document, row: Row, changes: list[Change]) -> None:
	"""Writes what a row changes into the person's document; rows of tables keep what the list does not know of them."""
	for field_name in {change.field for change in changes} - {REPRESENTATIVES}:
		given = row.values[field_name]
		if field_name in LINK_COLUMN:
			column = LINK_COLUMN[field_name]
			kept = {each.get(column): each for each in document.get(field_name)}
			document.set(field_name, [])
			for name in given:
				document.append(field_name, kept.get(name) or {column: name})
		else:
			document.set(field_name, given)
	if REPRESENTATIVES in {change.field for change in changes}:
		kept = {folded_name(each.full_name or ""): each for each in document.get(REPRESENTATIVES)}
		for given in row.values[REPRESENTATIVES]:
			one = kept.get(folded_name(given["full_name"]))
			if one:
				one.update({part: value for part, value in given.items() if part != "full_name"})
			else:
				document.append(REPRESENTATIVES, given)
