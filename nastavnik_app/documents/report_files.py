"""A script report as files: XLSX and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import frappe
from frappe import _
from frappe.desk import query_report
from frappe.utils import cstr, formatdate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from nastavnik_app.documents.pdf import html_to_pdf

# a cell that begins so is a formula to a spreadsheet
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


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


def attachments(report: ReportRun) -> list[dict]:
	"""The report as XLSX and as PDF, as `frappe.sendmail` takes attachments."""
	return [
		{"fname": f"{report.title}.xlsx", "fcontent": to_xlsx(report)},
		{"fname": f"{report.title}.pdf", "fcontent": to_pdf(report)},
	]


def to_xlsx(report: ReportRun) -> bytes:
	book = Workbook()
	sheet = book.active
	sheet.title = report.title[:31]
	sheet.append([column["label"] for column in report.columns])
	for row in report.rows:
		sheet.append([spreadsheet_value(row.get(column["fieldname"])) for column in report.columns])
	sheet.freeze_panes = "A2"
	for index, column in enumerate(report.columns, 1):
		sheet.cell(1, index).font = Font(bold=True)
		sheet.column_dimensions[get_column_letter(index)].width = column.get("width", 120) / 7
	for row in sheet.iter_rows():
		for cell in row:
			cell.alignment = Alignment(wrap_text=True, vertical="top")
			if cell.is_date:
				cell.number_format = "DD.MM.YYYY"
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()


def spreadsheet_value(value: object) -> object:
	"""A value as a spreadsheet takes it, never as a formula."""
	if isinstance(value, str) and value.startswith(FORMULA_MARKS):
		return f"'{value}"
	return value


def to_pdf(report: ReportRun) -> bytes:
	rows = [[_text(row.get(column["fieldname"])) for column in report.columns] for row in report.rows]
	html = frappe.render_template(
		"nastavnik_app/templates/reports/report.html", {"report": report, "rows": rows, "today": formatdate()}
	)
	return html_to_pdf(html)


def _text(value: object) -> str:
	return formatdate(value) if isinstance(value, date | datetime) else cstr(value)
