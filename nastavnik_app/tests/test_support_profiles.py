"""Support cards: registers with their dates, and the two reports for those who may read the cards."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.model.document import Document

from nastavnik_app.rules.states import DIRECTOR, SPECIALIST
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user

REGISTER = {"register": "Внутришкольный учёт", "kept_by": "School", "entered_on": "2026-09-10"}


class SupportTestCase(SchoolTestCase):
	def profile(self, *registers: dict, mentee: Document | None = None, **values) -> Document:
		return self.school.support_profile(mentee, registers=list(registers), **values)

	def report(self, name: str, **filters) -> dict:
		with as_user(self.school.curator):
			return query_report.run(name, filters={"organization": self.school.organization, **filters})


class TestRegisters(SupportTestCase):
	def test_nobody_is_removed_before_the_registration(self) -> None:
		with self.assertRefused("Внутришкольный учёт"):
			self.profile({**REGISTER, "removed_on": "2026-09-09"})
		with self.assertRefused("Внутришкольный учёт"):
			self.profile({"register": "Внутришкольный учёт", "removed_on": "2026-09-09"})
		self.profile({**REGISTER, "removed_on": "2026-09-10"})

	def test_an_early_removal_has_its_day(self) -> None:
		with self.assertRefused("Внутришкольный учёт"):
			self.profile({**REGISTER, "removed_early": 1})
		profile = self.profile({**REGISTER, "removed_early": 1, "removed_on": "2026-10-01"})
		self.assertEqual(profile.registers[0].removed_early, 1)

	def test_the_same_register_again_is_a_relapse(self) -> None:
		profile = self.profile(
			{**REGISTER, "removed_on": "2026-10-01"},
			{**REGISTER, "register": "внутришкольный  учет", "entered_on": "2026-11-05"},
			{**REGISTER, "register": "Учёт в комиссии", "entered_on": "2026-11-05"},
		)
		self.assertEqual([row.relapse for row in profile.registers], [0, 1, 0])

	def test_a_relapse_from_an_earlier_school_stays_as_it_is_ticked(self) -> None:
		self.assertEqual(self.profile({**REGISTER, "relapse": 1}).registers[0].relapse, 1)

	def test_who_decided_follows_from_who_keeps_the_register(self) -> None:
		profile = self.profile(
			REGISTER,
			{**REGISTER, "kept_by": "Commission on Minors"},
			{**REGISTER, "kept_by": "Police"},
			{**REGISTER, "basis_kind": "Commission"},
		)
		decided = [row.basis_kind or "" for row in profile.registers]
		self.assertEqual(decided, ["School", "Commission", "", "Commission"])

	def test_no_card_without_the_consent_to_special_categories(self) -> None:
		mentee = self.school.mentee()
		with self.assertRefused(mentee.full_name):
			frappe.get_doc({"doctype": "Mentee Support Profile", "mentee": mentee.name}).insert()


class TestSupportReports(SupportTestCase):
	def test_registers_with_the_mentor_at_work(self) -> None:
		mentee = self.school.consenting("Mentee")
		pair = self.school.pair(mentees=[mentee])
		self.school.signed(self.school.order(pair))
		self.profile({**REGISTER, "basis": "Решение совета"}, mentee=mentee)
		self.profile({**REGISTER, "removed_on": "2026-10-01", "removed_early": 1})
		result = self.report("Support Registers")
		by_name = {row["mentee_name"]: row for row in result["result"]}
		mentor = frappe.db.get_value("Mentor", pair.mentor, "full_name")
		row = by_name[mentee.full_name]
		self.assertEqual(
			(row["mentor"], row["basis"], str(row["entered_on"])), (mentor, "Решение совета", "2026-09-10")
		)
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [1, 0, 1, 0])
		present = self.report("Support Registers", only_present=1)["result"]
		self.assertEqual([row["mentee_name"] for row in present], [mentee.full_name])
		self.assertEqual(self.report("Support Registers", kept_by="Police")["result"], [])

	def test_accessibility_measures_with_whose_they_are(self) -> None:
		mentee = self.school.mentee()
		measures = [
			{
				"measure": "Крупный шрифт",
				"accessibility": 1,
				"specialist": "Тьютор",
				"due_date": "2026-10-01",
			},
			{"measure": "Пандус", "accessibility": 1, "specialist": "Завхоз", "result": "Готов"},
			{"measure": "Беседа с семьёй"},
		]
		self.profile(mentee=mentee, disability=1, rural=1, measures=measures)
		result = self.report("Accessibility Measures")
		self.assertEqual({row["measure"] for row in result["result"]}, {"Крупный шрифт", "Пандус"})
		row = next(row for row in result["result"] if row["measure"] == "Крупный шрифт")
		self.assertEqual((row["mentee_name"], row["specialist"]), (mentee.full_name, "Тьютор"))
		self.assertIn("Rural", row["grounds"])
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [1, 2, 50])
		left = self.report("Accessibility Measures", only_open=1)["result"]
		self.assertEqual([row["measure"] for row in left], ["Крупный шрифт"])
		self.assertEqual(self.report("Accessibility Measures", ground="Gifted")["result"], [])
		self.assertEqual(len(self.report("Accessibility Measures", ground="Rural")["result"]), 2)

	def test_the_reports_are_for_those_who_may_read_the_cards(self) -> None:
		self.profile(REGISTER, measures=[{"measure": "Крупный шрифт", "accessibility": 1}])
		director = make_user("director", DIRECTOR)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": director})
		specialist = make_user("psychologist", SPECIALIST)
		organization.append("members", {"user": specialist})
		organization.save()
		for report in ("Support Registers", "Accessibility Measures"):
			with as_user(director), self.assertRefused(error=frappe.PermissionError):
				query_report.run(report, filters={})
			with as_user(specialist):
				self.assertEqual(len(query_report.run(report, filters={})["result"]), 1, report)
			with as_user(make_school("Чужая школа").curator):
				self.assertEqual(query_report.run(report, filters={})["result"], [], report)
