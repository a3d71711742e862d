"""A duplicate of a document repeats what it says, and claims nothing that was done with it."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.orders import acknowledgement
from nastavnik_app.tests.builders import SchoolTestCase, as_user, attach_scan, consent_for, record_consent
from nastavnik_app.tests.test_pair_meetings import MeetingTestCase, ago

TABLES = ("Table", "Table MultiSelect")


def copied(doc: Document) -> dict:
	"""What Desk's Duplicate puts into a new form: all but what has No Copy, of the rows as well."""
	values: dict = {"doctype": doc.doctype}
	for df in doc.meta.fields:
		if df.no_copy or doc.get(df.fieldname) is None:
			continue
		rows = df.fieldtype in TABLES
		values[df.fieldname] = (
			[copied(row) for row in doc.get(df.fieldname)] if rows else doc.get(df.fieldname)
		)
	return values


def duplicate(doc: Document, **values) -> Document:
	"""A duplicate as its form saves it."""
	return frappe.get_doc({**copied(frappe.get_doc(doc.doctype, doc.name)), **values}).insert()


class TestDuplicates(SchoolTestCase):
	def assertEmpty(self, doc: Document, *fields: str) -> None:
		self.assertEqual({field: doc.get(field) for field in fields if doc.get(field)}, {})

	def test_a_signed_order(self) -> None:
		order = self.school.order(self.school.pair(), remark="Проверено")
		order = self.school.signed(order)
		with as_user(self.school.curator):
			order = frappe.get_doc("Mentoring Order", order.name)
			acknowledgement.collect(order, [row.name for row in order.acknowledgements], getdate())
			again = self.school.pair()
			new = duplicate(order, pairs=[{"pair": again.name}])
		self.assertEqual((new.heading, new.workflow_state, new.docstatus), (order.heading, "Draft", 0))
		named = {again.mentor_name, again.mentees[0].mentee_name}
		self.assertEqual({row.person_name for row in new.acknowledgements}, named)
		self.assertEqual([row.acknowledged_on for row in new.acknowledgements], [None, None])
		self.assertEmpty(
			new, "order_number", "order_date", "journal_key", "sent_by", "remark", "amended_from"
		)
		self.assertEmpty(new, "signed_by", "signatory_name", "signatory_post", "signed_at", "signed_on_paper")
		self.assertEmpty(new, "scan", "signed_copy", "signed_copy_sha256", "cancel_reason")

	def test_an_approved_plan(self) -> None:
		pair = self.school.pair()
		self.school.signed(self.school.order(pair))
		plan = apply_workflow(self.school.plan(pair), "Declare Ready")
		plan.update({"remark": "Можно утверждать"}).save()
		self.school.signed(self.school.plans_order(plan))
		plan = frappe.get_doc("Individual Plan", plan.name)
		plan.activities[0].update({"done_on": getdate(), "actual_result": "Освоено", "evidence": "Протокол"})
		plan.update({"recommendations": "Продолжить", "end_reason": "Переезд"}).save()
		new = duplicate(plan)
		self.assertEqual((new.goal, new.workflow_state), (plan.goal, "Draft"))
		self.assertEqual([row.activity for row in new.activities], [row.activity for row in plan.activities])
		self.assertEmpty(new, "order", "remark", "fulfilment", "recommendations", "end_reason")
		self.assertEmpty(new.activities[0], "done_on", "actual_result", "evidence", "meeting")

	def test_a_signed_consent(self) -> None:
		mentee = self.school.mentee()
		consent = consent_for(mentee, signatory="Both", purpose="Участие в программе")
		consent.update({"scan": attach_scan(consent).file_url}).save()
		consent = apply_workflow(consent, "Record Signature")
		new = duplicate(consent)
		self.assertEqual((new.purpose, new.workflow_state, new.docstatus), (consent.purpose, "Draft", 0))
		self.assertEmpty(new, "signed_on", "signatory", "scan", "scan_sha256", "keep_until", "withdrawn_on")

	def test_an_assigned_pair(self) -> None:
		mentor = self.school.consenting("Mentor", capacity=2)
		record_consent(mentor, kind="Additional Work")
		days = ("mentor_agreed_on", "mentees_agreed_on", "first_meeting_on", "addendum_date")
		pair = self.school.pair(mentor, addendum_number="12", **dict.fromkeys(days, getdate()))
		self.school.signed(self.school.order(pair))
		new = duplicate(pair)
		self.assertEqual((new.title, new.workflow_state), (pair.title, "Draft"))
		self.assertEmpty(new, "order", "mentor_order", "addendum_number", *days)

	def test_an_act_of_destruction(self) -> None:
		act = self.school.destruction_act(act_number="3", destroyed_on="2026-10-12", remark="Проверено")
		new = duplicate(act)
		self.assertEqual(new.method, act.method)
		self.assertEmpty(new, "act_number", "destroyed_on", "remark", "sent_by")


class TestDuplicateOfAMeeting(MeetingTestCase):
	def test_a_held_meeting(self) -> None:
		meeting = self.meeting(topic="Причастия")
		meeting.attendance[0].update({"note": "Опоздал"})
		told = {"notes": "Договорились", "next_kind": "meeting-final", "next_meeting_on": getdate()}
		self.held(meeting, 1, attendance=meeting.attendance, lesson_analysis="Темп хорош", **told)
		new = duplicate(meeting, meeting_date=ago(1))
		self.assertEqual((new.topic, new.status), ("Причастия", "Planned"))
		self.assertEqual([row.note for row in new.attendance], [None])
		self.assertEqual(
			[(row.activity, bool(row.done), row.result) for row in new.activities],
			[("Занятие 2", False, None), ("Занятие 3", False, None)],
		)
		claimed = {field: new.get(field) for field in (*told, "lesson_analysis", "decision", "follows")}
		self.assertEqual({field: value for field, value in claimed.items() if value}, {})
