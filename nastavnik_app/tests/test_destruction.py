"""A person is destroyed: what a school finds afterwards, and where it still finds the name."""

from __future__ import annotations

from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.privacy import acts, blocking, carrying_out, destruction
from nastavnik_app.rules import retention
from nastavnik_app.tests import builders_privacy as planted
from nastavnik_app.tests import planted_tables
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, make_school, record_consent
from nastavnik_app.tests.planted_files import files_with
from nastavnik_app.tests.planted_tables import everything_with

KEPT = {"Consent", "Mentoring Order", "Data Destruction Act", "File"}


def approved(school: School, *people: Document, reason: str = retention.PURPOSE_ACHIEVED, **row) -> Document:
	"""An act about blocked people, drawn up by the curator and approved by the director; it waits for a worker."""
	for person in people:
		person.reload()
		blocking.block(person, reason)
	with as_user(school.curator):
		act = acts.draw_up([(person.doctype, person.name) for person in people], reason)
		for one in act.persons:
			one.update(row)
		act = apply_workflow(act.save(), "Send for Approval")
	with as_user(school.director):
		return apply_workflow(frappe.get_doc(act.doctype, act.name), "Approve")


class TestDestruction(SchoolTestCase):
	def destroyed(self, *people: Document, **row) -> Document:
		act = approved(self.school, *people, **row)
		carrying_out.run(act.name)
		act.reload()
		self.assertEqual((act.destruction_state, act.destruction_note), ("Done", None))
		return act

	def setUp(self) -> None:
		super().setUp()
		self.who = planted.somebody()

	def planted(self) -> Document:
		return planted.everywhere(self.school, self.who)

	def left(self) -> list[tuple[str, str, str]]:
		return [one for one in everything_with(self.who.words) if one[0] not in KEPT]

	def test_no_table_and_no_file_holds_the_name_but_papers_within_their_terms(self) -> None:
		mentee = self.planted()
		before = {place for _doctype, _name, place in everything_with(self.who.words)}
		self.assertEqual(planted_tables.text_columns() - before, set())
		kinds = {path.suffix for path in files_with(self.who.words)}
		self.assertLessEqual({".pdf", ".xlsx", ".doc", ".zip", ".csv", ".gz", ".txt"}, kinds)
		act = self.destroyed(mentee)
		self.assertEqual(self.left(), [])
		for doctype, name, place in everything_with(self.who.words):
			record = (doctype, name)
			if doctype == "File":
				record = frappe.db.get_value("File", name, ["attached_to_doctype", "attached_to_name"])
			status = frappe.db.get_value(*record, "docstatus")
			self.assertEqual(status, 1, f"{place} of {record}")
		attached = {"attached_to_doctype": ["in", ["Consent", "Mentoring Order"]]}
		kept = {url.rpartition("/")[2] for url in frappe.get_all("File", filters=attached, pluck="file_url")}
		self.assertEqual({path.name for path in files_with(self.who.words)} - kept, set())
		outcome = act.persons[0].outcome
		for word in ("Согласие", "Приказ"):
			self.assertIn(word, outcome)
		self.assertNotIn(self.who.last, outcome)

	def test_the_card_is_empty_and_says_so(self) -> None:
		mentee = self.planted()
		self.destroyed(mentee)
		card = frappe.get_doc("Mentee", mentee.name)
		self.assertEqual(card.full_name, retention.mark(mentee.name))
		self.assertEqual((card.phone, card.email, card.user, card.birth_date), (None, None, None, None))
		self.assertEqual((card.destroyed_on, card.workflow_state), (getdate(), "Archived"))

	def test_a_column_that_a_removed_app_has_left_finds_nobody_again(self) -> None:
		mentee = self.school.mentee()
		# a column of the table that is no field of the DocType, as those of a removed app are, and one that is not there
		columns = (("Mentee", "owner", "Student", "", ""), ("Mentee", "no_column", "Employee", "", ""))
		with patch.object(destruction, "LINKS", columns):
			self.destroyed(mentee)
		self.assertIsNone(frappe.db.get_value("Mentee", mentee.name, "owner"))

	def test_no_cache_serves_what_was_destroyed(self) -> None:
		mentee = self.school.mentee(last_name=self.who.last)
		profile = self.school.support_profile(mentee, aim=f"Поддержать: {mentee.full_name}")
		for one in (mentee, profile):
			self.assertIn(self.who.last, str(frappe.get_cached_doc(one.doctype, one.name).as_dict()))
		self.destroyed(mentee)
		self.assertEqual(frappe.get_cached_doc("Mentee", mentee.name).full_name, retention.mark(mentee.name))
		with self.assertRaises(frappe.DoesNotExistError):
			frappe.get_cached_doc(profile.doctype, profile.name)

	def test_a_telephone_is_found_however_its_digits_are_grouped(self) -> None:
		mentee = self.school.mentee(last_name=self.who.last, phone=self.who.phone)
		digits = self.who.words[-1]
		task = {"doctype": "ToDo", "description": f"Перезвонить: 8 ({digits[:3]}) {digits[3:6]} {digits[6:]}"}
		task = frappe.get_doc(task).insert()
		self.destroyed(mentee)
		description = frappe.db.get_value("ToDo", task.name, "description")
		self.assertEqual(description, f"Перезвонить: {retention.mark(mentee.name)}")

	def test_each_file_is_counted_once(self) -> None:
		mentee = self.school.mentee(last_name=self.who.last)
		content = f"Дана: {mentee.full_name}".encode()
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "справка.txt", "content": content, "is_private": 1}
		).insert()
		act = self.destroyed(mentee)
		self.assertIn("Файл — 1", act.persons[0].outcome)
		self.assertFalse(frappe.db.exists("File", file.name))

	def test_namesakes_and_other_people_keep_their_names(self) -> None:
		name = {"last_name": self.who.last, "first_name": planted.FIRST, "middle_name": planted.MIDDLE}
		leaving, staying = self.school.mentee(**name), self.school.mentee(**name)
		task = self.school.task(title=f"Беседа: {self.who.name}")
		self.destroyed(leaving)
		self.assertEqual(frappe.db.get_value("Mentee", staying.name, "full_name"), self.who.name)
		self.assertIn(self.who.name, frappe.db.get_value("Roadmap Task", task.name, "title"))

	def test_whoever_is_still_needed_is_refused_with_the_reason(self) -> None:
		mentee = self.school.consenting("Mentee")
		self.school.pair(mentees=[mentee])
		with as_user(self.school.curator):
			act = acts.draw_up([("Mentee", mentee.name)], retention.PURPOSE_ACHIEVED)
			with self.assertRefused("cannot be destroyed yet", "takes part in the pair", "is in the bank"):
				apply_workflow(act, "Send for Approval")

	def test_depersonalized_keeps_the_figures_without_the_name(self) -> None:
		mentee = self.planted()
		mentee.db_set({"gender": "Male", "school_class": "8 «Б»"})
		self.destroyed(mentee, way=retention.DEPERSONALIZE)
		self.assertEqual(self.left(), [])
		card = frappe.get_doc("Mentee", mentee.name)
		self.assertEqual((card.gender, card.target_group, card.birth_date), ("Male", "pupils-10-14", None))
		party = {"party_type": "Mentee", "party": mentee.name}
		self.assertTrue(frappe.db.exists("Competency Assessment", party))
		self.assertFalse(frappe.db.exists("Mentee Support Profile", {"mentee": mentee.name}))

	def test_papers_past_their_terms_go_with_a_later_act(self) -> None:
		mentee = self.planted()
		self.destroyed(mentee)
		consent = frappe.db.get_value("Consent", {"party": mentee.name, "docstatus": 1})
		frappe.db.set_value("Consent", {"party": mentee.name}, "keep_until", "2020-01-01")
		frappe.db.set_value(
			"Mentoring Order", {"organization": self.school.organization}, "order_date", "2015-01-01"
		)
		frappe.db.set_value(
			"Data Destruction Act", {"organization": self.school.organization}, "destroyed_on", "2015-01-01"
		)
		self.destroyed(mentee)
		self.assertFalse(frappe.db.exists("Consent", consent))
		again = [one for one in everything_with(self.who.words) if one[0] not in ("File",)]
		self.assertEqual({one[0] for one in again}, {"Data Destruction Act"} if again else set())

	def test_another_school_finds_nothing_to_destroy_here(self) -> None:
		mentee = self.school.mentee()
		other = make_school("Другая школа")
		with as_user(other.curator), self.assertRefused(error=frappe.PermissionError):
			acts.draw_up([("Mentee", mentee.name)], retention.CONSENT_WITHDRAWN)

	def test_a_withdrawal_blocks_and_a_new_consent_lifts_it(self) -> None:
		mentee = self.school.mentee()
		consent = record_consent(mentee)
		consent.withdrawn_on = frappe.utils.getdate()
		apply_workflow(consent.save(), "Withdraw")
		mentee.reload()
		self.assertEqual((mentee.workflow_state, mentee.blocked_because), ("Archived", "Consent Withdrawn"))
		with self.assertRefused("has been blocked"):
			apply_workflow(mentee, "Return to Bank")
		record_consent(frappe.get_doc("Mentee", mentee.name))
		mentee.reload()
		self.assertIsNone(mentee.blocked_on)
