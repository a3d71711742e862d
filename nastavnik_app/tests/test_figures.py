"""The figures of the workspace: what a curator reads in the morning, and that another school's are not among them."""

from __future__ import annotations

from itertools import product

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate

from nastavnik_app.desk import figures
from nastavnik_app.people.consents import PROCESSING, with_consent
from nastavnik_app.rules.states import OFFICER
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user, record_consent

CHARTS = (figures.pairs_by_form, figures.roadmap_by_stage, figures.consents_by_month)
CARDS = (
	figures.consent_coverage,
	figures.roadmap_done,
	figures.overdue_tasks,
	figures.awaiting_decision,
)


class TestFigures(SchoolTestCase):
	def as_curator(self, figure):
		with as_user(self.school.curator):
			return figure()

	def done(self, **values) -> None:
		task = self.school.task(**values)
		task.update({"status": "Done", "completed_on": getdate()})
		task.save()

	def test_consents_are_counted_as_the_report_counts_them(self) -> None:
		self.school.consenting("Mentor")
		withdrawn = self.school.consenting("Mentee")
		frappe.db.set_value(
			"Consent", {"party": withdrawn.name}, {"workflow_state": "Withdrawn", "withdrawn_on": getdate()}
		)
		record_consent(self.school.mentee(), valid_until=add_days(getdate(), -1), signed_on="2026-09-01")
		record_consent(self.school.mentee(), kind="Dissemination")
		twice = self.school.consenting("Mentee")
		record_consent(twice)
		with as_user(self.school.curator):
			report = query_report.run("Consent Coverage", filters={})
			summary = {one["label"]: one["value"] for one in report["report_summary"]}
			self.assertEqual(summary, {"Participants": 5, "Covered, %": 40.0, "Missing": 3})
			self.assertEqual(figures.consent_coverage()["value"], 40.0)

	def test_archived_people_lower_no_share(self) -> None:
		self.school.consenting("Mentor")
		gone = self.school.mentor()
		frappe.db.set_value("Mentor", gone.name, "workflow_state", "Archived")
		self.assertEqual(self.as_curator(figures.consent_coverage)["value"], 100.0)

	def test_a_cancelled_task_counts_neither_as_done_nor_as_overdue(self) -> None:
		yesterday = add_days(getdate(), -1)
		self.school.task(due_date=yesterday)
		self.school.task(due_date=getdate())
		self.done(due_date=yesterday)
		cancelled = self.school.task(due_date=yesterday)
		frappe.db.set_value("Roadmap Task", cancelled.name, "status", "Cancelled")
		self.assertEqual(self.as_curator(figures.roadmap_done)["value"], 33.3)
		self.assertEqual(self.as_curator(figures.overdue_tasks)["value"], 1)

	def test_the_number_of_overdue_tasks_leads_to_the_same_tasks(self) -> None:
		late = self.school.task(title="Просрочена", due_date=add_days(getdate(), -1))
		self.school.task(due_date=add_days(getdate(), 1))
		with as_user(self.school.curator):
			filters = figures.overdue_tasks()["route_options"]
			self.assertEqual(frappe.get_list("Roadmap Task", filters=filters, pluck="name"), [late.name])

	def test_last_years_tasks_and_pairs_are_no_work_of_today(self) -> None:
		self.school.task(due_date=add_days(getdate(), -3))
		self.school.pair()
		before = (figures.overdue_tasks()["value"], sum(figures.pairs_by_form()["datasets"][0]["values"]))
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Closed")
		overdue = figures.overdue_tasks()
		after = (
			overdue["value"],
			sum(figures.pairs_by_form().get("datasets", [{"values": []}])[0]["values"]),
		)
		self.assertEqual(after, (before[0] - 1, before[1] - 1))
		filters = overdue["route_options"]
		self.assertEqual(len(frappe.get_list("Roadmap Task", filters=filters)), overdue["value"])

	def test_an_order_on_approval_waits_for_the_director_in_office_alone(self) -> None:
		self.school.sent(self.school.order(self.school.pair()))
		with as_user(self.school.director):
			figure = figures.awaiting_decision()
		self.assertEqual((figure["value"], figure["route"]), (1, ["List", "Mentoring Order"]))
		self.assertEqual(self.as_curator(figures.awaiting_decision)["value"], 0)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		acting = make_user("acting", "Mentoring Director")
		today = getdate()
		organization.append(
			"acting_directors",
			{"user": acting, "person_name": "Осинов И. И.", "from_date": today, "to_date": today},
		)
		organization.save()
		for user, count in ((self.school.director, 0), (acting, 1)):
			with as_user(user):
				self.assertEqual(figures.awaiting_decision()["value"], count)

	def test_a_returned_order_and_a_ready_plan_wait_for_the_curator(self) -> None:
		order = self.school.order(self.school.pair(), remark="Поправьте пункт 2.")
		plan = self.school.plan(self.school.pair())
		frappe.db.set_value("Individual Plan", plan.name, "workflow_state", "Ready")
		figure = self.as_curator(figures.awaiting_decision)
		self.assertEqual((figure["value"], figure["route"]), (2, ["List", "Mentoring Order"]))
		with as_user(self.school.curator):
			listed = frappe.get_list("Mentoring Order", filters=figure["route_options"], pluck="name")
		self.assertEqual(listed, [order.name])

	def test_pairs_are_told_by_the_titles_of_their_forms(self) -> None:
		self.school.pair()
		self.school.pair()
		ended = self.school.pair()
		frappe.db.set_value("Pair", ended.name, "workflow_state", "Terminated")
		chart = self.as_curator(figures.pairs_by_form)
		self.assertEqual(chart["labels"], ["Учитель — ученик"])
		self.assertEqual(chart["datasets"][0]["values"], [2])

	def test_stages_come_in_their_order_before_sections(self) -> None:
		self.school.task(section="2. Базы")
		self.done(section="1. Подготовка")
		self.school.task(stage="mentee-base", section="2. Базы")
		self.school.task(stage="preparation")
		chart = self.as_curator(figures.roadmap_by_stage)
		self.assertEqual(
			chart["labels"],
			[
				"Подготовка условий для запуска программы",
				"Формирование базы наставляемых",
				"1. Подготовка",
				"2. Базы",
			],
		)
		self.assertEqual([data["values"] for data in chart["datasets"]], [[0, 0, 1, 0], [1, 1, 1, 1]])

	def test_consents_stand_at_the_month_of_their_signing(self) -> None:
		mentee = self.school.mentee()
		record_consent(mentee, signed_on=getdate())
		record_consent(mentee, kind="Dissemination", signed_on=getdate())
		record_consent(self.school.mentee(), signed_on="2020-09-01")
		chart = self.as_curator(figures.consents_by_month)
		self.assertEqual(len(chart["labels"]), 13)
		self.assertEqual(chart["labels"][-1], getdate().strftime("%m.%Y"))
		self.assertEqual(chart["datasets"][0]["values"], [0] * 12 + [2])


class TestFiguresOfAnotherSchool(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		order = self.school.order(self.school.pair())
		self.school.sent(order)
		self.school.task(due_date=add_days(getdate(), -1))
		task = self.school.task()
		task.update({"status": "Done", "completed_on": getdate()})
		task.save()

	def test_a_curator_of_an_empty_school_sees_zeros(self) -> None:
		stranger = make_school("Пустая школа")
		for user in (stranger.curator, stranger.director):
			with as_user(user):
				self.assertEqual([card()["value"] for card in CARDS], [0, 0, 0, 0])
				self.assertEqual([chart() for chart in CHARTS], [{}, {}, {}])

	def test_who_may_not_read_the_records_is_refused_their_figures(self) -> None:
		with as_user(make_user("visitor")):
			for figure in (figures.consent_coverage, figures.roadmap_done, figures.overdue_tasks, *CHARTS):
				with self.assertRaises(frappe.PermissionError):
					figure()
			self.assertEqual(figures.awaiting_decision()["value"], 0)

	def test_a_municipal_officer_reads_no_persons_into_figures(self) -> None:
		officer = make_user("officer", "Mentoring Municipal Officer")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": officer, "duty": "Специалист управления"})
		organization.save()
		with as_user(officer), self.assertRaises(frappe.PermissionError):
			figures.consent_coverage()


class TestConsentsThatHold(SchoolTestCase):
	def test_an_officer_counts_the_tasks_of_the_authority(self) -> None:
		authority = make_school("Управление", organization_type="Municipal Authority")
		authority.task(due_date=add_days(getdate(), -1))
		self.school.task(due_date=add_days(getdate(), -1))
		officer = make_user("officer", OFFICER)
		record = frappe.get_doc("Educational Organization", authority.organization)
		record.append("members", {"user": officer})
		record.save()
		with as_user(officer):
			self.assertEqual(figures.overdue_tasks()["value"], 1)

	def test_the_query_over_everybody_finds_whom_the_rule_finds(self) -> None:
		days = [add_days(getdate(), number) for number in (-1, 0, 1)]
		states = ("Signed", "Withdrawn", "Expired")
		names = self.insert(list(product((0, 1, 2), states, days, (None, *days), (None, *days))))
		found = with_consent(PROCESSING, {("Mentee", name) for name in names})
		counted = figures.covered("Mentee", PROCESSING)
		self.assertEqual({("Mentee", name) for name in names if name in counted}, found)
		self.assertEqual((len(names), len(found)), (432, 12))

	def insert(self, consents: list[tuple]) -> list[str]:
		"""A mentee for each consent, whatever it says: most are such as no door would let in."""
		names = [frappe.generate_hash(length=10) for _consent in consents]
		organization = self.school.organization
		mentees = [(name, organization, "In Bank") for name in names]
		frappe.db.bulk_insert("Mentee", ["name", "organization", "workflow_state"], mentees)
		fields = ["name", "party", "kind", "party_type", "organization", "docstatus", "workflow_state"]
		fields += ["signed_on", "valid_until", "withdrawn_on"]
		rows = [
			(frappe.generate_hash(length=10), name, PROCESSING, "Mentee", organization, *consent)
			for name, consent in zip(names, consents, strict=True)
		]
		frappe.db.bulk_insert("Consent", fields, rows)
		return names


class TestCostOfFigures(SchoolTestCase):
	def test_queries_do_not_grow_with_the_records(self) -> None:
		self.school.pair()
		self.school.task()
		before = [self.queries_of(figure) for figure in (*CARDS, *CHARTS)]
		for number in range(3):
			self.school.pair()
			self.school.task(section=f"{number}. Раздел", due_date=add_days(getdate(), -number))
		self.assertEqual([self.queries_of(figure) for figure in (*CARDS, *CHARTS)], before)

	def queries_of(self, figure) -> int:
		count = 0
		original = frappe.db.sql

		def counted(*args, **kwargs):
			nonlocal count
			count += 1
			return original(*args, **kwargs)

		with as_user(self.school.curator):
			figure()  # what is cached is cached
			frappe.db.sql = counted
			try:
				figure()
			finally:
				del frappe.db.sql
		return count
