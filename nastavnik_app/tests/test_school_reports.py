"""The registers of people, pairs, plans and orders as reports: what a school reads in each."""

from __future__ import annotations

from io import BytesIO

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate
from openpyxl import load_workbook

from nastavnik_app.documents import report_files
from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, record_consent


class ReportCase(SchoolTestCase):
	def report(self, name: str, **filters) -> dict:
		return query_report.run(name, filters=filters)

	def rows(self, name: str, **filters) -> list[dict]:
		return self.report(name, organization=self.school.organization, **filters)["result"]

	def figures(self, name: str, **filters) -> dict[str, object]:
		asked = {"organization": self.school.organization, **filters}
		return {one["label"]: one["value"] for one in self.report(name, **asked)["report_summary"]}

	def assigned(self, *mentees, mentor=None, state: str = "Assigned", **values):
		pair = self.school.pair(mentor, list(mentees) or None)
		frappe.db.set_value("Pair", pair.name, {"workflow_state": state, **values})
		return pair

	def admitted(self, person):
		frappe.db.set_value(person.doctype, person.name, "workflow_state", "In Bank")
		return person


class TestPersonalRegister(ReportCase):
	def test_each_person_stands_once_with_all_pairs(self) -> None:
		pupil = self.school.consenting("Mentee", school_class="7Б")
		first, second = (self.school.consenting("Mentor") for _number in range(2))
		self.assigned(pupil, mentor=first)
		self.assigned(pupil, mentor=second, start_date="2026-09-20")
		rows = {row["full_name"]: row for row in self.rows("Personal Register", on_date="2026-12-01")}
		self.assertEqual(sorted(rows), sorted([pupil.full_name, first.full_name, second.full_name]))
		self.assertEqual(rows[pupil.full_name]["partner"], f"{first.full_name}; {second.full_name}")
		self.assertEqual(rows[first.full_name]["partner"], pupil.full_name)
		self.assertEqual(rows[pupil.full_name]["place"], "7Б")
		self.assertEqual([row["number"] for row in rows.values()], [1, 2, 3])

	def test_the_day_decides_who_is_there_and_whose_consent_holds(self) -> None:
		come, gone, left = (self.school.mentee(joined_on=day) for day in ("2026-11-01", None, None))
		frappe.db.set_value("Mentee", gone.name, {"left_on": "2026-08-31", "workflow_state": "Archived"})
		frappe.db.set_value("Mentee", left.name, {"left_on": "2026-10-15", "workflow_state": "Archived"})
		withdrawn = self.school.mentee()
		consent = record_consent(withdrawn)
		values = {"signed_on": "2026-09-01", "withdrawn_on": "2026-11-10", "workflow_state": "Withdrawn"}
		frappe.db.set_value("Consent", consent.name, values)

		def seen(day: str) -> dict[str, bool]:
			rows = self.rows("Personal Register", on_date=day)
			return {row["full_name"]: bool(row["covered"]) for row in rows}

		self.assertEqual(seen("2026-10-31"), {left.full_name: False, withdrawn.full_name: True})
		self.assertEqual(
			seen("2026-11-10"), {come.full_name: False, left.full_name: False, withdrawn.full_name: False}
		)

	def test_filters_name_the_group_and_the_programme(self) -> None:
		self.assigned()
		adult = self.school.mentee(target_group="young-specialists")
		rows = self.rows("Personal Register", group="young-specialists")
		self.assertEqual([row["full_name"] for row in rows], [adult.full_name])
		other = make_school("Другая")
		other.mentee()
		rows = self.report("Personal Register", program=self.school.program)["result"]
		self.assertEqual(len(rows), 3)
		self.assertEqual([row["pair_state"] for row in rows if row["pair_state"]], [frappe._("Assigned")] * 2)

	def test_summary_and_chart(self) -> None:
		self.assigned()
		self.school.mentee()
		result = self.report("Personal Register", organization=self.school.organization)
		self.assertEqual([one["value"] for one in result["report_summary"]], [3, 1, 2, 2, 1])
		self.assertEqual([one["values"] for one in result["chart"]["data"]["datasets"]], [[1, 0], [0, 2]])


class TestPairRegister(ReportCase):
	def meeting(self, pair, day: str, status: str = "Held"):
		values = {"pair": pair.name, "kind": "meeting-joint-work", "meeting_date": day}
		meeting = self.school.record("Pair Meeting", status="Planned", **values)
		frappe.db.set_value("Pair Meeting", meeting.name, "status", status)

	def test_a_pair_with_its_plan_and_meetings(self) -> None:
		mentees = [self.school.consenting("Mentee") for _number in range(2)]
		pair = self.assigned(*mentees, mentor=self.school.consenting("Mentor", capacity=2))
		for number in (0, 1):
			plan = self.school.plan(pair)
			values = {"workflow_state": "Approved", "fulfilment": 50 - 30 * number}
			frappe.db.set_value("Individual Plan", plan.name, values)
		today = getdate()
		for back in (30, 12):
			self.meeting(pair, add_days(today, -back))
		self.meeting(pair, add_days(today, -1), "Cancelled")
		(row,) = self.rows("Pair Register")
		self.assertEqual((row["pair"], row["fulfilment"], row["held"]), (pair.name, 50, 2))
		self.assertEqual((row["last_on"], row["days"]), (getdate(add_days(today, -12)), 12))
		self.assertEqual(row["mentees"], ", ".join(one.full_name for one in mentees))

	def test_who_has_never_met_is_silent_since_the_start(self) -> None:
		self.assigned(start_date=add_days(getdate(), -40))
		self.assigned(state="Terminated", ended_on="2026-10-01")
		rows = self.rows("Pair Register")
		self.assertEqual(sorted((row["days"] or 0, row["held"]) for row in rows), [(0, 0), (40, 0)])
		ended = next(row for row in rows if row["state"] == frappe._("Terminated"))
		self.assertEqual(ended["end_date"], getdate("2026-10-01"))
		self.assertEqual(list(self.figures("Pair Register").values()), [2, 1, 0, 1])

	def test_filters(self) -> None:
		self.assigned()
		self.school.pair()
		self.assertEqual(len(self.rows("Pair Register", state="Draft")), 1)
		self.assertEqual(len(self.rows("Pair Register", form="teacher-teacher")), 0)
		self.assertEqual(len(self.rows("Pair Register", program=self.school.program)), 2)


class TestPlanProgress(ReportCase):
	def plan(self, state: str = "Approved", fulfilment: float = 0, **values):
		plan = self.school.plan(self.assigned(), **values)
		frappe.db.set_value("Individual Plan", plan.name, {"workflow_state": state, "fulfilment": fulfilment})
		return plan

	def test_counts_what_is_done_and_what_is_overdue(self) -> None:
		today = getdate()
		days = [
			{
				"activity": "Знакомство",
				"due_date": add_days(today, -3),
				"done_on": add_days(today, -2),
				"actual_result": "Состоялось",
			},
			{"activity": "Беседа", "due_date": add_days(today, -1)},
			{"activity": "Встреча", "due_date": today},
			{"activity": "Итог"},
		]
		start, end = add_days(today, -10), add_days(today, 10)
		self.plan(fulfilment=25, activities=days, start_date=start, end_date=end)
		(row,) = self.rows("Plan Progress")
		self.assertEqual((row["activities"], row["done"], row["overdue"]), (4, 1, 1))
		self.assertEqual(row["verdict"], "Behind")

	def test_standing_follows_the_setting_and_the_days(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "plan_completion_percent", 80)
		start, end = add_days(getdate(), -100), add_days(getdate(), 100)
		days = {"start_date": start, "end_date": end}
		self.plan("Draft", **days)
		self.plan(fulfilment=79.9, **days)
		self.plan(fulfilment=80, **days)
		over = self.plan("Closed Incomplete", 79.9, **days)
		verdicts = [row["verdict"] for row in self.rows("Plan Progress")]
		self.assertEqual(sorted(verdicts), ["Behind", "Not Approved Yet", "On Schedule", "Reached"])
		self.assertEqual([row["plan"] for row in self.rows("Plan Progress", only_behind=1)], [over.name])
		self.assertEqual(list(self.figures("Plan Progress", only_behind=1).values()), [3, 33.3, 1, 1])


class TestOrderRegister(ReportCase):
	def test_a_signed_order_and_a_draft(self) -> None:
		signed = self.school.signed(self.school.order(self.school.pair()), "12-н")
		draft = self.school.order(self.school.pair())
		rows = {row["order"]: row for row in self.rows("Order Register")}
		one = rows[signed.name]
		self.assertEqual((one["order_number"], one["order_date"]), ("12-н", getdate()))
		self.assertEqual(one["signatory_name"], signed.signatory_name)
		listed = len(frappe.get_doc("Mentoring Order", signed.name).acknowledgements)
		self.assertGreater(listed, 0)
		self.assertEqual(one["acknowledged"], frappe._("{0} of {1}").format(0, listed))
		self.assertEqual((rows[draft.name]["order_number"], rows[draft.name]["acknowledged"]), (None, ""))
		self.assertEqual(list(self.figures("Order Register").values()), [2, 1, 0, 1])

	def test_each_reader_counts(self) -> None:
		signed = self.school.signed(self.school.order(self.school.pair()))
		names = frappe.get_all(
			"Mentoring Order Acknowledgement", filters={"parent": signed.name}, pluck="name"
		)
		for name in names:
			frappe.db.set_value("Mentoring Order Acknowledgement", name, "acknowledged_on", getdate())
		(row,) = self.rows("Order Register", state="Signed")
		self.assertEqual(row["acknowledged"], frappe._("{0} of {1}").format(len(names), len(names)))
		self.assertEqual(list(self.figures("Order Register").values())[3], 0)
		self.assertEqual(self.rows("Order Register", type="approve-plans"), [])


class TestUnmatchedPeople(ReportCase):
	def test_who_is_in_no_open_pair(self) -> None:
		waiting = self.admitted(self.school.mentee(main_request="Математика"))
		free = self.admitted(self.school.mentor(capacity=3))
		self.school.mentee()  # a candidate waits for nothing yet
		busy = self.admitted(self.school.consenting("Mentee"))
		mentor = self.admitted(self.school.consenting("Mentor"))
		self.school.pair(mentor, [busy])
		after = self.admitted(self.school.consenting("Mentee"))
		self.assigned(after, state="Terminated")
		rows = {row["full_name"]: row for row in self.rows("Unmatched People")}
		self.assertEqual(sorted(rows), sorted([waiting.full_name, free.full_name, after.full_name]))
		self.assertEqual(rows[free.full_name]["places"], 3)
		self.assertEqual(rows[waiting.full_name]["main_request"], "Математика")
		self.assertEqual(list(self.figures("Unmatched People").values()), [2, 1, 3])
		self.assertEqual(len(self.rows("Unmatched People", part="Mentor")), 1)

	def test_the_last_matching_says_why(self) -> None:
		waiting = self.admitted(self.school.mentee())
		task = self.school.task(title="Искать наставников дальше")
		for day, reason in (("2026-09-02", "Нет общего времени"), ("2026-10-02", "Нет свободных мест")):
			matching = self.school.record("Pair Matching", title=day, form="teacher-pupil").name
			left = {
				"name": frappe.generate_hash(length=10),
				"parent": matching,
				"parenttype": "Pair Matching",
				"parentfield": "unmatched",
				"party_type": "Mentee",
				"party": waiting.name,
				"reason": reason,
				"roadmap_task": task.name,
			}
			frappe.db.bulk_insert("Pair Matching Leftover", list(left), [tuple(left.values())])
			frappe.db.set_value("Pair Matching", matching, "matched_at", f"{day} 10:00:00")
		(row,) = self.rows("Unmatched People")
		self.assertEqual((row["reason"], row["task"]), ("Нет свободных мест", "Искать наставников дальше"))

	def test_who_works_in_another_programme_is_free_in_this_one(self) -> None:
		mentee, mentor = (
			self.admitted(self.school.consenting("Mentee")),
			self.admitted(self.school.consenting("Mentor", capacity=4)),
		)
		self.school.pair(mentor, [mentee])
		self.assertEqual(self.rows("Unmatched People"), [])
		program = {
			"doctype": "Mentoring Program",
			"title": "Другая программа",
			"organization": self.school.organization,
			"period_start": "2026-09-01",
			"period_end": "2027-05-31",
		}
		other = frappe.get_doc(program).insert()
		rows = self.report("Unmatched People", program=other.name)["result"]
		self.assertEqual([row["places"] for row in rows], [None, 3])


class TestFiles(ReportCase):
	def test_each_register_is_a_spreadsheet_with_its_rows(self) -> None:
		pair = self.assigned()
		self.school.plan(pair)
		self.school.order(self.school.pair())
		self.admitted(self.school.mentee())
		for name in (
			"Personal Register",
			"Pair Register",
			"Plan Progress",
			"Order Register",
			"Unmatched People",
		):
			with as_user(self.school.curator):
				run = report_files.run(name, {"organization": self.school.organization})
			sheet = load_workbook(BytesIO(report_files.to_xlsx(run))).active
			self.assertGreater(sheet.max_row, 1, name)
			self.assertEqual(sheet.max_column, len(run.columns), name)


class TestCoverage(ReportCase):
	def test_consents_are_told_by_group(self) -> None:
		self.school.consenting("Mentee")
		self.school.mentee()
		adult = self.school.mentee(target_group="young-specialists")
		result = self.report("Consent Coverage", organization=self.school.organization, only_missing=1)
		titles = {row["full_name"]: row["target_group"] for row in result["result"]}
		chart = result["chart"]["data"]
		told = dict(
			zip(chart["labels"], zip(*(one["values"] for one in chart["datasets"]), strict=True), strict=True)
		)
		self.assertEqual(told[titles[adult.full_name]], (0, 1))
		self.assertEqual(sorted(told.values()), [(0, 1), (1, 1)])
		rows = self.rows("Consent Coverage", group="young-specialists")
		self.assertEqual([row["full_name"] for row in rows], [adult.full_name])

	def test_an_event_reached_a_share_of_the_staff_and_of_the_pupils(self) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		for group, headcount in (("teachers", 18), ("young-specialists", 2), ("pupils-10-14", 300)):
			organization.append(
				"headcounts", {"target_group": group, "on_date": "2026-09-01", "headcount": headcount}
			)
		organization.save()
		mentors, pupil = [self.school.mentor() for _number in range(4)], self.school.mentee()
		rows = [
			{"party_type": one.doctype, "party": one.name, "person_name": one.full_name}
			for one in (*mentors, mentors[0], pupil)
		]
		rows[1]["absent"] = 1
		event = self.school.event(participants=rows)
		whole = self.school.event(title="Классный час", held_on="2026-09-11", target_group="pupils-10-14")
		frappe.db.set_value("Mentoring Event", whole.name, "present_count", 150)
		told = [(row["title"], row["of_staff"], row["of_pupils"]) for row in self.rows("Event Coverage")]
		# of 20 in the staff three different ones were there
		self.assertEqual(told, [(event.title, 15, 0.3), ("Классный час", None, 50)])

	def test_trained_of_the_bank_counts_the_bank_alone(self) -> None:
		trained, _other = self.admitted(self.school.mentor()), self.admitted(self.school.mentor())
		candidate = self.school.mentor()
		people = [
			{"party_type": "Mentor", "party": one.name, "person_name": one.full_name}
			for one in (trained, candidate)
		]
		event = self.school.event(kind="event-training", hours=4, participants=people)
		frappe.db.set_value("Mentoring Event", event.name, "status", "Held")
		figures = self.figures("Trained Mentors")
		self.assertEqual(list(figures.values()), [3, 66.6, 50, 1])

	def test_a_roadmap_of_several_years_is_told_by_year(self) -> None:
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.set("years", [])
		years = {"2026/27": ("2026-09-01", "2027-05-31"), "2027/28": ("2027-06-01", "2028-05-31")}
		for title, (start, end) in years.items():
			row = {
				"name": frappe.generate_hash(length=10),
				"parent": program.name,
				"parenttype": "Mentoring Program",
				"parentfield": "years",
				"title": title,
				"start": start,
				"end": end,
			}
			frappe.db.bulk_insert("Program Year", list(row), [tuple(row.values())])
		first, second = (self.school.task(due_date=day) for day in ("2026-10-01", "2028-05-31"))
		without = self.school.task()
		frappe.db.set_value("Roadmap Task", first.name, {"status": "Done", "completed_on": "2026-09-30"})
		result = self.report("Roadmap Fulfilment", program=self.school.program)
		told = {row["name"]: row["year"] for row in result["result"]}
		self.assertEqual(told, {first.name: "2026/27", second.name: "2027/28", without.name: ""})
		self.assertEqual(result["chart"]["data"]["labels"][:2], ["2026/27", "2027/28"])
		self.assertEqual(
			[one["values"] for one in result["chart"]["data"]["datasets"]], [[1, 0, 0], [1, 1, 1]]
		)


def test_a_hundred_per_cent_means_everybody() -> None:
	assert [percent(part, 10_000) for part in (9_996, 9_999, 10_000)] == [99.9, 99.9, 100]
	assert (percent(1, 3), percent(2, 3), percent(0, 0)) == (33.3, 66.6, 0)
