"""Planned meetings of a pair as a calendar file (RFC 5545, published as RFC 5546 has it)."""

from __future__ import annotations

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate
from icalendar import Calendar, Event, vCalAddress, vText

from nastavnik_app.pairs import meetings

ZONE = "Europe/Moscow"  # where the site names none
NO_ADDRESS = "invalid:nomail"  # an organizer is required, an address is not always there
DAY = timedelta(days=1)


def of_record(record: Document) -> bytes:
	"""The file of a pair's planned meetings, or of one meeting."""
	if record.doctype == "Pair":
		return calendar(record, meetings.planned_of(record.name))
	pair = frappe.get_doc("Pair", record.pair)
	return calendar(pair, [record] if record.status == meetings.PLANNED else [])


def calendar(pair: Document, planned: list[Document]) -> bytes:
	"""A calendar of meetings of one pair: it names this pair alone, and nobody's address but the school's."""
	if not planned:
		frappe.throw(_("“{0}” has no planned meetings. Plan one first.").format(pair.title))
	zone = ZoneInfo(frappe.db.get_single_value("System Settings", "time_zone") or ZONE)
	out = Calendar()
	out.add("prodid", f"-//nastavnik_app//{frappe.local.site}//RU")
	out.add("version", "2.0")
	out.add("method", "PUBLISH")
	out.add("x-wr-calname", pair.title)
	out.add("x-wr-timezone", str(zone))
	organizer = _organizer(pair.organization)
	for meeting in planned:
		out.add_component(_event(meeting, zone, organizer))
	out.add_missing_timezones()
	return out.to_ical()


def _organizer(organization: str) -> vCalAddress:
	school = frappe.db.get_value("Educational Organization", organization, ["title", "email"], as_dict=True)
	organizer = vCalAddress(f"mailto:{school.email}" if school.email else NO_ADDRESS)
	organizer.params["cn"] = vText(school.title)
	return organizer


def _event(meeting: Document, zone: ZoneInfo, organizer: vCalAddress) -> Event:
	event = Event()
	# the same meeting is the same entry of the calendar, however often the file is taken
	event.add("uid", f"{meeting.name}@{frappe.local.site}")
	created, modified = get_datetime(meeting.creation), get_datetime(meeting.modified)
	event.add("dtstamp", modified.replace(tzinfo=zone).astimezone(timezone.utc))
	event.add("sequence", int((modified - created).total_seconds()))
	begin, end = _times(meeting, zone)
	event.add("dtstart", begin)
	event.add("dtend", end)
	event.add("summary", meeting.title)
	event.add("organizer", organizer, encode=0)
	event.add("status", "CONFIRMED")
	for name, value in (("location", meeting.place), ("description", meeting.topic)):
		if value:
			event.add(name, value)
	return event


def _times(meeting: Document, zone: ZoneInfo) -> tuple:
	"""From when to when: of a meeting without an hour the whole day."""
	day = getdate(meeting.meeting_date)
	if not meeting.start_time:
		return day, day + DAY
	begin = get_datetime(f"{day} {meeting.start_time}").replace(tzinfo=zone)
	return begin, begin + timedelta(minutes=meeting.duration_minutes or 0)
