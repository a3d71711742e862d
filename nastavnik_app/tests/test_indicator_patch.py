"""A site of the version before: its measures become indicators, and its participants get what indicators ask for."""

from __future__ import annotations

import json

import frappe
import pytest

from nastavnik_app.patches.v1_2 import measures_become_indicators as patch
from nastavnik_app.patches.v1_2 import tutors_have_a_role_model
from nastavnik_app.program import indicators
from nastavnik_app.rules.indicators import OF_HEADCOUNT, refusal_of_definition
from nastavnik_app.tests.builders import SchoolTestCase


@pytest.mark.parametrize("formula", list(patch.FORMULAS))
def test_every_formula_has_a_definition_that_can_be_counted(formula: str) -> None:
	definition = patch.FORMULAS[formula]
	assert refusal_of_definition(*definition, cohort=False, over=False, kind=False, ground=False) is None


class TestPatch(SchoolTestCase):
	def test_it_may_run_twice_and_brings_what_is_new_and_nothing_that_was_deleted(self) -> None:
		for name in ("school-rubrics", "mentors-ready"):
			frappe.delete_doc("Mentoring Indicator", name, force=True)
		for _time in range(2):
			patch.execute()
		self.assertTrue(frappe.db.exists("Mentoring Indicator", "mentors-ready"))
		self.assertFalse(frappe.db.exists("Mentoring Indicator", "school-rubrics"))
		self.assertFalse(frappe.db.exists("DocType", patch.MEASURE))

	def test_the_shipped_role_model_of_tutors_is_told_from_the_others(self) -> None:
		models = {"parent": "teacher-pupil", "parenttype": "Mentoring Form"}
		frappe.db.set_value("Mentoring Role Model", models, "by_tutor", 0)
		tutors_have_a_role_model.execute()
		ticked = frappe.get_all("Mentoring Role Model", filters={**models, "by_tutor": 1}, pluck="title")
		self.assertEqual(ticked, [tutors_have_a_role_model.TITLE])

	def measure(self, **values) -> None:
		fields = (
			"title",
			"disabled",
			"unit",
			"formula",
			"target_group",
			"event_kind",
			"words",
			"description",
		)
		patch.take_over(frappe._dict(dict.fromkeys(fields), **values))

	def test_an_own_measure_keeps_its_name_and_counts_the_same(self) -> None:
		self.measure(
			name="own-game",
			title="Охват игрой педагогов",
			unit="%",
			formula="Event Coverage, %",
			target_group="teachers",
			event_kind="event-business-game",
			words="игр",
			disabled=0,
		)
		(own,) = indicators.enabled(["own-game"])
		self.assertEqual((own.definition.thing, own.definition.out_of), ("Attendance", OF_HEADCOUNT))
		self.assertEqual(own.definition.cohort.groups, {"teachers"})
		self.assertEqual(own.definition.kind, "event-business-game")
		self.assertEqual(self.school.task(measure="own-game").measure, "own-game")

	def test_a_title_that_an_indicator_has_already_is_told_apart(self) -> None:
		title = frappe.db.get_value("Mentoring Indicator", "school-publications", "title")
		self.measure(name="own-news", title=title, formula="Publications")
		self.assertEqual(
			frappe.db.get_value("Mentoring Indicator", "own-news", "title"), f"{title} (own-news)"
		)

	def test_edited_words_of_a_seeded_measure_stay(self) -> None:
		self.measure(name="publications", title="Публикации", formula="Publications", words="заметк")
		self.assertEqual(frappe.db.get_value("Mentoring Indicator", "school-publications", "words"), "заметк")

	def test_tasks_point_at_the_indicator_that_says_the_same(self) -> None:
		task = self.school.task()
		frappe.db.set_value("Roadmap Task", task.name, "measure", "consents")
		patch.point_tasks_at_the_twins()
		self.assertEqual(frappe.db.get_value("Roadmap Task", task.name, "measure"), "school-consents")

	def test_the_shipped_indicators_get_their_definitions_and_keep_what_was_edited(self) -> None:
		name = "municipal-over-young"
		cleared = {
			"thing": None,
			"counted": None,
			"cohort": None,
			"over_cohort": None,
			"title": "Наше название",
		}
		frappe.db.set_value("Mentoring Indicator", name, cleared)
		base = {"parent": name, "year": 2022}
		frappe.db.set_value("Mentoring Indicator Target", base, "is_base", 0)
		patch.define([name])
		said = frappe.get_doc("Mentoring Indicator", name)
		self.assertEqual((said.thing, said.over_cohort), ("Mentors", "colleagues-under-35"))
		self.assertEqual(said.title, "Наше название")
		self.assertEqual([(row.year, row.is_base) for row in said.targets], [(2022, 1), (2023, 0)])

	def test_who_was_archived_left_on_that_day(self) -> None:
		dated, undated = self.school.mentor(school_class="8 «Б»"), self.school.mentor()
		cleared = {
			"modified": "2026-10-12 10:00:00",
			"workflow_state": "Archived",
			"left_on": None,
			"person_key": None,
		}
		for person in (dated, undated):
			frappe.db.set_value("Mentor", person.name, cleared, update_modified=False)
		version = frappe.get_doc(
			{
				"doctype": "Version",
				"ref_doctype": "Mentor",
				"docname": dated.name,
				"data": json.dumps({"changed": [["workflow_state", "In Bank", "Archived"]]}),
			}
		).insert(ignore_permissions=True)
		frappe.db.set_value("Version", version.name, "creation", "2026-10-05 09:00:00")
		patch.date_who_left("Mentor")
		patch.key_the_people("Mentor")
		left = [str(frappe.db.get_value("Mentor", one.name, "left_on")) for one in (dated, undated)]
		self.assertEqual(left, ["2026-10-05", "2026-10-12"])
		stored = frappe.db.get_value("Mentor", dated.name, ["person_key", "class_number"])
		self.assertEqual(tuple(stored), (dated.person_key, 8))
