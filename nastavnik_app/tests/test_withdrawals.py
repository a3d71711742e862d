"""A consent is withdrawn while another one, or another basis, lets the work go on."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app.tests.builders import WORKER_FORM, SchoolTestCase, as_user, record_consent


class TestWithdrawals(SchoolTestCase):
	def at_work(self, **values) -> Document:
		pair = self.school.pair(**values)
		self.school.signed(self.school.order(pair))
		return pair

	def withdraw(self, consent: Document) -> None:
		with as_user(self.school.curator):
			consent = frappe.get_doc("Consent", consent.name)
			consent.withdrawn_on = getdate()
			apply_workflow(consent.save(), "Withdraw")

	def assertWorksOn(self, pair: Document, consent: Document) -> None:
		person = frappe.get_doc(consent.party_type, consent.party)
		pair.reload()
		self.assertEqual((pair.workflow_state, pair.ended_on), ("Assigned", None))
		self.assertIsNone(person.blocked_on)
		self.assertFalse(frappe.db.exists("ToDo", {"reference_name": consent.name}))

	def assertEnded(self, pair: Document) -> None:
		self.assertEqual(frappe.db.get_value("Pair", pair.name, "workflow_state"), "Terminated")

	def assertBlocked(self, person: Document) -> None:
		self.assertEqual(frappe.db.get_value(person.doctype, person.name, "blocked_on"), getdate())

	def test_the_older_of_two_consents_ends_nothing_and_the_last_one_everything(self) -> None:
		mentee = self.school.mentee()
		older, renewed = record_consent(mentee), record_consent(mentee)
		pair = self.at_work(mentees=[mentee])
		self.withdraw(older)
		self.assertWorksOn(pair, older)
		self.withdraw(renewed)
		self.assertEnded(pair)
		self.assertBlocked(mentee)
		self.assertTrue(frappe.db.exists("ToDo", {"reference_name": renewed.name}))

	def test_a_consent_that_ran_out_yesterday_lets_nothing_go_on(self) -> None:
		mentee = self.school.mentee()
		older, renewed = record_consent(mentee), record_consent(mentee)
		pair = self.at_work(mentees=[mentee])
		older.db_set("valid_until", add_days(getdate(), -1))
		self.withdraw(renewed)
		self.assertEnded(pair)
		self.assertBlocked(mentee)

	def test_another_basis_lets_the_work_go_on_where_the_settings_know_one(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "allow_legal_basis", 1)
		mentee = self.school.mentee(legal_basis="Трудовые отношения")
		consent = record_consent(mentee)
		pair = self.at_work(mentees=[mentee])
		self.withdraw(consent)
		self.assertWorksOn(pair, consent)

	def test_a_renewed_consent_to_additional_work_keeps_the_duty(self) -> None:
		mentor = self.school.consenting("Mentor")
		older, renewed = (record_consent(mentor, kind="Additional Work") for _time in range(2))
		addendum = {"addendum_number": "3", "addendum_date": getdate()}
		pair = self.at_work(mentor=mentor, form=WORKER_FORM, **addendum)
		self.withdraw(older)
		self.assertWorksOn(pair, older)
		self.withdraw(renewed)
		self.assertEnded(pair)
