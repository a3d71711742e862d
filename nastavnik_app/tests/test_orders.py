"""From consent to signed order: what signing does, what it refuses, and what cancelling takes back."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app import tasks
from nastavnik_app.tests.builders import (
	WORKER_FORM,
	SchoolTestCase,
	as_user,
	attach_scan,
	consent_for,
	make_school,
	make_user,
	record_consent,
)


class TestSigning(SchoolTestCase):
	def test_signed_order_assigns_its_pairs(self) -> None:
		pair = self.school.pair()
		order = self.school.signed(self.school.order(pair), number="17-ОД")
		self.assertEqual((order.workflow_state, order.docstatus), ("Signed", 1))
		self.assertEqual(order.signed_by, self.school.director)
		self.assertEqual(order.signatory_name, "Берёзова Полина Игоревна")
		self.assertFalse(order.signed_on_paper)
		pair.reload()
		self.assertEqual((pair.workflow_state, pair.order), ("Assigned", order.name))
		self.assertTrue(
			frappe.db.exists("Version", {"ref_doctype": "Pair", "docname": pair.name}),
			"the move leaves a version",
		)

	def test_signed_order_approves_its_plans(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		plan = self.school.plan(pair)
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))
		plan.reload()
		self.assertEqual(plan.workflow_state, "Approved")

	def test_order_starts_the_program_and_appoints_the_curator(self) -> None:
		self.school.task()
		self.school.signed(self.school.order(order_type="start-program"))
		self.assertEqual(
			frappe.db.get_value("Mentoring Program", self.school.program, "workflow_state"), "Running"
		)
		newcomer = make_user("newcomer")
		order = self.school.order(
			order_type="appoint-curator", curator=newcomer, curator_name="Клёнова А. А."
		)
		order = self.school.signed(order)
		program = frappe.get_doc("Mentoring Program", self.school.program)
		self.assertEqual([(row.user, row.order) for row in program.curators], [(newcomer, order.name)])

	def test_cancelling_returns_pairs_to_draft(self) -> None:
		pair = self.school.pair()
		order = self.school.signed(self.school.order(pair))
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "Ошибка в составе пары"
			order.save()
			apply_workflow(order, "Cancel Order")
		pair.reload()
		self.assertEqual((pair.workflow_state, pair.order), ("Draft", None))

	def test_cancelling_is_refused_while_a_plan_rests_on_the_pair(self) -> None:
		pair = self.school.pair()
		order = self.school.signed(self.school.order(pair))
		plan = self.school.plan(pair)
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "Передумали"
			order.save()
			with self.assertRefused(plan.title):
				apply_workflow(order, "Cancel Order")

	def test_director_returns_with_a_remark(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		with as_user(self.school.director):
			with self.assertRefused(order.heading):
				apply_workflow(order, "Return With Remark")
			order = frappe.get_doc("Mentoring Order", order.name)
			order.remark = "Уточните срок"
			order.save()
			order = apply_workflow(order, "Return With Remark")
		self.assertEqual(order.workflow_state, "Draft")

	def test_nothing_is_sent_without_pairs(self) -> None:
		order = self.school.order()
		with as_user(self.school.curator), self.assertRefused():
			apply_workflow(order, "Send for Approval")

	def test_number_and_date_are_asked_for(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		with as_user(self.school.director), self.assertRefused(order.heading):
			apply_workflow(order, "Sign")

	def test_a_number_is_given_once_a_year(self) -> None:
		self.school.signed(self.school.order(self.school.pair()), number="7-ОД")
		with self.assertRefused("7-од", error=frappe.DuplicateEntryError):
			self.school.signed(self.school.order(self.school.pair()), number="7-од")

	def test_the_app_counts_where_the_school_lets_it(self) -> None:
		school = make_school(order_numbering="Counted", order_suffix="н")
		numbers = []
		for typed in (None, "12-н", None):
			order = school.sent(school.order(school.pair()))
			with as_user(school.director):
				order = frappe.get_doc("Mentoring Order", order.name)
				order.order_number, order.order_date = typed, getdate()
				order.save()
				numbers.append(apply_workflow(order, "Sign").order_number)
		self.assertEqual(numbers, ["1-н", "12-н", "13-н"])


class TestWhoSigns(SchoolTestCase):
	def prepared(self, **values):
		order = self.school.sent(self.school.order(self.school.pair(), **values))
		with as_user(self.school.curator):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.order_number, order.order_date = frappe.generate_hash(length=5), getdate()
			order.save()
		return order

	def test_curator_cannot_sign(self) -> None:
		order = self.prepared()
		with as_user(self.school.curator):
			with self.assertRefused():
				apply_workflow(order, "Sign")
			order = frappe.get_doc("Mentoring Order", order.name)
			order.workflow_state = "Signed"
			order.docstatus = 1
			with self.assertRefused():
				order.save()

	def test_another_holder_of_the_directors_role_cannot_sign(self) -> None:
		order = self.prepared()
		stranger = make_user("stranger", "Mentoring Director")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": stranger})
		organization.save()
		with as_user(stranger), self.assertRefused("Берёзова"):
			apply_workflow(order, "Sign")

	def act(self, user: str) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append(
			"acting_directors",
			{
				"user": user,
				"person_name": "Осинкин Пётр Ильич",
				"post": "И. о. директора",
				"from_date": add_days(getdate(), -1),
				"to_date": add_days(getdate(), 1),
			},
		)
		organization.save()

	def test_acting_director_signs_instead_of_the_director(self) -> None:
		order = self.prepared()
		deputy = make_user("deputy", "Mentoring Director")
		self.act(deputy)
		with as_user(self.school.director), self.assertRefused("Осинкин"):
			apply_workflow(order, "Sign")
		with as_user(deputy):
			order = apply_workflow(order, "Sign")
		self.assertEqual(order.signatory_post, "И. о. директора")

	def test_acting_director_cannot_sign_what_he_prepared(self) -> None:
		order = self.prepared()
		frappe.get_doc("User", self.school.curator).add_roles("Mentoring Director")
		self.act(self.school.curator)
		with as_user(self.school.curator), self.assertRefused("Осинкин"):
			apply_workflow(order, "Sign")

	def test_acting_director_does_not_register_his_own_signature_instead(self) -> None:
		order = self.prepared()
		self.act(self.school.curator)
		with as_user(self.school.curator):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.scan = attach_scan(order).file_url
			order.save()
			with self.assertRefused("Осинкин"):
				apply_workflow(order, "Register Paper Signature")

	def test_director_signs_what_he_drafted_himself(self) -> None:
		pair = self.school.pair()
		with as_user(self.school.director):
			order = self.school.order(pair)
			order = apply_workflow(order, "Send for Approval")
			order.order_number, order.order_date = "1", getdate()
			order.save()
			order = apply_workflow(order, "Sign")
		self.assertEqual(order.workflow_state, "Signed")

	def test_signature_on_paper_is_registered_with_its_scan(self) -> None:
		order = self.prepared()
		with as_user(self.school.curator):
			with self.assertRefused():
				apply_workflow(order, "Register Paper Signature")
			order = frappe.get_doc("Mentoring Order", order.name)
			order.scan = "/private/files/no-such-scan.pdf"
			with self.assertRefused():
				order.save()
			order = frappe.get_doc("Mentoring Order", order.name)
			order.scan = attach_scan(order).file_url
			order.save()
			order = apply_workflow(order, "Register Paper Signature")
		self.assertEqual((order.workflow_state, order.signed_on_paper), ("Signed", 1))
		self.assertEqual(order.signatory_name, "Берёзова Полина Игоревна")


class TestConsentsOfAnOrder(SchoolTestCase):
	def test_person_without_consent_is_named(self) -> None:
		mentee = self.school.mentee(last_name="Незабудкин")
		order = self.school.order(self.school.pair(mentees=[mentee]))
		with as_user(self.school.curator), self.assertRefused("Незабудкин"):
			apply_workflow(order, "Send for Approval")

	def test_consent_lost_between_sending_and_signing_is_noticed(self) -> None:
		mentee = self.school.mentee(last_name="Незабудкин")
		consent = record_consent(mentee)
		order = self.school.sent(self.school.order(self.school.pair(mentees=[mentee])))
		frappe.db.set_value("Consent", consent.name, "valid_until", add_days(getdate(), -1))
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.order_number, order.order_date = "5", getdate()
			order.save()
			with self.assertRefused("Незабудкин"):
				apply_workflow(order, "Sign")

	def test_recorded_legal_basis_passes_where_the_setting_lets_it(self) -> None:
		mentee = self.school.mentee(legal_basis="Трудовые отношения")
		order = self.school.order(self.school.pair(mentees=[mentee]))
		with as_user(self.school.curator), self.assertRefused(mentee.last_name):
			apply_workflow(order, "Send for Approval")
		frappe.db.set_single_value("Mentoring Settings", "allow_legal_basis", 1)
		self.assertEqual(self.school.sent(order).workflow_state, "On Approval")

	def test_a_pupil_is_no_worker(self) -> None:
		pupil = self.school.consenting("Mentee")
		with self.assertRefused(pupil.full_name):
			self.school.pair(mentees=[pupil], form=WORKER_FORM)

	def test_worker_to_worker_asks_for_extra_work_and_addendum(self) -> None:
		mentor = self.school.consenting("Mentor", last_name="Ясенев")
		pair = self.school.pair(mentor, form=WORKER_FORM)
		order = self.school.order(pair)
		with as_user(self.school.curator), self.assertRefused("Ясенев"):
			apply_workflow(order, "Send for Approval")
		record_consent(mentor, kind="Additional Work")
		with as_user(self.school.curator), self.assertRefused(pair.title):
			apply_workflow(order, "Send for Approval")
		pair.reload()
		pair.update({"addendum_number": "3", "addendum_date": getdate()})
		pair.save()
		self.assertEqual(self.school.sent(order).workflow_state, "On Approval")


class TestConsents(SchoolTestCase):
	def test_signatory_follows_age_on_the_day_of_signing(self) -> None:
		child = self.school.mentee(birth_date="2016-01-01")
		self.assertEqual(consent_for(child).signatory, "Representative")
		teenager = self.school.mentee(birth_date="2011-01-01")
		self.assertEqual(consent_for(teenager).signatory, "Both")
		grown_up = self.school.mentee(birth_date="2000-01-01")
		self.assertEqual(consent_for(grown_up).signatory, "Self")

	def test_child_cannot_sign_alone(self) -> None:
		child = self.school.mentee(birth_date="2016-01-01")
		consent = consent_for(child, signatory="Self")
		with as_user(self.school.curator), self.assertRefused(child.full_name):
			apply_workflow(consent, "Record Signature")

	def test_pupil_without_birth_date_is_asked_for_it(self) -> None:
		child = self.school.mentee(birth_date=None)
		with self.assertRefused(child.full_name):
			apply_workflow(consent_for(child), "Record Signature")

	def test_withdrawal_stops_pairs_and_opens_the_task_to_destroy_the_data(self) -> None:
		mentee = self.school.mentee()
		consent = record_consent(mentee)
		pair = self.school.pair(mentees=[mentee])
		self.school.signed(self.school.order(pair))
		with as_user(self.school.curator):
			consent = frappe.get_doc("Consent", consent.name)
			consent.withdrawn_on = getdate()
			consent = apply_workflow_with(consent, "Withdraw")
		pair.reload()
		self.assertEqual((pair.workflow_state, pair.ended_on), ("Terminated", getdate()))
		todo = frappe.get_doc("ToDo", {"reference_type": "Consent", "reference_name": consent.name})
		self.assertEqual(getdate(todo.date), getdate(add_days(getdate(), 30)))
		self.assertIn(mentee.full_name, todo.description)
		self.assertEqual(getdate(consent.keep_until).year, getdate().year + 3)

	def test_consent_whose_term_ran_out_expires(self) -> None:
		from nastavnik_app.people.consents import expire_ended

		consent = record_consent(self.school.mentee())
		frappe.db.set_value("Consent", consent.name, "valid_until", add_days(getdate(), -1))
		endless = record_consent(self.school.mentee())
		expire_ended()
		self.assertEqual(frappe.db.get_value("Consent", consent.name, "workflow_state"), "Expired")
		self.assertEqual(frappe.db.get_value("Consent", endless.name, "workflow_state"), "Signed")

	def test_the_daily_job_ends_in_order(self) -> None:
		record_consent(self.school.mentee())
		tasks.daily()


def apply_workflow_with(doc, action: str):
	"""Saves what the person typed, then presses the button, as Desk does."""
	doc.save()
	return apply_workflow(doc, action)
