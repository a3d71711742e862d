"""The files that the demonstration leaves beside the papers: the list of tasks, the reports, the summary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import getdate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from demo.staff import School
from demo.summary import Summary
from nastavnik_app.documents import report_files

REPORTS = {
	"report-roadmap-fulfilment.xlsx": "Roadmap Fulfilment",
	"report-consent-coverage.xlsx": "Consent Coverage",
}
TASK_COLUMNS = {
	"section": "Раздел",
	"title": "Мероприятие",
	"term_text": "Срок, как записан",
	"start_date": "Начало",
	"due_date": "Срок",
	"responsible": "Ответственный",
	"expected_result": "Результат",
	"status": "Состояние",
}
WIDEST, NARROWEST = 60, 9


def write_all(output: Path, school: School, summary: Summary, say: Callable[[str], None]) -> None:
	"""Writes these files into `output` and lists them in the summary."""
	tasks = _tasks(school)
	_write_book(output / "roadmap-tasks.xlsx", list(TASK_COLUMNS.values()), tasks)
	(output / "roadmap-tasks.txt").write_text(_as_text(tasks), encoding="utf-8")
	summary.files += ["roadmap-tasks.xlsx", "roadmap-tasks.txt"]
	for name, report in REPORTS.items():
		filters = {"organization": school.organization, "program": school.program}
		(output / name).write_bytes(report_files.to_xlsx(report_files.run(report, filters)))
		summary.files.append(name)
	say("Записаны список задач и отчёты")
	summary.files.append("summary.md")
	(output / "summary.md").write_text(summary.text(school), encoding="utf-8")


def _tasks(school: School) -> list[list[object]]:
	tasks = frappe.get_list(
		"Roadmap Task",
		filters={"program": school.program},
		fields=list(TASK_COLUMNS),
		order_by="source_row asc, due_date asc",
		limit_page_length=0,
	)
	for task in tasks:
		task.status = _(task.status)
	return [[task[field] for field in TASK_COLUMNS] for task in tasks]


def _as_text(tasks: list[list[object]]) -> str:
	"""The tasks section by section, a line each."""
	lines, shown = [], None
	for section, title, term, _start, due, responsible, _result, status in tasks:
		if section != shown:
			lines += ["", section]
			shown = section
		day = f"{getdate(due):%d.%m.%Y}" if due else term or "срок не указан"
		lines.append(f"  {day:<12} {status:<14} {title} ({responsible})")
	return "\n".join(lines).strip() + "\n"


def _write_book(path: Path, headings: list[str], rows: list[list[object]]) -> None:
	book = Workbook()
	sheet = book.active
	sheet.append(headings)
	for cell in sheet[1]:
		cell.font = Font(bold=True)
	for row in rows:
		sheet.append(row)
	for index, column in enumerate(zip(headings, *rows, strict=True), 1):
		widest = max(len(str(value or "")) for value in column)
		sheet.column_dimensions[get_column_letter(index)].width = min(max(widest + 2, NARROWEST), WIDEST)
	for row in sheet.iter_rows(min_row=2):
		for cell in row:
			cell.alignment = Alignment(wrap_text=True, vertical="top")
			if cell.is_date:
				cell.number_format = "DD.MM.YYYY"
	sheet.freeze_panes = "A2"
	sheet.auto_filter.ref = sheet.dimensions
	book.save(path)
