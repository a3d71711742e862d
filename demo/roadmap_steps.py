"""The school's roadmap: read from its Word document, looked through, turned into tasks, and marked as work goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import frappe
from frappe.utils import getdate

from demo.staff import School
from nastavnik_app.attachments import attach

# the doubtful term and what it should have been; the curator knows, the programme only asks
MISPRINT, RIGHT_TERM, RIGHT_DAY = "до мая 2026", "до мая 2027", date(2027, 4, 30)
# what the school had done in time, with what shows it
DONE_BEFORE = {
	"Рассказать о программе педагогам": "Протокол педагогического совета № 1",
	"Провести классные часы": "Записи в классных журналах",
	"Подготовить памятки": "Памятка наставнику",
}


@dataclass(frozen=True)
class Reading:
	rows: int
	tasks: int
	doubts: list[str]


def load_roadmap(school: School, path: Path) -> Reading:
	record = frappe.get_doc({"doctype": "Roadmap Import", "program": school.program}).insert()
	file = attach(path.name, path.read_bytes(), record.doctype, record.name)
	record.document = file.file_url
	record.save()
	record.read_document()
	doubts = [f"{row.title}: {row.problems}" for row in record.rows if row.problems]
	for row in record.rows:
		if row.term_text == MISPRINT:
			row.term_text, row.start, row.due = RIGHT_TERM, None, RIGHT_DAY
		row.checked = int(bool(row.problems))
	record.save()
	return Reading(len(record.rows), record.create_tasks(), doubts)


def complete_done_before(school: School) -> None:
	for beginning, evidence in DONE_BEFORE.items():
		complete(school, beginning, evidence, in_time=True)


def complete(school: School, beginning: str, evidence: str, in_time: bool = False) -> None:
	"""Marks the tasks with this beginning of the title as done, today or on their last day."""
	tasks = frappe.get_list(
		"Roadmap Task",
		filters={"program": school.program, "title": ["like", f"{beginning}%"], "status": "Planned"},
		pluck="name",
	)
	for name in tasks:
		task = frappe.get_doc("Roadmap Task", name)
		task.status, task.evidence = "Done", evidence
		task.completed_on = min(getdate(task.due_date), getdate()) if in_time else getdate()
		task.save()
