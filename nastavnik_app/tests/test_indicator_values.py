"""Values of the indicators: counted anew every day, entered by hand with a reason, frozen for good; the reports on them."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.client import set_value
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.desk import indicator_figures
from nastavnik_app.orders import drafting
from nastavnik_app.program import measures
from nastavnik_app.program.indicator_values import VALUE, count, freeze, values_of
from nastavnik_app.rules.states import OFFICER
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user
from nastavnik_app.tests.test_registers import queries

DAY = date(2026, 12, 31)
STAFF = "municipal-staff"


class ValueTestCase(SchoolTestCase):
	def publish(self, number: int, day: str = "2026-10-01") -> None:
		site = {"kind": "publication-site", "status": "Published", "published_on": "2026-09-01"}
		for _one in range(number):
			news = self.school.record("Mentoring Publication", title="Новость", **site)
			frappe.db.set_value("Mentoring Publication", news.name, "published_on", day)

	def value(self, indicator: str, program: str | None = None, **filters) -> Document:
		found = {"program": program or self.school.program, "indicator": indicator, "frozen": 0, **filters}
		return frappe.get_doc(VALUE, found)

	def entered(self, **values) -> Document:
		record = {
			"doctype": VALUE,
			"program": self.school.program,
			"indicator": STAFF,
			"on_date": "2026-11-01",
		}
		record |= {"numerator": 3, "denominator": 4, "note": "Штатное расписание", **values}
		return frappe.get_doc(record).insert()

	def target(self, indicator: str, **values) -> None:
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.append("targets", {"title": "Показатель школы", "indicator": indicator, **values})
		program.save()

	def report(self, name: str, **filters) -> dict:
		return query_report.run(name, filters={"program": self.school.program, **filters})

	def row(self, indicator: str, **filters) -> dict:
		title = frappe.db.get_value("Mentoring Indicator", indicator, "title")
		rows = self.report("Indicators Against Targets", **filters)["result"]
		return next(row for row in rows if row["title"] == title)


class TestCounting(ValueTestCase):
	def test_a_value_of_today_is_written_anew_under_its_name(self) -> None:
		self.publish(3)
		count(self.school.program)
		first = self.value("school-publications")
		self.assertEqual((first.value, first.way, first.year), (3, "From Records", getdate().year))
		self.publish(2)
		count(self.school.program)
		second = self.value("school-publications")
		self.assertEqual((second.name, second.value), (first.name, 5))
		self.assertEqual((second.target, second.standing), (5, "Reached"))

	def test_the_clock_counts_a_running_programme_alone(self) -> None:
		measures.measure_program(self.school.program)
		self.assertFalse(frappe.db.exists(VALUE, {"program": self.school.program}))
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Running")
		measures.measure_program(self.school.program)
		self.assertTrue(frappe.db.exists(VALUE, {"program": self.school.program}))

	def test_what_is_entered_by_hand_stays_and_a_disabled_indicator_goes(self) -> None:
		self.entered(on_date="2027-05-01")
		count(self.school.program)
		frappe.db.set_value("Mentoring Indicator", "school-rubrics", "disabled", 1)
		count(self.school.program)
		self.assertEqual(self.value(STAFF).value, 75)
		self.assertFalse(
			frappe.db.exists(VALUE, {"program": self.school.program, "indicator": "school-rubrics"})
		)

	def test_nothing_to_divide_by_is_no_value_and_says_why(self) -> None:
		count(self.school.program)
		found = self.value("mentors-in-bank")
		self.assertEqual((found.has_value, found.standing or None), (0, None))
		self.assertIn("No headcount", found.problem)

	def test_the_schools_own_target_beats_the_dictionary(self) -> None:
		self.publish(5)
		self.target(
			"school-publications", op=">", target_year=2026, target_value=5, base_year=2025, base_value=1
		)
		count(self.school.program, DAY)
		found = self.value("school-publications")
		self.assertEqual((found.op, found.target, found.standing), (">", 5, "Missed"))
		self.assertEqual((found.base_value, found.way_gone), (1, 100))

	def test_a_target_of_a_past_year_binds_nobody(self) -> None:
		count(self.school.program, DAY)
		found = self.value("federal-enterprises")
		self.assertEqual((found.has_target, found.target_year, found.standing or None), (1, 2024, None))

	def test_the_same_queries_for_three_people_and_for_thirty(self) -> None:
		count(self.school.program)
		few = queries(count, self.school.program)
		for _one in range(5):
			self.school.mentor()
			self.school.mentee()
		self.publish(5)
		self.assertEqual(queries(count, self.school.program), few)


class TestByHand(ValueTestCase):
	def test_a_curator_enters_a_value_and_it_is_marked(self) -> None:
		with as_user(self.school.curator):
			found = self.entered(standing="Reached", frozen=1, way="From Records", value=99)
		found.reload()
		self.assertEqual((found.value, found.way, found.frozen), (75, "Entered by Hand", 0))
		self.assertEqual(
			(found.entered_by, found.organization), (self.school.curator, self.school.organization)
		)
		self.assertEqual(found.target, 100)
		self.assertEqual(self.row(STAFF)["by_hand"], "By Hand")

	def test_a_value_without_its_parts_is_kept_as_it_was_entered(self) -> None:
		found = self.entered(numerator=0, denominator=0, value=0.065)
		self.assertEqual(found.value, 0.065)
		self.assertEqual(values_of(self.school.program, DAY)[STAFF].shown(), 0.065)
		self.assertIsNone(values_of(self.school.program, DAY)[STAFF].numerator)

	def test_it_says_where_it_comes_from_and_makes_sense(self) -> None:
		with self.assertRefused("where the value comes from"):
			self.entered(note=" ")
		with self.assertRefused("cannot be counted out of"):
			self.entered(numerator=5, denominator=4)
		with self.assertRefused("counted from the records"):
			self.entered(indicator="school-publications")
		self.entered()
		with self.assertRefused(error=frappe.UniqueValidationError):
			self.entered()

	def test_another_schools_curator_and_a_director_enter_nothing(self) -> None:
		for user in (make_school("Другая школа").curator, self.school.director):
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				self.entered()

	def test_a_counted_value_is_nobodys_to_write(self) -> None:
		count(self.school.program)
		found = self.value("school-publications")
		found.value = 100
		with as_user(self.school.curator), self.assertRefused("counted from the records"):
			found.save()

	def test_an_officer_reads_no_value_of_a_school(self) -> None:
		self.entered()
		with as_user(make_user("officer", OFFICER)), self.assertRefused(error=frappe.PermissionError):
			frappe.get_list(VALUE)


class TestFrozen(ValueTestCase):
	def test_a_frozen_value_stands_whatever_becomes_of_the_records(self) -> None:
		self.publish(3)
		self.entered()
		freeze(self.school.program, DAY)
		self.publish(4)
		freeze(self.school.program, DAY)
		self.assertEqual(self.value("school-publications", frozen=1).value, 3)
		by_hand = self.value(STAFF, frozen=1)
		self.assertEqual(
			(by_hand.value, by_hand.way, by_hand.note), (75, "Entered by Hand", "Штатное расписание")
		)
		frozen = frappe.db.count(VALUE, {"program": self.school.program, "frozen": 1})
		self.assertEqual(frozen, len(values_of(self.school.program, DAY)))
		message = query_report.run(
			"Who Was Counted",
			filters={"indicator": "school-publications", "program": self.school.program, "on_date": str(DAY)},
		)["message"]
		self.assertIn("3", message)
		self.assertIn("7", message)

	def test_it_is_neither_written_nor_deleted_at_any_door(self) -> None:
		self.entered()
		freeze(self.school.program, DAY)
		found = self.value(STAFF, frozen=1)
		with self.assertRefused("frozen"):
			set_value(VALUE, found.name, "value", 1)
		with self.assertRefused("frozen"):
			set_value(VALUE, found.name, {"frozen": 0, "numerator": 1})
		with self.assertRefused("frozen"):
			found.save()
		with self.assertRefused("frozen"):
			frappe.delete_doc(VALUE, found.name)

	def test_the_standing_of_a_day_stays_when_the_target_is_changed(self) -> None:
		self.publish(5)
		freeze(self.school.program, DAY)
		self.target("school-publications", target_year=2026, target_value=50)
		count(self.school.program, DAY)
		self.assertEqual(self.value("school-publications", frozen=1).standing, "Reached")
		self.assertEqual(self.value("school-publications").standing, "Missed")


class TestClosing(ValueTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Running")
		self.publish(3)

	def frozen(self) -> dict:
		rows = frappe.get_all(
			VALUE,
			filters={"program": self.school.program, "frozen": 1},
			fields=["indicator", "value", "on_date"],
		)
		return {row.indicator: (row.value, row.on_date) for row in rows}

	def test_a_programme_that_its_director_closes_keeps_what_its_indicators_said(self) -> None:
		program = frappe.get_doc("Mentoring Program", self.school.program)
		with as_user(self.school.curator):
			program.save()
		self.assertEqual(self.frozen(), {})
		with as_user(self.school.director):
			apply_workflow(frappe.get_doc("Mentoring Program", program.name), "Close")
		self.assertEqual(self.frozen()["school-publications"], (3, getdate()))

	def test_one_that_is_closed_after_its_end_keeps_those_of_its_last_day(self) -> None:
		frappe.db.set_value("Mentoring Program", self.school.program, "period_end", "2026-10-31")
		self.publish(1, "2026-11-01")
		order = drafting.make_order("close-program", "Mentoring Program", [self.school.program])
		self.assertEqual(self.frozen(), {})
		self.school.signed(order)
		self.assertEqual(self.frozen()["school-publications"], (3, date(2026, 10, 31)))


class TestReports(ValueTestCase):
	def test_a_value_stands_beside_its_target_and_the_year_before(self) -> None:
		self.publish(3, "2026-10-01")
		freeze(self.school.program, DAY)
		self.publish(2, "2027-02-01")
		count(self.school.program, date(2027, 5, 31))
		row = self.row("school-publications")
		self.assertEqual((row["value"], row["change"], row["standing_text"]), (5, 2, "Reached"))
		self.assertEqual(row["target_text"], "≥ 5 (2027)")
		self.assertEqual(self.row("federal-enterprises")["target_text"], "≥ 10 (historical, 2024)")
		self.assertEqual(self.row("school-publications", on_date=str(DAY))["value"], 3)
		report = self.report("Indicators Against Targets", indicator_set="Municipal")
		self.assertTrue(report["result"])
		self.assertEqual({row["indicator_set"] for row in report["result"]}, {"Municipal"})

	def test_a_changed_definition_is_not_compared(self) -> None:
		name = "school-pairs-formed"
		frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
		freeze(self.school.program, DAY)
		freeze(self.school.program, date(2027, 5, 31))
		asked = {"indicator": name}
		(row,) = self.report("Indicators Over the Years", **asked)["result"]
		self.assertEqual((row["year_2026"], row["year_2027"], row["change"]), (0, 0, 0))
		later = self.value(name, frozen=1, year=2027)
		frappe.db.set_value(VALUE, later.name, "definition", "Другое определение")
		(row,) = self.report("Indicators Over the Years", **asked)["result"]
		self.assertIsNone(row["change"])
		self.assertIn("definition was changed", row["comparable"])

	def test_next_years_programme_goes_on_with_the_years(self) -> None:
		following = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"title": "Программа следующего года",
				"organization": self.school.organization,
				"period_start": "2027-09-01",
				"period_end": "2028-05-31",
			}
		).insert()
		frappe.db.set_value("Mentoring Program", following.name, "continues", self.school.program)
		self.publish(3)
		freeze(self.school.program, date(2027, 5, 31))
		freeze(following.name, date(2028, 5, 31))
		asked = {"indicator": "school-publications", "program": following.name}
		(row,) = self.report("Indicators Over the Years", **asked)["result"]
		self.assertEqual((row["year_2027"], row["year_2028"], row["better"]), (3, 0, "No"))

	def test_each_report_asks_the_same_however_many_values_there_are(self) -> None:
		for name in ("Indicators Against Targets", "Indicators Over the Years"):
			count(self.school.program)
			freeze(self.school.program, DAY)
			kept = {"program": self.school.program, "indicator": ["!=", "school-publications"]}
			frappe.db.delete(VALUE, kept)
			self.assertEqual(len(self.report(name)["result"]), 1)
			few = queries(self.report, name)
			frappe.db.delete(VALUE, {"program": self.school.program})
			count(self.school.program)
			freeze(self.school.program, DAY)
			self.report(name)
			self.assertEqual(queries(self.report, name), few, name)

	def test_a_curator_of_another_school_gets_no_row(self) -> None:
		count(self.school.program)
		freeze(self.school.program, DAY)
		with as_user(make_school("Другая школа").curator):
			for name in ("Indicators Against Targets", "Indicators Over the Years"):
				self.assertEqual(self.report(name)["result"], [], name)

	def test_the_workspace_shows_what_is_reached_and_what_is_behind(self) -> None:
		self.publish(5)
		frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
		with as_user(self.school.director):
			self.assertEqual(indicator_figures.indicators_reached()["value"], 0)
			self.assertEqual(indicator_figures.indicator_over_the_years(), {})
		count(self.school.program, DAY)
		freeze(self.school.program, DAY)
		with as_user(self.school.director):
			reached, behind = indicator_figures.indicators_reached(), indicator_figures.behind_the_target()
			self.assertTrue(0 < reached["value"] < 100)
			self.assertGreater(behind["value"], 0)
			unknown = [
				row for row in self.report("Indicators Against Targets")["result"] if row["value"] is None
			]
			self.assertGreater(len(unknown), 0)
			self.assertEqual(indicator_figures.without_a_value()["value"], len(unknown))
			self.assertTrue(all(row["problem"] for row in unknown))
			chart = indicator_figures.indicator_over_the_years({"indicator": "school-publications"})
			self.assertEqual([one["values"] for one in chart["datasets"]], [[5], [5]])
			self.assertTrue(indicator_figures.values_and_targets()["labels"])
