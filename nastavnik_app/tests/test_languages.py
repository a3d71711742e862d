"""Readers of different languages work on the same records."""

from __future__ import annotations

from contextlib import contextmanager

import frappe

from nastavnik_app.tests.builders import SchoolTestCase, as_user


@contextmanager
def speaking(language: str):
	kept, frappe.local.lang = frappe.local.lang, language
	try:
		yield
	finally:
		frappe.local.lang = kept


class TestLanguages(SchoolTestCase):
	def test_a_group_is_completed_by_who_reads_another_language(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=5)
		with speaking("ru"):
			pair = self.school.pair(mentor, mentees=[self.school.consenting("Mentee") for _ in range(5)])
			self.school.signed(self.school.order(pair))
		with speaking("en"), as_user(self.school.curator):
			pair.reload()
			pair.workflow_state, pair.results = "Completed", "Met the goal"
			pair.save()
		self.assertIn("и ещё 2", pair.title)

	def test_a_missing_date_is_named_as_on_the_form(self) -> None:
		"""«Start» of a period is its beginning; the button of that name says «Начать»."""
		program = frappe.get_doc({"doctype": "Mentoring Program", "organization": self.school.organization})
		with speaking("ru"), self.assertRefused():
			program.insert()
		self.assertIn("Начало", " ".join(row["message"] for row in frappe.local.message_log))

	def test_an_empty_pair_is_refused_with_what_it_lacks(self) -> None:
		pair = frappe.get_doc({"doctype": "Pair", "program": self.school.program})
		with self.assertRefused("mentor", error=frappe.MandatoryError):
			pair.insert()
