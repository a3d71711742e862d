"""A site of the version before: acts of destruction that were on paper, and the consent's term that was a setting."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app.patches.v1_3 import (
	acts_are_approved,
	acts_have_a_title,
	consents_have_one_term,
	withdrawn_are_blocked,
)
from nastavnik_app.privacy.kept import ACT, CONSENT, kept_after
from nastavnik_app.tests.builders import SchoolTestCase, record_consent

TERM = "Mentoring Retention Term"


class TestActsOnPaper(SchoolTestCase):
	def old_act(self, **values) -> Document:
		"""An act as the version before kept it: a plain record, with no state and nobody's approval."""
		mentee = self.school.mentee(last_name="Ромашкин")
		person = {
			"party_type": "Mentee",
			"party": mentee.name,
			"person_name": mentee.full_name,
			"data_categories": "Имя",
		}
		act = self.school.destruction_act(act_number="7", persons=[person], **values)
		before = {"workflow_state": None, "docstatus": 0, "destruction_state": None, "destroyed_on": None}
		frappe.db.set_value(ACT, act.name, before, update_modified=False)
		return frappe.get_doc(ACT, act.name)

	def setUp(self) -> None:
		super().setUp()
		for name in frappe.get_all("Workflow", filters={"document_type": ACT}, pluck="name"):
			frappe.delete_doc("Workflow", name, force=True)
		frappe.clear_cache(doctype=ACT)
		frappe.db.delete(TERM)

	def test_they_stand_as_approved_and_nobody_is_destroyed_after_the_fact(self) -> None:
		act = self.old_act()
		modified = act.modified
		for _time in range(2):
			acts_are_approved.execute()
		act = frappe.get_doc(ACT, act.name)
		self.assertEqual((act.workflow_state, act.docstatus), ("Approved", 1))
		self.assertEqual({row.docstatus for row in (*act.persons, *act.commission)}, {1})
		self.assertFalse(act.destruction_state)
		self.assertEqual(act.modified, modified)
		mentee = frappe.get_doc("Mentee", act.persons[0].party)
		self.assertEqual((mentee.last_name, mentee.destroyed_on), ("Ромашкин", None))
		self.assertTrue(frappe.db.exists("Workflow", {"document_type": ACT, "is_active": 1}))
		self.assertTrue(frappe.db.exists(TERM, {"document_type": CONSENT}))

	def test_a_draft_of_this_version_stays_one(self) -> None:
		acts_are_approved.execute()
		draft = self.school.destruction_act()
		acts_are_approved.execute()
		draft.reload()
		self.assertEqual((draft.workflow_state, draft.docstatus), ("Draft", 0))

	def test_an_approved_old_act_is_locked_like_a_new_one(self) -> None:
		act = self.old_act()
		acts_are_approved.execute()
		act = frappe.get_doc(ACT, act.name)
		act.act_number = "8"
		with self.assertRefused(error=frappe.ValidationError):
			act.save()


class TestActsCalledByTheirNumber(SchoolTestCase):
	def test_they_are_called_as_the_paper_is_and_new_ones_too(self) -> None:
		numbered, bare = self.school.destruction_act(act_number="7"), self.school.destruction_act()
		titles = {act.name: act.title for act in (numbered, bare)}
		self.assertIn("7", titles[numbered.name])
		self.assertNotIn("None", titles[bare.name])
		self.assertEqual(bare.get_title(), titles[bare.name])
		frappe.db.set_value(ACT, {"name": ["in", list(titles)]}, "title", None, update_modified=False)
		for _time in range(2):
			acts_have_a_title.execute()
		self.assertEqual({name: frappe.db.get_value(ACT, name, "title") for name in titles}, titles)


class TestWithdrawnBefore(SchoolTestCase):
	def test_they_are_blocked_but_who_has_consented_again(self) -> None:
		gone, renewed = self.school.mentee(), self.school.mentee()
		yesterday = add_days(getdate(), -1)
		for mentee in (gone, renewed):
			withdrawn = {"workflow_state": "Withdrawn", "withdrawn_on": yesterday}
			frappe.db.set_value("Consent", record_consent(mentee).name, withdrawn)
		record_consent(renewed)
		for _time in range(2):
			withdrawn_are_blocked.execute()
		blocked = [frappe.db.get_value("Mentee", one.name, "blocked_on") for one in (gone, renewed)]
		self.assertEqual(blocked, [yesterday, None])


class TestTermOfConsents(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.term = frappe.db.get_value(TERM, {"document_type": CONSENT}, "name")
		frappe.db.set_value(TERM, self.term, {"amount": 3, "unit": "Years", "disabled": 0})

	def set_up_as_before(self, years: int) -> None:
		row = consents_have_one_term.SETTING
		frappe.db.delete("Singles", row)
		frappe.db.bulk_insert("Singles", ["doctype", "field", "value"], [[*row.values(), str(years)]])

	def years(self) -> tuple[int, str]:
		return frappe.db.get_value(TERM, self.term, ["amount", "unit"])

	def test_what_a_school_had_set_goes_to_the_dictionary_once(self) -> None:
		self.set_up_as_before(5)
		consents_have_one_term.execute()
		self.assertEqual(self.years(), (5, "Years"))
		frappe.db.set_value(TERM, self.term, "amount", 4)
		consents_have_one_term.execute()
		self.assertEqual(self.years(), (4, "Years"))

	def test_a_dictionary_that_was_changed_already_stays(self) -> None:
		frappe.db.set_value(TERM, self.term, {"amount": 75, "unit": "Years"})
		for years in (5, 3):
			self.set_up_as_before(years)
			consents_have_one_term.execute()
			self.assertEqual(self.years(), (75, "Years"))

	def test_the_dictionary_alone_says_how_long_a_withdrawn_consent_is_kept(self) -> None:
		self.assertFalse(frappe.get_meta("Mentoring Settings").has_field("consent_retention_years"))
		frappe.db.set_value(TERM, self.term, {"amount": 18, "unit": "Months"})
		consent = record_consent(self.school.mentee())
		consent.withdrawn_on = add_days(getdate(), -1)
		consent.save()
		self.assertEqual(getdate(consent.keep_until), kept_after(CONSENT, add_days(getdate(), -1)))
		self.assertEqual(
			(getdate(consent.keep_until) - add_days(getdate(), -1)).days // 30, 18, consent.keep_until
		)
		frappe.db.set_value(TERM, self.term, "disabled", 1)
		consent.save()
		self.assertIsNone(consent.keep_until)
