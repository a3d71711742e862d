"""Each mark is a query; the rule in Python says the same of every case that can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import frappe

from nastavnik_app.program.marks import MARKS
from nastavnik_app.program.things import Definition, Scope, in_bank, of_cohort, present
from nastavnik_app.rules.cohorts import Cohort, Person, takes_part, why_outside
from nastavnik_app.rules.fulfilment import IN_TIME, judge
from nastavnik_app.rules.questionnaires import SCALE, YES_NO, is_satisfied
from nastavnik_app.tests.builders import SchoolTestCase
from nastavnik_app.tests.builders_answers import answered

DAY = date(2027, 5, 31)
START = date(2026, 9, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


class MarkTestCase(SchoolTestCase):
	def scope(self) -> Scope:
		return Scope((self.school.program,), (self.school.organization,), START, DAY)

	def marked(self, mark: str, doctype: str, **definition: Any) -> set[str]:
		asked = Definition("Mentees", mark, **definition)
		having = MARKS[mark].query(doctype, self.scope(), asked).as_("having")
		return set(frappe.qb.from_(having).select(having.who).run(pluck=True))

	def insert(self, doctype: str, rows: list[dict[str, Any]]) -> list[str]:
		"""Records as they stand in the table, past every door; their names."""
		names = [frappe.generate_hash(length=10) for _row in rows]
		values = [(name, *row.values()) for name, row in zip(names, rows, strict=True)]
		frappe.db.bulk_insert(doctype, ["name", *rows[0]], values)
		return names

	def assertSame(self, found: set[str], names: list[str], expected: Callable[[int], Any]) -> None:
		wanted = {name for place, name in enumerate(names) if expected(place)}
		self.assertEqual(found & set(names), wanted)
		self.assertTrue(0 < len(wanted) < len(names), "some have the mark and some have not")


class TestMarksOfPeople(MarkTestCase):
	def test_a_pair_takes_part_as_the_rule_has_it(self) -> None:
		states = ("Draft", "Assigned by One School", "Assigned", "Completed", "Terminated")
		cases = list(product(states, (BEFORE, DAY, AFTER), (None, BEFORE, DAY, AFTER)))
		cases = [one for one in cases if not (one[0] == "Terminated" and one[2] is None)]
		program = {"program": self.school.program, "organization": self.school.organization}
		mentors = self.insert("Mentor", [{"organization": self.school.organization}] * len(cases))
		pairs = self.insert(
			"Pair",
			[
				{**program, "mentor": mentor, "workflow_state": state, "start_date": start, "ended_on": ended}
				for mentor, (state, start, ended) in zip(mentors, cases, strict=True)
			],
		)
		rows = [{"parent": pair, "parenttype": "Pair", "mentee": f"m-{pair}"} for pair in pairs]
		self.insert("Pair Mentee", rows)

		def expected(place: int) -> bool:
			state, start, ended = cases[place]
			under_order = state in ("Assigned", "Completed", "Terminated")
			return under_order and takes_part(
				DAY, start=start, ended_on=ended, completed=state == "Completed"
			)

		self.assertSame(self.marked("In a Pair", "Mentor"), mentors, expected)
		self.assertSame(self.marked("In a Pair", "Mentee"), [f"m-{pair}" for pair in pairs], expected)
		self.assertSame(self.marked("At Work or Completed", "Pair"), pairs, expected)

	def test_a_mentor_lent_to_another_school_is_in_a_pair(self) -> None:
		(mentor,) = self.insert("Mentor", [{"organization": self.school.organization}])
		pair = {"program": "of another school", "mentor": mentor, "workflow_state": "Assigned"}
		pair |= {"start_date": START, "mentor_organization": self.school.organization}
		(name,) = self.insert("Pair", [pair])
		self.insert("Pair Mentee", [{"parent": name, "parenttype": "Pair", "mentee": "m"}])
		self.assertIn(mentor, self.marked("In a Pair", "Mentor"))

	def test_presence_counts_from_the_day_of_joining_to_the_day_before_leaving(self) -> None:
		states, days = ("Candidate", "In Bank", "Archived"), (None, BEFORE, DAY, AFTER)
		cases = list(product(states, days, days))
		names = self.insert(
			"Mentee",
			[
				{
					"organization": self.school.organization,
					"workflow_state": state,
					"joined_on": joined,
					"left_on": left,
				}
				for state, joined, left in cases
			],
		)

		def here(place: int) -> bool:
			state, joined, left = cases[place]
			has_left = left <= DAY if left else state == "Archived"
			return (joined is None or joined <= DAY) and not has_left

		mentee = frappe.qb.DocType("Mentee")
		for criterion, expected in (
			(present(mentee, DAY), here),
			(in_bank(mentee, DAY), lambda place: here(place) and cases[place][0] != "Candidate"),
		):
			found = set(frappe.qb.from_(mentee).select(mentee.name).where(criterion).run(pluck=True))
			self.assertSame(found, names, expected)

	def test_a_cohort_is_asked_as_the_rule_asks_it(self) -> None:
		groups = ("pupils-10-14", "teachers", None)
		births = (None, date(2017, 5, 31), date(2017, 6, 1), date(2007, 5, 31), date(2007, 6, 1))
		hired = (None, date(2024, 5, 31), date(2024, 6, 1), AFTER)
		cases = list(product(groups, births, hired, (0, 2, 3), (0, 7, 8, 9)))
		fields = ("target_group", "birth_date", "hired_on", "years_of_service", "class_number")
		names = self.insert("Mentee", [dict(zip(fields, one, strict=True)) for one in cases])
		mentee = frappe.qb.DocType("Mentee")
		for cohort in (
			Cohort(groups=frozenset({"teachers"})),
			Cohort(age_from=10, age_to=19),
			Cohort(age_to=34),
			Cohort(age_from=20),
			Cohort(service_below=3),
			Cohort(class_from=8, class_to=9),
			Cohort(class_to=7),
			Cohort(groups=frozenset({"pupils-10-14"}), age_from=10, class_from=8, service_below=3),
		):
			query = frappe.qb.from_(mentee).select(mentee.name).where(of_cohort(mentee, cohort, DAY))
			found = set(query.where(mentee.name.isin(names)).run(pluck=True))

			def expected(place: int, cohort: Cohort = cohort) -> bool:
				group, born, hired, years, number = cases[place]
				person = Person(group, born, hired, years or None, number or None)
				return why_outside(person, cohort, DAY) is None

			self.assertSame(found, names, expected)

	def test_who_is_satisfied_is_what_the_rule_says(self) -> None:
		cases = [
			((9, 5), ()),
			((7, 7), ()),
			((7, 6), ()),
			((3,), (1,)),
			((9,), (0,)),
			((), (1, 0)),
			((), (1, 1)),
		]
		people = []
		for scales, words in cases:
			asked = [(SCALE, number) for number in scales] + [(YES_NO, number) for number in words]
			answers = [
				{"question": "?", "answer_kind": kind, "used_for": "Satisfaction", "number": number}
				for kind, number in asked
			]
			people.append(answered(self.school, *answers).party)
		self.assertEqual(self.marked("Asked About Satisfaction", "Mentee"), set(people))
		expected = [is_satisfied(*one) for one in cases]
		self.assertSame(self.marked("Satisfied", "Mentee"), people, expected.__getitem__)

	def test_growth_is_between_the_entry_and_the_last_measurement(self) -> None:
		# kind, day, competency → score; whether measured twice, whether grown
		cases = [
			([("Entry", 9, {"sport": 4}), ("Exit", 12, {"sport": 5})], True, True),
			([("Entry", 9, {"sport": 4}), ("Quarterly", 11, {"sport": 5})], True, True),
			([("Entry", 9, {"sport": 4}), ("Quarterly", 11, {"sport": 6}), ("Exit", 12, {"sport": 3})], True, False),
			([("Entry", 9, {"sport": 4}), ("Exit", 12, {"communication": 9})], False, False),
			([("Entry", 9, {"sport": 4, "communication": 6}), ("Exit", 12, {"sport": 5, "communication": 5})], True, False),
			([("Quarterly", 9, {"sport": 4}), ("Exit", 12, {"sport": 5})], False, False),
			([("Entry", 12, {"sport": 4}), ("Quarterly", 9, {"sport": 5})], False, False),
		]  # fmt: skip
		people = []
		for measured, _twice, _grown in cases:
			pair = self.school.pair()
			frappe.db.set_value("Pair", pair.name, "workflow_state", "Assigned")
			people.append(pair.mentees[0].mentee)
			for kind, month, scores in measured:
				about = {"party_type": "Mentee", "party": people[-1], "program": self.school.program}
				about |= {"kind": kind, "assessed_on": f"2026-{month:02}-15"}
				(name,) = self.insert("Competency Assessment", [about])
				of_it = {"parent": name, "parenttype": "Competency Assessment"}
				rows = [{**of_it, "competency": one, "score": score} for one, score in scores.items()]
				self.insert("Competency Score", rows)
		twice, grown = self.marked("Measured at Entry and Exit", "Mentee"), self.marked("Grown", "Mentee")
		self.assertSame(twice, people, lambda place: cases[place][1])
		self.assertSame(grown, people, lambda place: cases[place][2])


class TestOtherMarks(MarkTestCase):
	def test_tasks_are_judged_as_the_rule_judges_them(self) -> None:
		cases = list(product((None, BEFORE, DAY, AFTER), (None, BEFORE, DAY)))
		names = self.insert(
			"Roadmap Task",
			[
				{"program": self.school.program, "status": "Planned", "due_date": due, "completed_on": done}
				for due, done in cases
			],
		)
		verdicts = [judge(due, done, DAY) for due, done in cases]
		self.assertSame(self.marked("Judged", "Roadmap Task"), names, lambda place: verdicts[place])
		in_time = self.marked("In Time", "Roadmap Task")
		self.assertSame(in_time, names, lambda place: verdicts[place] == IN_TIME)

	def test_a_register_is_left_early_within_the_days_and_once_and_for_all(self) -> None:
		cases = list(product((0, 1), (0, 1), (None, START - timedelta(days=1), DAY, AFTER)))
		profiles = self.insert(
			"Mentee Support Profile", [{"mentee": f"m{place}"} for place in range(len(cases))]
		)
		self.insert(
			"Support Register Entry",
			[
				{
					"parent": profile,
					"parenttype": "Mentee Support Profile",
					"removed_early": early,
					"relapse": relapse,
					"removed_on": removed,
				}
				for profile, (early, relapse, removed) in zip(profiles, cases, strict=True)
			],
		)
		found = self.marked("Off the Register", "Mentee")
		names = [f"m{place}" for place in range(len(cases))]
		self.assertSame(found, names, lambda place: cases[place] == (1, 0, DAY))

	def test_activities_of_approved_plans_are_due_by_their_day_or_by_the_plans_end(self) -> None:
		cases = list(product(("Draft", "Approved"), (None, BEFORE, AFTER), (None, BEFORE), (BEFORE, AFTER)))
		plans = self.insert(
			"Individual Plan",
			[
				{"program": self.school.program, "workflow_state": state, "end_date": end}
				for state, _due, _done, end in cases
			],
		)
		names = self.insert(
			"Plan Activity",
			[
				{"parent": plan, "parenttype": "Individual Plan", "due_date": due, "done_on": done}
				for plan, (_state, due, done, _end) in zip(plans, cases, strict=True)
			],
		)

		def expected(place: int) -> bool:
			state, due, done, end = cases[place]
			return state == "Approved" and (bool(done) or (due or end) <= DAY)

		self.assertSame(self.marked("Of an Approved Plan", "Plan Activity"), names, expected)
		self.assertSame(self.marked("Carried Out", "Plan Activity"), names, lambda place: cases[place][2])
