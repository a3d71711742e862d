"""All that is held about a person, as the person may ask for it (152-FZ, art. 14): records, in which other records the
person stands, files, on what basis and how long."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from nastavnik_app.attachments import bytes_of
from nastavnik_app.privacy.kept import CONSENT
from nastavnik_app.privacy.records import ABOUT, Links, place_of
from nastavnik_app.privacy.subjects import OWN, THROUGH, of_person
from nastavnik_app.rules.states import CURATOR, DIRECTOR
from nastavnik_app.workflow import LAYOUT, TABLES

WHOLE = (*OWN, CONSENT, "Mentoring Award")
# about others and the framework's own
LEFT_OUT = ("Mentor", "Mentee", "Pair Matching", "Data Destruction Act", "Support Profile Access")
TRACKS = ("Comment", "Communication", "ToDo", "Version", "View Log")
Section = dict[str, Any]


def export_of_person(doctype: str, name: str) -> bytes:
	"""A ZIP with `person.json`, the same to read in `person.html`, and the files; for the director and the curator."""
	person = frappe.get_doc(doctype, name)
	person.check_permission("read")
	if {DIRECTOR, CURATOR, "System Manager"}.isdisjoint(frappe.get_roles()):
		frappe.throw(_("The director or the curator answers a person's request."), frappe.PermissionError)
	held = _held_about(person)
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("person.json", frappe.as_json(held))
		archive.writestr("person.html", _as_html(person, held))
		for number, file in enumerate(_files(held), 1):
			archive.writestr(f"files/{number} {file.file_name}", bytes_of(file))
	return out.getvalue()


def _held_about(person: Document) -> Section:
	records = [person, *_whole_records(person)]
	return {
		"operator": frappe.db.get_value(
			"Educational Organization", person.organization, ["full_name", "address"], as_dict=True
		),
		"on": getdate(),
		"records": [_record(one) for one in records],
		"mentions": _mentions(person, {(one.doctype, one.name) for one in records}),
		"noted": [row for one in records for row in _noted(one)],
		"terms": frappe.get_all(
			"Mentoring Retention Term",
			filters={"disabled": 0},
			fields=["title", "amount", "unit", "counted_from", "afterwards", "basis"],
			order_by="title asc",
		),
	}


def _whole_records(person: Document) -> list[Document]:
	record = (person.doctype, person.name)
	return [
		frappe.get_doc(doctype, name)
		for doctype in WHOLE
		for name in frappe.get_all(doctype, filters=of_person(doctype, record), pluck="name")
	]


def _record(record: Document) -> Section:
	"""A record as labels and values."""
	fields = [df for df in record.meta.fields if df.fieldtype not in (*LAYOUT, *TABLES) and not df.hidden]
	tables = {}
	for df in record.meta.get_table_fields():
		rows = [_values(row, frappe.get_meta(df.options).fields) for row in record.get(df.fieldname)]
		if rows:
			tables[_(df.label, context=record.doctype)] = rows
	return {
		"doctype": record.doctype,
		"name": record.name,
		"title": f"{_(record.doctype)}: {record.get_title()}",
		"fields": _values(record, fields),
		"tables": tables,
	}


def _values(row: Document, fields: list) -> dict[str, Any]:
	shown = [df for df in fields if df.fieldtype not in LAYOUT and row.get(df.fieldname)]
	return {_(df.label, context=row.doctype): _readable(row, df) for df in shown}


def _readable(row: Document, df: Any) -> Any:
	value = row.get(df.fieldname)
	if df.fieldtype == "Date":
		return formatdate(value)
	if df.fieldtype in ("Link", "Dynamic Link"):
		target = row.get(df.options) if df.fieldtype == "Dynamic Link" else df.options
		title = frappe.get_meta(target).title_field
		return (title and frappe.db.get_value(target, value, title)) or value
	return _(value) if df.fieldtype == "Select" else value


def _mentions(person: Document, whole: set[tuple[str, str]]) -> list[Section]:
	"""Records of more people than this one, without what they say of the others: kind, title and day."""
	about = Links().records_about((person.doctype, person.name), THROUGH)
	found = []
	for doctype, name in sorted(about - whole):
		if doctype in LEFT_OUT:
			continue
		created = frappe.db.get_value(doctype, name, "creation")
		found.append({"doctype": _(doctype), "name": name, "drawn_up": str(created)[:10]})
	return found


def _noted(record: Document) -> list[Section]:
	found = []
	for doctype in TRACKS:
		if frappe.db.table_exists(doctype):
			about, name = ABOUT[doctype]
			rows = frappe.get_all(
				doctype,
				filters={about: record.doctype, name: record.name},
				fields=["name", "creation", "owner"],
			)
			found += [{"doctype": _(doctype), "drawn_up": str(row.creation), "by": row.owner} for row in rows]
	return found


def _files(held: Section) -> list[Document]:
	found = []
	for record in held["records"]:
		attached = {"attached_to_doctype": record["doctype"], "attached_to_name": record["name"]}
		found += [
			frappe.get_doc("File", name) for name in frappe.get_all("File", filters=attached, pluck="name")
		]
	return [file for file in found if place_of(file.file_url)]


def _as_html(person: Document, held: Section) -> str:
	title = _("Personal data that are held: {0}").format(person.full_name)
	parts = [f"<!DOCTYPE html><html lang='ru'><meta charset='utf-8'><title>{escape(title)}</title>"]
	parts.append(f"<h1>{escape(title)}</h1><p>{escape(formatdate(held['on']))}</p>")
	parts.append(_list(_("Operator"), held["operator"] or {}))
	for record in held["records"]:
		parts.append(_list(record["title"], record["fields"]))
		for label, rows in record["tables"].items():
			parts += [_list(label, row, 3) for row in rows]
	parts += [_list(_("Is named in"), row, 3) for row in held["mentions"]]
	parts += [_list(_("Noted by the system"), row, 3) for row in held["noted"]]
	parts += [_list(_("Retention term"), row, 3) for row in held["terms"]]
	return "\n".join(parts) + "</html>"


def _list(title: str, values: dict[str, Any], level: int = 2) -> str:
	rows = "".join(
		f"<tr><th align='left'>{escape(str(label))}</th><td>{escape(str(value))}</td></tr>"
		for label, value in values.items()
		if value not in (None, "")
	)
	return f"<h{level}>{escape(title)}</h{level}><table>{rows}</table>"
