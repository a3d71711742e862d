"""A mentor's places, counted also when two writers come at once."""

from __future__ import annotations

import frappe

from nastavnik_app.tests.builders import CommittedTestCase, SchoolTestCase


class TestCapacity(SchoolTestCase):
	def test_mentor_beyond_capacity_is_named_with_the_remedy(self) -> None:
		mentor = self.school.mentor(last_name="Кедров", capacity=2)
		self.school.pair(mentor)
		with self.assertRefused("Кедров"):
			self.school.pair(mentor, mentees=[self.school.mentee(), self.school.mentee()])
		self.school.pair(mentor)

	def test_ended_pair_gives_its_place_back(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=1)
		pair = self.school.pair(mentor)
		self.school.signed(self.school.order(pair))
		pair.reload()
		pair.workflow_state, pair.end_reason = "Terminated", "Переезд"
		pair.save()
		self.school.pair(mentor)

	def test_same_mentee_twice_in_a_group_is_refused(self) -> None:
		mentee = self.school.mentee()
		with self.assertRefused(mentee.full_name):
			self.school.pair(self.school.mentor(capacity=5), mentees=[mentee, mentee])


class TestTwoWriters(CommittedTestCase):
	def test_the_last_place_is_given_once(self) -> None:
		mentor = self.school.mentor(capacity=1)
		mentees = [self.school.mentee() for _ in range(4)]
		# the other writers have connections of their own
		frappe.db.commit()  # nosemgrep
		results = self.at_once(lambda mentee: self.school.pair(mentor, mentees=[mentee]).name, mentees)
		refusals = [result for result in results if isinstance(result, Exception)]
		self.assertEqual(len(results) - len(refusals), 1, results)
		self.assertEqual(frappe.db.count("Pair", {"mentor": mentor.name}), 1)
		for refusal in refusals:
			self.assertIn(mentor.full_name, str(refusal))
