"""The meeting that the last one has agreed on: planned once, moved with its day."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.test_pair_meetings import MeetingTestCase, ago


class TestNextMeeting(MeetingTestCase):
	def planned(self) -> list[Document]:
		names = frappe.get_all(
			"Pair Meeting", filters={"pair": self.pair.name, "status": "Planned"}, pluck="name"
		)
		return [frappe.get_doc("Pair Meeting", name) for name in names]

	def test_one_meeting_is_planned_however_often_it_is_saved(self) -> None:
		day = add_days(getdate(), 7)
		meeting = self.meeting(kind="meeting-acquaintance")
		with as_user(self.user):
			meeting = self.held(meeting, next_meeting_on=day)
			for notes in ("Раз", "Два"):
				meeting.reload()
				meeting.notes = notes
				meeting.save()
		(following,) = self.planned()
		self.assertEqual((following.meeting_date, following.kind), (day, "meeting-trial"))
		self.assertEqual(len(following.activities), 3)

	def test_another_day_moves_it_and_none_cancels_it(self) -> None:
		meeting = self.held(self.meeting(), next_meeting_on=add_days(getdate(), 7))
		meeting.reload()
		meeting.next_meeting_on = add_days(getdate(), 9)
		meeting.save()
		(following,) = self.planned()
		self.assertEqual(following.meeting_date, add_days(getdate(), 9))
		meeting.reload()
		meeting.next_meeting_on = None
		meeting.save()
		self.assertEqual(self.planned(), [])
		meeting.reload()
		meeting.next_meeting_on = add_days(getdate(), 8)
		meeting.save()
		self.assertEqual([one.name for one in self.planned()], [following.name])

	def test_what_was_moved_by_hand_is_not_moved_back(self) -> None:
		meeting = self.held(self.meeting(), next_meeting_on=add_days(getdate(), 7))
		(following,) = self.planned()
		following.meeting_date = add_days(getdate(), 12)
		following.save()
		meeting.reload()
		meeting.notes = "Перенесли по телефону"
		meeting.save()
		self.assertEqual([one.meeting_date for one in self.planned()], [add_days(getdate(), 12)])

	def test_a_day_that_is_planned_already_is_not_planned_twice(self) -> None:
		self.meeting(meeting_date=add_days(getdate(), 7))
		self.held(self.meeting(), next_meeting_on=add_days(getdate(), 7))
		self.assertEqual(len(self.planned()), 1)

	def test_the_next_meeting_comes_later(self) -> None:
		with self.assertRefused(self.pair.title):
			self.meeting(next_meeting_on=ago(3))
