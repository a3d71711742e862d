"""The clock goes over midnight, New Year and 29 February, here and in other time zones: the school's own day counts."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate, nowdate
from freezegun import freeze_time

from nastavnik_app.desk import digests, due
from nastavnik_app.people import consents, office
from nastavnik_app.rules.school_year import academic_year
from nastavnik_app.rules.terms import occurrences, read_term
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_user, record_consent
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.test_report_mailings import WEEKLY, MailingTestCase

MOSCOW, KAMCHATKA, KALININGRAD = "Europe/Moscow", "Asia/Kamchatka", "Europe/Kaliningrad"


@contextmanager
def zone_of_the_site(zone: str) -> Iterator[None]:
	if is_embedded():
		with mock.patch.dict(frappe.local.conf, {"time_zone": zone}):
			yield
		return
	kept = frappe.get_system_settings("time_zone")
	_set_zone(zone)
	try:
		yield
	finally:
		_set_zone(kept)


def _set_zone(zone: str) -> None:
	frappe.db.set_single_value("System Settings", "time_zone", zone)
	frappe.local.system_settings = None
	frappe.clear_document_cache("System Settings", "System Settings")


@contextmanager
def at(moment: str, zone: str = MOSCOW) -> Iterator[None]:
	"""A moment as the school's clock shows it, «2026-12-31 23:59»; the host keeps UTC."""
	there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone), microsecond=1)
	with zone_of_the_site(zone), freeze_time(there.astimezone(timezone.utc)):
		assert str(getdate()) == moment[:10]
		yield


class TestNewYear(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		values = {"order_numbering": "Counted", "order_suffix": "-н"}
		frappe.db.set_value("Educational Organization", self.school.organization, values)

	def signed(self, order: Document, day: date | None = None) -> tuple[str, str]:
		with as_user(self.school.director):
			order = frappe.get_doc(order.doctype, order.name)
			order.order_date = day or getdate()
			order.save()
			order = apply_workflow(order, "Sign")
		return order.order_number, str(order.order_date)

	def test_each_year_has_a_journal_of_its_own_from_the_schools_midnight_on(self) -> None:
		for zone in (MOSCOW, KAMCHATKA, KALININGRAD):
			before, after = (
				(2040, 2041) if zone == MOSCOW else (2050, 2051) if zone == KAMCHATKA else (2060, 2061)
			)
			orders = [self.school.sent(self.school.order(self.school.pair())) for _number in range(4)]
			with at(f"{before}-12-31 23:59", zone):
				self.assertEqual(self.signed(orders[0]), ("1-н", f"{before}-12-31"))
			with at(f"{after}-01-01 00:01", zone):
				self.assertEqual(self.signed(orders[1]), ("1-н", f"{after}-01-01"))
				late = self.signed(orders[2], date(before, 12, 31))  # of yesterday, and so in its journal
				self.assertEqual(late, ("2-н", f"{before}-12-31"))
				self.assertEqual(self.signed(orders[3])[0], "2-н")


class TestMidnight(SchoolTestCase):
	def test_who_acts_for_the_director_does_so_from_midnight_to_midnight(self) -> None:
		acting = make_user("acting")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		leave = {"from_date": "2028-02-29", "to_date": "2028-02-29"}
		organization.append("acting_directors", {"user": acting, "person_name": "Осинкина Пример", **leave})
		organization.save()
		moments = {
			"2028-02-28 23:59": self.school.director,
			"2028-02-29 00:00": acting,
			"2028-02-29 23:59": acting,
			"2028-03-01 00:00": self.school.director,
		}
		for zone in (MOSCOW, KAMCHATKA):
			for moment, user in moments.items():
				with at(moment, zone):
					self.assertEqual(office.approver_of(self.school.organization).user, user, moment)

	def test_a_consent_holds_to_the_end_of_its_last_day(self) -> None:
		last_days = ("2028-02-28", "2028-02-29", "2028-03-01")
		names = {day: record_consent(self.school.mentee()).name for day in last_days}
		for day, name in names.items():
			frappe.db.set_value("Consent", name, "valid_until", day)
		ended = {"2028-02-28 23:59": 0, "2028-02-29 00:01": 1, "2028-03-01 00:01": 2, "2028-03-02 00:01": 3}
		for moment, count in ended.items():
			with at(moment):
				consents.expire_ended()
			states = [frappe.db.get_value("Consent", name, "workflow_state") for name in names.values()]
			self.assertEqual(states, ["Expired"] * count + ["Signed"] * (3 - count), moment)

	def test_a_message_that_waited_over_midnight_is_the_new_days(self) -> None:
		sent: list[str] = []
		section = due.Section("Задачи", [due.Item("Дело", "Roadmap Task", "x")])
		with (
			mock.patch.object(frappe, "sendmail", lambda **letter: sent.append(letter["subject"])),
			mock.patch.object(due, "sections", lambda *_asked: [section]),
		):
			digests.set_frequency(self.school.curator, "Daily")
			for moment in ("2026-12-31 23:59", "2026-12-31 23:59", "2027-01-01 00:01", "2027-01-01 06:00"):
				with at(moment):
					digests.send(self.school.curator)
		self.assertEqual(len(sent), 2)


class TestZones(MailingTestCase):
	def test_the_weeks_report_comes_on_the_schools_monday(self) -> None:
		self.set(weekly_digest_day="Monday")
		for zone, moment, days in (
			(MOSCOW, "2026-12-27 23:30", []),  # Monday in Kamchatka
			(KAMCHATKA, "2026-12-28 07:30", ["2026-12-28"]),  # Sunday in Moscow, and in UTC
			(KALININGRAD, "2026-12-28 07:30", ["2026-12-28"]),
		):
			with at(moment, zone):
				self.set(reports_looked_on="2026-12-27" if days else "2026-12-26")
				self.hour()
				self.assertEqual(self.days(), days, zone)

	def days(self) -> list[str]:
		rows = self.log(kind=WEEKLY, organization=self.school.organization)
		return sorted(
			{str(frappe.db.get_value("Mentoring Report Mailing", row.name, "for_day")) for row in rows}
		)

	def test_a_week_over_new_year_is_told_once(self) -> None:
		self.set(reports_looked_on="2026-12-28")
		for moment in ("2026-12-31 19:00", "2027-01-01 07:00", "2027-01-04 07:00", "2027-01-04 19:00"):
			with at(moment):
				self.hour()
		self.assertEqual(self.days(), ["2027-01-04"])
		weekly = [one for one in self.sent if self.school.curator in one["recipients"]]
		self.assertEqual(len(weekly), 1)


class TestHost(SchoolTestCase):
	def test_the_zone_of_the_host_says_nothing(self) -> None:
		kept = os.environ.get("TZ")
		self.addCleanup(self.set_host, kept)
		for host in ("Etc/GMT+12", "Etc/GMT-14"):  # never the same day of the calendar
			self.set_host(host)
			for zone in (MOSCOW, KAMCHATKA):
				with zone_of_the_site(zone):
					now = datetime.now(ZoneInfo(zone))
					self.assertEqual((nowdate(), getdate()), (f"{now:%Y-%m-%d}", now.date()), (host, zone))
					task = self.school.task(due_date=str(now.date()))
					stamp = frappe.db.get_value(task.doctype, task.name, "creation")
					self.assertEqual(stamp.date(), now.date(), (host, zone))

	def set_host(self, zone: str | None) -> None:
		if zone is None:
			os.environ.pop("TZ", None)
		else:
			os.environ["TZ"] = zone
		time.tzset()


@pytest.mark.parametrize(
	("year", "last"), [(2023, date(2024, 2, 29)), (2024, date(2025, 2, 28)), (2099, date(2100, 2, 28))]
)
def test_what_is_due_on_the_30th_of_each_month_is_due_on_the_last_of_february(year: int, last: date) -> None:
	term: Any = read_term("ежемесячно до 30 числа", academic_year(year))
	days = [one.due for one in occurrences(term, academic_year(year))]
	assert last in days
	assert len(days) == len({(day.year, day.month) for day in days})


def test_a_day_that_the_year_does_not_have_is_doubted_and_not_moved() -> None:
	assert read_term("до 29.02.2024", academic_year(2023)).end == date(2024, 2, 29)
	missing = read_term("до 29.02.2025", academic_year(2024))
	assert missing.problems and missing.end != date(2025, 3, 1)
