"""Lists of people as spreadsheets: exports that are read back unchanged, the template, the report of an import."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, getdate
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from nastavnik_app.people import roster_records
from nastavnik_app.roster import values
from nastavnik_app.roster.columns import (
	MOST_REPRESENTATIVES,
	REPRESENTATIVES,
	columns_of,
	representative_columns,
)
from nastavnik_app.roster.model import Column
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.spreadsheets import as_cell

WIDTH, DATE_FORMAT = 22, "DD.MM.YYYY"
SHEETS = {"Mentee": "Наставляемые", "Mentor": "Наставники"}
_SAMPLE = {
	"last_name": "Ромашкин",
	"first_name": "Пример",
	"middle_name": "Образцович",
	"birth_date": "2012-03-01",
	"gender": "Male",
	"phone": "+7 900 000-00-00",
	"email": "primer@school.example",
}
_SAMPLES = {
	"Mentee": {
		**_SAMPLE,
		"school_class": "8Б",
		"main_request": "Подготовиться к итоговому собеседованию",
	},
	"Mentor": {**_SAMPLE, "birth_date": "1980-03-01", "position": "Учитель математики", "capacity": 2},
}
_RELATIVE = {"full_name": "Ромашкина Пример Игоревна", "relation": "мать", "phone": "+7 900 000-00-01"}


def export(organization: str, people: str, names: list[str] | None = None) -> bytes:
	"""The people of an organization (those with these `names`) whom the reader may list, as the importer reads them."""
	if people not in PEOPLE:
		frappe.throw(_("Choose mentors or mentees."))
	frappe.has_permission(people, "export", throw=True)
	filters: dict[str, Any] = {"organization": organization}
	if names is not None:
		filters["name"] = ["in", [*names, ""]]
	seen = frappe.get_list(people, filters=filters, pluck="name", limit_page_length=0)
	return written(people, organization, roster_records.stored_people(organization, people, seen))


def template(people: str) -> bytes:
	"""An empty list with one sample row of an invented person."""
	if people not in PEOPLE:
		frappe.throw(_("Choose mentors or mentees."))
	frappe.has_permission(people, "read", throw=True)
	sample = {one.field: None for one in roster_records.columns(people)} | _SAMPLES[people]
	stored = roster_records.Stored(people, {"": {"name": "", **sample}})
	stored.tables[REPRESENTATIVES] = {"": [_RELATIVE]}
	return written(people, None, stored)


def written(people: str, organization: str | None, stored: roster_records.Stored) -> bytes:
	most = max((len(rows) for rows in stored.tables.get(REPRESENTATIVES, {}).values()), default=1)
	headings = [one for one in columns_of(people) if one.kind != "full_name"]
	relatives = [
		representative_columns(number) for number in range(1, min(max(most, 1), MOST_REPRESENTATIVES) + 1)
	]
	titles = {
		one.field: roster_records.titles(organization, people, one.field) if organization else {}
		for one in headings
		if one.kind in ("link", "links")
	}
	rows = []
	for name, person in stored.rows.items():
		row = [_cell(one, person, name, stored, titles) for one in headings]
		of_person = stored.table(REPRESENTATIVES, name)
		for number, parts in enumerate(relatives):
			one = of_person[number] if number < len(of_person) else {}
			row += [one.get(part.field.rpartition(".")[2]) for part in parts]
		rows.append(row)
	everything = [*headings, *(part for parts in relatives for part in parts)]
	return _book({SHEETS[people]: [[one.heading for one in everything], *rows]})


def _cell(column: Column, person: dict, name: str, stored: roster_records.Stored, titles: dict) -> Any:
	if column.kind == "links":
		named = [row[roster_records.LINK_COLUMN[column.field]] for row in stored.table(column.field, name)]
		return "; ".join(titles[column.field].get(one, one) for one in named)
	value = person.get(column.field)
	if value in (None, ""):
		return None
	if column.kind == "link":
		return titles[column.field].get(value, value)
	if column.kind in ("date", "birth_date"):
		return getdate(value)
	if column.kind == "gender":
		return values.GENDERS[value][0]
	if column.kind == "clearance":
		return values.CLEARANCES[value][0]
	if column.kind == "yes":
		return "да" if value else "нет"
	return value


def report(faults: list[list[Any]], changes: list[list[Any]], new: list[list[Any]]) -> bytes:
	"""What a check has found: rows of (row, column, value, what is wrong, what to do), of (row, person, field, was,
	becomes) and of (row, person)."""
	headings = {
		_("Faults"): [_("Row"), _("Column"), _("Value"), _("What Is Wrong"), _("What to Do")],
		_("Changed People"): [_("Row"), _("Person"), _("Field"), _("Was"), _("Becomes")],
		_("New People"): [_("Row"), _("Person")],
	}
	tables = (faults, changes, new)
	return _book({title: [head, *rows] for (title, head), rows in zip(headings.items(), tables, strict=True)})


def _book(sheets: dict[str, list[list[Any]]]) -> bytes:
	book = Workbook(write_only=True)
	for title, rows in sheets.items():
		sheet = book.create_sheet(cstr(title)[:31])
		sheet.freeze_panes = "A2"
		for place in range(1, len(rows[0]) + 1):
			sheet.column_dimensions[get_column_letter(place)].width = WIDTH
		sheet.append([_bold(sheet, heading) for heading in rows[0]])
		for row in rows[1:]:
			sheet.append([_value(sheet, value) for value in row])
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()


def _bold(sheet: Any, heading: str) -> Any:
	cell = WriteOnlyCell(sheet, heading)
	cell.font = Font(bold=True)
	return cell


def _value(sheet: Any, value: Any) -> Any:
	if hasattr(value, "strftime"):
		cell = WriteOnlyCell(sheet, value)
		cell.number_format = DATE_FORMAT
		return cell
	return as_cell(value)
