"""The database is gone for a minute, or answers nobody: what was begun is not done by half, and goes well later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import frappe
import pytest
from frappe.utils import now_datetime
from freezegun import freeze_time

from nastavnik_app import tasks
from nastavnik_app.documents import print_jobs
from nastavnik_app.mailings import sending
from nastavnik_app.mailings.kinds import KINDS
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.dying import cut_off, with_mail
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.test_faults_killed import KilledTestCase, sign

WAIT = 30  # seconds


def in_hours(hours: int) -> datetime:
	return datetime.now(timezone.utc) + timedelta(hours=hours)


class TestBusy(KilledTestCase):
	@contextmanager
	def held(self) -> Iterator[None]:
		"""Somebody else holds the journal of the organization and does not let go."""
		taken, enough = threading.Event(), threading.Event()
		site, sites_path = frappe.local.site, frappe.local.sites_path

		def hold() -> None:
			frappe.init(site, sites_path=sites_path)
			frappe.connect()
			organization = self.school.organization
			frappe.db.get_value("Educational Organization", organization, "name", for_update=True)
			taken.set()
			enough.wait(WAIT)
			frappe.db.rollback()
			frappe.destroy()

		holder = threading.Thread(target=hold)
		holder.start()
		try:
			assert taken.wait(WAIT)
			yield
		finally:
			enough.set()
			holder.join()

	def give_up_soon(self) -> None:
		if is_embedded():
			frappe.db._conn.execute("PRAGMA busy_timeout=50")
		else:
			# the framework leaves the limit of a statement that counted for a dashboard
			frappe.db.sql("set session innodb_lock_wait_timeout = 1, session max_statement_time = 0")

	def tearDown(self) -> None:
		frappe.db.rollback()
		if is_embedded():
			frappe.db._conn.execute("PRAGMA busy_timeout=30000")
		else:
			frappe.db.sql("set session innodb_lock_wait_timeout = default")

	def test_whoever_waits_too_long_signs_nothing_and_signs_later(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		# another connection must not wait for this one
		frappe.db.commit()  # nosemgrep
		self.give_up_soon()
		with as_user(self.school.director):
			with self.held(), self.assertRaises(frappe.QueryTimeoutError):
				sign(order.name)
			frappe.db.rollback()
			order.reload()
			pair = frappe.db.get_value("Pair", order.pairs[0].pair, "workflow_state")
			self.assertEqual((order.docstatus, order.order_number, pair), (0, None, "Draft"))
			sign(order.name)
		order.reload()
		self.assertEqual(order.docstatus, 1)


@pytest.mark.skipif(
	is_embedded(), reason="A file has no connection that breaks; a full disk is tried elsewhere."
)
class TestLost(KilledTestCase):
	def test_an_order_in_the_middle_of_which_the_database_went(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair(), self.school.pair()))
		at = "nastavnik_app.orders.pair_effects.move"
		self.assertLost(cut_off(sign, order.name, at=at, before=2, user=self.school.director))
		order.reload()
		states = {frappe.db.get_value("Pair", row.pair, "workflow_state") for row in order.pairs}
		self.assertEqual((order.docstatus, order.order_number, states), (0, None, {"Draft"}))
		with as_user(self.school.director):
			sign(order.name)
		order.reload()
		self.assertEqual(order.docstatus, 1)

	def test_a_report_goes_out_once_when_the_database_is_back(self) -> None:
		mail = with_mail()
		mail.__enter__()
		self.addCleanup(mail.__exit__, None, None, None)
		self.school.task(due_date="2026-10-01")
		kind, school = next(iter(KINDS.values())), self.school
		row = sending._row(kind, school.organization, school.curator, now_datetime().date(), "обрыв")
		row.insert(ignore_permissions=True)
		self.assertLost(cut_off(sending.send, row.name, at="nastavnik_app.mailings.sending.now_datetime"))
		row.reload()
		self.assertIn(row.status, sending.WAITING)
		self.assertEqual(self.letters(), 0)
		for _time in range(2):
			sending.send(row.name)
		row.reload()
		self.assertEqual((row.status, self.letters()), ("Sent", 1))

	def letters(self) -> int:
		return frappe.db.count("Email Queue Recipient", {"recipient": self.school.curator})

	def test_a_print_job_that_lost_the_database_is_given_up_within_hours(self) -> None:
		consents = [self.school.consenting("Mentor").name]
		names = frappe.get_all("Consent", filters={"party": ["in", consents]}, pluck="name")
		with as_user(self.school.curator):
			job = print_jobs.print_many("Consent", names)
		self.assertLost(cut_off(print_jobs.run, job.name, at="nastavnik_app.documents.print_jobs._keep"))
		self.assertEqual(self.status_of(job.name), "Running")
		with freeze_time(in_hours(1)):
			tasks.hourly()
		self.assertEqual(self.status_of(job.name), "Running", "it may still be at work")
		with freeze_time(in_hours(3)):
			tasks.hourly()
		self.assertEqual(self.status_of(job.name), "Failed")
		self.assertIn("again", frappe.db.get_value(print_jobs.JOB, job.name, "problems"))

	def status_of(self, job: str) -> str:
		return frappe.db.get_value(print_jobs.JOB, job, "status")

	def assertLost(self, said: str) -> None:
		self.assertRegex(said, r"(OperationalError|InterfaceError).*(20\d\d|Lost|gone|0)")
