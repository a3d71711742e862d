"""Events of a programme: who was there, how much of the target group, who was trained, who may become a mentor."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app import api
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school


class EventTestCase(SchoolTestCase):
	def event(self, *people: dict, **values) -> Document:
		return self.school.event(participants=list(people), **values)

	def headcount(self, group: str, number: int, on_date: str) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("headcounts", {"target_group": group, "on_date": on_date, "headcount": number})
		organization.save()

	def report(self, name: str, **filters) -> dict:
		return query_report.run(name, filters={"organization": self.school.organization, **filters})


def listed(person: Document, **values) -> dict:
	return {"party_type": person.doctype, "party": person.name, **values}


class TestEvents(EventTestCase):
	def test_a_listed_person_is_named_by_the_bank(self) -> None:
		mentor = self.school.mentor(last_name="Осокин", position="учитель физики")
		pupil = self.school.mentee(last_name="Астров", school_class="7Б")
		event = self.event(listed(mentor), listed(pupil, post="староста"))
		self.assertEqual(
			[(row.person_name, row.post) for row in event.participants],
			[(mentor.full_name, "учитель физики"), (pupil.full_name, "староста")],
		)

	def test_people_of_another_school_are_listed_by_name_alone(self) -> None:
		stranger = make_school("Другая школа").mentor()
		with self.assertRefused("Row 1", error=frappe.PermissionError):
			self.event(listed(stranger))
		self.assertEqual(self.event({"person_name": stranger.full_name}).present_count, 1)

	def test_share_covered_is_counted_from_the_headcount_of_that_day(self) -> None:
		self.headcount("teachers", 40, "2026-09-01")
		self.headcount("teachers", 50, "2026-10-01")
		people = [{"person_name": f"Учитель {number}", "absent": number == 0} for number in range(31)]
		september = self.event(*people, target_group="teachers", held_on="2026-09-10")
		october = self.event(*people, target_group="teachers", held_on="2026-10-10")
		self.assertEqual((september.share_covered, october.share_covered), (75.0, 60.0))

	def test_without_a_headcount_the_share_is_blank_and_the_curator_is_told(self) -> None:
		event = self.event(target_group="parents", present_count=12)
		self.assertFalse(event.share_covered)
		self.assertIn("Родители", str(frappe.local.message_log))

	def test_what_is_to_come_cannot_have_been_held(self) -> None:
		tomorrow = str(add_days(getdate(), 1))
		with self.assertRefused("Planned"):
			self.event(held_on=tomorrow)
		planned = self.event({"person_name": "Приглашённый"}, held_on=tomorrow, status="Planned")
		self.assertFalse(planned.present_count, "nobody was there yet")

	def test_a_kind_of_award_is_no_kind_of_event(self) -> None:
		with self.assertRefused("Диплом «Лучший наставник»"):
			self.event(kind="award-best-mentor")

	def test_coverage_report_names_group_and_share(self) -> None:
		self.headcount("teachers", 40, "2026-09-01")
		self.event(target_group="teachers", present_count=30, title="Педсовет о наставничестве")
		self.event(held_on=str(add_days(getdate(), 5)), status="Planned", title="Педсовет впереди")
		result = self.report("Event Coverage")
		self.assertEqual(
			[(row["title"], row["headcount"], row["share_covered"]) for row in result["result"]],
			[("Педсовет о наставничестве", 40, 75.0), ("Педсовет впереди", None, None)],
		)
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [1, 30])


class TestTraining(EventTestCase):
	def test_hours_of_each_mentor_and_who_has_none(self) -> None:
		mentors = [self.school.mentor(last_name=name) for name in ("Астров", "Будрин", "Валин")]
		frappe.db.set_value(
			"Mentor", {"name": ["in", [one.name for one in mentors]]}, "workflow_state", "In Bank"
		)
		first, second, idle = mentors
		training = {"kind": "event-training", "hours": 6}
		self.event(listed(first), listed(second), title="Школа наставников", **training)
		self.event(listed(first), listed(second, absent=1), title="Практикум", **{**training, "hours": 4})
		self.event(listed(idle), title="Совещание без часов")
		self.event(listed(idle), title="Отменённое", status="Cancelled", **training)
		rows = self.report("Trained Mentors")["result"]
		self.assertEqual(
			[(row["full_name"].split()[0], row["hours"], row["count"]) for row in rows],
			[("Астров", 10, 2), ("Будрин", 6, 1), ("Валин", 0, 0)],
		)
		self.assertIn("Школа наставников", rows[0]["trainings"])


class TestPotentialMentors(EventTestCase):
	def added(self, event: Document) -> list[Document]:
		with as_user(self.school.curator):
			found = api.add_potential_mentors(event.name)
		return [frappe.get_doc("Mentor", name) for name in found["added"]]

	def test_those_noted_become_candidates_once(self) -> None:
		noted = {"person_name": "Липова Пример Игоревна", "post": "Учитель химии", "potential_mentor": 1}
		event = self.event(noted, {"person_name": "Кленов Пример Ильич"}, target_group="teachers")
		(mentor,) = self.added(event)
		self.assertEqual(
			(mentor.full_name, mentor.position, mentor.workflow_state, mentor.target_group),
			("Липова Пример Игоревна", "Учитель химии", "Candidate", "teachers"),
		)
		event.reload()
		self.assertEqual(
			(event.participants[0].party_type, event.participants[0].party), ("Mentor", mentor.name)
		)
		self.assertEqual(self.added(event), [])
		again = self.event({**noted, "person_name": "липова  пример игоревна", "post": "учитель химии"})
		self.assertEqual(self.added(again), [])
		other_post = self.event({**noted, "post": "Педагог-психолог"})
		self.assertEqual(len(self.added(other_post)), 1)

	def test_a_mentee_may_become_a_mentor_and_stays_linked_as_mentee(self) -> None:
		senior = self.school.mentee(last_name="Астров", school_class="10А", target_group="pupils-15-19")
		event = self.event(listed(senior, potential_mentor=1))
		(mentor,) = self.added(event)
		self.assertEqual(
			(mentor.full_name, mentor.school_class, getdate(mentor.birth_date)),
			(senior.full_name, "10А", getdate(senior.birth_date)),
		)
		event.reload()
		self.assertEqual(event.participants[0].party, senior.name)
		self.assertEqual(self.added(event), [])

	def test_a_class_is_no_position(self) -> None:
		(mentor,) = self.added(
			self.event({"person_name": "Астров Пример", "post": "9 «А» класс", "potential_mentor": 1})
		)
		self.assertEqual((mentor.school_class, mentor.position or ""), ("9 «А» класс", ""))

	def test_a_name_alone_is_refused_with_its_row(self) -> None:
		event = self.event({"person_name": "Лена", "potential_mentor": 1})
		with self.assertRefused("Row 1", "Лена"):
			self.added(event)

	def test_the_register_says_where_each_was_noted(self) -> None:
		event = self.event(
			{"person_name": "Липова Пример Игоревна", "post": "Учитель химии", "potential_mentor": 1},
			{"person_name": "Кленов Пример Ильич", "potential_mentor": 1},
			title="Педсовет 10 сентября",
		)
		frappe.db.set_value("Mentor", self.added(event)[0].name, "workflow_state", "In Bank")
		rows = self.report("Potential Mentors")["result"]
		self.assertEqual({row["event"] for row in rows}, {"Педсовет 10 сентября"})
		self.assertEqual([row["in_bank"] for row in rows], ["In Bank", "Candidate"])

	def test_who_may_not_change_the_event_adds_nobody(self) -> None:
		event = self.event({"person_name": "Липова Пример", "potential_mentor": 1})
		with as_user(make_school("Другая школа").curator), self.assertRefused(error=frappe.PermissionError):
			api.add_potential_mentors(event.name)
