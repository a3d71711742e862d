"""An approved act is carried out in the background: what is found after a fault, and after the next try."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from nastavnik_app import api_privacy, tasks
from nastavnik_app.privacy import carrying_out, records
from nastavnik_app.rules import retention
from nastavnik_app.tests import builders_privacy as planted
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, record_consent
from nastavnik_app.tests.planted_tables import insert_row
from nastavnik_app.tests.test_destruction import approved


class Killed(BaseException):
	"""A worker that is no more: no `except Exception` is reached."""


class TestCarryingOut(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.who = planted.somebody()
		self.mentee, self.task, self.path = planted.in_three_places(self.school, self.who)
		self.addCleanup(self.path.unlink, missing_ok=True)

	def approved(self, **asked) -> Document:
		with patch("frappe.enqueue") as enqueue:
			act = approved(self.school, self.mentee, **asked)
		self.jobs = enqueue.call_args_list
		return act

	def state(self, act: Document) -> str:
		return frappe.db.get_value(act.doctype, act.name, "destruction_state")

	def assertWhole(self) -> None:
		"""Nobody is destroyed, nor half destroyed."""
		self.assertEqual(frappe.db.get_value("Mentee", self.mentee.name, "full_name"), self.who.name)
		self.assertIn(self.who.last, frappe.db.get_value("Roadmap Task", self.task.name, "title"))
		self.assertTrue(self.path.exists())

	def assertDestroyed(self, act: Document) -> None:
		self.assertEqual(self.state(act), carrying_out.DONE)
		mark = retention.mark(self.mentee.name)
		self.assertEqual(frappe.db.get_value("Mentee", self.mentee.name, "full_name"), mark)
		self.assertEqual(frappe.db.get_value("Roadmap Task", self.task.name, "title"), f"Беседа: {mark}")
		self.assertFalse(self.path.exists())
		self.assertIsNone(frappe.db.get_value(act.doctype, act.name, "files_to_remove"))

	def told(self, act: Document) -> dict[str, str]:
		"""What is asked about the act, by whom it asks."""
		about = {"reference_type": act.doctype, "reference_name": act.name, "status": "Open"}
		rows = frappe.get_all("ToDo", filters=about, fields=["allocated_to", "description"])
		return {row.allocated_to: row.description for row in rows}

	def killed_in(self, act: Document, module: object, function: str) -> None:
		"""A worker dies in a function; what was not committed goes with it."""
		frappe.db.savepoint("committed")
		with patch.object(module, function, side_effect=Killed), self.assertRaises(Killed):
			carrying_out.run(act.name)

	def test_approval_queues_one_job_and_destroys_nothing_itself(self) -> None:
		act = self.approved()
		self.assertEqual(self.state(act), carrying_out.WAITING)
		self.assertWhole()
		(_method,), asked = self.jobs[-1]
		self.assertEqual(asked["act"], act.name)
		self.assertIn(act.name, asked["job_id"])
		self.assertTrue(asked["enqueue_after_commit"])
		with patch.object(frappe.db, "commit", side_effect=AssertionError):
			carrying_out.run(act.name)
		self.assertDestroyed(act)
		self.assertEqual(set(self.told(act)), {self.school.director, self.school.curator})

	def test_what_came_of_it_is_not_typed_in(self) -> None:
		"""Or files of anybody's choice would leave the disk, and nobody would be destroyed."""
		typed = {"destruction_state": "Failed", "files_to_remove": '["site_config.json"]'}
		draft = self.school.destruction_act()
		draft.update(typed)
		draft.persons[0].update({"destroyed_at": now_datetime(), "outcome": "всё"})
		draft.save()
		draft.reload()
		self.assertFalse(draft.destruction_state or draft.files_to_remove)
		self.assertFalse(draft.persons[0].destroyed_at or draft.persons[0].outcome)
		act = self.approved(destroyed_at=now_datetime())
		carrying_out.run(act.name)
		self.assertDestroyed(act)
		with as_user(self.school.director), self.assertRefused():
			act = frappe.get_doc(act.doctype, act.name)
			act.files_to_remove = '["site_config.json"]'
			act.save()

	def test_a_second_run_changes_nothing(self) -> None:
		act = self.approved()
		carrying_out.run(act.name)
		first = frappe.get_doc(act.doctype, act.name)
		carrying_out.run(act.name)
		second = frappe.get_doc(act.doctype, act.name)
		self.assertEqual(second.as_dict(), first.as_dict())
		self.assertDestroyed(act)

	def test_an_act_about_paper_alone_waits_for_nobody(self) -> None:
		with patch("frappe.enqueue") as enqueue:
			act = self.school.destruction_act()
			act.update({"docstatus": 1})
			carrying_out.queue(act)
		enqueue.assert_not_called()
		self.assertFalse(act.destruction_state)

	def test_what_fails_leaves_everything_and_is_tried_again(self) -> None:
		act = self.approved()
		with patch.object(carrying_out, "carry_out", side_effect=lambda act: self.half_done(act)):
			carrying_out.run(act.name)
		act.reload()
		self.assertEqual(act.destruction_state, carrying_out.FAILED)
		self.assertIn("disk is full", act.destruction_note)
		self.assertIn("Try Again", act.destruction_note)
		self.assertWhole()
		told = self.told(act)
		self.assertEqual(set(told), {self.school.director, self.school.curator})
		self.assertIn("failed", told[self.school.director])
		for user in (self.school.curator, make_school("Другая школа").director):
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				api_privacy.destroy_again(act.name)
		with as_user(self.school.director), patch("frappe.enqueue") as enqueue:
			api_privacy.destroy_again(act.name)
			enqueue.assert_called_once()
			with self.assertRefused("failed is tried again"):
				api_privacy.destroy_again(act.name)
		carrying_out.run(act.name)
		self.assertDestroyed(act)
		self.assertIsNone(frappe.db.get_value(act.doctype, act.name, "destruction_note"))
		self.assertNotIn("failed", self.told(act)[self.school.director])

	def half_done(self, act: Document) -> None:
		frappe.db.set_value("Mentee", self.mentee.name, "full_name", "№ 1")
		raise OSError("disk is full")

	def test_a_worker_that_dies_before_the_commit_leaves_everybody_whole(self) -> None:
		act = self.approved()
		from nastavnik_app.privacy import destruction

		self.killed_in(act, destruction, "sweep")
		frappe.db.rollback(save_point="committed")
		self.assertWhole()
		self.assertTakenUp(act)

	def test_a_worker_that_dies_after_the_commit_leaves_files_that_go_next_time(self) -> None:
		act = self.approved()
		self.killed_in(act, records, "remove")
		self.assertEqual(self.state(act), carrying_out.RUNNING)
		self.assertEqual(
			frappe.db.get_value("Mentee", self.mentee.name, "full_name"), retention.mark(self.mentee.name)
		)
		self.assertTrue(self.path.exists())
		outcome = frappe.get_doc(act.doctype, act.name).persons[0].outcome
		self.assertTakenUp(act)
		self.assertEqual(frappe.get_doc(act.doctype, act.name).persons[0].outcome, outcome)

	def assertTakenUp(self, act: Document) -> None:
		"""The task of the hour queues it again once, when no worker can have it any more."""
		with patch("frappe.enqueue") as enqueue:
			tasks.hourly()
			enqueue.assert_not_called()
			long_ago = add_to_date(now_datetime(), seconds=-carrying_out.LONGEST_RUN - 60)
			frappe.db.set_value(act.doctype, act.name, "modified", long_ago, update_modified=False)
			tasks.hourly()
			tasks.hourly()
			enqueue.assert_called_once()
		carrying_out.run(act.name)
		self.assertDestroyed(act)

	def test_a_file_that_cannot_be_removed_is_said_and_goes_next_time(self) -> None:
		act = self.approved()
		with patch.object(Path, "unlink", side_effect=PermissionError("read-only disk")):
			carrying_out.run(act.name)
		act.reload()
		self.assertEqual(act.destruction_state, carrying_out.FAILED)
		self.assertIn("read-only disk", act.destruction_note)
		self.assertIn("files are still on the disk", act.destruction_note)
		self.assertTrue(self.path.exists())
		with as_user(self.school.director), patch("frappe.enqueue"):
			api_privacy.destroy_again(act.name)
		carrying_out.run(act.name)
		self.assertDestroyed(act)

	def test_who_consents_again_before_the_worker_comes_is_not_destroyed(self) -> None:
		act = self.approved(reason=retention.CONSENT_WITHDRAWN)
		record_consent(frappe.get_doc("Mentee", self.mentee.name))
		carrying_out.run(act.name)
		act.reload()
		self.assertEqual(act.destruction_state, carrying_out.FAILED)
		self.assertIn("has consented again", act.destruction_note)
		self.assertWhole()

	def test_an_open_session_of_the_login_neither_stays_nor_commits(self) -> None:
		if not frappe.db.table_exists("Sessions"):
			self.skipTest("the embedded engine keeps no sessions")
		from nastavnik_app.rules.states import PARTICIPANT
		from nastavnik_app.tests.builders import make_user

		user = make_user("pupil", PARTICIPANT)
		self.mentee.db_set("user", user)
		insert_row("tabSessions", {"user": user, "sid": "planted", "status": "Active"})
		act = self.approved()
		with patch.object(frappe.db, "commit", side_effect=AssertionError):
			carrying_out.run(act.name)
		self.assertDestroyed(act)
		sessions = frappe.qb.DocType("Sessions")
		self.assertFalse(
			frappe.qb.from_(sessions).select(sessions.sid).where(sessions.sid == "planted").run()
		)
		self.assertFalse(frappe.db.exists("User", user))
