"""A school year of reports by mail, day by day: who got what when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import frappe
from frappe.utils import getdate

from nastavnik_app.documents import report_files
from nastavnik_app.program import municipal
from nastavnik_app.rules.states import DIRECTOR
from nastavnik_app.tests.builders import make_user
from nastavnik_app.tests.test_report_mailings import MailingTestCase


class TestYear(MailingTestCase):
	"""A school year, day by day, with an acting director in December and a failing printer in March."""

	FAILS_ON = date(2027, 3, 1)

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.acting = make_user("acting", DIRECTOR)
		organization = frappe.get_doc("Educational Organization", cls.school.organization)
		term = {"from_date": "2026-11-25", "to_date": "2026-12-10"}
		organization.append("acting_directors", {"user": cls.acting, "person_name": "Ивина Пример", **term})
		organization.save()
		frappe.get_doc("User", cls.acting).add_roles(DIRECTOR)
		cls.roadmap_of_authority()

	@classmethod
	def roadmap_of_authority(cls) -> None:
		"""What the officer is written about: a row of the municipal roadmap that the school carries out."""
		program = {
			"doctype": "Mentoring Program",
			"title": "Муниципальная программа",
			"organization": cls.authority,
			"period_start": "2026-09-01",
			"period_end": "2027-08-31",
		}
		task = {"doctype": "Roadmap Task", "title": "Принять акты", "due_date": "2026-10-01"}
		task = frappe.get_doc({**task, "program": frappe.get_doc(program).insert().name}).insert()
		municipal.hand_down([task.name], [cls.school.organization])

	def live(self) -> None:
		day = date(2026, 9, 1)
		with self.on(day) as clock:
			while day < date(2027, 9, 1):
				for hour in (7, 8):
					clock.move_to(
						datetime.combine(day, datetime.min.time()).replace(hour=hour, microsecond=1)
					)
					self.hour()
				day += timedelta(days=1)

	def print_pdf(self, *runs: Any, about: str) -> bytes:
		if getdate() == self.FAILS_ON and not self.failed:
			self.failed = True
			raise OSError("No space left")
		return b"pdf"

	def expected(self) -> list[tuple[date, str]]:
		days = [date(2026, 9, 1) + timedelta(days=number) for number in range(365)]
		found = []
		for day in days:
			if day.weekday() == 0:
				found.append((day, self.school.curator))
			if day.day == 1:
				found.append((day, self.school.director))
			if day == date(2026, 12, 1):
				found.append((day, self.acting))
			if day in (date(2026, 12, 20), date(2027, 6, 20)):
				found.append((day, self.officer))
		return sorted(found)

	def test_who_got_what_when(self) -> None:
		self.failed = False
		quick = mock.patch.multiple(report_files, to_pdf=self.print_pdf, to_xlsx=lambda *runs: b"xlsx")
		with quick:
			self.live()
		log = self.log()
		self.assertEqual([row.problem for row in log if row.status != "Sent"], [])
		self.assertEqual(sorted((sent["day"], *sent["recipients"]) for sent in self.sent), self.expected())
		self.assertTrue(self.failed, "no day has failed")
		self.assertEqual(len(log), len(self.sent))
		self.assertEqual({row.status for row in log}, {"Sent"})
		again = [(row.for_day, row.attempts) for row in log if row.attempts != 1]
		self.assertEqual(again, [(self.FAILS_ON, 2)])
