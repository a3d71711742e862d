"""What became of a cohort between the entry and the exit, and who may read who is of it."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from nastavnik_app.tests.builders import as_user, make_school
from nastavnik_app.tests.test_school_reports import ReportCase


class TestEntryAndExit(ReportCase):
	def cohort(self, *groups: str, **values) -> str:
		rows = [{"target_group": group} for group in groups]
		record = {"doctype": "Mentoring Cohort", "title": frappe.generate_hash(length=8), "groups": rows}
		return frappe.get_doc({**record, **values}).insert().name

	def measured(self, person, kind: str, day: str, **scores: float) -> None:
		assessment = {
			"party_type": person.doctype,
			"party": person.name,
			"kind": kind,
			"assessed_on": {"Entry": "2026-09-02", "Quarterly": "2026-09-03"}.get(kind, "2026-10-01"),
			"scores": [{"competency": name, "score": value} for name, value in scores.items()],
		}
		name = self.school.record("Competency Assessment", **assessment).name
		# the tests live before the end of the year
		frappe.db.set_value("Competency Assessment", name, "assessed_on", day)

	def compared(self, cohort: str, **filters) -> dict:
		asked = {"cohort": cohort, "program": self.school.program, "on_date": "2027-05-31", **filters}
		return self.report("Entry and Exit by Cohort", **asked)

	def test_young_specialists_at_the_entry_and_at_the_exit(self) -> None:
		group = {"target_group": "young-specialists"}
		young = self.school.consenting("Mentee", hired_on="2024-10-01", **group)
		alone = self.school.mentee(hired_on="2026-08-20", **group)
		self.school.mentee(hired_on="2020-08-20", **group)
		self.assigned(young, state="Completed", ended_on="2027-05-20", results="Первая категория")
		self.measured(young, "Entry", "2026-09-20", communication=4, leadership=6)
		self.measured(young, "Quarterly", "2026-12-20", communication=1)
		self.measured(young, "Exit", "2027-05-20", communication=7, sport=1)
		cohort = self.cohort("young-specialists", service_below=3)
		result = self.compared(cohort)
		rows = {row["full_name"]: row for row in result["result"]}
		self.assertEqual(sorted(rows), sorted([young.full_name, alone.full_name]))
		row = rows[young.full_name]
		# the competencies measured both times are compared
		self.assertEqual((row["entry"], row["exit"], row["change"]), (4, 7, 3))
		self.assertEqual((row["entry_on"], row["exit_on"]), (getdate("2026-09-20"), getdate("2027-05-20")))
		self.assertEqual((row["service"], row["results"]), (2, "Первая категория"))
		self.assertEqual((row["start_date"], row["end_date"]), (getdate("2026-09-15"), getdate("2027-05-20")))
		self.assertEqual([one["value"] for one in result["report_summary"]], [2, 1, 0, 0, 1])
		self.assertEqual([one["values"] for one in result["chart"]["data"]["datasets"]], [[4], [7]])

	def test_before_the_exit_the_last_quarter_tells(self) -> None:
		pupil = self.school.mentee(school_class="8А")
		self.measured(pupil, "Entry", "2026-09-20", communication=5)
		self.measured(pupil, "Quarterly", "2026-12-20", communication=5)
		self.measured(pupil, "Quarterly", "2027-03-20", communication=3)
		result = self.compared(self.cohort("pupils-10-14"))
		self.assertEqual([row["change"] for row in result["result"]], [-2])
		self.assertEqual([one["value"] for one in result["report_summary"]], [1, 0, 0, 1, 0])
		result = self.compared(self.cohort("pupils-10-14"), on_date="2027-01-31")
		self.assertEqual([one["value"] for one in result["report_summary"]], [1, 0, 1, 0, 0])

	def test_teachers_with_low_results(self) -> None:
		group = {"target_group": "teachers"}
		low, _other = self.school.mentee(low_results=1, **group), self.school.mentee(**group)
		rows = self.compared(self.cohort("teachers", ground="Low Results"))["result"]
		self.assertEqual([row["full_name"] for row in rows], [low.full_name])

	def registered(self, entered: str, removed: str | None = None, **values):
		entry = {"register": "Внутришкольный учёт", "kept_by": "School", "entered_on": entered}
		profile = self.school.support_profile(registers=[{**entry, "removed_on": removed, **values}])
		return frappe.db.get_value("Mentee", profile.mentee, "full_name")

	def test_who_came_off_a_register_meanwhile_is_still_of_the_cohort(self) -> None:
		stays = self.registered("2026-08-01")
		early = self.registered("2026-08-01", "2027-02-01", removed_early=1)
		new = self.registered("2026-11-01", "2027-03-01")
		self.registered("2025-01-01", "2026-05-01")
		self.registered("2027-06-10")
		self.school.mentee()
		rows = self.compared(self.cohort("pupils-10-14", ground="On a Register"))["result"]
		yes = frappe._("Yes")
		told = {
			row["full_name"]: (row["registered_at_entry"], row["registered_at_exit"], row["early"])
			for row in rows
		}
		self.assertEqual(told, {stays: (yes, yes, ""), early: (yes, "", yes), new: ("", "", "")})

	def test_who_may_not_read_profiles_gets_numbers_and_no_name(self) -> None:
		name = self.registered("2026-08-01")
		cohort = self.cohort("pupils-10-14", ground="On a Register")
		for user, rows in ((self.school.curator, 1), (self.school.director, 0)):
			with as_user(user):
				result = self.compared(cohort)
			self.assertEqual(len(result["result"]), rows)
			self.assertEqual(result["report_summary"][0]["value"], 1)
		self.assertNotIn(name, str(result))

	def test_another_school_learns_nothing(self) -> None:
		self.school.mentee()
		cohort = self.cohort("pupils-10-14")
		with as_user(make_school("Чужая").curator):
			result = self.compared(cohort)
		self.assertEqual((result["result"], result["report_summary"][0]["value"]), ([], 0))
