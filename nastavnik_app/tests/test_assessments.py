"""Assessments of competencies: what is refused, how people grew, and whom nobody has assessed."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.model.document import Document

from nastavnik_app import api
from nastavnik_app.rules.growth import ENTRY, EXIT, QUARTERLY
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school


class AssessmentTestCase(SchoolTestCase):
	def assessment(self, person: Document, **values) -> Document:
		scores = values.pop("scores", {"learning-skills": 4})
		return frappe.get_doc(
			{
				"doctype": "Competency Assessment",
				"party_type": person.doctype,
				"party": person.name,
				"program": self.school.program,
				"kind": ENTRY,
				"assessed_on": "2026-09-20",
				"scores": [{"competency": name, "score": score} for name, score in scores.items()],
				**values,
			}
		).insert()


class TestAssessment(AssessmentTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.mentee = self.school.mentee()

	def test_name_and_average_are_filled_in(self) -> None:
		one = self.assessment(self.mentee, scores={"learning-skills": 4, "communication": 7.5})
		self.assertEqual((one.person_name, one.average), (self.mentee.full_name, 5.75))
		self.assertEqual(one.organization, self.school.organization)

	def test_scores_lie_between_0_and_10(self) -> None:
		self.assessment(self.mentee, scores={"learning-skills": 0, "communication": 10})
		with self.assertRefused("10"):
			self.assessment(self.school.mentee(), scores={"learning-skills": 10.5})

	def test_what_is_mandatory_is_asked_for(self) -> None:
		for lacking in ("program", "assessed_on"):
			with self.assertRefused(lacking, error=frappe.MandatoryError):
				self.assessment(self.mentee, **{lacking: None})

	def test_a_competency_is_scored_once(self) -> None:
		rows = [{"competency": "learning-skills", "score": score} for score in (4, 5)]
		with self.assertRefused("Учебная самоорганизация"):
			frappe.get_doc(
				{
					"doctype": "Competency Assessment",
					"party_type": "Mentee",
					"party": self.mentee.name,
					"program": self.school.program,
					"kind": ENTRY,
					"assessed_on": "2026-09-20",
					"scores": rows,
				}
			).insert()

	def test_one_entry_one_exit_and_one_for_each_quarter(self) -> None:
		self.assessment(self.mentee)
		with self.assertRefused(self.mentee.full_name):
			self.assessment(self.mentee, assessed_on="2026-09-25")
		self.assessment(self.mentee, kind=QUARTERLY, assessed_on="2026-09-28")
		self.assessment(self.mentee, kind=QUARTERLY, assessed_on="2026-10-02")
		with self.assertRefused(self.mentee.full_name):
			self.assessment(self.mentee, kind=QUARTERLY, assessed_on="2026-11-02")
		self.assessment(self.mentee, kind=EXIT, assessed_on="2026-11-10")
		with self.assertRefused(self.mentee.full_name):
			self.assessment(self.mentee, kind=EXIT, assessed_on="2026-11-11")
		self.assessment(self.school.mentee())

	def test_the_exit_does_not_lie_before_the_entry(self) -> None:
		self.assessment(self.mentee, assessed_on="2026-10-20")
		with self.assertRefused(self.mentee.full_name):
			self.assessment(self.mentee, kind=EXIT, assessed_on="2026-10-19")
		late = self.assessment(self.mentee, kind=EXIT, assessed_on="2026-10-20")
		entry = frappe.get_doc("Competency Assessment", {"party": self.mentee.name, "kind": ENTRY})
		entry.assessed_on = "2026-10-21"
		with self.assertRefused(self.mentee.full_name):
			entry.save()
		self.assertTrue(late.name)

	def test_the_day_lies_within_the_program_and_has_come(self) -> None:
		title = frappe.db.get_value("Mentoring Program", self.school.program, "title")
		with self.assertRefused(title):
			self.assessment(self.mentee, assessed_on="2026-08-31")
		with self.assertRefused(self.mentee.full_name):
			self.assessment(self.mentee, assessed_on="2099-01-01")

	def test_a_named_pair_is_one_of_the_person(self) -> None:
		pair = self.school.pair()
		with self.assertRefused(pair.title):
			self.assessment(self.mentee, pair=pair.name)
		self.assessment(frappe.get_doc("Mentor", pair.mentor), pair=pair.name)

	def test_people_of_another_school_are_not_assessed_here(self) -> None:
		stranger = make_school("Чужая школа").mentee()
		with self.assertRefused(stranger.full_name, error=frappe.PermissionError):
			self.assessment(stranger)

	def test_another_school_sees_no_scores(self) -> None:
		one = self.assessment(self.mentee)
		with as_user(make_school("Чужая школа").curator):
			self.assertEqual(frappe.get_list("Competency Assessment"), [])
			with self.assertRefused(error=frappe.PermissionError):
				frappe.client.get("Competency Assessment", one.name)
			with self.assertRefused(error=frappe.PermissionError):
				api.competencies_to_assess("Mentee", self.mentee.name)


class TestWhatToAssess(AssessmentTestCase):
	def names(self, person: Document) -> list[str]:
		return [one["name"] for one in api.competencies_to_assess(person.doctype, person.name)]

	def test_a_mentee_begins_with_the_needs(self) -> None:
		mentee = self.school.mentee(
			needs=[{"competency": "communication"}, {"competency": "learning-skills"}]
		)
		self.assertEqual(self.names(mentee), ["communication", "learning-skills"])

	def test_a_mentor_begins_with_what_is_offered_and_the_readiness(self) -> None:
		mentor = self.school.mentor(competencies=[{"competency": "lesson-design"}])
		names = self.names(mentor)
		self.assertEqual(names[0], "lesson-design")
		areas = {frappe.db.get_value("Mentoring Competency", name, "area") for name in names[1:]}
		self.assertEqual(areas, {"Motivation", "Knowledge", "Technique"})

	def test_then_it_goes_on_from_the_last_one(self) -> None:
		mentee = self.school.mentee(needs=[{"competency": "communication"}])
		self.assessment(mentee, scores={"learning-skills": 4, "exam-preparation": 3})
		self.assertEqual(self.names(mentee), ["learning-skills", "exam-preparation"])


class TestReports(AssessmentTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.pair = self.school.pair()
		self.school.signed(self.school.order(self.pair))
		self.mentor = frappe.get_doc("Mentor", self.pair.mentor)
		self.mentee = frappe.get_doc("Mentee", self.pair.mentees[0].mentee)

	def run_report(self, name: str, **filters) -> dict:
		with as_user(self.school.curator):
			return query_report.run(name, filters={"program": self.school.program, **filters})

	def test_growth_of_a_person_a_pair_and_the_school(self) -> None:
		self.assessment(self.mentee, scores={"learning-skills": 4, "communication": 6})
		self.assessment(self.mentee, kind=QUARTERLY, assessed_on="2026-10-20", scores={"learning-skills": 5})
		self.assessment(
			self.mentee,
			kind=EXIT,
			assessed_on="2026-11-20",
			scores={"learning-skills": 8, "communication": 5},
		)
		outsider = self.school.mentee(last_name="Одиночкин")
		self.assessment(outsider)
		result = self.run_report("Competency Growth")
		rows = {(row["person_name"], row["competency"]): row for row in result["result"]}
		row = rows[self.mentee.full_name, "Учебная самоорганизация"]
		self.assertEqual((row["entry"], row["quarter_2026_4"], row["exit"], row["change"]), (4, 5, 8, 4))
		self.assertEqual(len(rows), 3)
		self.assertIn("quarter_2026_4", [column["fieldname"] for column in result["columns"]])
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [2, 2, 50, 1.5])
		datasets = result["chart"]["data"]["datasets"]
		self.assertEqual([one["values"] for one in datasets], [[4, 6], [8, 5]])
		for filters, found in (
			({"pair": self.pair.name}, 2),
			({"person": "Одиночкин"}, 1),
			({"party_type": "Mentor"}, 0),
		):
			self.assertEqual(len(self.run_report("Competency Growth", **filters)["result"]), found, filters)

	def test_growth_is_shown_to_the_own_school_alone(self) -> None:
		self.assessment(self.mentee)
		with as_user(make_school("Чужая школа").curator):
			filters = {"program": self.school.program}
			self.assertEqual(query_report.run("Competency Growth", filters=filters)["result"], [])
			self.assertEqual(query_report.run("Assessments Due", filters=filters)["result"], [])
			with self.assertRefused(error=frappe.PermissionError):
				query_report.run("Competency Growth", filters={**filters, "pair": self.pair.name})

	def test_who_lacks_which_measurement(self) -> None:
		def lacking(day: str, **filters) -> dict[str, str]:
			result = self.run_report("Assessments Due", on_date=day, **filters)["result"]
			return {row["person_name"]: row["due"] for row in result}

		mentor, mentee = self.mentor.full_name, self.mentee.full_name
		self.assertEqual(lacking("2026-10-01"), {mentor: ENTRY, mentee: ENTRY})
		self.assessment(self.mentee)
		self.assertEqual(lacking("2026-09-30"), {mentor: ENTRY})
		self.assertEqual(lacking("2026-10-01", party_type="Mentee"), {mentee: QUARTERLY})
		self.assessment(self.mentor, scores={"readiness-wish": 8})
		self.assertEqual(lacking("2027-05-20"), {mentor: EXIT, mentee: EXIT})
		result = self.run_report("Assessments Due", on_date="2026-10-01")
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [2, 0, 2])
		self.assertEqual(str(result["result"][0]["last_on"]), "2026-09-20")

	def test_whoever_is_in_no_pair_at_work_owes_no_measurement(self) -> None:
		self.school.pair()
		self.assertEqual(len(self.run_report("Assessments Due")["result"]), 2)
