"""Reports by mail: who gets which on which day, alone in the header, once, and what becomes of a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from unittest import mock

import frappe
from frappe.utils import add_days, getdate
from freezegun import freeze_time

from nastavnik_app import api, tasks
from nastavnik_app.documents import report_files
from nastavnik_app.mailings import sending
from nastavnik_app.mailings.kinds import KINDS
from nastavnik_app.rules.states import CURATOR, DIRECTOR, METHODIST, OFFICER
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user

WEEKLY, MONTHLY, TO_AUTHORITY = KINDS
MONDAY = date(2026, 11, 16)


class MailingTestCase(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		officer = make_user("officer", OFFICER)
		authority = {
			"doctype": "Educational Organization",
			"title": f"Управление {frappe.generate_hash(length=6)}",
			"organization_type": "Municipal Authority",
			"members": [{"user": officer}],
		}
		cls.officer, cls.authority = officer, frappe.get_doc(authority).insert().name
		frappe.db.set_value(
			"Educational Organization", cls.school.organization, "parent_organization", cls.authority
		)
		frappe.db.set_value("Mentoring Program", cls.school.program, "workflow_state", "Running")
		cls.school.task(title="Провести педсовет", due_date="2026-10-01")

	def setUp(self) -> None:
		super().setUp()
		self.sent: list[dict[str, Any]] = []
		self.jobs: list[str] = []
		for name, double in (("sendmail", self.deliver), ("enqueue", self.queue)):
			patched = mock.patch.object(frappe, name, double)
			patched.start()
			self.addCleanup(patched.stop)
		self.set(reports_looked_on=None)
		# what else the site holds is not this test's
		for doctype, field in (
			("Mentoring Program", "workflow_state"),
			("Mentoring Report Mailing", "status"),
		):
			others = frappe.get_all(
				doctype, filters={"organization": ["not in", (self.school.organization, self.authority)]}
			)
			for row in others:
				frappe.db.set_value(doctype, row.name, field, {"status": "Sent"}.get(field, "Closed"))

	def deliver(self, **message: Any) -> None:
		self.sent.append({**message, "day": getdate(), "lang": frappe.local.lang})

	def queue(self, method: Any, mailing: str | None = None, **job: Any) -> None:
		if str(method).endswith("mailings.sending.send"):
			self.jobs.append(mailing)

	def work(self) -> None:
		"""The worker: what is queued, in its order."""
		while self.jobs:
			sending.send(self.jobs.pop(0))

	def hour(self) -> None:
		"""One turn of the clock, and the worker after it."""
		tasks.send_reports()
		self.work()

	def set(self, **values: Any) -> None:
		for field, value in values.items():
			frappe.db.set_single_value("Mentoring Settings", field, value)

	@contextmanager
	def on(self, day: date | str, hour: int = 7) -> Iterator[Any]:
		# with a microsecond: a round second is read back without them, and taken for another moment
		with freeze_time(
			datetime.combine(getdate(day), datetime.min.time()).replace(hour=hour, microsecond=1)
		) as clock:
			yield clock

	def log(self, **filters: Any) -> list:
		return frappe.get_all(
			"Mentoring Report Mailing",
			filters={"organization": ["in", (self.school.organization, self.authority)], **filters},
			fields=["name", "kind", "recipient", "for_day", "status", "attempts", "problem", "reports"],
			order_by="for_day asc, creation asc",
		)

	def row(self, kind: str = WEEKLY) -> Any:
		(row,) = self.log(kind=kind)
		return frappe.get_doc("Mentoring Report Mailing", row.name)


class TestReaders(MailingTestCase):
	def test_curators_read_the_weekly_and_directors_the_monthly_reports(self) -> None:
		self.assertEqual(KINDS[WEEKLY].readers_of(self.school.organization), [self.school.curator])
		self.assertEqual(KINDS[MONTHLY].readers_of(self.school.organization), [self.school.director])
		self.assertEqual(KINDS[TO_AUTHORITY].readers_of(self.authority), [self.officer])

	def test_neither_a_methodist_nor_a_disabled_curator_nor_one_of_another_school(self) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": make_user("methodist", METHODIST)})
		organization.append("members", {"user": make_user("left", CURATOR)})
		organization.save()
		frappe.db.set_value("User", organization.members[-1].user, "enabled", 0)
		self.assertEqual(KINDS[WEEKLY].readers_of(self.school.organization), [self.school.curator])
		other = make_school("Другая школа")
		self.assertEqual(KINDS[WEEKLY].readers_of(other.organization), [other.curator])

	def test_the_acting_director_reads_on_the_days_of_the_term(self) -> None:
		acting = make_user("acting", DIRECTOR)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		term = {"from_date": "2026-12-01", "to_date": "2026-12-31"}
		organization.append("acting_directors", {"user": acting, "person_name": "Ивина Пример", **term})
		organization.save()
		frappe.get_doc("User", acting).add_roles(DIRECTOR)
		with self.on("2026-12-15"):
			self.assertEqual(
				KINDS[MONTHLY].readers_of(self.school.organization), [self.school.director, acting]
			)
		with self.on("2027-01-01"):
			self.assertEqual(KINDS[MONTHLY].readers_of(self.school.organization), [self.school.director])


class TestMessage(MailingTestCase):
	def test_one_message_with_one_pdf_and_one_book_in_the_readers_language(self) -> None:
		self.school.mentee(last_name="Незабудкин")
		frappe.db.set_value("User", self.school.curator, "language", "ru")
		frappe.clear_cache(user=self.school.curator)
		with self.on(MONDAY):
			self.hour()
		(message,) = self.sent
		self.assertEqual((message["recipients"], message["lang"]), ([self.school.curator], "ru"))
		self.assertEqual(
			sorted(file["fname"].rsplit(".", 1)[1] for file in message["attachments"]), ["pdf", "xlsx"]
		)
		self.assertTrue(all(len(file["fcontent"]) > 1000 for file in message["attachments"]))
		self.assertIn("/app/query-report/Roadmap%20Fulfilment?organization=", message["message"])
		self.assertEqual(frappe.session.user, "Administrator")
		self.assertEqual(self.row().status, "Sent")

	def test_names_stand_in_the_files_and_not_in_the_body(self) -> None:
		self.school.mentee(last_name="Незабудкин")
		with (
			self.on(MONDAY),
			mock.patch.object(report_files, "to_pdf", lambda *runs, about: str(runs).encode()),
		):
			self.hour()
		(message,) = self.sent
		self.assertNotIn("Незабудкин", message["message"])
		self.assertIn("Незабудкин".encode(), message["attachments"][0]["fcontent"])

	def test_a_report_that_the_reader_may_not_run_is_left_out_with_the_reason(self) -> None:
		shut = frappe.get_doc("Report", "Roadmap Fulfilment")
		roles = mock.patch.object(
			report_files.query_report, "run", self.refusing(shut.name, report_files.query_report.run)
		)
		self.school.mentee()
		with self.on(MONDAY), roles:
			self.hour()
		(message,) = self.sent
		self.assertIn("Not for you", message["message"])
		self.assertIn("Not for you", self.row().problem)
		self.assertNotIn("Roadmap Fulfilment", self.row().reports)

	@staticmethod
	def refusing(report: str, run: Any) -> Any:
		def double(name: str, **asked: Any) -> Any:
			if name == report:
				raise frappe.PermissionError("Not for you")
			return run(name, **asked)

		return double

	def test_nothing_to_tell_is_no_message(self) -> None:
		frappe.db.delete("Roadmap Task", {"program": self.school.program})
		with self.on(MONDAY):
			self.hour()
		self.assertEqual((self.sent, self.row().status), ([], "Nothing to Tell"))

	def test_message_reaches_the_queue_of_mail(self) -> None:
		mock.patch.stopall()
		server = {"mail_server": "mail.school.example", "auto_email_id": "app@school.example"}
		for key, value in server.items():
			self.addCleanup(frappe.conf.__setitem__, key, frappe.conf.get(key))
			frappe.conf[key] = value
		# where it is remembered, every notice of the tests that follow is sent, and sending commits
		self.addCleanup(setattr, frappe.local, "outgoing_email_account", {})
		before = set(frappe.get_all("Email Queue", pluck="name"))
		with self.on(MONDAY), mock.patch.object(frappe, "enqueue", self.queue):
			self.hour()
		(queued,) = set(frappe.get_all("Email Queue", pluck="name")) - before
		recipients = frappe.get_doc("Email Queue", queued).recipients
		self.assertEqual([row.recipient for row in recipients], [self.school.curator])


class TestClock(MailingTestCase):
	def test_the_day_of_the_settings_and_once_however_often_it_is_asked(self) -> None:
		self.set(weekly_digest_day="Wednesday")
		for offset in range(7):
			with self.on(add_days(MONDAY, offset)):
				self.hour()
				self.hour()
		self.assertEqual([message["day"] for message in self.sent], [getdate("2026-11-18")])

	def test_a_day_on_which_the_scheduler_stood_still_is_caught_up_once(self) -> None:
		with self.on(add_days(MONDAY, -1)):
			self.hour()
		for day in (3, 4):
			with self.on(add_days(MONDAY, day)):
				self.hour()
		self.assertEqual([message["day"] for message in self.sent], [getdate("2026-11-19")])
		self.assertEqual(self.row().for_day, MONDAY)

	def test_what_is_switched_off_is_not_sent(self) -> None:
		self.set(send_weekly_digest=0)
		with self.on(MONDAY):
			self.hour()
		self.assertEqual(self.log(), [])

	def test_two_schedulers_and_two_workers_send_once(self) -> None:
		with self.on(MONDAY):
			tasks.send_reports()
			self.set(reports_looked_on=add_days(MONDAY, -1))
			tasks.send_reports()
			self.assertGreater(len(self.jobs), 1)
			self.work()
			key = frappe.db.get_value("Mentoring Report Mailing", self.row().name, "mailing_key")
			twin = {"doctype": "Mentoring Report Mailing", "mailing_key": key}
			with self.assertRefused(error=frappe.UniqueValidationError):
				frappe.get_doc({**twin, "organization": self.school.organization}).insert()
		self.assertEqual(len(self.sent), 1)

	def test_only_running_programmes_are_reported(self) -> None:
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Draft")
		with self.on(MONDAY):
			self.hour()
		self.assertEqual(self.log(), [])

	def test_months_that_are_none_are_refused(self) -> None:
		settings = frappe.get_doc("Mentoring Settings")
		settings.authority_report_months = "6, 13"
		with self.assertRefused("6, 12"):
			settings.save()


class TestFailure(MailingTestCase):
	def fail(self) -> Any:
		return mock.patch.object(report_files, "to_pdf", side_effect=OSError("No space left"))

	def test_it_is_kept_with_its_reason_and_tried_again_by_the_clock(self) -> None:
		with self.on(MONDAY):
			with self.fail():
				self.hour()
			row = self.row()
			self.assertEqual((row.status, row.attempts, self.sent), ("Failed", 1, []))
			self.assertIn("No space left", row.problem)
			self.hour()
			self.hour()
		row.reload()
		self.assertEqual((row.status, row.attempts, len(self.sent)), ("Sent", 2, 1))
		self.assertFalse(row.problem and "space" in row.problem)

	def test_after_the_last_attempt_the_curators_and_system_managers_are_told(self) -> None:
		keeper = make_user("keeper", "System Manager")
		with self.on(MONDAY), self.fail():
			for _hour in range(5):
				self.hour()
		row = self.row()
		self.assertEqual((row.status, row.attempts), ("Given Up", 3))
		about = {"reference_type": row.doctype, "reference_name": row.name}
		told = frappe.get_all("ToDo", filters={**about, "status": "Open"}, pluck="allocated_to")
		self.assertTrue({self.school.curator, keeper} <= set(told), told)
		self.assertNotIn(self.school.director, told)
		with self.on(MONDAY, hour=15), as_user(self.school.curator):
			api.send_reports_again(row.name)
		with self.on(MONDAY, hour=15):
			self.work()
		self.assertEqual([message["recipients"] for message in self.sent], [[self.school.curator]])
		self.assertEqual(frappe.get_all("ToDo", filters={**about, "status": "Open"}), [])

	def test_the_failure_of_one_stops_none(self) -> None:
		second = make_user("curator", CURATOR)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": second})
		organization.save()
		failing = mock.patch.object(report_files, "to_pdf", side_effect=[OSError("No space left"), b"pdf"])
		with self.on(MONDAY), failing:
			self.hour()
		self.assertEqual(sorted(row.status for row in self.log()), ["Failed", "Sent"])

	def test_whoever_left_meanwhile_gets_nothing(self) -> None:
		with self.on(MONDAY):
			tasks.send_reports()
			frappe.db.set_value("User", self.school.curator, "enabled", 0)
			self.work()
		self.assertEqual((self.sent, self.row().status), ([], "Failed"))

	def test_a_stranger_sends_nothing_again(self) -> None:
		with self.on(MONDAY):
			self.hour()
			with (
				as_user(make_school("Другая школа").curator),
				self.assertRefused(error=frappe.PermissionError),
			):
				api.send_reports_again(self.row().name)
		self.assertEqual(len(self.sent), 1)
