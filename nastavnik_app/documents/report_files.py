"""A script report as files: XLSX and PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import frappe
from babel import numbers
from frappe import _
from frappe.desk import query_report
from frappe.utils import cstr, formatdate, getdate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.rules.spreadsheets import as_cell

FORBIDDEN_IN_SHEETS, LONGEST_OF_SHEETS = re.compile(r"[\[\]:*?/\\]"), 31


@dataclass(frozen=True)
class ReportRun:
	"""A report as its reader sees it: columns with fieldname and label, rows as dicts, summary figures."""

	name: str
	title: str
	columns: list[dict]
	rows: list[dict]
	summary: list[dict]


def run(name: str, filters: dict) -> ReportRun:
	"""Runs a report with the rights of the session's user; raises PermissionError where there are none."""
	result = query_report.run(name, filters=filters, ignore_prepared_report=True)
	columns = [column for column in result["columns"] if column["fieldtype"] != "Link"]
	return ReportRun(name, _(name), columns, result["result"], result.get("report_summary") or [])


def to_xlsx(*reports: ReportRun) -> bytes:
	"""One book, a sheet for each report."""
	book = Workbook()
	book.remove(book.active)
	for report in reports:
		_fill_sheet(book.create_sheet(_sheet_title(report.title)), report)
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()


def _sheet_title(title: str) -> str:
	return FORBIDDEN_IN_SHEETS.sub(" ", title)[:LONGEST_OF_SHEETS]


def _fill_sheet(sheet: Worksheet, report: ReportRun) -> None:
	sheet.append([as_cell(column["label"]) for column in report.columns])
	for row in report.rows:
		sheet.append([as_cell(row.get(column["fieldname"])) for column in report.columns])
	sheet.freeze_panes = "A2"
	for index, column in enumerate(report.columns, 1):
		sheet.cell(1, index).font = Font(bold=True)
		sheet.column_dimensions[get_column_letter(index)].width = column.get("width", 120) / 7
	for row in sheet.iter_rows():
		for cell in row:
			cell.alignment = Alignment(wrap_text=True, vertical="top")
			if cell.is_date:
				cell.number_format = "DD.MM.YYYY"


def to_pdf(*reports: ReportRun, about: str = "") -> bytes:
	"""One PDF, each report on pages of its own; `about` is the organization."""
	return html_to_pdf(as_html(*reports, about=about))


def as_html(*reports: ReportRun, about: str = "") -> str:
	"""What the PDF is drawn from."""
	tables = [
		(report, [[_text(row.get(column["fieldname"])) for column in report.columns] for row in report.rows])
		for report in reports
	]
	return frappe.render_template(
		"nastavnik_app/templates/reports/report.html",
		{
			"tables": tables,
			"about": about,
			"today": formatdate(getdate()),
			"figure_text": figure_text,
			"width_class": width_class,
		},
	)


def width_class(columns: list[dict]) -> str:
	"""How small the letters must be for so many columns to fit a landscape page."""
	return "widest" if len(columns) > 11 else "wide" if len(columns) > 8 else ""


def figure_text(value: object) -> str:
	"""A figure of a summary as the reader writes it: «66,7»."""
	return _text(round(value, 1) if isinstance(value, float) else value)


def _text(value: object) -> str:
	if isinstance(value, float):
		return numbers.format_decimal(value, locale=frappe.local.lang.replace("-", "_"))
	return formatdate(value) if isinstance(value, date | datetime) else cstr(value)
