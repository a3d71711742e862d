"""How an order is made out of what it is about, and what its buttons do."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.orders import drafting, signing
from nastavnik_app.rules.states import METHODIST
from nastavnik_app.tests.builders import (
	as_user,
	make_school,
	make_user,
)
from nastavnik_app.tests.test_order_effects import OrderTestCase


class TestMakingOrders(OrderTestCase):
	def test_what_signing_does_is_told_before(self) -> None:
		pair, mentee = self.school.pair(), self.school.consenting("Mentee")
		other = self.school.pair(mentees=[mentee])
		order = drafting.make_order("assign-pairs", "Pair", [pair.name, other.name, pair.name])
		lines = signing.what_signing_does(order)
		self.assertEqual(len(lines), 2)
		for line, record in zip(lines, (pair, other), strict=True):
			self.assertIn(record.title, line)
			self.assertIn("Assigned", line)

	def test_an_order_that_only_is_kept_says_so_by_silence(self) -> None:
		order = drafting.make_order("other", "Mentoring Program", [self.school.program])
		self.assertEqual(signing.what_signing_does(order), [])

	def test_kinds_are_offered_for_what_they_are_about(self) -> None:
		offered = {
			doctype: {kind["name"] for kind in drafting.order_types_for(doctype)}
			for doctype in ("Pair", "Individual Plan", "Mentoring Award", "Mentoring Program")
		}
		self.assertLessEqual({"assign-pairs", "terminate-pairs"}, offered["Pair"])
		self.assertNotIn("replace-mentor", offered["Pair"], "it has an action of its own")
		self.assertLessEqual({"approve-plans"}, offered["Individual Plan"])
		self.assertLessEqual(
			{"start-program", "appoint-curator", "close-program"}, offered["Mentoring Program"]
		)
		self.assertEqual(sum("assign-pairs" in names for names in offered.values()), 1)

	def test_records_of_two_programmes_and_of_another_school_are_refused(self) -> None:
		stranger = make_school("Чужая школа")
		pairs = [self.school.pair().name, stranger.pair().name]
		with self.assertRefused():
			drafting.make_order("assign-pairs", "Pair", pairs)
		with as_user(self.school.curator), self.assertRaises(frappe.PermissionError):
			drafting.make_order("assign-pairs", "Pair", pairs[1:])
		with self.assertRefused():
			drafting.make_order("assign-pairs", "Pair", [])


class TestButtons(OrderTestCase):
	"""What Desk calls: lists come as JSON, and the caller's rights decide."""

	def test_curator_makes_an_order_and_reads_what_it_will_do(self) -> None:
		pair = self.school.pair()
		with as_user(self.school.curator):
			order = api.make_order("assign-pairs", "Pair", frappe.as_json([pair.name]))
			self.assertIn(pair.title, api.what_signing_does(order)[0])

	def test_curator_replaces_a_mentor(self) -> None:
		pair, _first = self.assigned()
		newcomer = self.school.consenting("Mentor")
		with as_user(self.school.curator):
			order = api.replace_mentor(pair.name, newcomer.name, "Болезнь наставника")
		self.assertEqual(frappe.db.get_value("Mentoring Order", order, "reason"), "Болезнь наставника")

	def test_curator_collects_acknowledgements(self) -> None:
		order = self.school.signed(self.school.order(self.school.pair()))
		rows = [row.name for row in order.acknowledgements]
		with as_user(self.school.curator):
			api.collect_acknowledgements(order.name, frappe.as_json(rows), str(getdate()))
		order.reload()
		self.assertEqual({row.acknowledged_on for row in order.acknowledgements}, {getdate()})

	def test_another_schools_curator_gets_nothing(self) -> None:
		pair, order = self.assigned()
		stranger = make_school("Чужая школа")
		newcomer = stranger.consenting("Mentor").name
		with as_user(stranger.curator):
			for door in (
				lambda: api.what_signing_does(order.name),
				lambda: api.acknowledge(order.name),
				lambda: api.collect_acknowledgements(order.name, [], str(getdate())),
				lambda: api.make_order("terminate-pairs", "Pair", [pair.name]),
				lambda: api.replace_mentor(pair.name, newcomer),
			):
				with self.assertRefused(error=frappe.PermissionError):
					door()

	def test_a_methodist_does_not_collect_what_he_may_not_write(self) -> None:
		order = self.school.signed(self.school.order(self.school.pair()))
		methodist = make_user("methodist", METHODIST)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": methodist})
		organization.save()
		with as_user(methodist), self.assertRefused(error=frappe.PermissionError):
			api.collect_acknowledgements(order.name, [order.acknowledgements[0].name], str(getdate()))
