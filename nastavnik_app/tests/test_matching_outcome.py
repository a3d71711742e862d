"""What becomes of proposals: pairs, a task for those left over, and who may make them."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.rules.states import METHODIST
from nastavnik_app.tests.builders import (
	PUPIL_FORM,
	WORKER_FORM,
	CommittedTestCase,
	as_user,
	make_school,
	make_user,
)
from nastavnik_app.tests.test_matching import MatchingTestCase, competencies, in_bank, reloaded


class TestOutcome(MatchingTestCase):
	def test_pairs_are_made_once(self) -> None:
		mentors, mentees = [self.mentor(), self.mentor()], [self.mentee(), self.mentee()]
		matching = self.matched(self.matching(end_date="2027-05-20"))
		with as_user(self.school.curator):
			self.assertEqual(api.create_pairs(matching.name), 2)
			self.assertEqual(api.create_pairs(matching.name), 0)
		matching.reload()
		pairs = [frappe.get_doc("Pair", row.pair) for row in matching.proposals]
		self.assertEqual({pair.mentor for pair in pairs}, {mentor.name for mentor in mentors})
		self.assertEqual({pair.mentees[0].mentee for pair in pairs}, {mentee.name for mentee in mentees})
		self.assertEqual({pair.workflow_state for pair in pairs}, {"Draft"})
		self.assertEqual({pair.end_date for pair in pairs}, {getdate("2027-05-20")})

	def test_matched_again_around_the_pairs_made(self) -> None:
		self.mentor(capacity=2)
		self.mentee()
		matching = self.matched(self.matching())
		api.create_pairs(matching.name)
		late = self.mentee()
		matching = self.matched(matching)
		self.assertEqual([bool(row.pair) for row in matching.proposals], [True, False])
		self.assertEqual(matching.proposals[1].mentee, late.name)
		self.assertEqual(api.create_pairs(matching.name), 1)

	def test_mentees_of_one_mentor_form_a_group(self) -> None:
		mentor = self.mentor(capacity=3)
		mentees = {self.mentee().name for _number in range(3)}
		matching = self.matched(self.matching(as_groups=1))
		self.assertEqual(api.create_pairs(matching.name), 1)
		matching.reload()
		group = frappe.get_doc("Pair", matching.proposals[0].pair)
		self.assertEqual((group.mentor, {row.mentee for row in group.mentees}), (mentor.name, mentees))
		self.assertEqual(group.mentoring_way, "Group")
		self.assertEqual({row.pair for row in matching.proposals}, {group.name})

	def test_who_got_a_pair_meanwhile_is_named(self) -> None:
		mentee = self.mentee(last_name="Одуванчиков")
		self.mentor()
		matching = self.matched(self.matching())
		self.school.pair(self.school.consenting("Mentor"), mentees=[mentee])
		with self.assertRefused("Одуванчиков", "Match again"):
			api.create_pairs(matching.name)

	def test_pairs_are_not_made_of_nothing(self) -> None:
		with self.assertRefused("Match first"):
			api.create_pairs(self.matching().name)

	def test_pair_that_is_removed_lets_its_row_go(self) -> None:
		self.mentor(), self.mentee()
		matching = self.matched(self.matching())
		api.create_pairs(matching.name)
		with self.assertRefused(matching.title):
			frappe.delete_doc("Pair Matching", matching.name)
		matching.reload()
		frappe.delete_doc("Pair", matching.proposals[0].pair)
		self.assertFalse(reloaded(matching).proposals[0].pair)
		self.assertEqual(api.create_pairs(matching.name), 1)

	def test_search_goes_on_by_one_task_that_names_nobody(self) -> None:
		left = [self.mentee(last_name="Лютиков"), self.mentee(last_name="Маков")]
		matching = self.matched(self.matching())
		with as_user(self.school.curator):
			self.assertEqual(api.create_search_task(matching.name), 2)
			self.assertEqual(api.create_search_task(matching.name), 0)
		matching.reload()
		task = frappe.get_doc("Roadmap Task", matching.unmatched[0].roadmap_task)
		self.assertEqual({row.roadmap_task for row in matching.unmatched}, {task.name})
		self.assertEqual((task.program, task.status), (self.school.program, "Planned"))
		for mentee in left:
			self.assertNotIn(mentee.last_name, f"{task.title} {task.content}")
		late = self.mentee()
		matching = self.matched(matching)
		self.assertEqual(api.create_search_task(matching.name), 1)
		tasks = {row.party: row.roadmap_task for row in reloaded(matching).unmatched}
		self.assertEqual(tasks[late.name], task.name)
		frappe.delete_doc("Roadmap Task", task.name)
		self.assertFalse([row for row in reloaded(matching).unmatched if row.roadmap_task])

	def test_alternatives_say_who_else_and_whether_there_is_a_place(self) -> None:
		best = self.mentor(competencies=competencies(self.reading))
		other, _unfit = self.mentor(), self.mentor(forms=[{"form": WORKER_FORM}])
		mentee = self.mentee(needs=competencies(self.reading))
		rival = self.mentee()
		matching = self.matched(self.matching())
		with as_user(self.school.curator):
			found = api.alternatives_for(matching.name, mentee.name)
		self.assertEqual(
			[(one["mentor"], one["score"], one["free"]) for one in found],
			[(best.name, 40, 1), (other.name, 0, 0)],
		)
		self.assertEqual([row.mentor for row in matching.proposals if row.mentee == rival.name], [other.name])
		with self.assertRefused("choose another one"):
			api.alternatives_for(matching.name, self.school.mentee().name)

	def test_others_may_not(self) -> None:
		matching = self.matched(self.matching())
		stranger, methodist = make_school("Чужая школа").curator, make_user("methodist", METHODIST)
		for user in (stranger, methodist, self.school.director):
			for door in (api.propose_pairs, api.create_pairs, api.create_search_task):
				with as_user(user), self.assertRefused(error=frappe.PermissionError):
					door(matching.name)
		with as_user(stranger), self.assertRefused(error=frappe.PermissionError):
			api.alternatives_for(matching.name, "никто")


class TestTwoCurators(CommittedTestCase):
	def test_pairs_are_made_once_however_often_the_button_is_pressed(self) -> None:
		in_bank(self.school.mentor(capacity=5))
		for _number in range(3):
			in_bank(self.school.mentee())
		matching = self.school.record("Pair Matching", title="Подбор", form=PUPIL_FORM)
		api.propose_pairs(matching.name)
		# the other writers have connections of their own
		frappe.db.commit()  # nosemgrep
		results = self.at_once(api.create_pairs, [matching.name] * 3)
		self.assertEqual(sorted(results), [0, 0, 3])
		self.assertEqual(frappe.db.count("Pair", {"program": self.school.program}), 3)
