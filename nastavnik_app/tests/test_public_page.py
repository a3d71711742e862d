"""The page for everybody: off until it is opened, and then what the approved return shows, no more."""

from __future__ import annotations

import random
import re

import frappe

from nastavnik_app.returns import tables, way
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.builders_authority import approved, draft_return, sent, step
from nastavnik_app.tests.over_http import page_over_http
from nastavnik_app.tests.test_program_returns import ReturnTestCase
from nastavnik_app.tests.test_published_returns import BOUND, people_a_school
from nastavnik_app.www import nastavnichestvo


class TestPublicPage(ReturnTestCase):
	def open_page(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "public_page", 1)
		frappe.db.set_value("Educational Organization", self.school.organization, "on_public_page", 1)

	def page(self) -> str:
		with as_user("Guest"):
			context = nastavnichestvo.get_context(frappe._dict())
			return frappe.render_template("nastavnik_app/www/nastavnichestvo.html", context)

	def test_it_is_off_until_the_settings_open_it(self) -> None:
		# what another test had opened and rolled back may still be remembered
		frappe.db.set_single_value("Mentoring Settings", "public_page", 0)
		with self.assertRefused(error=frappe.DoesNotExistError):
			self.page()
		frappe.set_user("Administrator")
		self.assertEqual(page_over_http("/nastavnichestvo").status_code, 404)

	def test_a_school_that_did_not_choose_it_is_not_shown(self) -> None:
		self.open_page()
		approved(self.school)
		title = frappe.db.get_value("Educational Organization", self.school.organization, "title")
		self.assertIn(title, self.page())
		frappe.db.set_value("Educational Organization", self.school.organization, "on_public_page", 0)
		self.assertNotIn(title, self.page())

	def test_what_is_not_approved_is_not_shown(self) -> None:
		self.open_page()
		doc = draft_return(self.school)
		title = frappe.db.get_value("Educational Organization", self.school.organization, "title")
		self.assertNotIn(title, self.page())
		step(doc.name, self.school.curator, "Send for Approval")
		step(doc.name, self.school.director, "Approve")
		self.assertIn(title, self.page())
		step(doc.name, self.school.director, "Cancel Return")
		self.assertNotIn(title, self.page())

	def test_page_and_paper_show_what_the_return_shows_and_no_more(self) -> None:
		"""So what test_published_returns says of the return holds of everything that is published."""
		self.open_page()
		people_a_school(self.school, random.Random(3), 14)
		name = sent(self.school)
		doc = frappe.get_doc("Program Return", name)
		content = way.content_of(doc)
		self.assertIn(None, [cell.value for cell in content.cells])
		few = {one.code for one in content.measures if one.people and not one.public}
		for cell in content.cells:
			self.assertFalse(cell.measure in few and cell.value and cell.value < BOUND, cell)
		allowed = {cell.value for cell in content.cells} | {row.value for row in doc.indicators} | {0}
		paper = frappe.get_print("Program Return", name, "Program Return")
		for html in (self.page(), paper, tables.html_of(doc)):
			self.assertLessEqual(self.numbers(html), allowed)
			self.assertIn("…", html)
			for mentee in frappe.get_all(
				"Mentee", {"organization": self.school.organization}, pluck="full_name"
			):
				self.assertNotIn(mentee, html)

	@staticmethod
	def numbers(html: str) -> set[int]:
		"""Whole numbers in cells; the running numbers of rows are none."""
		html = re.sub(r'<tr><td class="number">\d+</td>', "", html)
		return {int(cell) for cell in re.findall(r"<td[^>]*>\s*(\d+)\s*</td>", html)}
