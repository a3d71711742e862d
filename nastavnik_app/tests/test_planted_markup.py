"""Markup typed into every text of every record stays text: on every paper, page, report, calendar and in every mail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest.mock import patch

import frappe
from frappe.desk import query_report
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from nastavnik_app.desk import digests
from nastavnik_app.documents import report_files
from nastavnik_app.mailings import message
from nastavnik_app.mailings.kinds import KINDS
from nastavnik_app.questionnaires import invitations
from nastavnik_app.returns import requests
from nastavnik_app.rules.states import CURATOR, DIRECTOR, OFFICER
from nastavnik_app.tests import doors, two_schools
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.two_schools import TEXTS

PLANTED = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
RAW = ("<script>alert", "<img src=x", "onerror=alert(1)>", "alert(1)&gt;49")
ESCAPED = "&lt;script&gt;alert(1)"
DAYS, MOMENT = ("Date", "Datetime"), datetime(2026, 11, 2, 10, 30)
# texts that are a machine's: a key, a hash, an address that is looked up
MACHINES_OWN = (
	"key",
	"hash",
	"sha256",
	"checksum",
	"signature",
	"secret",
	"email",
	"submission",
	"user_agent",
)


def plant(record: Any) -> int:
	"""How many texts of a record and its tables were spoiled, past the clean-up of a save."""
	planted = 0
	for row in (record, *record.get_all_children()):
		values = {
			df.fieldname: f"{row.get(df.fieldname) or ''} {PLANTED}"
			for df in row.meta.fields
			if df.fieldtype in TEXTS and not df.options and not _is_machines(df, row.get(df.fieldname))
		}
		if values:
			frappe.db.set_value(row.doctype, row.name, values, update_modified=False)
			planted += len(values)
	frappe.clear_document_cache(record.doctype, record.name)
	return planted


def _is_machines(df: Any, value: Any) -> bool:
	looks_like_json = isinstance(value, str) and value[:1] in ("[", "{")
	return looks_like_json or df.fieldname == "op" or any(word in df.fieldname for word in MACHINES_OWN)


class TestPlanted(FrappeTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.side = two_schools.make_side("Школа А")
		cls.planted = sum(plant(frappe.get_doc(*one)) for one in cls.side.everything())
		for doctype in ("Mentoring Kind", "Mentoring Form", "Mentoring Stage", "Mentoring Target Group"):
			for name in frappe.get_all(doctype, pluck="name"):
				cls.planted += plant(frappe.get_doc(doctype, name))

	def setUp(self) -> None:
		frappe.set_user("Administrator")

	def assertText(self, page: str, *about: object) -> int:
		"""How often the planted markup stands there as text."""
		for raw in RAW:
			self.assertNotIn(raw, page, about)
		return page.count(ESCAPED)

	def test_there_is_enough_of_it(self) -> None:
		self.assertGreater(self.planted, 300)

	def formats(self) -> Iterator[tuple[str, str, str]]:
		for doctype, name in self.side.everything():
			filters = {"doc_type": doctype, "disabled": 0, "module": "Nastavnik App"}
			for print_format in frappe.get_all("Print Format", filters=filters, pluck="name"):
				yield doctype, name, print_format

	def test_papers(self) -> None:
		shown = {}
		for doctype, name, print_format in self.formats():
			page = frappe.get_print(doctype, name, print_format)
			shown[doctype, print_format] = self.assertText(page, doctype, print_format)
		self.assertGreater(len(shown), 20)
		self.assertGreater(sum(shown.values()), 10 * len(shown))

	def test_papers_as_the_page_of_desk_asks_for_them(self) -> None:
		for doctype, name, print_format in self.formats():
			record = frappe.get_doc(doctype, name)
			for row in (record, *record.get_all_children()):
				row.update({one.fieldname: MOMENT for one in row.meta.fields if one.fieldtype in DAYS})
			sent = frappe.get_doc(json.loads(record.as_json()))  # days and times as texts
			with self.subTest(print_format=print_format):
				self.assertText(frappe.get_print(doctype, name, print_format, doc=sent), print_format)

	def test_reports_as_pdf(self) -> None:
		filters = {"organization": self.side.school.organization, "program": self.side.school.program}
		filters["questionnaire"] = self.side.records["Mentoring Questionnaire"]
		shown = 0
		for report in frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name"):
			try:
				result = query_report.run(report, filters={**filters, "indicator": "municipal-staff"})
			except frappe.ValidationError:
				continue
			columns = [one for one in result["columns"] if one["fieldtype"] != "Link"]
			rows = [row for row in result["result"] if isinstance(row, dict)]
			done = report_files.ReportRun(report, report, columns, rows, result.get("report_summary") or [])
			shown += self.assertText(report_files.as_html(done), report)
			self.assertText(result.get("message") or "", report)
		self.assertGreater(shown, 20)

	def test_tables_of_a_return(self) -> None:
		record = frappe.get_doc("Program Return", self.side.records["Program Return"])
		self.assertText(record.figures_as_html())

	def test_letters(self) -> None:
		school, director = self.side.school.organization, self.side.users[DIRECTOR]
		for kind, reader in (
			("Weekly to Curators", self.side.users[CURATOR]),
			("Monthly to Directors", director),
		):
			written = message.compose(KINDS[kind], school, reader)
			self.assertGreater(self.assertText(written.body, kind), 0, kind)
		with patch("frappe.sendmail") as sendmail:
			for user in self.side.users.values():
				digests.preference_of(user).db_set("last_sent_on", None)
				digests.send(user)
			digest_count = sendmail.call_count
			invitations._send(PLANTED, "guest@example.com", PLANTED, "https://example.com/anketa", getdate())
			request = frappe.get_doc(
				"Program Return Request", self.side.of_authority["Program Return Request"]
			)
			self.assertTrue(requests._write_to(request, school))
		self.assertGreater(digest_count, 1)
		shown = sum(
			self.assertText(call.kwargs["message"], call) for call in sendmail.mock_calls if call.kwargs
		)
		self.assertGreater(shown, digest_count)

	def test_pages_of_the_embedded_engine(self) -> None:
		if not is_embedded():
			self.skipTest("Desk is Frappe's own")
		from benchless.desk import forms, lists, reports
		from benchless.desk.pages import slug_of

		shown = 0
		users = (self.side.users[CURATOR], self.side.users[OFFICER])
		for doctype, name in self.side.everything():
			for user in users:
				for view, arguments in ((lists.show, ()), (forms.show, (name,))):
					status, text = doors.page(user, view, slug_of(doctype), *arguments)
					self.assertNotEqual(status, 500, (doctype, text))
					shown += self.assertText(text, doctype, view)
		for report in frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name"):
			for user in users:
				status, text = doors.page(user, reports.show, report, organization="")
				self.assertNotEqual(status, 500, (report, text))
				shown += self.assertText(text, report)
		self.assertGreater(shown, 300)
