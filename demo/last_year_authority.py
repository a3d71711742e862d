"""What the authority above the school asked of it in the year before: rows of the municipal roadmap, and a return."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow

from demo.last_year_records import Year
from demo.staff import acting
from nastavnik_app.program import municipal

ROWS = (
	("Принять локальные акты о наставничестве", "2025-10-15", "Приказы, положение, дорожная карта"),
	("Сообщить сведения о наставниках и наставляемых", "2025-11-01", "Сведения по форме управления"),
	("Подвести итоги наставничества за год", "2026-05-25", "Отчёт"),
)
HALF_YEAR = {"period_start": "2025-09-01", "period_end": "2025-12-31"}
RESPONSIBLE = "Муниципальные образовательные организации (МОО)"


def hand_down(year: Year) -> None:
	"""The municipal programme, and its rows handed down to whom they name."""
	authority = frappe.db.get_value(
		"Educational Organization", year.school.organization, "parent_organization"
	)
	with acting("Administrator"):
		program = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Муниципальная целевая модель наставничества, 2025/2026",
				"organization": authority,
				"period_start": "2025-09-01",
				"period_end": "2026-08-31",
			}
		).insert()
		for title, due, result in ROWS:
			task = {"title": title, "due_date": due, "expected_result": result, "responsible": RESPONSIBLE}
			row = frappe.get_doc({"doctype": "Roadmap Task", "program": program.name, **task}).insert()
			municipal.hand_down([row.name])


def send_return(year: Year) -> None:
	"""The half-year's figures: counted, approved, sent and accepted."""
	own = frappe.get_doc(
		{"doctype": "Program Return", "organization": year.school.organization, **HALF_YEAR}
	).insert()
	for login, action in (
		("curator", "Send for Approval"),
		("director", "Approve"),
		("curator", "Send to the Authority"),
		("officer", "Accept"),
	):
		with acting(year.school.logins[login]):
			apply_workflow(frappe.get_doc("Program Return", own.name), action)
