"""A job that runs a second time changes nothing and writes to nobody again; one that fails stops no other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

import frappe
from frappe.model.workflow import WorkflowTransitionError, apply_workflow
from frappe.utils import add_days, getdate
from freezegun import freeze_time

from nastavnik_app import tasks
from nastavnik_app.documents import print_jobs
from nastavnik_app.people import acting
from nastavnik_app.returns import requests
from nastavnik_app.tests.builders import (
	CommittedTestCase,
	SchoolTestCase,
	as_user,
	make_user,
	record_consent,
	remove_all_of,
)
from nastavnik_app.tests.builders_authority import PERIOD

AUTHORITY = "Municipal Authority"
MONDAY = datetime(2027, 2, 1, 7, 0, 0, 1)  # a first of the month as well: every report is due
NOT_OURS = ("ToDo", "Notification Log", "Comment", "Version", "File", "Error Log", "Has Role")
# when it was last looked at, not what was found
MOMENTS = {"modified", "measured_on", "counted_at", "counted_on"}
RECOUNTED = "Mentoring Indicator Value"  # today's are written anew, with names of their own
OF_THE_QUEUE = {"queue", "timeout", "job_id", "deduplicate", "enqueue_after_commit"}


class ClockTestCase(SchoolTestCase):
	"""What the clock starts, with its jobs done at once and its letters kept here."""

	def setUp(self) -> None:
		super().setUp()
		self.letters: list[tuple[str, str]] = []
		for name, double in (("sendmail", self.deliver), ("enqueue", self.do)):
			patched = mock.patch.object(frappe, name, double)
			patched.start()
			self.addCleanup(patched.stop)

	def deliver(self, recipients: list[str], subject: str, **_rest: Any) -> None:
		self.letters += [(recipient, subject) for recipient in recipients]

	def do(self, method: Any, **job: Any) -> None:
		if not str(method).startswith("nastavnik_app."):  # the framework's own, as that of its notices
			return
		before = frappe.session.user
		frappe.get_attr(method)(**{name: value for name, value in job.items() if name not in OF_THE_QUEUE})
		frappe.set_user(before)

	@contextmanager
	def at(self, moment: datetime) -> Iterator[None]:
		with freeze_time(moment):
			yield

	def turn(self) -> None:
		"""Everything that the clock starts in a day."""
		tasks.hourly()
		tasks.daily()
		tasks.send_personal_digests()
		tasks.send_reports()


class TestTwice(ClockTestCase):
	def prepare(self) -> None:
		school = self.school
		frappe.db.set_value("Mentoring Program", school.program, "workflow_state", "Running")
		school.task(due_date="2026-10-01", measure=frappe.get_all("Mentoring Indicator", pluck="name")[0])
		organization = frappe.get_doc("Educational Organization", school.organization)
		acting = {"user": make_user("acting"), "person_name": "Осинкина Пример"}
		acting |= {"from_date": "2027-02-01", "to_date": "2027-02-28"}
		organization.append("acting_directors", acting)
		organization.save()
		person = school.consenting("Mentee")
		ended = record_consent(person, kind="Dissemination")
		frappe.db.set_value("Consent", ended.name, "valid_until", add_days(MONDAY, -1))
		shown = {"party_type": "Mentee", "party": person.name}
		publication = {"title": "Наши пары", "kind": "publication-site", "people": [shown]}
		published = school.record("Mentoring Publication", **publication)
		frappe.db.set_value("Mentoring Publication", published.name, "status", "Published")
		school.signed(school.order(school.pair()))
		school.sent(school.order(school.pair()))
		self.left = self.left_behind()

	def left_behind(self) -> str:
		values = {"doctype": print_jobs.JOB, "organization": self.school.organization, "title": "Согласия"}
		job = frappe.get_doc(values).insert(ignore_permissions=True)
		long_ago = {"status": "Running", "modified": add_days(MONDAY, -2)}
		frappe.db.set_value(print_jobs.JOB, job.name, long_ago, update_modified=False)
		return job.name

	def everything(self) -> dict[str, list[dict[str, Any]]]:
		ours = frappe.get_all(
			"DocType", filters={"module": "Nastavnik App", "issingle": 0, "is_virtual": 0}, pluck="name"
		)
		self.assertGreater(len(ours), 50)
		found = {}
		others = [doctype for doctype in NOT_OURS if frappe.db.exists("DocType", doctype)]
		for doctype in (*ours, *others):
			rows = frappe.get_all(doctype, fields=["*"], order_by="name asc")
			left_out = MOMENTS | ({"name", "creation"} if doctype == RECOUNTED else set())
			found[doctype] = [{k: v for k, v in row.items() if k not in left_out} for row in rows]
		found[RECOUNTED].sort(key=str)
		return found

	def test_the_second_turn_of_a_day_changes_nothing(self) -> None:
		with self.at(datetime(2027, 1, 31, 12)):
			self.prepare()
			self.letters.clear()
		with self.at(MONDAY):
			before = self.everything()
			self.turn()
			once, letters = self.everything(), list(self.letters)
			changed = {doctype for doctype in once if once[doctype] != before[doctype]}
			# the first turn had something to do of each kind
			told = {"Consent", "ToDo", "Has Role", "Mentoring Print Job", "Mentoring Report Mailing"}
			self.assertLessEqual(told, changed)
			self.assertEqual(once["Error Log"], before["Error Log"])
			self.assertEqual(frappe.db.get_value(print_jobs.JOB, self.left, "status"), "Failed")
			subjects = [subject for recipient, subject in letters if recipient == self.school.curator]
			self.assertEqual(len(subjects), 2, subjects)  # the week, and what is to be done
		with self.at(MONDAY.replace(hour=18)):
			self.turn()
			again = self.everything()
			for doctype in once:
				self.assertEqual(again[doctype], once[doctype], doctype)
			self.assertEqual(self.letters, letters)
		with self.at(MONDAY.replace(day=2)):
			self.turn()
			self.assertEqual(
				self.letters, letters, "neither the week's nor the month's comes on Tuesday again"
			)

	def test_an_order_is_signed_once(self) -> None:
		order = self.school.signed(self.school.order(self.school.pair()))
		self.assertTrue(frappe.db.get_value(order.doctype, order.name, "signed_copy_sha256"))
		stood = self.everything()
		with as_user(self.school.director):
			with self.assertRefused(error=WorkflowTransitionError):
				apply_workflow(frappe.get_doc(order.doctype, order.name), "Sign")
			signing_again = frappe.get_doc(order.doctype, order.name)
			signing_again.docstatus, signing_again.workflow_state = 0, "On Approval"
			with self.assertRefused(error=frappe.ValidationError):
				signing_again.submit()
		for doctype, rows in self.everything().items():
			self.assertEqual(rows, stood[doctype], doctype)


class TestAtOnce(CommittedTestCase):
	def test_two_who_remind_at_the_same_time_write_once(self) -> None:
		request = frappe.get_doc(
			{
				"doctype": "Program Return Request",
				"title": "Отчёт за год",
				"organization": self.authority(),
				"due_date": add_days(getdate(), 5),
				**PERIOD,
			}
		).insert()
		# the other connections must see it
		frappe.db.commit()  # nosemgrep
		letters: list[list[str]] = []

		def deliver(**letter: Any) -> None:
			time.sleep(0.3)  # the others come meanwhile
			letters.append(letter["recipients"])

		try:
			with mock.patch.object(frappe, "sendmail", deliver):
				done = self.at_once(requests.remind_by_name, [request.name] * 3)
			self.assertEqual((sorted(done), letters), ([0, 0, 1], [[self.school.curator]]))
		finally:
			remove_all_of(request.organization, [])
			frappe.db.commit()  # nosemgrep: frappe-manual-commit (as it was made)

	def authority(self) -> str:
		values = {"title": f"Управление {frappe.generate_hash(length=6)}", "organization_type": AUTHORITY}
		authority = frappe.get_doc({"doctype": "Educational Organization", **values}).insert().name
		school = self.school.organization
		frappe.db.set_value("Educational Organization", school, "parent_organization", authority)
		return authority


class TestOneFails(ClockTestCase):
	def test_a_step_of_the_day_that_fails_stops_no_other_and_leaves_nothing(self) -> None:
		consent = record_consent(self.school.mentee())
		frappe.db.set_value("Consent", consent.name, "valid_until", "2026-01-01")

		before = {row.name for row in self.failures()}  # MariaDB keeps them whatever is rolled back

		def half_done() -> None:
			frappe.db.set_value("Educational Organization", self.school.organization, "city", "Наполовину")
			raise OSError("No space left on device")

		half_done.__module__, half_done.__name__ = acting.__name__, "give_and_take_roles"
		late = mock.Mock(__module__="late", __name__="late")
		with (
			mock.patch.object(acting, "give_and_take_roles", half_done),
			mock.patch.object(tasks.requests, "remind_all", late),
		):
			tasks.daily()
		self.assertEqual(frappe.db.get_value("Consent", consent.name, "workflow_state"), "Expired")
		late.assert_called_once()
		city = frappe.db.get_value("Educational Organization", self.school.organization, "city")
		self.assertNotEqual(city, "Наполовину")
		said = [row for row in self.failures() if row.name not in before]
		self.assertEqual(len(said), 1)
		self.assertIn("give_and_take_roles", said[0].method)
		self.assertIn("No space left", said[0].error)

	def failures(self) -> list:
		return frappe.get_all(
			"Error Log", filters={"method": ["like", "Work by the clock failed%"]}, fields=["*"]
		)
