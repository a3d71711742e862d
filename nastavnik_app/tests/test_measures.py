"""Tasks of the roadmap are measured from the records: by which measure, what it counts, and what is left alone."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app import api
from nastavnik_app.program import indicators, measures
from nastavnik_app.program.things import Scope
from nastavnik_app.rules.indicators import Tally
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, record_consent
from nastavnik_app.tests.builders_answers import answered


@pytest.mark.parametrize(
	("op", "value", "reached"),
	[(">=", 90.0, True), (">=", 89.9, False), ("<=", 90.0, True), ("==", 90.0, True), (">", 90.0, False)],
)
def test_a_threshold_is_reached_as_it_says(op: str, value: float, reached: bool) -> None:
	task = frappe._dict(threshold_op=op, threshold_value=90.0, actual_value=value)
	assert measures.reached(task) is reached
	assert measures.reached(frappe._dict(task, actual_value=0.0)) is None
	assert measures.reached(frappe._dict(task, threshold_op="")) is None


class MeasureTestCase(SchoolTestCase):
	def said(self, indicator: str, start: date = date(2026, 9, 1), day: date = date(2027, 5, 31)) -> Tally:
		scope = Scope((self.school.program,), (self.school.organization,), start, day)
		(found,) = indicators.enabled([indicator])
		return indicators.count(found.definition, scope)[self.school.organization]

	def assertSaid(self, indicator: str, numerator: int, denominator: int, **days: date) -> None:
		said = self.said(indicator, **days)
		self.assertEqual((said.number, said.whole), (numerator, denominator), indicator)
		if denominator:
			self.assertAlmostEqual(said.value.shown(), 100 * numerator / denominator, delta=0.1)
		else:
			self.assertIsNone(said.value.shown())

	def headcount(self, **counts: int) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		for group, number in counts.items():
			values = {"target_group": group.replace("_", "-"), "headcount": number, "on_date": "2026-09-01"}
			organization.append("headcounts", values)
		organization.save()

	def admit(self, *people: Document) -> None:
		for person in people:
			frappe.db.set_value(person.doctype, person.name, "workflow_state", "In Bank")

	def assigned(self, *pairs: Document) -> None:
		for pair in pairs:
			frappe.db.set_value("Pair", pair.name, "workflow_state", "Assigned")

	def measured_task(self, measure: str, **values) -> Document:
		return self.school.task(measure=measure, **values)


class TestIndicatorsOfTheRoadmap(MeasureTestCase):
	def test_banks_are_a_share_of_the_target_group(self) -> None:
		self.headcount(teachers=20, pupils_10_14=50)
		self.admit(self.school.mentor(), self.school.mentor(target_group="graduates"), self.school.mentee())
		self.school.mentor()  # still a candidate
		self.assertSaid("school-teacher-mentors", 1, 20)
		self.assertSaid("mentors-in-bank", 2, 70)
		self.assertSaid("mentees-in-bank", 1, 70)

	def test_consents_of_everybody_who_is_not_archived(self) -> None:
		self.school.consenting("Mentor")
		self.school.mentee()
		gone = self.school.mentee()
		frappe.db.set_value("Mentee", gone.name, "workflow_state", "Archived")
		self.assertSaid("school-consents", 1, 2)

	def test_pairs_plans_and_first_meetings(self) -> None:
		met, silent = self.school.pair(), self.school.pair()
		draft = self.school.pair()
		self.assigned(met, silent)
		lonely = self.school.mentee()
		self.admit(lonely)
		self.assertSaid("mentees-with-pair", 2, 3)
		frappe.db.set_value("Pair", met.name, "first_meeting_on", "2026-09-20")
		frappe.db.set_value("Pair", draft.name, "first_meeting_on", "2026-09-20")
		self.assertSaid("first-meetings", 1, 2)
		plan = self.school.plan(met)
		self.school.plan(silent)
		self.assertSaid("plans-approved", 0, 2)
		frappe.db.set_value("Individual Plan", plan.name, {"workflow_state": "Approved", "fulfilment": 50})
		self.assertSaid("plans-approved", 1, 2)
		self.assertSaid("plans-completed", 0, 2)
		frappe.db.set_value("Individual Plan", plan.name, "fulfilment", 90)
		self.assertSaid("plans-completed", 1, 2)

	def test_assessed_counts_the_people_of_pairs_in_the_days_given(self) -> None:
		pair = self.school.pair()
		self.assigned(pair)
		competency = frappe.get_all("Mentoring Competency", pluck="name", limit=1)[0]
		self.school.record(
			"Competency Assessment",
			party_type="Mentor",
			party=pair.mentor,
			kind="Entry",
			assessed_on="2026-10-10",
			scores=[{"competency": competency, "score": 5}],
		)
		self.assertSaid("school-diagnostics", 1, 2)
		self.assertSaid("school-diagnostics", 0, 2, start=date(2027, 1, 1), day=date(2027, 3, 31))

	def test_events_of_a_kind_and_who_was_trained(self) -> None:
		trained, idle = self.school.mentor(), self.school.mentor()
		self.admit(trained, idle)
		there = [{"party_type": "Mentor", "party": trained.name}]
		self.school.event(kind="event-training", participants=there)
		self.school.event(participants=[{"party_type": "Mentor", "party": idle.name}])
		self.school.event(kind="event-training", status="Planned", held_on="2027-02-01")
		self.school.event(kind="event-partners")
		self.assertEqual(self.said("partner-meetings").number, 1)
		self.assertSaid("mentors-trained", 1, 2)

	def test_grown_ups_at_two_councils_are_counted_once(self) -> None:
		self.headcount(teachers=4)
		group = {"target_group": "teachers"}
		for names in (("А", "Б"), ("Б", "В")):
			people = [{"person_name": name, "post": "учитель"} for name in names]
			self.school.event(participants=people, **group)
		self.school.event(present_count=2, **group)
		self.assertSaid("school-council", 3, 4)

	def test_pupils_of_class_after_class_add_up_to_all_pupils(self) -> None:
		self.headcount(pupils_10_14=50, pupils_15_19=30, teachers=9)
		for count, group in ((25, "pupils-10-14"), (24, "pupils-10-14"), (15, "pupils-15-19")):
			self.school.event(kind="event-class-hour", present_count=count, target_group=group)
		self.assertSaid("school-class-hours", 64, 80)

	def test_an_event_for_the_participants_is_measured_by_them(self) -> None:
		pair = self.school.pair()
		self.assigned(pair)
		there = [{"party_type": "Mentor", "party": pair.mentor}]
		self.school.event(kind="event-business-game", participants=there)
		self.assertSaid("business-game-coverage", 1, 2)

	def test_pieces_are_counted_within_the_days(self) -> None:
		site = {"kind": "publication-site", "status": "Published", "title": "Новость"}
		self.school.record("Mentoring Publication", published_on="2026-10-01", **site)
		self.school.record("Mentoring Publication", **{**site, "status": "Planned"})
		self.assertEqual(self.said("school-publications").number, 1)
		self.assertEqual(self.said("school-publications", start=date(2026, 10, 2)).number, 0)
		self.school.record(
			"Mentoring Best Practice", title="Практика", kind="Practice", added_on="2026-11-01"
		)
		self.assertEqual(self.said("best-practices").number, 1)
		award = self.school.award(self.school.mentor())
		self.assertEqual(self.said("awards").number, 0)
		frappe.db.set_value("Mentoring Award", award.name, "workflow_state", "Granted")
		self.assertEqual(self.said("awards").number, 1)
		for title, until in (("Завод", None), ("Бывший партнёр", "2026-06-30")):
			partner = {"doctype": "Partner Organization", "organization": self.school.organization}
			frappe.get_doc({**partner, "title": title, "until": until}).insert()
		self.assertEqual(self.said("partners").number, 1)

	def test_the_roadmap_measures_itself(self) -> None:
		yesterday = add_days(getdate(), -1)
		done = self.school.task(due_date=yesterday)
		self.school.task(due_date=yesterday, title="Просрочена")
		self.school.task(due_date="2027-05-20", title="Впереди")
		done.update({"status": "Done", "completed_on": yesterday})
		done.save()
		self.assertSaid("school-roadmap", 1, 3, day=getdate())
		self.assertSaid("school-on-time", 1, 2, day=getdate())

	def test_satisfaction_is_what_those_who_answered_say(self) -> None:
		asked = [
			{"question": "Комфорт", "answer_kind": "Scale 1-10", "used_for": "Satisfaction"},
			{"question": "Довольны?", "answer_kind": "Yes or No", "used_for": "Satisfaction"},
		]
		for purpose in ("Exit", "Entry"):
			answered(self.school, {**asked[0], "number": 9}, {**asked[0], "number": 5}, purpose=purpose)
			answered(self.school, {**asked[0], "number": 3}, purpose=purpose)
			answered(self.school, {**asked[1], "answer": "Нет", "number": 0}, purpose=purpose)
		self.assertSaid("federal-mentee-satisfaction", 1, 3)
		self.assertSaid("federal-mentor-satisfaction", 0, 0)
		self.assertSaid("questionnaires", 6, 6)


class TestMeasuredTasks(MeasureTestCase):
	def test_a_task_of_a_later_year_does_not_count_the_year_before(self) -> None:
		today = getdate()
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.db_set({"period_start": add_days(today, -400), "period_end": add_days(today, 300)})
		program.reload()
		for start, end in ((-400, -41), (-40, 300)):
			program.append("years", {"start": add_days(today, start), "end": add_days(today, end)})
		program.save()
		for day in (-300, -5):
			self.publish(add_days(today, day))
		task = self.school.task(measure="school-publications", due_date=add_days(today, 10))
		measures.measure_program(program.name)
		self.assertEqual(frappe.db.get_value("Roadmap Task", task.name, "actual_value"), 1)

	def publish(self, day: date) -> None:
		frappe.get_doc(
			{
				"doctype": "Mentoring Publication",
				"program": self.school.program,
				"title": f"Заметка {day}",
				"kind": "publication-site",
				"status": "Published",
				"published_on": day,
				"page_url": "https://school.example/news",
			}
		).insert()

	def test_tasks_of_a_roadmap_get_their_measures(self) -> None:
		imported = self.school.record("Roadmap Import", template="school-academic-year")
		imported.read_document()
		for row in imported.rows:
			row.checked = 1
		imported.save()
		imported.create_tasks()
		tasks = frappe.get_all(
			"Roadmap Task", filters={"program": self.school.program}, fields=["title", "measure"]
		)
		found = {task.title: task.measure for task in tasks}
		self.assertEqual(found["Собрать базу наставляемых"], "mentees-in-bank")
		self.assertEqual(found["Рассказывать о ходе программы"], "school-publications")
		self.assertEqual(found["Следить за ходом дорожной карты"], "school-roadmap")
		self.assertIsNone(found["Подготовить дорожную карту следующего года"] or None)
		self.assertGreater(sum(1 for measure in found.values() if measure), 12)

	def test_indicators_of_a_document_become_targets_of_what_is_counted(self) -> None:
		imported = self.school.record("Roadmap Import", template="school-academic-year")
		imported.read_document()
		for title, unit in (("Публикации на сайте за год", "публикаций"), ("Настроение", None)):
			row = {"title": title, "unit": unit, "target_year": 2027, "target_value": 7}
			imported.append("indicators", row)
		for row in imported.rows:
			row.checked = 1
		imported.save()
		imported.create_tasks()
		targets = frappe.get_doc("Mentoring Program", self.school.program).targets
		self.assertEqual([row.indicator for row in targets], ["school-publications", None])

	def test_what_the_records_say_is_written_and_what_a_person_entered_stays(self) -> None:
		site = {"kind": "publication-site", "status": "Published", "published_on": "2026-10-01"}
		self.school.record("Mentoring Publication", title="Новость", **site)
		measured = self.measured_task("school-publications")
		typed = self.school.task(actual_value=7, title="Без показателя")
		done = self.measured_task("school-publications", title="Готова")
		done.update({"status": "Done", "actual_value": 4})
		done.save()
		with as_user(self.school.curator):
			self.assertEqual(api.measure_now(self.school.program), 1)
		measured.reload()
		self.assertEqual(measured.actual_value, 1)
		self.assertTrue(measured.measured_on)
		for task, value in ((typed, 7), (done, 4)):
			task.reload()
			self.assertEqual((task.actual_value, task.measured_on), (value, None))

	def test_nothing_to_divide_by_is_no_nought(self) -> None:
		task = self.measured_task("mentors-in-bank")
		measures.measure_program(self.school.program)
		task.reload()
		self.assertIsNone(task.measured_on)
		self.assertIsNone(measures.standing_of(task))

	def test_a_pair_whose_order_starts_it_tomorrow_is_formed(self) -> None:
		pair = self.school.pair(start_date=add_days(getdate(), 1))
		self.assigned(pair)
		self.admit(self.school.mentee())
		task = self.measured_task("mentees-with-pair", due_date=getdate())
		measures.measure_program(self.school.program)
		task.reload()
		self.assertEqual(task.actual_value, 50)
		self.assertSaid("mentees-with-pair", 0, 1, day=getdate())

	def test_an_occurrence_is_measured_by_its_own_days(self) -> None:
		pair = self.school.pair()
		self.assigned(pair)
		competency = frappe.get_all("Mentoring Competency", pluck="name", limit=1)[0]
		for party_type, party in (("Mentor", pair.mentor), ("Mentee", pair.mentees[0].mentee)):
			self.school.record(
				"Competency Assessment",
				party_type=party_type,
				party=party,
				kind="Quarterly",
				assessed_on="2026-11-10",
				scores=[{"competency": competency, "score": 5}],
			)
		quarters = [
			self.measured_task("school-diagnostics", recurrence="quarterly", start_date=start, due_date=due)
			for start, due in (("2026-10-01", "2026-12-31"), ("2027-01-01", "2027-03-31"))
		]
		measures.measure_program(self.school.program)
		values = [frappe.db.get_value("Roadmap Task", one.name, "actual_value") for one in quarters]
		self.assertEqual(values, [100, 0])

	def test_a_reached_threshold_is_said_and_the_task_stays_open(self) -> None:
		threshold = {"threshold_op": ">=", "threshold_unit": "публикаций"}
		reached = self.measured_task("school-publications", threshold_value=1, **threshold)
		missed = self.measured_task("school-publications", threshold_value=2, title="Две", **threshold)
		site = {"kind": "publication-site", "status": "Published", "published_on": "2026-10-01"}
		self.school.record("Mentoring Publication", title="Новость", **site)
		with as_user(self.school.curator):
			api.measure_task(reached.name)
			api.measure_task(missed.name)
			self.assertIn("The threshold is reached", api.standing_of_task(reached.name))
			self.assertNotIn("reached", api.standing_of_task(missed.name))
		self.assertEqual(frappe.db.get_value("Roadmap Task", reached.name, "status"), "Planned")
		filters = {"organization": self.school.organization}
		rows = query_report.run("Roadmap Fulfilment", filters=filters)["result"]
		self.assertEqual(
			{(row["threshold"], row["actual"], row["standing"]) for row in rows},
			{("≥ 1 публикаций", "1 публикаций", "Yes"), ("≥ 2 публикаций", "1 публикаций", "No")},
		)

	def test_the_clock_measures_each_running_program_in_a_job_of_its_own(self) -> None:
		queued = []
		original, frappe.enqueue = (
			frappe.enqueue,
			lambda method, **job: queued.append((method, job["program"])),
		)
		self.addCleanup(setattr, frappe, "enqueue", original)
		measures.measure_all()
		self.assertNotIn(self.school.program, [program for _method, program in queued])
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Running")
		measures.measure_all()
		self.assertIn(("nastavnik_app.program.measures.measure_program", self.school.program), queued)

	def test_who_may_not_change_a_program_measures_nothing(self) -> None:
		with as_user(make_school("Другая школа").curator), self.assertRefused(error=frappe.PermissionError):
			api.measure_now(self.school.program)


class TestConsentMeasure(MeasureTestCase):
	def test_a_measure_moves_with_the_records(self) -> None:
		mentee = self.school.mentee()
		task = self.measured_task(
			"school-consents", threshold_op="==", threshold_value=100, threshold_unit="%"
		)
		measures.measure_program(self.school.program)
		self.assertFalse(measures.reached(frappe.get_doc("Roadmap Task", task.name)))
		record_consent(mentee)
		measures.measure_program(self.school.program)
		self.assertTrue(measures.reached(frappe.get_doc("Roadmap Task", task.name)))
