"""Pairs that have not met for long: who is told, and what the report shows."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate

from nastavnik_app.pairs.silence import silent_pairs
from nastavnik_app.tests.builders import as_user, make_school
from nastavnik_app.tests.test_pair_meetings import MeetingTestCase, ago


class TestSilence(MeetingTestCase):
	def silent(self, days: int = 0, **values) -> list[dict]:
		return silent_pairs({self.school.organization}, add_days(getdate(), days), **values)

	def test_a_pair_is_silent_from_the_day_of_the_setting_on(self) -> None:
		self.held(self.meeting(meeting_date=ago(29)))
		self.assertEqual(self.silent(), [])
		(row,) = self.silent(days=1)
		self.assertEqual((row["pair"], row["days"], row["last_meeting_on"]), (self.pair.name, 30, ago(29)))
		self.assertEqual(row["mentor"], self.mentor.full_name)
		self.assertEqual((row["program"], row["title"]), (self.school.program, self.pair.title))

	def test_a_planned_meeting_breaks_no_silence(self) -> None:
		self.meeting(meeting_date=ago(1))
		(row,) = self.silent()
		self.assertEqual((row["days"], row["last_meeting_on"]), (60, None))

	def test_nobody_is_told_of_pairs_that_do_not_work_or_of_other_schools(self) -> None:
		self.school.pair(start_date=ago(90), end_date=add_days(getdate(), 10))
		self.assertEqual([row["pair"] for row in self.silent()], [self.pair.name])
		self.assertEqual(silent_pairs({make_school("Чужая школа").organization}, getdate()), [])
		self.assertEqual(silent_pairs(set(), getdate()), [])

	def test_zero_days_switch_it_off(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "silence_days", 0)
		self.assertEqual(self.silent(), [])

	def test_the_report_shows_the_readers_pairs_with_what_is_planned(self) -> None:
		day = add_days(getdate(), 3)
		self.meeting(meeting_date=day)
		with as_user(self.school.curator):
			result = query_report.run("Pairs Without Meetings", filters={"on_date": str(getdate())})
		(row,) = result["result"]
		self.assertEqual((row["pair"], row["next_meeting_on"]), (self.pair.name, day))
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [1, 1, 1])
		with as_user(make_school("Чужая школа").curator):
			self.assertEqual(query_report.run("Pairs Without Meetings", filters={})["result"], [])

	def test_the_report_takes_days_of_its_own(self) -> None:
		self.held(self.meeting(meeting_date=ago(10)))
		with as_user(self.school.curator):
			for days, found in ((10, 1), (11, 0)):
				result = query_report.run("Pairs Without Meetings", filters={"days": days})["result"]
				self.assertEqual(len(result), found)
