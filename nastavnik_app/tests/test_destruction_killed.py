"""kill -9 in the middle of a destruction, with real commits: what the next process finds."""

from __future__ import annotations

from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from nastavnik_app import tasks
from nastavnik_app.privacy import carrying_out
from nastavnik_app.rules import retention
from nastavnik_app.tests import builders_privacy as planted
from nastavnik_app.tests.dying import killed
from nastavnik_app.tests.test_destruction import approved
from nastavnik_app.tests.test_faults_killed import KilledTestCase


class TestDestructionKilled(KilledTestCase):
	def test_killed_twice_it_is_done_in_the_end_and_never_half(self) -> None:
		who = planted.somebody()
		self.mentee, self.task, self.path = planted.in_three_places(self.school, who)
		self.addCleanup(self.path.unlink, missing_ok=True)
		with patch("frappe.enqueue"):
			act = approved(self.school, self.mentee)
		whole = (who.name, f"Беседа: {who.name}", True)
		self.assertEqual(self.look(act), (carrying_out.WAITING, *whole))

		killed(carrying_out.run, act.name, at="nastavnik_app.privacy.destruction.sweep")
		self.assertEqual(self.look(act), (carrying_out.RUNNING, *whole))

		self.assertEqual(self.taken_up(), [])
		self.hours_pass(act)
		self.assertEqual(self.taken_up(), [act.name])
		killed(carrying_out.run, act.name, at="nastavnik_app.privacy.records.remove")
		mark = retention.mark(self.mentee.name)
		self.assertEqual(self.look(act), (carrying_out.RUNNING, mark, f"Беседа: {mark}", True))

		self.hours_pass(act)
		self.assertEqual(self.taken_up(), [act.name])
		carrying_out.run(act.name)
		self.assertEqual(self.look(act), (carrying_out.DONE, mark, f"Беседа: {mark}", False))
		self.hours_pass(act)
		self.assertEqual(self.taken_up(), [])

	def look(self, act: Document) -> tuple[str, str, str, bool]:
		"""State of the act, name on the card, title of the task, whether the file is there."""
		return (
			frappe.db.get_value(act.doctype, act.name, "destruction_state"),
			frappe.db.get_value("Mentee", self.mentee.name, "full_name"),
			frappe.db.get_value("Roadmap Task", self.task.name, "title"),
			self.path.exists(),
		)

	def hours_pass(self, act: Document) -> None:
		long_ago = add_to_date(now_datetime(), days=-1)
		frappe.db.set_value(act.doctype, act.name, "modified", long_ago, update_modified=False)

	def taken_up(self) -> list[str]:
		"""The school's acts that the clock hands to a worker again."""
		with patch("frappe.enqueue") as enqueue:
			tasks.hourly()
		acts = [call.kwargs.get("act") for call in enqueue.call_args_list]
		return [act for act in acts if act and self.count("Data Destruction Act", name=act)]
