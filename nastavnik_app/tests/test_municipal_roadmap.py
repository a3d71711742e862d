"""A municipal roadmap: its tasks go down to the schools, and the authority sees how they stand, and no more."""

from __future__ import annotations

from itertools import product
from unittest import mock

import frappe
from frappe import client
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app import api_authority
from nastavnik_app.nastavnik_app.report.municipal_roadmap import municipal_roadmap
from nastavnik_app.program import municipal
from nastavnik_app.rules.fulfilment import judge
from nastavnik_app.rules.states import CURATOR, DIRECTOR, OFFICER
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, attach_scan, make_school, make_user
from nastavnik_app.tests.test_registers import queries

SECRET = "Ромашкин Пример рассказал на педсовете"


class MunicipalTestCase(SchoolTestCase):
	"""An authority with three schools: one with a running programme, one with a draft, one with none."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.officer = make_user("officer", OFFICER)
		cls.authority = make_school(
			"Управление образования",
			organization_type="Municipal Authority",
			members=[{"user": cls.officer}],
		)
		organization = frappe.get_doc("Educational Organization", cls.authority.organization)
		organization.append("members", {"user": make_user("municipal", CURATOR)})
		organization.save()
		cls.keeper = organization.members[-1].user
		below = {"parent_organization": cls.authority.organization}
		cls.first = make_school("СОШ № 1", **below)
		cls.second = make_school("СОШ № 2", **below)
		cls.third = make_school("Гимназия № 3", **below)
		frappe.db.set_value("Mentoring Program", cls.first.program, "workflow_state", "Running")
		frappe.delete_doc("Mentoring Program", cls.third.program)

	def row_of_authority(self, **values) -> Document:
		return self.authority.task(
			**{
				"title": "Принять локальные акты",
				"start_date": "2026-09-01",
				"due_date": "2026-10-01",
				"responsible": "МОО г. Вымышленска",
				"expected_result": "Приказы, дорожная карта",
				"indicator": "не менее 100 %",
				"threshold_op": ">=",
				"threshold_value": 100,
				"threshold_unit": "%",
				"evidence": "Сводка управления",
				**values,
			}
		)

	def hand_down(self, task: Document, *schools: School) -> dict[str, int]:
		with as_user(self.keeper):
			return api_authority.hand_down([task.name], [one.organization for one in schools])

	def executors(self, task: Document) -> dict[str, str]:
		return {row.organization: row.status for row in frappe.get_doc("Roadmap Task", task.name).executors}

	def own_task(self, task: Document, school: School) -> Document:
		return frappe.get_doc(
			"Roadmap Task", {"municipal_task": task.name, "organization": school.organization}
		)

	def finish(self, task: Document, **values) -> None:
		task.reload()
		task.update({"status": "Done", "evidence": SECRET, "completed_on": "2026-09-20", **values})
		task.save()


class TestHandingDown(MunicipalTestCase):
	def test_each_school_gets_the_task_as_its_own_and_its_curator_is_told(self) -> None:
		task = self.row_of_authority()
		self.assertEqual(self.hand_down(task, self.first, self.second), {"tasks": 2, "waiting": 0})
		task.reload()
		own = self.own_task(task, self.first)
		self.assertEqual((own.program, own.status), (self.first.program, "Planned"))
		for field in municipal.HANDED_DOWN:
			self.assertEqual(own.get(field), task.get(field), field)
		self.assertFalse(own.evidence or own.responsible or own.executors)
		with as_user(self.keeper):
			municipal.tell_curators([self.first.program])
		told = {"reference_name": self.first.program, "allocated_to": self.first.curator, "status": "Open"}
		self.assertTrue(frappe.db.exists("ToDo", told))
		with as_user(self.first.curator):
			own.status = "In Progress"
			own.save()
		self.assertEqual(
			self.executors(task),
			{self.first.organization: "In Progress", self.second.organization: "Planned"},
		)

	def test_a_second_time_adds_nothing_and_changes_nothing(self) -> None:
		task = self.row_of_authority()
		self.hand_down(task, self.first)
		self.finish(self.own_task(task, self.first))
		self.assertEqual(self.hand_down(task, self.first, self.second), {"tasks": 1, "waiting": 0})
		self.assertEqual(frappe.db.count("Roadmap Task", {"municipal_task": task.name}), 2)
		self.assertEqual(self.executors(task)[self.first.organization], "Done")

	def test_a_school_without_a_programme_waits_and_gets_it_with_its_programme(self) -> None:
		task = self.row_of_authority()
		self.assertEqual(self.hand_down(task, self.third), {"tasks": 0, "waiting": 1})
		self.assertEqual(self.executors(task), {self.third.organization: "Waits for a Program"})
		program = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Программа гимназии",
				"organization": self.third.organization,
				"period_start": "2026-09-01",
				"period_end": "2027-05-31",
			}
		).insert()
		self.assertEqual(self.own_task(task, self.third).program, program.name)
		self.assertEqual(self.executors(task), {self.third.organization: "Planned"})

	def test_many_are_made_by_jobs_with_the_rights_of_who_asked(self) -> None:
		task, jobs = self.row_of_authority(), []
		with (
			mock.patch.object(municipal, "AT_ONCE", 1),
			mock.patch.object(frappe, "enqueue", lambda method, **job: jobs.append(job)),
		):
			with as_user(self.officer), self.assertRefused(error=frappe.PermissionError):
				api_authority.hand_down([task.name], [self.first.organization, self.second.organization])
			with as_user(self.keeper):
				found = api_authority.hand_down(
					[task.name], [self.first.organization, self.second.organization]
				)
		self.assertEqual((found, len(jobs), self.executors(task)), ({"queued": 1}, 1, {}))
		with as_user(self.keeper):
			municipal.hand_down(jobs[0]["tasks"], jobs[0]["schools"])
		self.assertEqual(set(self.executors(task)), {self.first.organization, self.second.organization})

	def test_the_programme_whose_days_hold_the_term_takes_it(self) -> None:
		later = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Следующий год",
				"organization": self.first.organization,
				"period_start": "2027-09-01",
				"period_end": "2028-05-31",
			}
		).insert()
		task = self.row_of_authority(start_date="2027-09-10", due_date="2027-10-01")
		self.hand_down(task, self.first)
		self.assertEqual(self.own_task(task, self.first).program, later.name)

	def test_the_schools_that_the_row_names_are_proposed(self) -> None:
		named = self.row_of_authority(responsible="СОШ № 2")
		everybody = self.row_of_authority()
		with as_user(self.keeper):
			chosen = api_authority.schools_to_hand_down([named.name])
			self.assertEqual([one["name"] for one in chosen if one["proposed"]], [self.second.organization])
			self.assertEqual(len(chosen), 3)
			self.assertTrue(
				all(one["proposed"] for one in api_authority.schools_to_hand_down([everybody.name]))
			)

	def test_only_to_schools_directly_below_and_only_by_who_may_write_the_row(self) -> None:
		task = self.row_of_authority()
		with self.assertRefused("directly below", error=frappe.PermissionError):
			self.hand_down(task, self.school)
		for user in (self.first.curator, self.officer):
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				api_authority.hand_down([task.name], [self.first.organization])
		own = self.first.task()
		with self.assertRefused("no schools below"):
			api_authority.hand_down([own.name], [self.second.organization])
		self.assertEqual(self.executors(task), {})

	def test_nobody_writes_executors_or_the_origin_by_hand(self) -> None:
		task = self.row_of_authority()
		self.hand_down(task, self.first)
		with as_user(self.keeper):
			stored = frappe.get_doc("Roadmap Task", task.name)
			stored.executors[0].status = "Done"
			stored.append("executors", {"organization": self.second.organization, "status": "Done"})
			stored.save()
		self.assertEqual(self.executors(task), {self.first.organization: "Planned"})
		with as_user(self.first.curator):
			own = self.own_task(task, self.first)
			own.municipal_task = None
			own.save()
		self.assertEqual(self.own_task(task, self.first).municipal_task, task.name)

	def test_it_is_taken_back_while_the_school_has_not_begun(self) -> None:
		task = self.row_of_authority()
		self.hand_down(task, self.first, self.second, self.third)
		begun = self.own_task(task, self.first)
		begun.status = "In Progress"
		begun.save()
		with as_user(self.keeper):
			with self.assertRefused("СОШ № 1"):
				api_authority.take_back(task.name, [self.first.organization, self.second.organization])
			self.assertEqual(
				api_authority.take_back(task.name, [self.second.organization, self.third.organization]), 2
			)
		self.assertEqual(self.executors(task), {self.first.organization: "In Progress"})
		self.assertEqual(frappe.db.count("Roadmap Task", {"municipal_task": task.name}), 1)

	def test_neither_side_deletes_what_was_handed_down(self) -> None:
		task = self.row_of_authority()
		self.hand_down(task, self.first)
		with self.assertRefused("Cancel it with a reason"):
			self.own_task(task, self.first).delete()
		with self.assertRefused("Take it back"):
			frappe.get_doc("Roadmap Task", task.name).delete()


class TestFulfilment(MunicipalTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.task = self.row_of_authority()
		self.hand_down(self.task, self.first, self.second, self.third)
		own = self.own_task(self.task, self.first)
		own.responsible = "Ромашкина П. П., заместитель директора"
		own.save()
		self.scan = attach_scan(own)
		self.finish(own, actual_value=100)
		self.late = self.row_of_authority(title="Сдать отчёт", due_date=add_days(getdate(), -3))
		self.hand_down(self.late, self.second)

	def report(self, user: str, **filters) -> dict:
		with as_user(user):
			return query_report.run(
				"Municipal Roadmap",
				filters={
					"authority": self.authority.organization,
					"on_date": str(getdate("2026-09-25")),
					**filters,
				},
			)

	def test_by_row(self) -> None:
		found = self.report(self.officer)["result"]
		rows = {row["title"]: row for row in found}
		row = rows["Принять локальные акты"]
		self.assertEqual(
			(
				row["schools"],
				row["waiting"],
				row["done"],
				row["in_time"],
				row["reached"],
				row["done_percent"],
			),
			(3, 1, 1, 1, 1, 33.3),
		)
		self.assertEqual(rows["Сдать отчёт"]["done"], 0)

	def test_by_school(self) -> None:
		found = self.report(self.officer, view="By School", on_date=str(getdate()))
		rows = {row["school_name"]: row for row in found["result"]}
		first, second = (
			rows[frappe.db.get_value("Educational Organization", one.organization, "title")]
			for one in (self.first, self.second)
		)
		self.assertEqual((first["tasks"], first["done"], first["done_percent"]), (1, 1, 100.0))
		self.assertEqual(
			(second["tasks"], second["done"], second["overdue"]), (2, 0, 1 + self.is_past("2026-10-01"))
		)
		self.assertEqual([figure["value"] for figure in found["report_summary"]][:2], [4, 1])
		self.assertTrue(found["chart"]["data"]["labels"])

	def test_the_verdicts_are_those_of_the_rule(self) -> None:
		day, part = "2026-10-10", {"parent": self.late.name, "organization": self.second.organization}
		for status, due, completed in product(
			("Planned", "Done", "Cancelled"),
			(None, "2026-10-01", day, "2026-10-20"),
			(None, "2026-09-20", "2026-10-01", "2026-10-05"),
		):
			with self.subTest(status=status, due=due, completed=completed):
				frappe.db.set_value("Roadmap Task", self.late.name, "due_date", due)
				values = {"status": status, "completed_on": completed}
				frappe.db.set_value("Roadmap Task Executor", part, values)
				rows = {row["task"]: row for row in self.report(self.officer, on_date=day)["result"]}
				row = rows[self.late.name]
				said = [name for name in ("in_time", "late", "overdue") if row[name]]
				days = (getdate(one) if one else None for one in (due, completed, day))
				verdict = None if status == "Cancelled" else judge(*days)
				self.assertEqual(said, [frappe.scrub(verdict)] if verdict else [])

	@staticmethod
	def is_past(day: str) -> int:
		return int(getdate(day) < getdate())

	def test_an_unknown_value_is_not_taken_for_a_reached_threshold(self) -> None:
		task = self.row_of_authority(title="Не более 5", threshold_op="<=", threshold_value=5)
		self.hand_down(task, self.second)
		rows = {row["title"]: row for row in self.report(self.officer)["result"]}
		self.assertEqual(rows["Не более 5"]["reached"], 0)

	def test_what_was_measured_comes_up_without_a_save_and_without_its_value(self) -> None:
		own = self.own_task(self.task, self.second)
		frappe.db.set_value(
			"Roadmap Task", own.name, {"actual_value": 50, "measured_on": "2026-09-22 10:00:00"}
		)
		municipal.mirror_measured(self.second.program)
		rows = frappe.get_doc("Roadmap Task", self.task.name).executors
		self.assertEqual(
			[row.reached for row in rows if row.organization == self.second.organization], ["No"]
		)

	def test_the_authority_sees_no_text_name_or_file_of_a_school(self) -> None:
		own = self.own_task(self.task, self.first)
		for user in (self.officer, self.keeper):
			with as_user(user):
				self.assertNotIn(own.name, frappe.get_list("Roadmap Task", pluck="name"))
				self.assertFalse(frappe.has_permission("Roadmap Task", "read", doc=own, user=user))
				with self.assertRefused(error=frappe.PermissionError):
					client.get("Roadmap Task", own.name)
				self.assertFalse(frappe.has_permission("File", "read", doc=self.scan, user=user))
				seen = [
					frappe.get_doc("Roadmap Task", self.task.name).as_dict(),
					self.report(user),
					self.report(user, view="By School"),
				]
			told = frappe.as_json(seen)
			for secret in ("Ромашкин", SECRET, self.scan.file_url, self.scan.name):
				self.assertNotIn(secret, told)

	def test_no_list_joins_the_fields_of_the_other_sides_task(self) -> None:
		for doctype in ("Roadmap Task", "Roadmap Task Executor"):
			links = [df for df in frappe.get_meta(doctype).get_link_fields() if df.options == "Roadmap Task"]
			self.assertLessEqual({df.fieldname for df in links}, {"recurs_from"})

	def test_a_school_sees_neither_the_row_nor_the_report_of_its_authority(self) -> None:
		with as_user(self.first.curator):
			self.assertNotIn(self.task.name, frappe.get_list("Roadmap Task", pluck="name"))
			with self.assertRefused(error=frappe.PermissionError):
				client.get("Roadmap Task", self.task.name)
		self.assertEqual(self.report(self.first.curator)["result"], [])

	def test_queries_do_not_grow_with_the_schools(self) -> None:
		asked = {"authority": self.authority.organization}
		few = queries(municipal_roadmap.execute, asked)
		for number in range(5):
			self.hand_down(self.row_of_authority(title=f"Ещё {number}"), self.first, self.second, self.third)
		self.assertEqual(queries(municipal_roadmap.execute, asked), few)


class TestDirectorOfTheAuthority(MunicipalTestCase):
	def test_a_director_hands_down_as_well(self) -> None:
		task = self.row_of_authority()
		self.assertIn(DIRECTOR, frappe.get_roles(self.authority.director))
		with as_user(self.authority.director):
			api_authority.hand_down([task.name], [self.first.organization])
		self.assertEqual(self.executors(task), {self.first.organization: "Planned"})
