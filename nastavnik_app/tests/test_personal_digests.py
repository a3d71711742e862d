"""The message that each gets with what is theirs: what stands in it, when it comes, in which language, and how it ends."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app import api
from nastavnik_app.desk import digests, due
from nastavnik_app.rules.states import METHODIST, PARTICIPANT
from nastavnik_app.tests.builders import (
	CommittedTestCase,
	SchoolTestCase,
	as_user,
	make_school,
	make_user,
	record_consent,
)
from nastavnik_app.tests.over_http import over_http


class DigestTestCase(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		program = frappe.get_doc("Mentoring Program", cls.school.program)
		program.append("curators", {"user": cls.school.curator, "person_name": "Липова Пример Игоревна"})
		program.save()
		frappe.db.set_value("Mentoring Program", program.name, "workflow_state", "Running")

	def setUp(self) -> None:
		super().setUp()
		self.sent: list[dict[str, Any]] = []
		original, frappe.sendmail = frappe.sendmail, lambda **message: self.sent.append(message)
		self.addCleanup(setattr, frappe, "sendmail", original)

	def sections(self, user: str) -> dict[str, list[str]]:
		with as_user(user):
			found = due.sections(user, getdate())
		return {section.title: [item.text for item in section.items] for section in found}

	def sent_to(self, user: str) -> str:
		return "".join(message["message"] for message in self.sent if message["recipients"] == [user])

	def task(self, days: int, **values) -> Document:
		return self.school.task(due_date=str(add_days(getdate(), days)), **values)


class TestWhatIsTheirs(DigestTestCase):
	def test_tasks_of_the_responsible_and_to_the_curator_those_of_nobody(self) -> None:
		methodist = make_user("methodist", METHODIST)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": methodist})
		organization.save()
		self.task(-1, title="Просроченная", responsible_user=methodist)
		self.task(3, title="Скорая", responsible_user=methodist)
		self.task(90, title="Далёкая", responsible_user=methodist)
		self.task(3, title="Ничья")
		done = self.task(-1, title="Готовая", responsible_user=methodist)
		done.status = "Done"
		done.save()
		self.assertEqual(
			self.sections(methodist),
			{"Overdue tasks of the roadmap": ["Просроченная"], "Tasks of the roadmap due soon": ["Скорая"]},
		)
		self.assertEqual(self.sections(self.school.curator)["Tasks of the roadmap due soon"], ["Ничья"])

	def test_a_reached_threshold_is_said_beside_the_task(self) -> None:
		threshold = {"threshold_op": ">=", "threshold_value": 5}
		task = self.task(3, measure="school-publications", responsible_user=self.school.curator, **threshold)
		frappe.db.set_value(
			"Roadmap Task", task.name, {"actual_value": 6, "measured_on": "2026-11-01 10:00:00"}
		)
		with as_user(self.school.curator):
			(section,) = due.sections(self.school.curator, getdate())
		self.assertIn("threshold is reached", section.items[0].note)

	def test_orders_wait_for_who_is_in_office(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		self.assertEqual(self.sections(self.school.director), {"Awaiting your decision": [order.heading]})

	def test_plans_and_awards_wait_for_the_curator(self) -> None:
		award = self.school.award(self.school.mentor())
		self.assertEqual(self.sections(self.school.curator)["Awaiting your decision"], [award.title])

	def test_signed_orders_are_read_by_those_whom_they_name(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		mentor = self.school.consenting("Mentor", user=user)
		order = self.school.signed(self.school.order(self.school.pair(mentor)))
		self.assertEqual(self.sections(user)["Orders to read"], [order.heading])
		with as_user(user):
			api.acknowledge(order.name)
		self.assertNotIn("Orders to read", self.sections(user))

	def test_activities_of_the_mentors_own_plan(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		pair = self.school.pair(self.school.consenting("Mentor", user=user))
		days = {"Знакомство": -3, "Поход в музей": 5, "Итоговая встреча": 100}
		activities = [
			{"activity": text, "due_date": str(add_days(getdate(), number))} for text, number in days.items()
		]
		plan = self.school.plan(pair, activities=activities)
		frappe.db.set_value("Individual Plan", plan.name, "workflow_state", "Approved")
		self.school.plan(self.school.pair(), activities=activities)
		self.assertEqual(self.sections(user), {"Activities of your plans": ["Знакомство", "Поход в музей"]})

	def test_consents_that_end_and_pairs_that_do_not_meet_are_the_curators(self) -> None:
		mentee = self.school.mentee()
		record_consent(mentee, valid_until=str(add_days(getdate(), 10)))
		record_consent(self.school.mentee(), valid_until=str(add_days(getdate(), 200)))
		pair = self.school.pair(start_date=str(add_days(getdate(), -90)), end_date=None)
		frappe.db.set_value("Pair", pair.name, "workflow_state", "Assigned")
		found = self.sections(self.school.curator)
		self.assertEqual(found["Consents that end soon"], [mentee.full_name])
		self.assertEqual(found["Pairs without a meeting for long"], [pair.title])
		self.assertEqual(len(found["Assessments due"]), 2)
		self.assertEqual(self.sections(self.school.director), {})

	def test_nothing_of_another_school(self) -> None:
		self.task(-1, title="Чужая")
		self.school.award(self.school.mentor())
		self.assertEqual(self.sections(make_school("Другая школа").curator), {})

	def test_a_long_section_is_cut_and_counted(self) -> None:
		for number in range(due.MOST + 3):
			self.task(-1, title=f"Задача {number}")
		with as_user(self.school.curator):
			(section,) = due.sections(self.school.curator, getdate())
		self.assertEqual((len(section.items), section.more), (due.MOST, 3))


class TestSending(DigestTestCase):
	def queued(self, weekday: int) -> list[str]:
		jobs = []
		original, frappe.enqueue = frappe.enqueue, lambda method, **job: jobs.append(job["user"])
		self.addCleanup(setattr, frappe, "enqueue", original)
		today = add_days("2026-11-16", weekday)  # a Monday and after it
		moment, digests.getdate = digests.getdate, lambda day=None: getdate(day or today)
		try:
			digests.send_due()
		finally:
			digests.getdate = moment
		return jobs

	def test_weekly_on_monday_daily_every_day_never_not_at_all(self) -> None:
		everyday = make_user("everyday", METHODIST)
		silent = make_user("silent", METHODIST)
		nobody = make_user("nobody")
		with as_user(everyday):
			api.set_digest_frequency("Daily")
		with as_user(silent):
			api.set_digest_frequency("Never")
		monday, tuesday = self.queued(0), self.queued(1)
		self.assertTrue({self.school.curator, everyday} <= set(monday))
		self.assertIn(everyday, tuesday)
		self.assertNotIn(self.school.curator, tuesday)
		self.assertFalse({silent, nobody} & {*monday, *tuesday})
		self.assertEqual(len(monday), len(set(monday)), "one message a person, however many roles")

	def test_a_monday_on_which_the_server_stood_still_is_caught_up_once(self) -> None:
		curator = self.school.curator
		self.assertIn(curator, self.queued(-7))
		days = {day: curator in self.queued(day) for day in (1, 2, 3, 7, 7, 8, 30, 31)}
		self.assertEqual(days, {1: True, 2: False, 3: False, 7: True, 8: False, 30: True, 31: False})

	def test_one_message_a_day_with_links_in_the_persons_language(self) -> None:
		self.task(-1, title="Просрочен <список>")
		frappe.db.set_value("User", self.school.curator, "language", "ru")
		frappe.clear_cache(user=self.school.curator)
		before, spoken, collect = frappe.local.lang, [], due.sections
		listening = mock.patch.object(
			due, "sections", lambda *given: spoken.append(frappe.local.lang) or collect(*given)
		)
		with listening:
			self.assertTrue(digests.send(self.school.curator))
		self.assertEqual(spoken, ["ru"])
		self.assertFalse(digests.send(self.school.curator))
		message = self.sent_to(self.school.curator)
		self.assertEqual(len(self.sent), 1)
		self.assertIn("Просрочен &lt;список&gt;", message)
		self.assertRegex(message, r"https?://[^\"]+/app/roadmap-task/")
		self.assertEqual((frappe.local.lang, frappe.session.user), (before, "Administrator"))

	def test_nothing_to_tell_is_no_message(self) -> None:
		self.assertFalse(digests.send(self.school.director))
		self.assertEqual(self.sent, [])

	def test_a_person_chooses_for_oneself_alone(self) -> None:
		with as_user(self.school.curator):
			api.set_digest_frequency("Never")
			self.assertEqual(api.digest_frequency(), "Never")
			with self.assertRefused("Hourly"):
				api.set_digest_frequency("Hourly")
		with as_user(self.school.director):
			self.assertEqual(api.digest_frequency(), "Weekly")
		self.task(-1)
		self.assertFalse(digests.send(self.school.curator))


class TestUnsubscribing(DigestTestCase):
	def link(self) -> str:
		self.task(-1)
		digests.send(self.school.curator)
		return re.search(r'href="[^"]*unsubscribe\?([^"]+)"', self.sent_to(self.school.curator))[1]

	def page(self, key: str, *, confirmed: bool) -> Any:
		frappe.set_user("Guest")
		try:
			return digests.unsubscribe_page(self.school.curator, key, confirmed=confirmed)
		finally:
			frappe.set_user("Administrator")

	def test_the_link_asks_first_and_ends_it_when_confirmed(self) -> None:
		key = re.search(r"key=(\w+)", self.link())[1]
		self.assertIn("<button", self.page(key, confirmed=False).get_data(as_text=True))
		self.assertEqual(digests.frequency_of(self.school.curator), "Weekly", "a mail scanner only looks")
		self.assertEqual(self.page(key, confirmed=True).status_code, 200)
		self.assertEqual(digests.frequency_of(self.school.curator), "Never")

	def test_a_guessed_or_anothers_key_changes_nothing(self) -> None:
		self.link()
		others = digests.preference_of(self.school.director).unsubscribe_key
		for key in ("", "0" * 40, others):
			self.assertEqual(self.page(key, confirmed=True).status_code, 403)
		self.assertEqual(digests.frequency_of(self.school.curator), "Weekly")


class TestFailure(DigestTestCase):
	def test_the_failure_of_one_stops_none(self) -> None:
		jobs = []
		original, frappe.enqueue = frappe.enqueue, lambda method, **job: jobs.append(job)
		self.addCleanup(setattr, frappe, "enqueue", original)
		for user in (self.school.curator, self.school.director):
			digests.set_frequency(user, "Daily")
		digests.send_due()
		own = [job for job in jobs if job["user"] in (self.school.curator, self.school.director)]
		self.assertEqual(len({job["job_id"] for job in own}), 2, "a job of its own for each")
		self.task(-1, responsible_user=self.school.curator)
		self.school.sent(self.school.order(self.school.pair()))
		with mock.patch.object(due, "_overdue_tasks", side_effect=ValueError), self.assertRaises(ValueError):
			digests.send(self.school.curator)
		self.assertEqual((frappe.session.user, self.sent), ("Administrator", []))
		self.assertTrue(digests.send(self.school.director))
		self.assertTrue(
			digests.send(self.school.curator), "the next attempt is not taken for a second message"
		)


class TestLinkOverHttp(CommittedTestCase):
	def request(self, method: str, **query: str) -> tuple[int, str]:
		"""One request of a guest, in a thread of its own, as a server would answer it."""
		address = {"GET": digests.UNSUBSCRIBE, "POST": digests.END}[method]
		answer = over_http(
			lambda client, headers: client.open(address, method=method, query_string=query, headers=headers)
		)
		frappe.db.rollback()  # a new snapshot, so that the test sees what the request did
		return answer.status_code, answer.get_data(as_text=True)

	def test_a_guest_looks_and_then_ends_it(self) -> None:
		key = digests.preference_of(self.school.curator).unsubscribe_key
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep
		self.addCleanup(self.forget)
		link = {"user": self.school.curator, "key": key}
		status, page = self.request("GET", **link)
		self.assertEqual((status, "<button" in page), (200, True))
		self.assertEqual(digests.frequency_of(self.school.curator), "Weekly")
		self.assertEqual(self.request("POST", **{**link, "key": "wrong"})[0], 403)
		self.assertEqual(digests.frequency_of(self.school.curator), "Weekly")
		self.assertEqual(self.request("POST", **link)[0], 200)
		self.assertEqual(digests.frequency_of(self.school.curator), "Never")

	def forget(self) -> None:
		frappe.db.delete("Mentoring Digest Preference", {"user": self.school.curator})
		frappe.db.commit()  # nosemgrep
