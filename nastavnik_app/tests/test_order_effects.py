"""What each kind of order does to the school's records when it is signed, and how cancelling takes it back."""

from __future__ import annotations

from hashlib import sha256

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app import attachments, tasks
from nastavnik_app.orders import drafting, signed_copies
from nastavnik_app.people import consents
from nastavnik_app.rules.states import DIRECTOR
from nastavnik_app.tests.builders import (
	WORKER_FORM,
	SchoolTestCase,
	as_user,
	make_school,
	make_user,
	record_consent,
)
from nastavnik_app.tests.pdf_text import pages_of


class OrderTestCase(SchoolTestCase):
	def assigned(self) -> tuple[Document, Document]:
		"""A pair at work, and the order that assigned it."""
		pair = self.school.pair()
		order = self.school.signed(self.school.order(pair))
		return pair.reload() or pair, order

	def cancel(self, order: Document) -> Document:
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "Ошибка"
			order.save()
			return apply_workflow(order, "Cancel Order")

	def state(self, record: Document) -> str:
		return frappe.db.get_value(record.doctype, record.name, "workflow_state")

	def program(self) -> Document:
		return frappe.get_doc("Mentoring Program", self.school.program)


class TestReplacingAMentor(OrderTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.pair, self.first = self.assigned()
		self.newcomer = self.school.consenting("Mentor")
		self.order = drafting.replace_mentor(self.pair.name, self.newcomer.name)

	def test_order_names_both_mentors_and_the_order_that_it_changes(self) -> None:
		row = self.order.pairs[0]
		self.assertEqual(
			(row.mentor_name, row.replaced_mentor), (self.newcomer.full_name, self.pair.mentor_name)
		)
		self.assertEqual(self.order.amends_order, self.first.name)
		self.assertIn(self.first.order_number, self.order.preamble + self.order.points[0].text)

	def test_signing_ends_the_one_pair_and_assigns_the_other(self) -> None:
		self.school.signed(self.order)
		successor = frappe.get_doc("Pair", self.order.pairs[0].pair)
		self.assertEqual((self.state(self.pair), successor.workflow_state), ("Terminated", "Assigned"))
		self.pair.reload()
		self.assertEqual((self.pair.ended_by, self.pair.ended_on), (self.order.name, getdate()))

	def test_cancelling_gives_the_mentees_back(self) -> None:
		order = self.school.signed(self.order)
		with self.assertRefused(order.order_number):
			self.cancel(self.first)
		self.cancel(order)
		self.pair.reload()
		self.assertEqual((self.pair.workflow_state, self.pair.ended_on), ("Assigned", None))
		self.assertEqual(self.state(frappe.get_doc("Pair", order.pairs[0].pair)), "Draft")

	def test_only_an_assigned_pair_gets_another_mentor(self) -> None:
		draft = self.school.pair()
		with self.assertRefused(draft.title):
			drafting.replace_mentor(draft.name, self.newcomer.name)
		with self.assertRefused(self.pair.mentor_name):
			drafting.replace_mentor(self.pair.name, self.pair.mentor)

	def test_a_pair_that_replaces_none_is_not_listed(self) -> None:
		order = self.school.order(self.school.pair(), order_type="replace-mentor")
		with as_user(self.school.curator), self.assertRefused("Replace Mentor"):
			apply_workflow(order, "Send for Approval")


class TestEndingPairs(OrderTestCase):
	def test_order_ends_pairs_with_day_and_reason(self) -> None:
		pair, _first = self.assigned()
		order = drafting.make_order("terminate-pairs", "Pair", [pair.name])
		with as_user(self.school.curator), self.assertRefused(order.heading):
			apply_workflow(order, "Send for Approval")
		order = frappe.get_doc("Mentoring Order", order.name)
		order.update({"ended_on": getdate(), "reason": "Отъезд наставляемого"})
		order.save()
		order = self.school.signed(order)
		pair.reload()
		self.assertEqual(
			(pair.workflow_state, pair.ended_on, pair.end_reason),
			("Terminated", getdate(), "Отъезд наставляемого"),
		)
		self.cancel(order)
		pair.reload()
		self.assertEqual((pair.workflow_state, pair.end_reason), ("Assigned", None))

	def test_a_pair_ends_although_the_consent_of_its_mentee_has_run_out(self) -> None:
		pair, _first = self.assigned()
		consent = frappe.get_doc("Consent", {"party": pair.mentees[0].mentee})
		consent.db_set("valid_until", add_days(getdate(), -1))
		consents.expire_ended()
		order = drafting.make_order("terminate-pairs", "Pair", [pair.name])
		order.update({"ended_on": getdate(), "reason": "Срок согласия истёк"})
		order.save()
		self.school.signed(order)
		self.assertEqual(self.state(pair), "Terminated")

	def test_closing_the_programme_completes_its_pairs(self) -> None:
		pair, _first = self.assigned()
		self.school.task()
		self.school.signed(drafting.make_order("start-program", "Mentoring Program", [self.school.program]))
		order = self.school.signed(
			drafting.make_order("close-program", "Mentoring Program", [self.school.program])
		)
		self.assertEqual((self.state(pair), self.program().workflow_state), ("Completed", "Closed"))
		self.cancel(order)
		self.assertEqual((self.state(pair), self.program().workflow_state), ("Assigned", "Running"))


class TestApprovingAnnexes(OrderTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.school.task()

	def test_introduction_brings_in_the_acts_and_the_roadmap(self) -> None:
		order = drafting.make_order("start-program", "Mentoring Program", [self.school.program])
		acts = [frappe.get_doc("Mentoring Local Act", row.act) for row in order.acts]
		self.assertEqual({act.kind for act in acts}, {"Regulation", "Program"})
		order = self.school.signed(order)
		self.assertEqual({self.state(act) for act in acts}, {"Approved"})
		self.assertEqual(self.program().roadmap_order, order.name)
		self.cancel(order)
		self.assertEqual({self.state(act) for act in acts}, {"Draft"})
		self.assertEqual((self.program().workflow_state, self.program().roadmap_order), ("Draft", None))

	def test_a_draft_of_the_act_is_taken_and_no_second_one_made(self) -> None:
		record = {"doctype": "Mentoring Local Act", "program": self.school.program, "template": "regulation"}
		act = frappe.get_doc(record).insert()
		order = drafting.make_order("approve-regulation", "Mentoring Program", [self.school.program])
		self.assertEqual([row.act for row in order.acts], [act.name])

	def test_approved_act_stands(self) -> None:
		order = drafting.make_order("approve-regulation", "Mentoring Program", [self.school.program])
		self.school.signed(order)
		act = frappe.get_doc("Mentoring Local Act", order.acts[0].act)
		act.sections[0].text = "Иное"
		with self.assertRefused(act.title):
			act.save()

	def test_no_roadmap_is_approved_where_there_is_none(self) -> None:
		school = make_school("Школа без карты")
		order = drafting.make_order("approve-roadmap", "Mentoring Program", [school.program])
		with as_user(school.curator), self.assertRefused(order.heading):
			apply_workflow(order, "Send for Approval")

	def test_cancelling_gives_the_roadmap_back_to_the_earlier_order(self) -> None:
		first = self.school.signed(
			drafting.make_order("approve-roadmap", "Mentoring Program", [self.school.program])
		)
		second = self.school.signed(
			drafting.make_order("approve-roadmap", "Mentoring Program", [self.school.program])
		)
		self.assertEqual(self.program().roadmap_order, second.name)
		self.cancel(second)
		self.assertEqual(self.program().roadmap_order, first.name)


class TestAwards(OrderTestCase):
	def award(self, **values) -> Document:
		record = {"doctype": "Mentoring Award", "program": self.school.program, "reason": "помощь младшим"}
		return frappe.get_doc({**record, **values}).insert()

	def kind(self, **filters) -> str:
		return frappe.get_all("Mentoring Kind", filters={"about": "Award", **filters}, pluck="name")[0]

	def test_order_grants_awards_and_takes_them_back(self) -> None:
		mentor = self.school.mentor(position="Учитель физики")
		award = self.award(kind=self.kind(to_parents=0), party_type="Mentor", party=mentor.name)
		self.assertEqual((award.recipient_name, award.post), (mentor.full_name, "Учитель физики"))
		order = self.school.signed(drafting.make_order("grant-awards", "Mentoring Award", [award.name]))
		self.assertEqual(self.state(award), "Granted")
		self.cancel(order)
		self.assertEqual(self.state(award), "Proposed")

	def test_what_came_of_an_award_is_noted_after_its_kind_and_person_have_changed(self) -> None:
		mentor, kind = self.school.mentor(), frappe.get_doc("Mentoring Kind", self.kind(to_parents=0))
		award = self.award(kind=kind.name, party_type="Mentor", party=mentor.name)
		self.school.signed(drafting.make_order("grant-awards", "Mentoring Award", [award.name]))
		kind.update({"title": "Лучший наставник года"}).save()
		mentor.update({"position": "Учитель физики"}).save()
		with as_user(self.school.curator):
			granted = frappe.get_doc("Mentoring Award", award.name)
			granted.outcome = "Вручена на линейке"
			granted.save()
		self.assertEqual((granted.title, granted.post), (award.title, award.post))

	def test_letter_to_parents_is_addressed_to_the_representative(self) -> None:
		mentee = self.school.mentee(representatives=[{"full_name": "Ромашкина Ольга Игоревна"}])
		award = self.award(kind=self.kind(to_parents=1), party_type="Mentee", party=mentee.name)
		self.assertEqual(award.recipient_name, "Ромашкина Ольга Игоревна")

	def test_nobody_is_awarded_without_a_name_or_with_a_kind_of_something_else(self) -> None:
		with self.assertRefused():
			self.award(kind=self.kind())
		event = frappe.get_all("Mentoring Kind", filters={"about": "Event"}, pluck="name")[0]
		with self.assertRefused("“"):
			self.award(kind=event, recipient_name="Ивнякова Пример Игоревна")

	def test_faulty_wording_is_refused(self) -> None:
		with self.assertRefused("line 1"):
			self.award(kind=self.kind(), recipient_name="Ивнякова П. И.", wording="{{ ''.__class__ }}")


class TestMentorDuty(OrderTestCase):
	def test_order_on_the_duty_is_filled_from_the_pairs(self) -> None:
		mentor = self.school.consenting("Mentor", position="Учитель химии")
		record_consent(mentor, kind="Additional Work")
		pair = self.school.pair(
			mentor,
			form=WORKER_FORM,
			addendum_number="3",
			addendum_date=getdate(),
			work_content="Помощь молодому специалисту",
			work_pay="2 000 рублей в месяц",
		)
		order = drafting.make_order("mentor-duties", "Pair", [pair.name])
		row = order.list_rows[0]
		self.assertEqual(
			(row.cell_1, row.cell_2, row.cell_4), (mentor.full_name, "Учитель химии", "2 000 рублей в месяц")
		)
		self.assertIn("Помощь молодому специалисту", row.cell_3)
		self.school.signed(order)
		self.assertEqual(self.state(pair), "Draft", "the assignment is an order of its own")

	def test_without_the_addendum_the_duty_is_not_entrusted(self) -> None:
		mentor = self.school.consenting("Mentor", position="Учитель химии")
		record_consent(mentor, kind="Additional Work")
		order = drafting.make_order(
			"mentor-duties", "Pair", [self.school.pair(mentor, form=WORKER_FORM).name]
		)
		with as_user(self.school.curator), self.assertRefused(mentor.last_name):
			apply_workflow(order, "Send for Approval")


class TestCouncilProtocol(OrderTestCase):
	def test_regulation_is_approved_on_the_councils_protocol(self) -> None:
		self.school.event(held_on="2026-08-28", protocol_number="1")
		order = drafting.make_order("approve-regulation", "Mentoring Program", [self.school.program])
		self.assertIn("протокол от 28 августа 2026\xa0г. №\xa01", order.preamble)


class TestSignedCopy(OrderTestCase):
	def test_what_was_signed_is_kept_whatever_the_records_become(self) -> None:
		self.school.task(title="Провести педагогический совет")
		order = self.school.signed(
			drafting.make_order("approve-roadmap", "Mentoring Program", [self.school.program])
		)
		with as_user(self.school.director):
			signed_copies.keep(order.name)
		self.school.task(title="Задача, которой не было")
		order.reload()
		file = frappe.get_doc("File", {"file_url": order.signed_copy})
		pdf = attachments.bytes_of(file)
		text = "".join(pages_of(pdf))
		self.assertIn("Провести педагогический совет", " ".join(text.split()))
		self.assertNotIn("которой не было", text)
		self.assertEqual((file.is_private, sha256(pdf).hexdigest()), (1, order.signed_copy_sha256))
		with as_user(self.school.curator), self.assertRefused(order.heading):
			file.delete()
		signed_copies.keep(order.name)
		self.assertEqual(frappe.db.count("File", {"attached_to_name": order.name}), 1)

	def test_no_copy_is_made_before_the_signature(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		signed_copies.keep(order.name)
		self.assertIsNone(frappe.db.get_value("Mentoring Order", order.name, "signed_copy"))


class TestNotices(OrderTestCase):
	def asked(self, record: Document) -> list[str]:
		return frappe.get_all(
			"ToDo",
			filters={"reference_type": record.doctype, "reference_name": record.name, "status": "Open"},
			pluck="allocated_to",
		)

	def test_the_one_who_must_act_is_asked_and_nobody_else(self) -> None:
		order = self.school.order(self.school.pair())
		self.assertEqual(self.asked(order), [])
		order = self.school.sent(order)
		self.assertEqual(self.asked(order), [self.school.director])
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.remark = "Уточните срок"
			order.save()
			order = apply_workflow(order, "Return With Remark")
		self.assertEqual(self.asked(order), [self.school.curator])
		order = self.school.signed(order)
		self.assertEqual(self.asked(order), [self.school.curator], "collects the acknowledgements")
		self.cancel(order)
		self.assertEqual(self.asked(order), [])

	def appoint_acting(self, deputy: str) -> Document:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append(
			"acting_directors",
			{"user": deputy, "person_name": "Ясенева А. А.", "from_date": getdate(), "to_date": getdate()},
		)
		return organization.save()

	def test_who_cannot_log_in_is_not_asked_and_the_sender_is_told(self) -> None:
		frappe.db.set_value("User", self.school.director, "enabled", 0)
		order = self.school.order(self.school.pair())
		frappe.clear_messages()
		order = self.school.sent(order)
		self.assertEqual(self.asked(order), [])
		self.assertIn("nobody could be notified", str(frappe.local.message_log))

	def test_acting_director_of_that_day_is_asked(self) -> None:
		deputy = make_user("deputy")
		self.appoint_acting(deputy)
		order = self.school.sent(self.school.order(self.school.pair()))
		self.assertEqual(self.asked(order), [deputy])

	def test_who_acts_since_the_order_was_sent_is_asked_instead(self) -> None:
		deputy = make_user("deputy")
		order = self.school.sent(self.school.order(self.school.pair()))
		organization = self.appoint_acting(deputy)
		self.assertEqual(self.asked(order), [deputy])
		self.assertIn(DIRECTOR, frappe.get_roles(deputy))
		organization.acting_directors = []
		organization.save()
		self.assertEqual(self.asked(order), [self.school.director])
		self.assertNotIn(DIRECTOR, frappe.get_roles(deputy))
		tasks.daily()
		self.assertEqual(self.asked(order), [self.school.director], "asked once")

	def test_ready_plan_is_told_to_the_curator(self) -> None:
		program = self.program()
		program.append("curators", {"user": self.school.curator})
		program.save()
		plan = self.school.plan(self.school.pair())
		apply_workflow(plan, "Declare Ready")
		self.assertEqual(self.asked(plan), [self.school.curator])
		self.school.signed(self.school.plans_order(plan))
		self.assertEqual(self.asked(plan), [], "the order has taken it up")
