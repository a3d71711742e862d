"""What meetings of a pair bring into its plan, and who may write them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, formatdate, getdate

from nastavnik_app import api
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user
from nastavnik_app.workflow import ContentLocked


def ago(days: int):
	return add_days(getdate(), -days)


class MeetingTestCase(SchoolTestCase):
	"""An assigned pair with an approved plan of three activities."""

	def setUp(self) -> None:
		super().setUp()
		self.user = make_user("mentor", PARTICIPANT)
		self.mentor = self.school.consenting("Mentor", user=self.user)
		dates = {"start_date": ago(60), "end_date": add_days(getdate(), 100)}
		self.pair = self.school.pair(self.mentor, **dates)
		self.school.signed(self.school.order(self.pair))
		plan = self.school.plan(
			self.pair, activities=[{"activity": f"Занятие {number}"} for number in (1, 2, 3)]
		)
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))
		self.plan = frappe.get_doc("Individual Plan", plan.name)

	def meeting(self, **values) -> Document:
		values = {"kind": "meeting-joint-work", "meeting_date": ago(3), **values}
		return frappe.get_doc({"doctype": "Pair Meeting", "pair": self.pair.name, **values}).insert()

	def held(self, meeting: Document, *done: int, **values) -> Document:
		meeting = frappe.get_doc("Pair Meeting", meeting.name)
		for number in done:
			meeting.activities[number - 1].update({"done": 1, "result": f"Итог {number}"})
		meeting.update({"status": "Held", **values})
		return meeting.save()

	def activity(self, number: int) -> Document:
		return frappe.get_doc("Individual Plan", self.plan.name).activities[number - 1]


class TestPlanByMeetings(MeetingTestCase):
	def test_a_new_meeting_lists_the_mentees_and_what_the_plan_has_open(self) -> None:
		meeting = self.meeting()
		self.assertEqual([row.mentee for row in meeting.attendance], [self.pair.mentees[0].mentee])
		self.assertEqual(
			[row.activity for row in meeting.activities], ["Занятие 1", "Занятие 2", "Занятие 3"]
		)
		self.assertEqual(meeting.title, f"Совместная работа по плану: {self.pair.title}")
		self.assertEqual(meeting.organization, self.school.organization)

	def test_what_a_held_meeting_did_stands_in_the_plan(self) -> None:
		with as_user(self.user):
			self.held(self.meeting(), 1, 2)
		row = self.activity(1)
		self.assertEqual((getdate(row.done_on), row.actual_result), (ago(3), "Итог 1"))
		self.assertIn("Совместная работа по плану", row.evidence)
		self.assertIn(ago(3).strftime("%Y"), row.evidence)
		self.assertIsNone(self.activity(3).done_on)
		self.assertEqual(round(frappe.db.get_value("Individual Plan", self.plan.name, "fulfilment")), 67)

	def test_a_planned_meeting_marks_nothing(self) -> None:
		meeting = self.meeting()
		meeting.activities[0].done = 1
		meeting.save()
		self.assertIsNone(self.activity(1).done_on)

	def test_what_is_done_is_not_offered_again(self) -> None:
		self.held(self.meeting(), 1)
		self.assertEqual([row.activity for row in self.meeting().activities], ["Занятие 2", "Занятие 3"])

	def test_a_meeting_that_was_not_held_takes_back_what_it_entered(self) -> None:
		meeting = self.held(self.meeting(), 1, 2)
		other = self.held(self.meeting(meeting_date=ago(1)), 1)
		meeting = frappe.get_doc("Pair Meeting", meeting.name)
		meeting.status = "Planned"
		meeting.save()
		row = self.activity(1)
		self.assertEqual((row.done_on, row.evidence, row.meeting), (None, None, None))
		self.assertFalse(row.actual_result)
		self.assertEqual(self.activity(3).meeting, other.name)
		self.assertEqual([row.activity for row in meeting.activities if row.done], ["Занятие 1", "Занятие 2"])

	def test_an_edited_meeting_changes_what_it_entered_and_nothing_else(self) -> None:
		meeting = self.held(self.meeting(), 1, 2)
		plan = frappe.get_doc("Individual Plan", self.plan.name)
		plan.activities[1].actual_result = "Написано наставником"
		plan.save()
		meeting.reload()
		meeting.meeting_date = ago(2)
		meeting.activities[0].result = "Уточнённый итог"
		meeting.save()
		self.assertEqual(
			(getdate(self.activity(1).done_on), self.activity(1).actual_result), (ago(2), "Уточнённый итог")
		)
		self.assertEqual(self.activity(2).actual_result, "Написано наставником")
		meeting.reload()
		for row in meeting.activities:
			row.done = 0
		meeting.save()
		self.assertIsNone(self.activity(1).done_on)
		self.assertEqual(self.activity(2).actual_result, "Написано наставником")

	def test_what_another_meeting_did_since_is_not_touched(self) -> None:
		meeting = self.held(self.meeting(), 1)
		plan = frappe.get_doc("Individual Plan", self.plan.name)
		plan.activities[0].update({"done_on": None, "actual_result": None, "evidence": None})
		plan.save()
		self.assertIsNone(self.activity(1).meeting)
		other = self.held(self.meeting(), 1)
		meeting.reload()
		meeting.activities[0].result = "Иначе"
		meeting.save()
		self.assertEqual((self.activity(1).meeting, self.activity(1).actual_result), (other.name, "Итог 1"))
		meeting.reload()
		meeting.status = "Cancelled"
		meeting.save()
		self.assertEqual((self.activity(1).meeting, self.activity(1).actual_result), (other.name, "Итог 1"))
		self.assertTrue(self.activity(1).done_on)

	def test_saving_again_changes_nothing_in_the_plan(self) -> None:
		meeting = self.held(self.meeting(), 1)
		before = frappe.db.get_value("Individual Plan", self.plan.name, "modified")
		meeting.reload()
		meeting.notes = "Договорились о следующей теме"
		meeting.save()
		self.assertEqual(frappe.db.get_value("Individual Plan", self.plan.name, "modified"), before)

	def test_a_completed_plan_stands_whatever_becomes_of_the_meeting(self) -> None:
		meeting = self.held(self.meeting(), 1, 2, 3)
		plan = frappe.get_doc("Individual Plan", self.plan.name)
		plan.recommendations = "Продолжить"
		plan.save()
		apply_workflow(plan, "Complete")
		meeting.reload()
		meeting.status = "Planned"
		with self.assertRefused("Completed", error=ContentLocked):
			meeting.save()
		self.assertEqual(frappe.db.get_value("Pair Meeting", meeting.name, "status"), "Held")

	def test_a_row_of_somebody_elses_plan_is_not_marked(self) -> None:
		strange = self.school.pair()
		row = self.school.plan(strange).activities[0]
		meeting = self.meeting()
		meeting.append("activities", {"activity_row": row.name, "activity": "Чужое", "done": 1})
		meeting.status = "Held"
		meeting.save()
		self.assertFalse(frappe.db.get_value("Plan Activity", row.name, "done_on"))
		self.assertEqual(len(meeting.activities), 3)

	def test_what_the_plan_has_come_to_have_open_is_taken_at_a_press(self) -> None:
		meeting = self.held(self.meeting(), 1)
		waiting = self.meeting(meeting_date=add_days(getdate(), 5))
		meeting.reload()
		meeting.status = "Cancelled"
		meeting.save()
		api.take_activities(waiting.name)
		waiting.reload()
		self.assertEqual(len(waiting.activities), 3)


class TestDaysAndStates(MeetingTestCase):
	def test_a_meeting_to_come_is_not_held(self) -> None:
		meeting = self.meeting(meeting_date=add_days(getdate(), 1))
		with self.assertRefused(self.pair.title):
			self.held(meeting)

	def test_a_meeting_outside_the_pair_is_refused_with_its_dates(self) -> None:
		first = formatdate(self.pair.start_date)
		last = formatdate(self.pair.end_date)
		for day in (ago(61), add_days(getdate(), 101)):
			with self.assertRefused(first, last):
				self.meeting(meeting_date=day)
		with self.assertRefused(first, last):
			self.meeting(next_meeting_on=add_days(getdate(), 101))

	def test_only_an_assigned_pair_holds_meetings(self) -> None:
		draft = self.school.pair(start_date=ago(10), end_date=add_days(getdate(), 10))
		self.pair = draft
		meeting = self.meeting()
		with self.assertRefused(draft.title):
			self.held(meeting)

	def test_a_meeting_to_which_nobody_came_was_not_held(self) -> None:
		meeting = self.meeting()
		meeting.attendance[0].absent = 1
		meeting.status = "Held"
		with self.assertRefused(self.pair.title):
			meeting.save()

	def test_a_lesson_visit_names_the_lesson(self) -> None:
		meeting = self.meeting(kind="meeting-lesson-visit")
		with self.assertRefused("Subject, Class and Teacher"):
			self.held(meeting)
		self.held(meeting, lesson="Физика, 8 «А»", lesson_analysis="Цель ясна, времени на опыт мало")

	def test_kinds_of_events_are_no_kinds_of_meetings(self) -> None:
		with self.assertRefused("Педагогический совет"):
			self.meeting(kind="event-council")

	def test_what_is_mandatory_is_asked_for(self) -> None:
		for lacking in ("kind", "meeting_date"):
			with self.assertRefused(lacking, error=frappe.MandatoryError):
				self.meeting(**{lacking: None})

	def test_a_held_meeting_stays_on_file(self) -> None:
		meeting = self.held(self.meeting())
		with self.assertRefused(meeting.title):
			meeting.delete()

	def test_the_first_acquaintance_is_the_first_meeting_of_the_pair(self) -> None:
		def first_meeting():
			return frappe.db.get_value("Pair", self.pair.name, "first_meeting_on")

		self.held(self.meeting(meeting_date=ago(9)))
		self.assertIsNone(first_meeting())
		with as_user(self.user):
			meeting = self.held(self.meeting(kind="meeting-acquaintance", meeting_date=ago(8)))
		self.assertEqual(first_meeting(), ago(8))
		self.held(self.meeting(kind="meeting-acquaintance", meeting_date=ago(7)))
		self.assertEqual(first_meeting(), ago(8))
		meeting.reload()
		meeting.status = "Cancelled"
		meeting.save()
		self.assertEqual(first_meeting(), ago(7))

	def test_a_first_meeting_that_the_curator_entered_stays(self) -> None:
		pair = frappe.get_doc("Pair", self.pair.name)
		pair.first_meeting_on = ago(20)
		pair.save()
		self.held(self.meeting(kind="meeting-acquaintance"))
		self.assertEqual(frappe.db.get_value("Pair", self.pair.name, "first_meeting_on"), ago(20))

	def test_the_final_meeting_decides_what_becomes_of_the_pair(self) -> None:
		with as_user(self.user):
			meeting = self.meeting(kind="meeting-final")
			with self.assertRefused(self.pair.title):
				self.held(meeting)
			meeting = self.held(meeting, decision="To Go On")
		self.assertEqual(frappe.db.get_value("Pair", self.pair.name, "decision"), "To Go On")
		meeting.reload()
		meeting.decision = "To End"
		meeting.save()
		self.assertEqual(frappe.db.get_value("Pair", self.pair.name, "decision"), "To End")
		meeting.reload()
		meeting.status = "Planned"
		meeting.save()
		self.assertFalse(frappe.db.get_value("Pair", self.pair.name, "decision"))

	def test_the_final_meeting_of_a_completed_pair_may_still_be_entered(self) -> None:
		pair = frappe.get_doc("Pair", self.pair.name)
		pair.update({"decision": "To End", "results": "Цель достигнута"})
		pair.save()
		apply_workflow(pair, "Complete")
		with self.assertRefused(self.pair.title):
			self.held(self.meeting())
		with self.assertRefused("To End"):
			self.held(self.meeting(kind="meeting-final"), decision="To Go On")
		self.held(self.meeting(kind="meeting-final"), decision="To End")

	def test_kinds_are_suggested_in_their_order(self) -> None:
		self.assertEqual(api.next_meeting_kind(self.pair.name), "meeting-acquaintance")
		self.held(self.meeting(kind="meeting-acquaintance"))
		self.assertEqual(api.next_meeting_kind(self.pair.name), "meeting-trial")


class TestWhoWrites(MeetingTestCase):
	def test_the_mentor_writes_meetings_of_the_own_pair_alone(self) -> None:
		other = self.school.pair()
		self.school.signed(self.school.order(other))
		with as_user(self.user):
			meeting = self.held(self.meeting())
			self.assertEqual(frappe.get_list("Pair Meeting", pluck="name"), [meeting.name])
			self.pair = other
			with self.assertRefused(error=frappe.PermissionError):
				self.meeting()

	def test_a_mentee_with_a_login_only_reads(self) -> None:
		user = make_user("mentee", PARTICIPANT)
		frappe.db.set_value("Mentee", self.pair.mentees[0].mentee, "user", user)
		meeting = self.meeting()
		with as_user(user):
			self.assertEqual(frappe.client.get("Pair Meeting", meeting.name)["title"], meeting.title)
			with self.assertRefused(error=frappe.PermissionError):
				self.held(meeting)
			with self.assertRefused(error=frappe.PermissionError):
				self.meeting()
			plan = frappe.get_doc("Individual Plan", self.plan.name)
			plan.activities[0].update({"done_on": getdate(), "evidence": "Сам сделал"})
			with self.assertRefused(error=frappe.PermissionError):
				plan.save()

	def test_another_school_sees_no_meeting(self) -> None:
		meeting = self.meeting()
		with as_user(make_school("Чужая школа").curator):
			self.assertEqual(frappe.get_list("Pair Meeting"), [])
			with self.assertRefused(error=frappe.PermissionError):
				frappe.client.get("Pair Meeting", meeting.name)
			with self.assertRefused(error=frappe.PermissionError):
				api.download_calendar("Pair Meeting", meeting.name)
			with self.assertRefused(error=frappe.PermissionError):
				api.next_meeting_kind(self.pair.name)

	def test_nobody_elses_mentee_is_named_in_the_attendance(self) -> None:
		stranger = self.school.mentee(last_name="Посторонний")
		with as_user(self.user):
			meeting = self.meeting()
			meeting.append("attendance", {"mentee": stranger.name})
			meeting.save()
			self.held(meeting)
			meeting.reload()
			meeting.append("attendance", {"mentee": stranger.name})
			meeting.save()
		self.assertEqual(len(meeting.attendance), 1)
		self.assertNotIn("Посторонний", str(meeting.as_dict()))

	def test_the_mentor_of_another_school_writes_meetings_too(self) -> None:
		strong = make_school("Сильная школа")
		user = make_user("mentor", PARTICIPANT)
		mentor = strong.consenting("Mentor", user=user)
		pair = self.school.pair(form="network", start_date=ago(60), end_date=add_days(getdate(), 100))
		values = {"mentor": mentor.name, "mentor_name": mentor.full_name}
		values["mentor_organization"] = strong.organization
		frappe.db.set_value("Pair", pair.name, {**values, "workflow_state": "Assigned"})
		self.pair = pair
		with as_user(user):
			self.held(self.meeting(kind="meeting-acquaintance"))
		self.assertEqual(frappe.db.get_value("Pair", pair.name, "first_meeting_on"), ago(3))
		with as_user(strong.curator):
			self.assertEqual(frappe.get_list("Pair Meeting"), [])

	def test_the_curator_writes_meetings_of_the_own_school(self) -> None:
		with as_user(self.school.curator):
			self.held(self.meeting(), 1)
		self.assertEqual(getdate(self.activity(1).done_on), ago(3))

	def test_what_a_meeting_follows_is_written_by_the_app_alone(self) -> None:
		first = self.meeting()
		second = self.meeting(follows=first.name)
		self.assertIsNone(second.follows)
