"""What an indicator asks of people is kept with them, and what cannot be counted is refused when it is entered."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.people.person import class_number
from nastavnik_app.tests.builders import SchoolTestCase, as_user


class TestPeople(SchoolTestCase):
	def test_who_is_archived_left_today_and_who_returns_has_not_left(self) -> None:
		mentee = self.school.mentee()
		with as_user(self.school.curator):
			apply_workflow(mentee, "Admit to Bank")
			apply_workflow(mentee, "Archive")
			self.assertEqual(getdate(mentee.left_on), getdate())
			apply_workflow(mentee, "Return to Bank")
		self.assertIsNone(frappe.db.get_value("Mentee", mentee.name, "left_on"))

	def test_a_pupil_is_one_person_in_both_registers(self) -> None:
		name = {
			"last_name": "Королёв",
			"first_name": "Пример",
			"middle_name": None,
			"birth_date": "2010-06-06",
		}
		mentee = self.school.mentee(**name)
		mentor = self.school.mentor(**{**name, "last_name": "Королев"})
		namesake = self.school.mentor(**{**name, "birth_date": "2010-06-07"})
		undated = [self.school.mentor(**{**name, "birth_date": None}).person_key for _one in range(2)]
		self.assertEqual(mentee.person_key, mentor.person_key)
		self.assertEqual(len({mentor.person_key, namesake.person_key, *undated}), 4)

	def test_the_number_of_a_class_is_read_off_its_name(self) -> None:
		self.assertEqual([class_number(text) for text in ("8 «Б»", "10А", " 9", "Б", None)], [8, 10, 9, 0, 0])
		self.assertEqual(self.school.mentee(school_class="11А").class_number, 11)


class TestDictionaries(SchoolTestCase):
	def cohort(self, **values) -> Document:
		return frappe.get_doc({"doctype": "Mentoring Cohort", "title": "Свои", **values}).insert()

	def indicator(self, **values) -> Document:
		record = {"doctype": "Mentoring Indicator", "title": "Свой показатель", "thing": "Mentees"}
		return frappe.get_doc({**record, "counted": "In a Pair", **values}).insert()

	def test_bounds_of_a_cohort_are_in_order_and_there_is_one(self) -> None:
		with self.assertRefused("is above"):
			self.cohort(age_from=11, age_to=10)
		with self.assertRefused("is above"):
			self.cohort(class_from=9, class_to=8)
		with self.assertRefused("everybody needs no record"):
			self.cohort()
		self.cohort(age_from=11)

	def test_an_indicator_that_cannot_be_counted_is_refused(self) -> None:
		with self.assertRefused("is not asked of"):
			self.indicator(thing="Pairs")
		with self.assertRefused("asked of mentees alone"):
			self.indicator(thing="Mentors", cohort="registered")
		with self.assertRefused("stands twice"):
			self.indicator(targets=[{"year": 2027, "target": 1}, {"year": 2027, "target": 2}])
		self.indicator(
			cohort="registered",
			targets=[{"year": 2027, "target": 1}, {"year": 2027, "target": 2, "is_base": 1}],
		)

	def test_an_indicator_entered_by_hand_has_no_definition(self) -> None:
		found = self.indicator(value_from="Entered by Hand", cohort="pupils")
		self.assertEqual((found.thing, found.counted, found.cohort), (None, None, None))
