"""The school full of traps as records: every indicator is what was counted by hand, and who is left out is told why."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.utils import formatdate

from nastavnik_app.program import indicators
from nastavnik_app.program.indicators import count, count_all, enabled
from nastavnik_app.program.marks import MARKS
from nastavnik_app.program.things import THINGS, Scope
from nastavnik_app.rules import indicators as rules
from nastavnik_app.rules.states import METHODIST, OFFICER, SPECIALIST
from nastavnik_app.tests import indicator_cases as case
from nastavnik_app.tests.builders import (
	SchoolTestCase,
	as_user,
	consent_for,
	make_person,
	make_school,
	make_user,
)
from nastavnik_app.tests.builders_answers import answered
from nastavnik_app.tests.indicator_cases import CHRISTMAS, HAND, LEFT_OUT, YEAR_END
from nastavnik_app.tests.test_registers import queries

START = date(2026, 9, 1)
NAMES = {"mentees-satisfied": "federal-mentee-satisfaction", "deficits-reduced": "pupil-deficits-reduced"}
TUTOR = "Учитель — ученик с ОВЗ (тьютор)"
GROUNDS = {
	"underachieving": lambda since, _until: {"underachieving": 1, "opened_on": since},
	"registered": lambda since, until: {
		"registers": [{"register": "Учёт школы", "entered_on": since, "removed_on": until}]
	},
	"commission": lambda since, _until: {"commission_conclusion": "Нужен тьютор", "opened_on": since},
}


class IndicatorTestCase(SchoolTestCase):
	"""The case's people, each under its name there."""

	people: dict[tuple[str, str], Document]

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.enter_headcounts()
		partner = {"doctype": "Partner Organization", "organization": cls.school.organization}
		partners = {
			title: frappe.get_doc({**partner, "title": title, "until": until}).insert().name
			for title, until in case.PARTNERS.items()
		}
		cls.people = {}
		for doctype, register in (("Mentee", case.MENTEES), ("Mentor", case.MENTORS)):
			for name, facts in register.items():
				cls.people[doctype, name] = cls.admit(doctype, name, facts, partners)
		cls.assign_pairs()
		cls.record_grounds()
		cls.record_answers()
		cls.record_growth()
		for group in ("parents", "graduates"):
			record = {
				"thing": "Mentors",
				"counted": "In the Bank",
				"out_of": rules.OF_HEADCOUNT,
				"cohort": group,
			}
			record |= {"doctype": indicators.INDICATOR, "title": f"Наставники: {group}"}
			frappe.get_doc(record).insert(set_name=f"{group[:-1]}-mentors")

	@classmethod
	def enter_headcounts(cls) -> None:
		organization = frappe.get_doc("Educational Organization", cls.school.organization)
		for group, entered in case.HEADCOUNTS.items():
			for day, number in entered:
				row = {"target_group": group, "on_date": day, "headcount": number}
				organization.append("headcounts", row)
		organization.save()

	@classmethod
	def admit(cls, doctype: str, name: str, facts: dict, partners: dict[str, str]) -> Document:
		last_name, first_name = facts.get("full_name", f"{doctype} {name}").split()
		values = {"last_name": last_name, "first_name": first_name, "middle_name": None}
		values |= {"target_group": facts["group"], "birth_date": facts["born"]}
		values |= {"joined_on": facts.get("joined", START), "hired_on": facts.get("hired")}
		values["school_class"] = f"{facts['class']} «А»" if "class" in facts else None
		if doctype == "Mentor":
			values |= {"capacity": 20, "partner": partners.get(facts.get("partner"))}
		person = make_person(doctype, cls.school.organization, **values)
		state = "Candidate" if facts.get("candidate") else "Archived" if "left" in facts else "In Bank"
		signed = case.CONSENTS.get((doctype, name), (START, None, None))
		if signed:
			consent = consent_for(person)
			dates = dict(zip(("signed_on", "valid_until", "withdrawn_on"), signed, strict=True))
			frappe.db.set_value(
				"Consent", consent.name, {"docstatus": 1, "workflow_state": "Signed", **dates}
			)
		cls.states = {**getattr(cls, "states", {}), person.name: (doctype, state, facts.get("left"))}
		return person

	@classmethod
	def assign_pairs(cls) -> None:
		for mentor, mentees, start, end, state in case.PAIRS:
			by_tutor = (mentor, mentees[0]) in case.TUTORING
			model = {"form": "teacher-pupil", "role_model": TUTOR} if by_tutor else {}
			mentees = [cls.people["Mentee", name] for name in mentees]
			pair = cls.school.pair(cls.people["Mentor", mentor], mentees, start_date=start, **model)
			frappe.db.set_value("Pair", pair.name, {"workflow_state": state, "ended_on": end})
		for name, (doctype, state, left) in cls.states.items():
			frappe.db.set_value(doctype, name, {"workflow_state": state, "left_on": left})

	@classmethod
	def record_grounds(cls) -> None:
		said: dict[str, dict] = {}
		for ground, rows in case.GROUNDS.items():
			for name, since, until in rows:
				said.setdefault(name, {}).update(GROUNDS[ground](since, until))
		for name in case.TUTORED:
			said[name]["tutor_name"] = "Ивовая Пример"
		for name, values in said.items():
			cls.school.support_profile(cls.people["Mentee", name], **values)

	@classmethod
	def record_answers(cls) -> None:
		asked = {"question": "Довольны?", "answer_kind": "Yes or No", "used_for": "Satisfaction"}
		for name, satisfied in case.SATISFIED.items():
			party = cls.people["Mentee", name].name
			answered(cls.school, {**asked, "number": int(satisfied)}, party=party)

	@classmethod
	def record_growth(cls) -> None:
		for name, scores in case.GROWTH.items():
			for kind, day, score in zip(("Entry", "Exit"), ("2026-09-20", "2027-05-20"), scores, strict=True):
				if score is not None:
					assessment = cls.school.record(
						"Competency Assessment",
						party_type="Mentee",
						party=cls.people["Mentee", name].name,
						kind=kind,
						assessed_on="2026-09-20",
						scores=[{"competency": "sport", "score": score}],
					)
					frappe.db.set_value("Competency Assessment", assessment.name, "assessed_on", day)

	def scope(self, day: date) -> Scope:
		return Scope((self.school.program,), (self.school.organization,), START, day)

	def said(self, name: str, day: date = YEAR_END) -> rules.Tally:
		(indicator,) = enabled([NAMES.get(name, name)])
		return count(indicator.definition, self.scope(day))[self.school.organization]

	def report(self, name: str, day: date = YEAR_END) -> dict:
		filters = {"indicator": NAMES.get(name, name), "program": self.school.program, "on_date": str(day)}
		return query_report.run("Who Was Counted", filters=filters)

	def rows(self, name: str, day: date = YEAR_END) -> list[Any]:
		return self.report(name, day)["result"]

	def called(self, row: Any) -> str:
		return next(" ".join(key) for key, one in self.people.items() if one.name == row["name"])


class TestHandCounts(IndicatorTestCase):
	def test_each_indicator_is_what_was_counted_by_hand(self) -> None:
		for name, days in HAND.items():
			for day, (numerator, denominator, shown) in days.items():
				with self.subTest(name, day=day):
					value = self.said(name, day).value
					said = (value.numerator, value.denominator, value.shown())
					self.assertEqual(said, (numerator, denominator, shown))

	def test_the_list_shows_whom_the_value_counts(self) -> None:
		for name, days in HAND.items():
			for day, (numerator, _denominator, _shown) in days.items():
				with self.subTest(name, day=day):
					rows = self.rows(name, day)
					self.assertEqual(len({row["who"] for row in rows if row["why_not"] is None}), numerator)

	def test_who_does_not_count_is_named_with_the_reason(self) -> None:
		for (name, day), expected in LEFT_OUT.items():
			with self.subTest(name, day=day):
				rows = [row for row in self.rows(name, day) if not row["is_counted"]]
				reasons = {self.called(row): row["why_not"] for row in rows}
				for iso in ("2027-03-01", "2027-05-30"):
					reasons = {who: why.replace(formatdate(iso), iso) for who, why in reasons.items()}
				self.assertEqual(reasons, expected)

	def test_whom_the_bounds_leave_out_is_told_why(self) -> None:
		rows = [row for row in self.rows("federal-mentees-10-19") if row["is_counted"] and row["why_not"]]
		outside = {self.called(row).split()[1]: row["why_not"] for row in rows}
		self.assertEqual(outside, case.OUTSIDE_10_TO_19)

	def test_a_group_of_nobody_and_one_never_counted_are_told_apart(self) -> None:
		self.assertIsNone(self.said("parent-mentors").problem)
		self.assertIn("No headcount", self.said("graduate-mentors").problem)

	def test_a_headcount_without_some_of_its_groups_says_so(self) -> None:
		problem = self.said("federal-mentors-15-19").problem
		self.assertIsNone(problem)
		self.assertIn("Студенты", self.said("school-pupil-mentors").problem)

	def test_a_pupil_who_is_both_is_one_person(self) -> None:
		both = {self.people[doctype, "both"].person_key for doctype in ("Mentor", "Mentee")}
		self.assertEqual(len(both), 1)

	def test_parts_of_the_groups_add_up_to_the_whole(self) -> None:
		for one in enabled():
			if (
				one.definition
				and one.definition.thing in rules.PEOPLE
				and one.definition.thing != "Attendance"
			):
				parts = indicators.parts(one.definition, self.scope(YEAR_END))
				whole = count(one.definition, self.scope(YEAR_END))[self.school.organization]
				self.assertEqual(sum(counted for counted, _members in parts.values()), whole.number, one.name)


class TestDefinitions(IndicatorTestCase):
	def test_every_seeded_definition_can_be_counted(self) -> None:
		definitions = [one.definition for one in enabled() if one.definition]
		self.assertGreater(len(definitions), 40)
		for said in count_all(definitions, self.scope(YEAR_END)).values():
			self.assertIn(self.school.organization, said)

	def test_every_mark_is_asked_of_something_and_can_be_asked(self) -> None:
		asked = {mark for marks in rules.MARKS_OF.values() for mark in marks}
		self.assertEqual(asked, set(MARKS))
		for thing, marks in rules.MARKS_OF.items():
			for mark in marks:
				definition = indicators.Definition(thing, mark)
				self.assertIsNotNone(count(definition, self.scope(YEAR_END)), (thing, mark))
		self.assertEqual(set(THINGS), set(rules.MARKS_OF))

	def test_an_indicator_of_people_takes_one_query_however_many_there_are(self) -> None:
		other = make_school("Пустая школа")
		empty = Scope((other.program,), (other.organization,), START, YEAR_END)
		for one in enabled():
			if (
				one.definition
				and one.definition.thing in rules.PEOPLE
				and one.definition.thing != "Attendance"
			):
				asked = queries(indicators.parts, one.definition, self.scope(YEAR_END))
				self.assertEqual(asked, 1, one.name)
		definitions = [one.definition for one in enabled() if one.definition]
		count_all(definitions, empty)  # what is cached is cached
		few = queries(count_all, definitions, empty)
		self.assertEqual(queries(count_all, definitions, self.scope(YEAR_END)), few)
		self.assertLess(few, len(definitions) + 10)

	def test_two_schools_are_counted_at_once_and_apart(self) -> None:
		other = make_school("Соседняя школа")
		frappe.db.set_value("Mentor", other.mentor().name, "workflow_state", "In Bank")
		scope = Scope(
			(self.school.program, other.program),
			(self.school.organization, other.organization),
			START,
			YEAR_END,
		)
		(indicator,) = enabled(["school-teacher-mentors"])
		said = count(indicator.definition, scope)
		self.assertEqual(said[self.school.organization].number, 2)
		self.assertEqual((said[other.organization].number, said[other.organization].whole), (1, 0))


class TestReaders(IndicatorTestCase):
	def test_a_director_sees_the_number_of_those_on_registers_and_no_name(self) -> None:
		with as_user(self.school.director):
			report = self.report("municipal-over-registered", CHRISTMAS)
		self.assertEqual(report["result"], [])
		self.assertIn("Mentee Support Profile", report["message"])
		counted = {one["label"]: one["value"] for one in report["report_summary"]}
		self.assertEqual((counted["Number Counted"], counted["Hidden From You"]), (1, 1))

	def test_a_curator_of_another_school_sees_nobody(self) -> None:
		with as_user(make_school("Чужая школа").curator), self.assertRefused(error=frappe.PermissionError):
			self.report("school-pairs-formed")

	def test_an_officer_and_a_participant_are_refused(self) -> None:
		for role in (OFFICER, "Mentoring Participant"):
			with as_user(make_user("reader", role)), self.assertRefused(error=frappe.PermissionError):
				self.report("school-pairs-formed")

	def test_a_methodist_is_shown_the_names_that_the_role_may_read(self) -> None:
		for role, names in ((METHODIST, 0), (SPECIALIST, 2)):
			user = make_user("reader", role)
			organization = frappe.get_doc("Educational Organization", self.school.organization)
			organization.append("members", {"user": user, "duty": "Сотрудник"})
			organization.save()
			with as_user(user):
				rows = [row for row in self.rows("tutored-of-recommended") if row["why_not"] is None]
			self.assertEqual(len(rows), names, role)
