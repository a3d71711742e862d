"""The calendar file of a pair, read back as a calendar would read it."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate
from icalendar import Calendar

from nastavnik_app import api
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_user


class TestCalendarFile(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.day = add_days(getdate(), 7)
		self.pair = self.school.pair(start_date=add_days(getdate(), -5), end_date=add_days(getdate(), 90))

	def meeting(self, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Pair Meeting",
				"pair": self.pair.name,
				"kind": "meeting-trial",
				"meeting_date": self.day,
				**values,
			}
		).insert()

	def download(self, record: Document) -> Calendar:
		return Calendar.from_ical(api.download_calendar(record.doctype, record.name).get_data())

	def test_planned_meetings_with_place_and_hour(self) -> None:
		self.meeting(start_time="14:30:00", duration_minutes=40, place="Кабинет 12", topic="Дроби; степени")
		calendar = self.download(self.pair)
		(event,) = calendar.walk("VEVENT")
		self.assertEqual((calendar["METHOD"], calendar["VERSION"]), ("PUBLISH", "2.0"))
		zone = frappe.db.get_single_value("System Settings", "time_zone") or "Europe/Moscow"
		begin = event["DTSTART"].dt
		self.assertEqual((begin.date(), begin.hour, begin.minute), (self.day, 14, 30))
		self.assertEqual(begin.utcoffset(), begin.replace(tzinfo=ZoneInfo(zone)).utcoffset())
		self.assertEqual(event["DTSTART"].params["TZID"], zone)
		self.assertEqual([str(one["TZID"]) for one in calendar.walk("VTIMEZONE")], [zone])
		self.assertEqual(event["DTEND"].dt - begin, timedelta(minutes=40))
		self.assertEqual(
			(event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]),
			(f"Пробная встреча: {self.pair.title}", "Кабинет 12", "Дроби; степени"),
		)

	def test_a_meeting_without_an_hour_takes_the_day(self) -> None:
		self.meeting()
		(event,) = self.download(self.pair).walk("VEVENT")
		self.assertEqual((event["DTSTART"].dt, event["DTEND"].dt), (self.day, self.day + timedelta(days=1)))
		self.assertIsInstance(event["DTSTART"].dt, date)

	def test_the_school_publishes_it(self) -> None:
		self.meeting()
		(event,) = self.download(self.pair).walk("VEVENT")
		self.assertEqual(event["ORGANIZER"], "invalid:nomail")
		frappe.db.set_value("Educational Organization", self.school.organization, "email", "a@school.example")
		(event,) = self.download(self.pair).walk("VEVENT")
		title = frappe.db.get_value("Educational Organization", self.school.organization, "title")
		self.assertEqual(
			(event["ORGANIZER"], event["ORGANIZER"].params["CN"]), ("mailto:a@school.example", title)
		)
		self.assertNotIn("ATTENDEE", event)

	def test_the_same_meeting_is_the_same_entry_later_on(self) -> None:
		meeting = self.meeting()
		(first,) = self.download(self.pair).walk("VEVENT")
		frappe.db.set_value(
			"Pair Meeting", meeting.name, "creation", add_days(meeting.creation, -1), update_modified=False
		)
		meeting.reload()
		meeting.place = "Библиотека"
		meeting.save()
		(second,) = self.download(meeting).walk("VEVENT")
		self.assertEqual(first["UID"], second["UID"])
		self.assertGreater(second["SEQUENCE"], first["SEQUENCE"])

	def test_only_planned_meetings_of_this_pair_are_in_it(self) -> None:
		self.meeting()
		self.meeting(status="Cancelled")
		other = self.school.pair(mentees=[self.school.consenting("Mentee", last_name="Посторонний")])
		frappe.get_doc(
			{
				"doctype": "Pair Meeting",
				"pair": other.name,
				"kind": "meeting-trial",
				"meeting_date": "2026-12-01",
			}
		).insert()
		content = api.download_calendar("Pair", self.pair.name).get_data(as_text=True)
		self.assertEqual(content.count("BEGIN:VEVENT"), 1)
		self.assertNotIn("Посторонний", content.replace("\r\n ", ""))

	def test_a_pair_without_planned_meetings_has_no_file(self) -> None:
		with self.assertRefused(self.pair.title):
			api.download_calendar("Pair", self.pair.name)
		with self.assertRefused(error=frappe.PermissionError):
			api.download_calendar("Mentee", self.pair.mentees[0].mentee)

	def test_the_file_has_a_name_and_is_for_the_participants(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		frappe.db.set_value("Mentor", self.pair.mentor, "user", user)
		meeting = self.meeting()
		with as_user(user):
			answer = api.download_calendar("Pair Meeting", meeting.name)
		self.assertEqual(answer.mimetype, "text/calendar")
		self.assertIn(".ics", answer.headers["Content-Disposition"])
		with as_user(make_user("stranger", PARTICIPANT)), self.assertRefused(error=frappe.PermissionError):
			api.download_calendar("Pair", self.pair.name)
