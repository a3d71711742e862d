"""A curator finds pairs: what is proposed and why, what is decided by hand, and what becomes of those left over."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.pairs import candidates
from nastavnik_app.tests.builders import (
	PUPIL_FORM,
	WORKER_FORM,
	SchoolTestCase,
	as_user,
	make_school,
)
from nastavnik_app.tests.test_registers import queries


def in_bank(person: Document) -> Document:
	return apply_workflow(person, "Admit to Bank")


def competencies(*names: str) -> list[dict]:
	return [{"competency": name} for name in names]


def reloaded(doc: Document) -> Document:
	doc.reload()
	return doc


class MatchingTestCase(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.reading, self.counting = frappe.get_all(
			"Mentoring Competency",
			filters={"area": ["is", "not set"]},
			pluck="name",
			order_by="name",
			limit=2,
		)

	def mentor(self, **values) -> Document:
		return in_bank(self.school.mentor(**values))

	def mentee(self, **values) -> Document:
		return in_bank(self.school.mentee(**values))

	def matching(self, **values) -> Document:
		return self.school.record(
			"Pair Matching",
			**{"title": "Осенний подбор", "form": PUPIL_FORM, "start_date": "2026-09-15", **values},
		)

	def matched(self, matching: Document) -> Document:
		with as_user(self.school.curator):
			api.propose_pairs(matching.name)
		return reloaded(matching)

	def pairs_of(self, matching: Document) -> set[tuple[str, str]]:
		return {(row.mentor, row.mentee) for row in matching.proposals}


class TestProposals(MatchingTestCase):
	def test_curator_gets_pairs_with_reasons(self) -> None:
		reader = self.mentor(competencies=competencies(self.reading), interests="Шахматы, чтение")
		counter = self.mentor(competencies=competencies(self.counting))
		wants_counting = self.mentee(needs=competencies(self.counting))
		wants_reading = self.mentee(needs=competencies(self.reading), interests="шахматы")
		matching = self.matched(self.matching())
		self.assertEqual(
			self.pairs_of(matching), {(reader.name, wants_reading.name), (counter.name, wants_counting.name)}
		)
		row = next(row for row in matching.proposals if row.mentor == reader.name)
		self.assertEqual((row.way, row.score), ("Best Match", 60))
		title = frappe.db.get_value("Mentoring Competency", self.reading, "title")
		self.assertIn(title, row.reason)
		self.assertIn("шахматы", row.reason)
		self.assertEqual((row.mentor_name, row.mentee_name), (reader.full_name, wants_reading.full_name))
		self.assertEqual(getdate(matching.matched_at), getdate())

	def test_everybody_left_over_is_told_why(self) -> None:
		mentor = self.mentor(capacity=1)
		mentees = [self.mentee(), self.mentee()]
		matching = self.matched(self.matching())
		left = [row for row in matching.unmatched if row.party_type == "Mentee"]
		self.assertEqual([len(matching.proposals), len(left)], [1, 1])
		self.assertIn(left[0].party, [mentee.name for mentee in mentees])
		self.assertIn("mentors who fit: 1", left[0].reason)
		mentor.reload()
		mentor.capacity = 3
		mentor.save()
		matching = self.matched(matching)
		self.assertEqual(len(matching.proposals), 2)
		self.assertEqual(
			[(row.party, row.party_type) for row in matching.unmatched], [(mentor.name, "Mentor")]
		)
		self.assertIn("Places left free: 1", matching.unmatched[0].reason)

	def test_mutual_choice_comes_first(self) -> None:
		wished, other = self.mentor(), self.mentor(competencies=competencies(self.reading))
		mentee = self.mentee(needs=competencies(self.reading), wishes=[{"mentor": wished.name}])
		wished.reload()
		wished.append("wishes", {"mentee": mentee.name})
		wished.save()
		matching = self.matched(self.matching())
		self.assertEqual(self.pairs_of(matching), {(wished.name, mentee.name)})
		self.assertEqual(matching.proposals[0].way, "Mutual Choice")
		self.assertEqual([row.party for row in matching.unmatched], [other.name])

	def test_only_those_meant_are_looked_at(self) -> None:
		self.school.mentor()  # a candidate, not in the bank
		elsewhere = make_school("Другая школа")
		in_bank(elsewhere.mentor())
		in_bank(elsewhere.mentee())
		self.mentee(target_group="young-specialists")
		busy, free = self.mentor(capacity=1), self.mentor(capacity=2)
		paired, waiting = self.mentee(), self.mentee()
		self.school.pair(busy, mentees=[paired])
		matching = self.matched(self.matching())
		self.assertEqual(self.pairs_of(matching), {(free.name, waiting.name)})
		self.assertEqual([row.party for row in matching.unmatched], [free.name])
		workers = self.matched(self.matching(form=WORKER_FORM))
		self.assertEqual(
			[frappe.db.get_value("Mentee", row.mentee, "target_group") for row in workers.proposals],
			["young-specialists"],
		)

	def test_place_given_to_another_school_is_taken(self) -> None:
		mentor = self.mentor(capacity=1)
		pair = self.school.pair(mentor)
		pair.db_set("organization", make_school("Соседняя школа").organization)
		self.mentee()
		matching = self.matched(self.matching())
		self.assertEqual([row.reason for row in matching.unmatched], ["No mentor has a free place."])

	def test_group_that_is_named_is_matched_in_any_form(self) -> None:
		self.mentor(capacity=5)
		self.mentee()
		young = self.mentee(target_group="young-specialists")
		matching = self.matched(self.matching(form="network", target_group="young-specialists"))
		self.assertEqual([row.mentee for row in matching.proposals], [young.name])

	def test_hard_rules_reach_from_the_records(self) -> None:
		self.mentor(forms=[{"form": WORKER_FORM}])
		self.mentor(forms=[{"form": PUPIL_FORM, "role_model": "Другая модель"}])
		self.mentor(from_outside=1, clearance="Not Received")
		self.mentor(target_group="pupils-10-14", school_class="5А", birth_date="2013-05-01")
		self.mentee(school_class="8Б")
		matching = self.matched(self.matching(role_model="Учитель — одарённый ученик"))
		self.assertFalse(matching.proposals)
		told = next(row.reason for row in matching.unmatched if row.party_type == "Mentee")
		for words in ("form or role model: 2", "criminal record: 1", "class that does not suit: 1"):
			self.assertIn(words, told)

	def test_worked_together_before_and_age_and_time_count(self) -> None:
		time = [{"weekday": "Monday", "part": "Evening"}]
		mentor = self.mentor(times=time, wished_age_from=12, wished_age_to=14)
		mentee = self.mentee(times=time, birth_date="2013-01-01")
		pair = self.school.pair(mentor, mentees=[mentee])
		pair.db_set("workflow_state", "Completed")
		row = self.matched(self.matching()).proposals[0]
		self.assertEqual(row.score, 40)
		for words in ("Monday", "13", "before"):
			self.assertIn(words, row.reason)

	def test_queries_do_not_grow_with_people(self) -> None:
		matching = self.matching()
		self.mentor(), self.mentee()
		few = queries(candidates.of_matching, matching)
		for _number in range(4):
			(
				self.mentor(competencies=competencies(self.reading)),
				self.mentee(needs=competencies(self.reading)),
			)
		self.assertGreater(few, 8)
		self.assertEqual(queries(candidates.of_matching, matching), few)


class TestDecisions(MatchingTestCase):
	def decided(
		self, matching: Document, decision: str, mentor: Document, mentee: Document, **values
	) -> Document:
		with as_user(self.school.curator):
			matching = frappe.get_doc("Pair Matching", matching.name)
			row = {"decision": decision, "mentor": mentor.name, "mentee": mentee.name}
			matching.append("decisions", {**row, "reason": "по просьбе семьи", **values})
			return matching.save()

	def test_decision_is_kept_with_who_and_why_and_the_rest_goes_around_it(self) -> None:
		reader, other = self.mentor(competencies=competencies(self.reading)), self.mentor()
		wants, waits = self.mentee(needs=competencies(self.reading)), self.mentee()
		matching = self.matched(self.matching())
		self.assertEqual(self.pairs_of(matching), {(reader.name, wants.name), (other.name, waits.name)})
		matching = self.matched(self.decided(matching, "Together", reader, waits))
		self.assertEqual(self.pairs_of(matching), {(reader.name, waits.name), (other.name, wants.name)})
		row = next(row for row in matching.proposals if row.mentor == reader.name)
		self.assertEqual(row.way, "Decision")
		self.assertIn("по просьбе семьи", row.reason)
		decision = matching.decisions[0]
		self.assertEqual((decision.decided_by, decision.decided_on), (self.school.curator, getdate()))

	def test_whose_decision_it_is_cannot_be_written(self) -> None:
		mentor, mentee = self.mentor(), self.mentee()
		matching = self.decided(
			self.matching(),
			"Never Together",
			mentor,
			mentee,
			decided_by="Administrator",
			decided_on="2020-01-01",
		)
		self.assertEqual(matching.decisions[0].decided_by, self.school.curator)
		matching = frappe.get_doc("Pair Matching", matching.name)
		matching.decisions[0].decided_by, matching.decisions[0].decided_on = "Administrator", "2020-01-01"
		matching.title = "Другое название"
		matching.save()
		matching.reload()
		self.assertEqual(matching.decisions[0].decided_by, self.school.curator)
		self.assertEqual(matching.decisions[0].decided_on, getdate())
		matching.decisions[0].reason = "передумали"
		matching.save()
		self.assertEqual(matching.decisions[0].decided_by, "Administrator")

	def test_contradicting_decisions_are_refused(self) -> None:
		mentor, other, mentee = self.mentor(), self.mentor(), self.mentee()
		matching = self.decided(self.matching(), "Together", mentor, mentee)
		with self.assertRefused(mentee.full_name):
			self.decided(matching, "Never Together", mentor, mentee)
		with self.assertRefused(mentee.full_name):
			self.decided(matching, "Together", other, mentee)
		self.decided(matching, "Never Together", other, mentee)

	def test_decision_against_a_hard_rule_is_refused_by_name(self) -> None:
		mentor = self.mentor(from_outside=1, clearance="Not Received")
		mentee = self.mentee()
		matching = self.decided(self.matching(), "Together", mentor, mentee)
		with self.assertRefused(mentor.full_name, mentee.full_name, "criminal record"):
			self.matched(matching)

	def test_decision_about_somebody_paired_is_refused_by_name(self) -> None:
		mentor, mentee = self.mentor(), self.mentee()
		self.school.pair(self.mentor(), mentees=[mentee])
		with self.assertRefused(mentee.full_name, "Decision 1"):
			self.matched(self.decided(self.matching(), "Together", mentor, mentee))

	def test_foreigner_cannot_be_decided_on(self) -> None:
		foreign = in_bank(make_school("Чужая школа").mentor())
		with self.assertRefused("another organization", error=frappe.PermissionError):
			matching = self.matching()
			matching.append(
				"decisions",
				{"decision": "Together", "mentor": foreign.name, "mentee": self.mentee().name, "reason": "?"},
			)
			matching.save()

	def test_proposals_are_written_by_the_app_alone(self) -> None:
		mentor, mentee = self.mentor(), self.mentee()
		invented = {"mentor": mentor.name, "mentee": mentee.name, "way": "Decision", "score": 100}
		matching = self.matching(proposals=[invented], unmatched=[{"person_name": "Кто-то"}])
		self.assertFalse(reloaded(matching).proposals or matching.unmatched)
		matching = self.matched(matching)
		matching.proposals[0].score, matching.matched_at = 100, "2020-01-01 00:00:00"
		matching.append("proposals", invented)
		matching.append("unmatched", {"person_name": "Кто-то"})
		matching.save()
		matching.reload()
		self.assertEqual([(row.score, row.idx) for row in matching.proposals], [(0, 1)])
		self.assertFalse(matching.unmatched)
		self.assertEqual(getdate(matching.matched_at), getdate())
		matching.proposals = []
		matching.save()
		self.assertEqual(len(reloaded(matching).proposals), 1)

	def test_weight_beyond_reason_is_refused(self) -> None:
		with self.assertRefused("1000"):
			self.matching(weight_age=1001)
