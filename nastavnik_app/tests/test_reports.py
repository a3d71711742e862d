"""The two reports and the Monday mail that brings them."""

from __future__ import annotations

from io import BytesIO

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate
from openpyxl import load_workbook

from nastavnik_app.documents import report_files
from nastavnik_app.program import digests
from nastavnik_app.tests.builders import SchoolTestCase, as_user


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
		from pypdf import PdfReader

		self.task("Сформировать банк наставников", 1)
		run = report_files.run("Roadmap Fulfilment", {"organization": self.school.organization})
		text = "".join(page.extract_text() for page in PdfReader(BytesIO(report_files.to_pdf(run))).pages)
		self.assertIn("Сформировать банк наставников", " ".join(text.split()))


class TestDigests(SchoolTestCase):
	def test_director_and_curator_are_the_readers(self) -> None:
		self.assertEqual(
			digests.readers_of(self.school.organization), [self.school.director, self.school.curator]
		)

	def test_each_reader_gets_one_message_with_both_reports_attached(self) -> None:
		self.school.mentee(last_name="Незабудкин")
		sent = []
		original, frappe.sendmail = frappe.sendmail, lambda **message: sent.append(message)
		self.addCleanup(setattr, frappe, "sendmail", original)
		for user in digests.readers_of(self.school.organization):
			digests.send(self.school.organization, user)
		self.assertEqual(
			[message["recipients"] for message in sent], [[self.school.director], [self.school.curator]]
		)
		for message in sent:
			names = [file["fname"] for file in message["attachments"]]
			self.assertEqual(sorted(name.rsplit(".", 1)[1] for name in names), ["pdf", "pdf", "xlsx", "xlsx"])
		self.assertEqual(frappe.session.user, "Administrator")

	def test_message_reaches_the_queue(self) -> None:
		server = {"mail_server": "mail.school.example", "auto_email_id": "app@school.example"}
		for key, value in server.items():
			self.addCleanup(frappe.conf.__setitem__, key, frappe.conf.get(key))
			frappe.conf[key] = value
		# where it is remembered, every notice of the tests that follow is sent, and sending commits
		self.addCleanup(setattr, frappe.local, "outgoing_email_account", {})
		before = frappe.db.count("Email Queue")
		digests.send(self.school.organization, self.school.curator)
		self.assertEqual(frappe.db.count("Email Queue"), before + 1)

	def test_a_reader_without_rights_is_sent_nothing(self) -> None:
		with as_user("Administrator"), self.assertRefused(error=frappe.PermissionError):
			digests.send(self.school.organization, "Guest")
		self.assertEqual(frappe.session.user, "Administrator")

	def test_only_running_programmes_are_reported(self) -> None:
		queued = []
		original, frappe.enqueue = frappe.enqueue, lambda _method, **job: queued.append(job["user"])
		self.addCleanup(setattr, frappe, "enqueue", original)
		digests.send_all()
		self.assertNotIn(self.school.curator, queued)
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Running")
		digests.send_all()
		self.assertIn(self.school.curator, queued)
