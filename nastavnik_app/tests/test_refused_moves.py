"""What a person is told who may take a step, but not now or not so."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import formatdate, getdate

from nastavnik_app.orders import drafting, signing
from nastavnik_app.people import mentor_duty
from nastavnik_app.privacy import blocking
from nastavnik_app.rules import retention
from nastavnik_app.rules.states import CURATOR, MACHINES
from nastavnik_app.tests.builders import WORKER_FORM, SchoolTestCase, as_user, make_user, record_consent


class TestRefusedMoves(SchoolTestCase):
	def moved(self, record: Document, action: str, **values) -> Document:
		"""The record after a curator has filled in a part of it and taken the step."""
		record = frappe.get_doc(record.doctype, record.name)
		with as_user(self.school.curator):
			if values:
				record.update(values).save()
			return apply_workflow(record, action)

	def test_what_an_action_asks_for_can_be_written_before_it(self) -> None:
		"""Each single field that an action asks for (`<field>_given`) is open and shown in the state it leaves."""
		asked = [
			(machine, edge, condition.removesuffix("_given"))
			for machine in MACHINES.values()
			for edge in machine.edges
			for condition in edge.conditions
			if condition.endswith("_given") and condition != "number_and_date_given"
		]
		for machine, edge, fieldname in asked:
			state = next(one for one in machine.states if one.name == edge.state)
			field = frappe.get_meta(machine.doctype).get_field(fieldname)
			with self.subTest(machine.doctype, action=edge.action, field=fieldname):
				self.assertTrue(state.editable is None or fieldname in state.editable)
				self.assertNotIn(f"doc.{machine.field}", field.depends_on or "")

	def test_only_who_has_sent_an_order_recalls_it(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		colleague = make_user("colleague", CURATOR)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": colleague, "duty": "Куратор"})
		organization.save()
		with as_user(colleague), self.assertRefused(self.school.curator, "who sent the document"):
			apply_workflow(frappe.get_doc(order.doctype, order.name), "Recall")
		self.assertEqual(self.moved(order, "Recall").workflow_state, "Draft")

	def test_whoever_is_in_a_pair_is_not_archived(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		mentor = frappe.get_doc("Mentor", pair.mentor)
		with self.assertRefused(mentor.full_name, pair.title):
			self.moved(mentor, "Archive")
		self.moved(mentor, "Admit to Bank")
		with self.assertRefused(mentor.full_name, pair.title):
			self.moved(mentor, "Archive")

	def test_whoever_is_blocked_does_not_come_back(self) -> None:
		mentee = self.school.mentee()
		blocking.block(mentee, retention.PURPOSE_ACHIEVED)
		with self.assertRefused(mentee.full_name, formatdate(getdate())):
			self.moved(mentee, "Return to Bank")

	def test_a_consent_is_withdrawn_on_a_day_after_its_signature(self) -> None:
		mentee = self.school.mentee()
		consent = record_consent(mentee)
		with self.assertRefused("Enter the date", mentee.full_name):
			self.moved(consent, "Withdraw")
		with as_user(self.school.curator):
			consent.reload()
			consent.withdrawn_on = getdate(consent.signed_on) - timedelta(days=1)
			with self.assertRefused(formatdate(consent.signed_on)):
				apply_workflow(consent.save(), "Withdraw")

	def test_a_withdrawal_to_come_is_refused_and_can_be_corrected(self) -> None:
		mentee = self.school.mentee()
		consent = record_consent(mentee)
		tomorrow = getdate() + timedelta(days=1)
		with self.assertRefused(mentee.full_name, formatdate(tomorrow)):
			self.moved(consent, "Withdraw", withdrawn_on=tomorrow)
		self.assertEqual(self.moved(consent, "Withdraw", withdrawn_on=getdate()).workflow_state, "Withdrawn")


class TestEarlyEndOfADuty(SchoolTestCase):
	"""A worker's duty as a mentor ends early only after the notice of the Labour Code."""

	def setUp(self) -> None:
		super().setUp()
		mentor = self.school.consenting("Mentor")
		record_consent(mentor, kind="Additional Work")
		addendum = {"addendum_number": "3", "addendum_date": getdate()}
		self.pair = self.school.pair(mentor, form=WORKER_FORM, **addendum)
		self.school.signed(self.school.order(self.pair))
		self.pair.reload()

	def told_today(self) -> None:
		self.pair.update({"notice_given_on": getdate()}).save()

	def test_without_a_notice_it_ends_by_agreement(self) -> None:
		self.assertIsNone(mentor_duty.refusal_to_end(self.pair, getdate()))

	def test_after_a_notice_it_ends_on_the_earliest_day_and_no_sooner(self) -> None:
		self.told_today()
		earliest = mentor_duty.last_day_after(getdate())
		self.assertIsNone(mentor_duty.refusal_to_end(self.pair, earliest))
		with as_user(self.school.curator):
			self.pair.update({"end_reason": "Отказ", "ended_on": earliest - timedelta(days=1)})
			with self.assertRefused(self.pair.title, formatdate(getdate()), formatdate(earliest)):
				apply_workflow(self.pair.save(), "Terminate")

	def test_an_order_does_not_end_it_sooner_either(self) -> None:
		self.told_today()
		order = drafting.make_order("terminate-pairs", "Pair", [self.pair.name])
		order.update({"ended_on": getdate(), "reason": "Отказ"}).save()
		with self.assertRefused(self.pair.title):
			self.school.sent(order)

	def test_an_order_that_replaces_the_mentor_ends_it_on_the_day_that_was_checked(self) -> None:
		self.told_today()
		newcomer = self.school.consenting("Mentor")
		record_consent(newcomer, kind="Additional Work")
		order = drafting.replace_mentor(self.pair.name, newcomer.name)
		addendum = {"addendum_number": "4", "addendum_date": getdate()}
		frappe.get_doc("Pair", order.pairs[0].pair).update(addendum).save()
		earliest = mentor_duty.last_day_after(getdate())
		self.school.signed(order.update({"ended_on": earliest}).save())
		self.pair.reload()
		self.assertEqual((self.pair.workflow_state, self.pair.ended_on), ("Terminated", earliest))

	def test_a_mentor_of_pupils_is_bound_by_no_notice(self) -> None:
		pair = self.school.pair()
		pair.notice_given_on = getdate()
		self.assertIsNone(mentor_duty.refusal_to_end(pair, getdate()))


class TestAppointingACurator(SchoolTestCase):
	def curators(self) -> list[str]:
		return [row.user for row in frappe.get_doc("Mentoring Program", self.school.program).curators]

	def test_the_order_names_whom_and_says_so_before_it_is_signed(self) -> None:
		order = self.school.order(order_type="appoint-curator")
		self.assertEqual(signing.what_signing_does(order), [])
		with self.assertRefused("Choose the curator", order.get_title()):
			self.school.sent(order)
		order.update({"curator": make_user("newcomer"), "curator_name": "Клёнова А. А."})
		self.assertEqual(signing.what_signing_does(order), ["Клёнова А. А. becomes curator of the program"])

	def appointing(self, user: str, name: str = "") -> Document:
		order = self.school.order(order_type="appoint-curator", curator=user, curator_name=name or user)
		return self.school.signed(order)

	def cancelled(self, order: Document) -> None:
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "Ошибка"
			apply_workflow(order.save(), "Cancel Order")

	def test_cancelling_takes_the_duty_back_and_leaves_the_others(self) -> None:
		first, second = make_user("first"), make_user("second")
		order, _another = self.appointing(first), self.appointing(second)
		self.assertEqual(self.curators(), [first, second])
		self.cancelled(order)
		self.assertEqual(self.curators(), [second])

	def test_who_is_listed_already_gets_the_order_and_is_listed_once(self) -> None:
		newcomer = make_user("newcomer")
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.append("curators", {"user": newcomer, "person_name": "Клёнова А. А.", "duty": "Подбор пар"})
		program.save()
		order = self.appointing(newcomer, "Клёнова Анна Андреевна")
		row = self.only_curator()
		self.assertEqual(
			(row.user, row.person_name, row.duty, row.order),
			(newcomer, "Клёнова Анна Андреевна", "Подбор пар", order.name),
		)
		again = self.appointing(newcomer)
		self.assertEqual(self.only_curator().order, again.name)
		self.cancelled(again)
		self.assertEqual(self.only_curator().order, order.name, "the earlier order is in force again")
		self.cancelled(order)
		self.assertEqual(self.curators(), [])

	def only_curator(self) -> Document:
		(row,) = frappe.get_doc("Mentoring Program", self.school.program).curators
		return row

	def test_an_order_without_points_is_not_sent(self) -> None:
		order = self.school.order(self.school.pair())
		order.points = []
		with self.assertRefused("operative point", order.get_title()):
			self.school.sent(order.save())


class TestWhatSigningSays(SchoolTestCase):
	def test_each_plan_is_told_with_its_states(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		plan = self.school.plan(pair)
		with as_user(self.school.curator):
			plan = apply_workflow(plan, "Declare Ready")
		(line,) = signing.what_signing_does(self.school.plans_order(plan))
		self.assertIn(plan.get_title(), line)
		self.assertTrue(line.endswith("Ready → Approved"), line)

	def test_a_plan_that_has_gone_on_keeps_its_order(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		plan = self.school.plan(pair)
		with as_user(self.school.curator):
			plan = apply_workflow(plan, "Declare Ready")
		order = self.school.signed(self.school.plans_order(plan))
		plan.db_set("workflow_state", "Completed")
		self.assertIn("Completed", signing.irreversible(order))
