"""A programme of several years: a plan for each, an order for each, and every change with its reason."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import api
from nastavnik_app.program import next_year, years
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school


class YearsTestCase(SchoolTestCase):
	def program(self, **values) -> Document:
		return frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Наставничество",
				"organization": self.school.organization,
				"period_start": "2026-09-01",
				"period_end": "2029-05-31",
				"aims": "Помочь каждому",
				"leaders": [{"person_name": "Клёнова Пример Ильинична", "post": "директор"}],
				"targets": [
					{"title": "Доля вовлечённых", "target_year": 2027, "target_value": 30, "unit": "%"}
				],
				**values,
			}
		).insert()

	def divided(self, **values) -> Document:
		program = self.program(**values)
		with as_user(self.school.curator):
			api.divide_into_years(program.name)
		return program.reload() or program

	def running(self, **values) -> Document:
		program = self.program(**values)
		program.db_set("workflow_state", "Running")
		return frappe.get_doc("Mentoring Program", program.name)

	def change(self, program: Document, subject: str, reason: str = "По итогам полугодия", **row) -> None:
		program.append("changes", {"subject": subject, "reason": reason, "changed_on": "2026-12-01", **row})


class TestYears(YearsTestCase):
	def test_school_years_cut_to_the_programmes_days(self) -> None:
		program = self.divided()
		self.assertEqual(
			[(row.title, str(row.start), str(row.end)) for row in program.years],
			[
				("School year 2026/2027", "2026-09-01", "2027-08-31"),
				("School year 2027/2028", "2027-09-01", "2028-08-31"),
				("School year 2028/2029", "2028-09-01", "2029-05-31"),
			],
		)

	def test_calendar_years_where_the_period_is_of_calendar_years(self) -> None:
		program = self.divided(period_start="2027-01-01", period_end="2028-12-31")
		self.assertEqual([row.title for row in program.years], ["Year 2027", "Year 2028"])

	def test_a_second_time_adds_what_is_missing_and_keeps_the_plans(self) -> None:
		program = self.divided()
		program.years[0].plan = "Подготовка"
		program.remove(program.years[1])
		program.save()
		self.assertEqual(api.divide_into_years(program.name), 1)
		program.reload()
		self.assertEqual([row.plan for row in program.years], ["Подготовка", None, None])
		self.assertEqual(api.divide_into_years(program.name), 0)

	def test_one_year_is_not_divided(self) -> None:
		program = self.program(period_end="2027-05-31")
		with self.assertRefused("within one year"):
			api.divide_into_years(program.name)

	def test_years_neither_overlap_nor_leave_the_programme(self) -> None:
		program = self.divided()
		program.years[1].start = "2027-08-01"
		with self.assertRefused("Row 2"):
			program.save()
		program.reload()
		program.years[2].end = "2029-06-30"
		with self.assertRefused("Row 3", "outside"):
			program.save()

	def test_a_task_belongs_to_the_year_of_its_term(self) -> None:
		program = self.divided()
		found = [
			years.year_on(program, years.day_of_task(frappe._dict(start_date=start, due_date=due)))
			for start, due in (
				("2026-09-01", "2027-10-01"),
				("2028-09-01", None),
				(None, "2030-01-01"),
				(None, None),
			)
		]
		self.assertEqual([row and row.idx for row in found], [2, 3, None, None])

	def test_a_year_is_approved_by_a_signed_order_of_the_school(self) -> None:
		program = self.divided()
		order = self.school.order(self.school.pair())
		program.years[0].order = order.name
		with self.assertRefused("not signed yet"):
			program.save()
		signed = self.school.signed(order)
		program.reload()
		program.years[0].order = signed.name
		program.save()
		self.assertEqual(program.years[0].approved_on, getdate(signed.order_date))
		elsewhere = make_school("Другая школа")
		foreign = elsewhere.order(elsewhere.pair())
		program.years[1].order = foreign.name
		with self.assertRefused("another organization", error=frappe.PermissionError):
			program.save()

	def test_the_roadmap_of_the_next_year_stays_in_the_programme(self) -> None:
		program = self.divided()
		for title, due in (("Педсовет", "2026-10-15"), ("Итоги", "2027-05-20")):
			frappe.get_doc(
				{"doctype": "Roadmap Task", "program": program.name, "title": title, "due_date": due}
			).insert()
		imported = next_year.make(program)
		self.assertEqual(imported.program, program.name)
		self.assertEqual([str(row.due) for row in imported.rows], ["2027-10-15", "2028-05-20"])
		program.reload()
		self.assertEqual(program.years[1].roadmap, imported.name)
		self.assertFalse(frappe.db.exists("Mentoring Program", {"continues": program.name}))
		with self.assertRefused("is there already"):
			next_year.make(program)

	def test_the_paper_shows_the_plans_of_the_years_and_the_changes(self) -> None:
		program = self.divided()
		program.years[0].plan = "Подготовка условий"
		program.save()
		program.db_set("workflow_state", "Running")
		program = frappe.get_doc("Mentoring Program", program.name)
		program.aims = "Помочь каждому новичку"
		self.change(program, "Aims", "Решение педсовета")
		program.save()
		paper = frappe.get_print("Mentoring Program", program.name, "Roadmap")
		for words in (
			"Планы по годам",
			"Подготовка условий",
			"01.09.2026",
			"Изменения программы",
			"Решение педсовета",
		):
			self.assertIn(words, paper)
		plain = frappe.get_print("Mentoring Program", self.school.program, "Roadmap")
		self.assertNotIn("Планы по годам", plain)


class TestChanges(YearsTestCase):
	def test_a_draft_changes_freely(self) -> None:
		program = self.program()
		program.targets[0].target_value = 50
		program.period_end = "2029-08-31"
		program.save()

	def test_a_running_programme_asks_for_the_reason_of_each_kind_of_change(self) -> None:
		changes = {
			"Target": lambda program: program.targets[0].update({"target_value": 50}),
			"Period": lambda program: program.update({"period_end": "2029-08-31"}),
			"Aims": lambda program: program.update({"aims": "Помочь каждому новичку"}),
			"Leaders": lambda program: program.leaders[0].update({"person_name": "Ивина Пример Олеговна"}),
		}
		for subject, change in changes.items():
			program = self.running()
			change(program)
			with self.assertRefused(subject, "reason"):
				program.save()
			program.reload()
			change(program)
			self.change(program, subject)
			program.save()
			self.assertEqual(program.changes[0].changed_by, frappe.session.user)
			self.assertTrue(program.changes[0].what, subject)

	def test_what_was_and_what_became_is_written_down(self) -> None:
		program = self.running()
		program.targets[0].target_value = 50
		self.change(program, "Target")
		program.save()
		row = program.changes[0]
		self.assertEqual(
			(row.what, row.before, row.after), ("Доля вовлечённых", "30 % (2027)", "50 % (2027)")
		)

	def test_a_reason_must_be_given(self) -> None:
		program = self.running()
		program.targets[0].target_value = 50
		self.change(program, "Target", reason="")
		with self.assertRefused(error=frappe.MandatoryError):
			program.save()

	def test_what_is_recorded_stays(self) -> None:
		program = self.running()
		program.aims = "Помочь каждому новичку"
		self.change(program, "Aims")
		program.save()
		program.changes[0].reason = "Иначе"
		with self.assertRefused("stays"):
			program.save()
		program.reload()
		program.set("changes", [])
		with self.assertRefused("stays"):
			program.save()

	def test_another_change_needs_another_row(self) -> None:
		program = self.running()
		program.aims = "Помочь каждому новичку"
		self.change(program, "Aims")
		program.save()
		program.aims = "Иные цели"
		with self.assertRefused("Aims"):
			program.save()

	def test_what_is_not_promised_changes_freely(self) -> None:
		program = self.running()
		program.append("targets", {"title": "Ещё один", "target_year": 2028, "target_value": 5})
		curator = {"user": self.school.curator, "person_name": "Липова Пример Игоревна"}
		program.append("curators", curator)
		program.targets[0].note = "По отчёту"
		program.save()

	def test_the_plan_of_an_approved_year_is_changed_with_a_reason(self) -> None:
		program = self.divided()
		signed = self.school.signed(self.school.order(self.school.pair()))
		program.years[0].update({"order": signed.name, "plan": "Подготовка"})
		program.save()
		program.db_set("workflow_state", "Running")
		program = frappe.get_doc("Mentoring Program", program.name)
		program.years[1].plan = "Ещё не утверждён"
		program.save()
		program.years[0].plan = "Иная подготовка"
		with self.assertRefused("Activities"):
			program.save()

	def test_the_target_of_a_reported_year_stands(self) -> None:
		indicator = frappe.get_all("Mentoring Indicator", limit=1, pluck="name")[0]
		targets = [
			{"title": "Доля", "indicator": indicator, "target_year": year, "target_value": 30}
			for year in (2027, 2028)
		]
		program = self.running(targets=targets)
		value = frappe.get_doc(
			{
				"doctype": "Mentoring Indicator Value",
				"program": program.name,
				"organization": program.organization,
				"indicator": indicator,
				"on_date": "2027-05-31",
				"year": 2027,
				"frozen": 1,
			}
		)
		value.flags.ignore_validate = value.flags.ignore_permissions = True
		value.db_insert()
		program.targets[1].target_value = 40
		self.change(program, "Target")
		program.save()
		program.targets[0].target_value = 40
		self.change(program, "Target")
		with self.assertRefused("2027"):
			program.save()
