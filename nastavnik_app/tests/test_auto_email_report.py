"""Frappe's own mail of reports goes to any address: it takes aggregates alone."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

from nastavnik_app.mailings.aggregates import AGGREGATES, refuse_persons
from nastavnik_app.mailings.kinds import KINDS
from nastavnik_app.tests.builders import SchoolTestCase, make_user

FOLDER = Path(__file__).parents[1] / "nastavnik_app" / "report"


class TestAutoEmailReport(SchoolTestCase):
	def mailing(self, report: str, **values):
		return frappe._dict(doctype="Auto Email Report", report=report, **values)

	def test_every_report_but_the_aggregates_is_refused(self) -> None:
		reports = {json.loads(file.read_text())["name"] for file in FOLDER.glob("*/*.json")}
		self.assertLess(AGGREGATES, reports)
		for report in reports - AGGREGATES:
			with self.assertRefused(report):
				refuse_persons(self.mailing(report), "validate")

	def test_the_authority_is_mailed_aggregates_alone(self) -> None:
		self.assertLessEqual({part.report for part in KINDS["To the Authority"].parts}, AGGREGATES)

	def test_an_aggregate_goes_out(self) -> None:
		refuse_persons(self.mailing("Satisfaction"), "validate")

	def test_a_report_that_a_site_builds_over_records_of_people_is_refused(self) -> None:
		own = {
			"doctype": "Report",
			"report_name": "Свой список наставляемых",
			"ref_doctype": "Mentee",
			"report_type": "Report Builder",
			"is_standard": "No",
		}
		report = frappe.get_doc(own).insert()
		with self.assertRefused(report.name):
			refuse_persons(self.mailing(report.name), "validate")

	def test_reports_of_other_apps_are_not_this_apps_business(self) -> None:
		own = {
			"doctype": "Report",
			"report_name": "Список пользователей",
			"ref_doctype": "User",
			"report_type": "Report Builder",
			"is_standard": "No",
		}
		refuse_persons(self.mailing(frappe.get_doc(own).insert().name), "validate")

	def test_frappe_asks_at_its_own_door(self) -> None:
		if not frappe.db.exists("DocType", "Auto Email Report"):
			self.skipTest("the embedded engine has no Auto Email Report")
		record = {
			"doctype": "Auto Email Report",
			"user": make_user("sender", "System Manager"),
			"email_to": "anybody@elsewhere.example",
			"frequency": "Weekly",
			"day_of_week": "Monday",
			"format": "HTML",
		}
		with self.assertRefused("Mentee Bank"):
			frappe.get_doc({**record, "report": "Mentee Bank", "report_type": "Script Report"}).insert()
		frappe.get_doc({**record, "report": "Satisfaction", "report_type": "Script Report"}).insert()
