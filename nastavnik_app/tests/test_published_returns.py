"""What a school publishes of itself, taken together: no count of a few people can be worked out of it."""

from __future__ import annotations

import random

import frappe

from nastavnik_app.returns.figures import figures_of
from nastavnik_app.rules.returns import table_of
from nastavnik_app.tests.attack import betrayed, intervals
from nastavnik_app.tests.builders import WORKER_FORM, School, record_consent
from nastavnik_app.tests.test_program_returns import ReturnTestCase

GROUPS = {"Mentee": ("pupils-10-14", "pupils-15-19", "teachers"), "Mentor": ("teachers", "pupils-15-19")}
FORMS = ("teacher-pupil", "pupil-pupil", WORKER_FORM)
BOUND = 5


def people_a_school(school: School, chance: random.Random, mentees: int) -> None:
	"""A bank with uneven groups, most of them in pairs, some in two, some without consent."""
	people: dict[str, list[str]] = {"Mentee": [], "Mentor": []}
	for doctype, number in (("Mentee", mentees), ("Mentor", mentees // 2)):
		for _number in range(number):
			person = school.mentor() if doctype == "Mentor" else school.mentee()
			values = {
				"workflow_state": "In Bank",
				"target_group": chance.choices(GROUPS[doctype], (8, 1, 3)[: len(GROUPS[doctype])])[0],
				"birth_date": f"{chance.randint(2007, 2015)}-03-01",
			}
			frappe.db.set_value(doctype, person.name, values)
			if chance.random() < 0.9:
				record_consent(person)
			people[doctype].append(person.name)
	for number in range(mentees):
		form = chance.choice(FORMS)
		pair = frappe.get_doc(
			{
				"doctype": "Pair",
				"program": school.program,
				"form": form,
				"start_date": "2026-09-15",
				"end_date": "2027-05-25",
				"mentor": people["Mentor"][number % len(people["Mentor"])],
				"mentees": [{"mentee": chance.choice(people["Mentee"])}],
			}
		)
		pair.flags.ignore_validate = True
		pair.insert()
		frappe.db.set_value("Pair", pair.name, "workflow_state", chance.choice(("Assigned", "Completed")))
	school_doc = frappe.get_doc("Educational Organization", school.organization)
	for group, headcount in (("pupils-10-14", 120), ("pupils-15-19", 44), ("teachers", 40)):
		school_doc.append(
			"headcounts", {"target_group": group, "on_date": "2026-09-01", "headcount": headcount}
		)
	school_doc.save()


class TestPublishedReturn(ReturnTestCase):
	def test_no_withheld_cell_of_a_return_from_records_can_be_worked_out(self) -> None:
		for seed, mentees in ((1, 9), (2, 26)):
			frappe.db.savepoint("before_school")
			people_a_school(self.school, random.Random(seed), mentees)
			figures = figures_of(self.school.organization, "2026-09-01", "2027-05-31")
			table = table_of(figures.counts, figures.measures, figures.indicators, figures.relations)
			self.assertTrue(any(0 < count < BOUND for count in table.counts.values()))
			published = {cell.place: cell.value for cell in figures.protected(BOUND)}
			of_people = {place: published[place] for place in table.counts}
			self.assertTrue(intervals(table, of_people))
			self.assertEqual(betrayed(table, of_people, BOUND), [], seed)
			frappe.db.rollback(save_point="before_school")
