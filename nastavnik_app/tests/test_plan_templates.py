"""Plans that begin from a template of the pair's form and role model."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import WORKER_FORM, SchoolTestCase, as_user, make_user

SEED = Path(__file__).parents[1] / "seed" / "46_plan_templates.json"


def test_every_seeded_plan_goes_from_the_entry_meeting_to_the_recommendations() -> None:
	for template in json.loads(SEED.read_text(encoding="utf-8")):
		rows = template["activities"]
		text = " | ".join(row["activity"] for row in rows).casefold()
		for wanted in ("входная встреча", "выходная встреча", "входн", "анкет"):
			assert wanted in text, (template["name"], wanted)
		asked = [row for row in rows if "анкет" in row["activity"].casefold()]
		assert asked[0]["due_percent"] < 10 and asked[-1]["due_percent"] > 90, template["name"]
		assert [row["due_percent"] for row in rows] == sorted(row["due_percent"] for row in rows)
		assert rows[-1]["due_percent"] == 100 and all(row["expected_result"] for row in rows)
		assert "рекомендации" in text or template["name"] == "plan-pupil-pupil", template["name"]


def test_the_seeded_role_models_are_those_of_the_forms() -> None:
	forms = json.loads((SEED.parent / "10_forms.json").read_text(encoding="utf-8"))
	models = {form["name"]: {model["title"] for model in form["role_models"]} for form in forms}
	for template in json.loads(SEED.read_text(encoding="utf-8")):
		assert template.get("role_model") in (None, *models[template["form"]]), template["name"]


class TestPlanTemplates(SchoolTestCase):
	def template(self, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Individual Plan Template",
				"title": frappe.generate_hash(length=10),
				"goal": "Цель образца",
				"deficits": "Запрос образца",
				"activities": [
					{"activity": "Начало", "due_percent": 0, "expected_result": "Начато"},
					{"activity": "Середина", "due_percent": 50},
					{"activity": "Конец", "due_percent": 100},
				],
				**values,
			}
		).insert()

	def test_templates_that_fit_come_first(self) -> None:
		pair = self.school.pair(form="teacher-pupil", role_model="Учитель — ученик с ОВЗ (тьютор)")
		names = [one["name"] for one in api.plan_templates_for(pair.name)]
		self.assertEqual(names[0], "plan-tutor")
		self.assertEqual(set(names[1:3]), {"plan-underachieving", "plan-prevention-register"})
		workers = self.school.pair(form=WORKER_FORM, role_model="Опытный учитель — молодой специалист")
		self.assertEqual(api.plan_templates_for(workers.name)[0]["name"], "plan-novice-master")

	def test_disabled_templates_are_not_offered(self) -> None:
		template = self.template(disabled=1)
		names = [one["name"] for one in api.plan_templates_for(self.school.pair().name)]
		self.assertNotIn(template.name, names)

	def test_a_plan_is_drawn_up_with_its_dates(self) -> None:
		pair = self.school.pair(start_date="2026-09-01", end_date="2026-09-11")
		plan = frappe.get_doc("Individual Plan", api.draw_up_plan(pair.name, self.template().name))
		self.assertEqual(
			(plan.goal, plan.deficits, plan.workflow_state), ("Цель образца", "Запрос образца", "Draft")
		)
		self.assertEqual(
			[(row.activity, str(row.due_date)) for row in plan.activities],
			[("Начало", "2026-09-01"), ("Середина", "2026-09-06"), ("Конец", "2026-09-11")],
		)
		self.assertEqual(plan.activities[0].expected_result, "Начато")
		self.assertTrue(plan.template)

	def test_a_pair_without_an_end_is_planned_until_the_end_of_the_program(self) -> None:
		pair = self.school.pair(end_date=None)
		plan = frappe.get_doc("Individual Plan", api.draw_up_plan(pair.name, "plan-tutor"))
		self.assertEqual(getdate(plan.end_date), getdate("2027-05-31"))

	def test_filling_keeps_what_is_written_and_repeats_nothing(self) -> None:
		plan, template = self.school.plan(self.school.pair()), self.template()
		for _time in (1, 2):
			api.fill_plan(plan.name, template.name)
		plan.reload()
		self.assertEqual(
			(plan.goal, plan.deficits), ("Подготовиться к итоговому собеседованию", "Запрос образца")
		)
		self.assertEqual(
			[row.activity for row in plan.activities],
			["Знакомство", "Итоговая встреча", "Начало", "Середина", "Конец"],
		)

	def test_only_a_draft_is_filled(self) -> None:
		plan = self.school.plan(self.school.pair())
		apply_workflow(plan, "Declare Ready")
		with self.assertRefused(plan.title):
			api.fill_plan(plan.name, "plan-tutor")

	def test_the_mentor_draws_up_the_plan_of_the_own_pair_alone(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		own, other = self.school.pair(self.school.mentor(user=user)), self.school.pair()
		with as_user(user):
			self.assertTrue(api.draw_up_plan(own.name, "plan-tutor"))
			for call in (api.plan_templates_for, lambda pair: api.draw_up_plan(pair, "plan-tutor")):
				with self.assertRefused(error=frappe.PermissionError):
					call(other.name)

	def test_an_activity_is_due_within_the_plan(self) -> None:
		for percent in (-1, 101):
			with self.assertRefused("Позже"):
				self.template(activities=[{"activity": "Позже", "due_percent": percent}])

	def test_a_copied_plan_begins_with_nothing_done(self) -> None:
		fields = {df.fieldname: df for df in frappe.get_meta("Plan Activity").fields}
		copied = {name for name, df in fields.items() if not df.no_copy}
		self.assertEqual(copied, {"activity", "due_date", "expected_result"})
