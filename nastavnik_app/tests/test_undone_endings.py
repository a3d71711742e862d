"""An order that ended pairs is cancelled: they come back only where everybody may still work in them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.orders import drafting
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.test_order_effects import OrderTestCase


class TestUndoneEndings(OrderTestCase):
	def at_work(self, mentor: Document | None = None) -> Document:
		pair = self.school.pair(mentor)
		self.school.signed(self.school.order(pair))
		return pair

	def terminated(self, *pairs: Document) -> Document:
		ends = {"ended_on": getdate(), "reason": "По соглашению"}
		return self.school.signed(self.school.order(*pairs, order_type="terminate-pairs", **ends))

	def archived(self, doctype: str, name: str) -> Document:
		with as_user(self.school.curator):
			return apply_workflow(frappe.get_doc(doctype, name), "Archive")

	def assertStaysEnded(self, order: Document, *pairs: Document, words: tuple[str, ...]) -> None:
		before = [self.state(pair) for pair in pairs]
		with self.assertRefused(*words):
			self.cancel(order)
		frappe.set_user("Administrator")
		self.assertEqual([self.state(pair) for pair in pairs], before)

	def test_no_pair_comes_back_with_a_child_whose_consent_was_withdrawn(self) -> None:
		pair = self.at_work()
		order = self.terminated(pair)
		consent = frappe.get_doc("Consent", {"party": pair.mentees[0].mentee})
		with as_user(self.school.curator):
			consent.withdrawn_on = getdate()
			apply_workflow(consent.save(), "Withdraw")
		self.assertStaysEnded(order, pair, words=(consent.party_name, "archived"))

	def test_a_place_that_was_given_away_is_not_given_twice(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=1)
		pair = self.at_work(mentor)
		order = self.terminated(pair)
		self.at_work(mentor)
		self.assertStaysEnded(order, pair, words=(mentor.full_name, "raise the places"))
		mentor.update({"capacity": 2}).save()
		self.cancel(order)
		self.assertEqual(self.state(pair), "Assigned")

	def test_pairs_that_come_back_at_once_are_counted_together(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=2)
		pairs = [self.at_work(mentor), self.at_work(mentor)]
		order = self.terminated(*pairs)
		self.at_work(mentor)
		self.assertStaysEnded(order, *pairs, words=(mentor.full_name, "2 places, 1 are taken", "ask for 2"))

	def test_a_mentor_who_was_replaced_and_took_another_pair_does_not_get_the_first_back(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=1)
		pair = self.at_work(mentor)
		newcomer = self.school.consenting("Mentor")
		order = self.school.signed(drafting.replace_mentor(pair.name, newcomer.name))
		self.at_work(mentor)
		self.assertStaysEnded(order, pair, words=(mentor.full_name,))

	def test_a_program_whose_mentor_has_left_since_stays_closed(self) -> None:
		pair = self.at_work()
		self.school.task()
		for order_type in ("start-program", "close-program"):
			order = drafting.make_order(order_type, "Mentoring Program", [self.school.program])
			order = self.school.signed(order)
		mentor = self.archived("Mentor", pair.mentor)
		self.assertStaysEnded(order, pair, words=(mentor.full_name, "archived"))
		self.assertEqual(self.program().workflow_state, "Closed")
