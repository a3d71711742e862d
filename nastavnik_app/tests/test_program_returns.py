"""A school's return: counted from records, approved by its director, sent, and what each side may do with it."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate
from freezegun import freeze_time

from nastavnik_app.desk import notices
from nastavnik_app.returns import doors, way
from nastavnik_app.returns.figures import figures_of
from nastavnik_app.rules.states import MACHINES
from nastavnik_app.tests.builders import WORKER_FORM, School, as_user, make_school, make_user
from nastavnik_app.tests.builders_authority import (
	AuthorityTestCase,
	approved,
	draft_return,
	make_authority,
	school_below,
	sent,
	step,
)

MENTEES_IN_PAIR, MENTORS_IN_PAIR = "mentees:in-a-pair", "mentors:in-a-pair"


class ReturnTestCase(AuthorityTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.running(cls.school)

	@staticmethod
	def running(school: School) -> School:
		frappe.db.set_value("Mentoring Program", school.program, "workflow_state", "Running")
		return school

	def values(self, name: str) -> dict:
		doc = frappe.get_doc("Program Return", name)
		return {
			(row.measure, row.form, row.target_group): None if row.withheld else row.value
			for row in doc.cells
		}


class TestFigures(ReturnTestCase):
	def count(self) -> dict:
		return figures_of(self.school.organization, "2026-09-01", "2027-05-31").counts

	def test_a_mentee_in_two_pairs_counts_once_and_in_both_forms(self) -> None:
		worker = self.school.consenting("Mentee", target_group="teachers")
		mentor = self.school.consenting("Mentor", capacity=2)
		pupils = self.school.pair(mentor, [self.school.consenting("Mentee"), worker])
		workers = self.school.pair(mentees=[worker], form=WORKER_FORM)
		for pair in (pupils, workers):
			frappe.db.set_value("Pair", pair.name, "workflow_state", "Assigned")
		counts = self.count()
		self.assertEqual(counts[MENTEES_IN_PAIR, "", ""], 2)
		self.assertEqual(counts[MENTEES_IN_PAIR, "", "teachers"], 1)
		self.assertEqual(counts[MENTEES_IN_PAIR, pupils.form, ""], 2)
		self.assertEqual(counts[MENTEES_IN_PAIR, pupils.form, "teachers"], 1)
		self.assertEqual(counts[MENTEES_IN_PAIR, WORKER_FORM, "teachers"], 1)
		self.assertEqual(counts["pairs:at-work-or-completed", "", ""], 2)
		self.assertEqual(counts[MENTORS_IN_PAIR, WORKER_FORM, ""], 1)

	def test_who_is_a_candidate_or_left_is_in_no_bank(self) -> None:
		for state in ("In Bank", "In Bank", "Candidate", "Archived"):
			mentee = self.school.mentee()
			frappe.db.set_value("Mentee", mentee.name, "workflow_state", state)
		self.assertEqual(self.count()["mentees:in-the-bank", "", "pupils-10-14"], 2)

	def test_a_consent_withdrawn_does_not_count(self) -> None:
		for _number in range(2):
			frappe.db.set_value("Mentor", self.school.consenting("Mentor").name, "workflow_state", "In Bank")
		self.assertEqual(self.count()["mentors:consent-holds+in-the-bank", "", ""], 2)
		consent = frappe.get_all("Consent", filters={"organization": self.school.organization}, pluck="name")[
			0
		]
		frappe.db.set_value("Consent", consent, "withdrawn_on", "2026-01-01")
		self.assertEqual(self.count()["mentors:consent-holds+in-the-bank", "", ""], 1)

	def test_pieces_of_the_days_count(self) -> None:
		before = self.count()["events:held", "", ""]
		self.school.event(status="Held", held_on="2026-09-10")
		self.school.event(status="Planned", held_on="2026-09-11")
		self.school.event(status="Held", held_on="2026-08-11")
		self.assertEqual(self.count()["events:held", "", ""] - before, 1)
		self.school.signed(self.school.order(self.school.pair()))
		self.assertEqual(self.count()["orders:signed", "", ""], 1)

	def test_another_schools_people_do_not_count(self) -> None:
		other = self.running(school_below(self.authority))
		pair = other.pair()
		frappe.db.set_value("Pair", pair.name, "workflow_state", "Assigned")
		self.assertEqual(self.count()[MENTEES_IN_PAIR, "", ""], 0)


class TestWay(ReturnTestCase):
	def test_a_return_shows_no_small_count_and_none_can_be_typed(self) -> None:
		for _number in range(3):
			frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
		doc = draft_return(self.school)
		self.assertIsNone(self.values(doc.name)["mentees:in-the-bank", "", ""])
		with as_user(self.school.curator):
			doc = frappe.get_doc("Program Return", doc.name)
			doc.cells[0].update({"withheld": 0, "value": 77})
			doc.append("cells", {"measure": "x", "value": 9})
			doc.checksum = "0" * 64
			doc.save()
		self.assertNotIn(77, self.values(doc.name).values())
		self.assertTrue(way.is_as_counted(frappe.get_doc("Program Return", doc.name)))

	def test_the_way_to_the_authority(self) -> None:
		doc = draft_return(self.school)
		step(doc.name, self.school.curator, "Send for Approval")
		with self.assertRefused("can decide today"):
			apply_workflow(frappe.get_doc("Program Return", doc.name), "Approve")
		step(doc.name, self.school.director, "Approve")
		self.assertEqual(frappe.db.get_value("Program Return", doc.name, "docstatus"), 1)
		done = step(doc.name, self.school.curator, "Send to the Authority")
		self.assertTrue(frappe.db.get_value("Program Return", done.name, "sent_at"))
		step(doc.name, self.officer, "Accept")
		self.assertEqual(frappe.db.get_value("Program Return", doc.name, "workflow_state"), "Accepted")

	def test_its_approval_freezes_the_indicators_of_its_last_day(self) -> None:
		days = {"period_start": "2026-09-01", "period_end": "2026-10-31"}
		doc = draft_return(self.school, **days)
		step(doc.name, self.school.curator, "Send for Approval")
		frozen = {"program": self.school.program, "frozen": 1}
		self.assertEqual(frappe.get_all("Mentoring Indicator Value", filters=frozen), [])
		step(doc.name, self.school.director, "Approve")
		kept = frappe.get_all("Mentoring Indicator Value", filters=frozen, pluck="on_date")
		self.assertGreater(len(kept), 20)
		self.assertEqual(set(kept), {getdate("2026-10-31")})

	def test_it_is_counted_once_for_each_time_it_is_asked_for(self) -> None:
		draft = draft_return(self.school)
		with as_user(self.school.curator):
			counted = doors.count_anew(draft.name)
			checksum = counted.checksum
			for _number in range(7):
				frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
			counted.cells[0].update({"withheld": 0, "value": 77})
			counted.save()
			self.assertEqual(counted.checksum, checksum)
			apply_workflow(counted, "Send for Approval")
		with as_user(self.school.director):
			apply_workflow(counted, "Approve")
		stored = frappe.get_doc("Program Return", draft.name)
		self.assertEqual((stored.workflow_state, stored.checksum), ("Approved", checksum))
		self.assertTrue(way.is_as_counted(stored))

	def test_figures_that_were_changed_past_the_app_are_not_sent(self) -> None:
		name = approved(self.school)
		row = frappe.get_doc("Program Return", name).cells[0]
		frappe.db.set_value("Program Return Cell", row.name, {"value": 4321, "withheld": 0})
		with self.assertRefused("checksum"):
			step(name, self.school.curator, "Send to the Authority")

	def test_records_changed_after_the_approval_do_not_change_the_return(self) -> None:
		name = approved(self.school)
		before = self.values(name)
		for _number in range(7):
			frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
		step(name, self.school.curator, "Send to the Authority")
		self.assertEqual(self.values(name), before)

	def test_what_is_sent_back_is_replaced_by_a_new_one(self) -> None:
		name = sent(self.school)
		with self.assertRefused("Remark"):
			step(name, self.officer, "Send Back")
		step(name, self.officer, "Send Back", remark="Уточните число наставников")
		newer = sent(self.school)
		self.assertEqual(frappe.db.get_value("Program Return", name, "workflow_state"), "Replaced")
		self.assertEqual(frappe.db.get_value("Program Return", newer, "workflow_state"), "Sent")

	def test_there_is_one_return_of_the_same_days_at_a_time(self) -> None:
		draft_return(self.school)
		with self.assertRefused("already"):
			draft_return(self.school)
		frappe.set_user("Administrator")

	def test_a_director_cancels_what_is_not_sent(self) -> None:
		name = approved(self.school)
		step(name, self.school.director, "Cancel Return")
		self.assertEqual(frappe.db.get_value("Program Return", name, "docstatus"), 2)

	def test_an_organization_without_an_authority_sends_nothing(self) -> None:
		with self.assertRefused("authority above"):
			draft_return(make_school())
		frappe.set_user("Administrator")

	def test_a_return_on_approval_is_approved_after_the_school_is_renamed(self) -> None:
		doc = draft_return(self.school)
		step(doc.name, self.school.curator, "Send for Approval")
		frappe.db.set_value("Educational Organization", self.school.organization, "title", "Лицей № 5")
		returned = step(doc.name, self.school.director, "Approve")
		self.assertEqual((returned.workflow_state, returned.title), ("Approved", doc.title))


class TestWhoSees(ReturnTestCase):
	def listed(self, user: str) -> list[str]:
		with as_user(user):
			return frappe.get_list("Program Return", pluck="name")

	def test_the_officer_sees_a_return_once_it_was_sent(self) -> None:
		name = approved(self.school)
		self.assertEqual(self.listed(self.officer), [])
		with as_user(self.officer):
			doc = frappe.get_doc("Program Return", name)
			self.assertFalse(doc.has_permission("read"))
			self.assertEqual(frappe.get_list("Program Return Cell", parent_doctype="Program Return"), [])
		step(name, self.school.curator, "Send to the Authority")
		self.assertEqual(self.listed(self.officer), [name])
		with as_user(self.officer):
			self.assertTrue(frappe.get_doc("Program Return", name).has_permission("read"))

	def test_another_school_and_another_authority_see_nothing_of_it(self) -> None:
		name = sent(self.school)
		_other, other_officer = make_authority()
		for user in (school_below(self.authority).curator, other_officer):
			self.assertEqual(self.listed(user), [])
			with as_user(user):
				self.assertFalse(frappe.get_doc("Program Return", name).has_permission("read"))

	def test_a_replaced_return_is_not_laid_beside_the_new_one(self) -> None:
		name = sent(self.school)
		step(name, self.officer, "Send Back", remark="Ещё раз")
		newer = sent(self.school)
		self.assertEqual(self.listed(self.officer), [newer])

	def test_the_officer_decides_about_own_schools_alone_and_changes_no_figure(self) -> None:
		name = sent(self.school)
		_other, other_officer = make_authority()
		with self.assertRefused(error=frappe.PermissionError):
			step(name, other_officer, "Accept")
		frappe.set_user("Administrator")
		with as_user(self.officer):
			doc = frappe.get_doc("Program Return", name)
			doc.cells[0].value = 900
			with self.assertRefused():
				doc.save()

	def test_recommendation_and_answer(self) -> None:
		name = sent(self.school)
		advice = {"recommendation": "Привлечь студентов", "due_date": "2027-02-01", "answer": "чужой ответ"}
		with as_user(self.officer):
			doc = frappe.get_doc("Program Return", name)
			doc.append("recommendations", advice)
			doc.save()
		row = frappe.get_doc("Program Return", name).recommendations[0]
		self.assertEqual((row.given_by, row.answer), (self.officer, None))
		with as_user(self.school.curator):
			doc = frappe.get_doc("Program Return", name)
			doc.recommendations[0].update({"recommendation": "Ничего", "answer": "Договор с колледжем"})
			doc.append("recommendations", {"recommendation": "Своя", "due_date": "2027-02-01"})
			doc.save()
		rows = frappe.get_doc("Program Return", name).recommendations
		self.assertEqual([row.recommendation for row in rows], ["Привлечь студентов"])
		self.assertEqual(rows[0].answer, "Договор с колледжем")
		self.assertTrue(rows[0].answered_on)

	def test_each_is_told_what_is_next(self) -> None:
		def told(user: str) -> int:
			return frappe.db.count(
				"ToDo", {"allocated_to": user, "reference_type": "Program Return", "status": "Open"}
			)

		doc = draft_return(self.school)
		step(doc.name, self.school.curator, "Send for Approval")
		self.assertEqual(told(self.school.director), 1)
		step(doc.name, self.school.director, "Approve")
		step(doc.name, self.school.curator, "Send to the Authority")
		self.assertEqual((told(self.school.director), told(self.officer)), (0, 1))
		step(doc.name, self.officer, "Send Back", remark="Уточните")
		self.assertEqual((told(self.school.curator), told(self.officer)), (1, 0))


class TestWhoApproves(ReturnTestCase):
	def asked(self, name: str) -> list[str]:
		told = {"reference_type": "Program Return", "reference_name": name, "status": "Open"}
		return frappe.get_all("ToDo", filters=told, pluck="allocated_to")

	def test_who_acts_since_the_return_was_sent_is_asked_instead(self) -> None:
		doc = draft_return(self.school)
		step(doc.name, self.school.curator, "Send for Approval")
		self.assertEqual(self.asked(doc.name), [self.school.director])
		acting = make_user("acting", "Mentoring Director")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		term = {"from_date": getdate(), "to_date": add_days(getdate(), 3)}
		organization.append("acting_directors", {"user": acting, "person_name": "Липова Пример", **term})
		organization.save()
		self.assertEqual(self.asked(doc.name), [acting])
		with freeze_time(add_days(getdate(), 4)):
			notices.ask_approvers_of_today()
			notices.ask_approvers_of_today()
			self.assertEqual(self.asked(doc.name), [self.school.director], "asked once")
		notices.ask_approvers_of_today()
		step(doc.name, acting, "Approve")
		self.assertEqual(self.asked(doc.name), [])

	def test_no_kind_of_document_that_is_approved_is_forgotten(self) -> None:
		approved_by_a_director = {name for name, one in MACHINES.items() if one.state("On Approval")}
		self.assertEqual(set(notices.APPROVALS), approved_by_a_director)
