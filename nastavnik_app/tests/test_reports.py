"""The two reports of every week, on the screen and as files."""

from __future__ import annotations

from io import BytesIO

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate
from openpyxl import load_workbook

from nastavnik_app.documents import report_files
from nastavnik_app.tests.builders import SchoolTestCase
from nastavnik_app.tests.pdf_text import pages_of


class TestReports(SchoolTestCase):
	def task(self, title: str, due: int, **values):
		return frappe.get_doc(
			{
				"doctype": "Roadmap Task",
				"program": self.school.program,
				"title": title,
				"section": "Подготовка",
				"due_date": add_days(getdate(), due),
				**values,
			}
		).insert()

	def done(self, task, days_ago: int):
		task.update({"status": "Done", "completed_on": add_days(getdate(), -days_ago)})
		task.save()

	def test_roadmap_fulfilment_tells_in_time_late_and_overdue(self) -> None:
		self.done(self.task("В срок", -5), days_ago=5)
		self.done(self.task("С опозданием", -5), days_ago=4)
		self.task("Просрочена", -1)
		self.task("Впереди", 1)
		result = query_report.run("Roadmap Fulfilment", filters={"organization": self.school.organization})
		self.assertEqual(
			{row["title"]: row["verdict"] for row in result["result"]},
			{"В срок": "In Time", "С опозданием": "Late", "Просрочена": "Overdue", "Впереди": None},
		)
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [4, 50.0, 1, 1])
		self.assertEqual(result["chart"]["data"]["datasets"][0]["values"], [2])

	def test_consent_coverage_names_who_lacks_it(self) -> None:
		covered, bare = self.school.consenting("Mentee"), self.school.mentee(last_name="Незабудкин")
		filters = {"organization": self.school.organization, "only_missing": 1}
		result = query_report.run("Consent Coverage", filters=filters)
		self.assertEqual([row["full_name"] for row in result["result"]], [bare.full_name])
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [2, 50.0, 1])
		self.assertNotIn(covered.full_name, str(result["result"]))

	def test_spreadsheet_neutralises_formulas(self) -> None:
		self.task("=HYPERLINK(1)", 1)
		run = report_files.run("Roadmap Fulfilment", {"organization": self.school.organization})
		sheet = load_workbook(BytesIO(report_files.to_xlsx(run))).active
		self.assertEqual(sheet.cell(2, 1).value, "'=HYPERLINK(1)")

	def test_pdf_of_a_report_holds_its_rows(self) -> None:
		self.task("Сформировать банк наставников", 1)
		run = report_files.run("Roadmap Fulfilment", {"organization": self.school.organization})
		text = "".join(pages_of(report_files.to_pdf(run)))
		self.assertIn("Сформировать банк наставников", " ".join(text.split()))
