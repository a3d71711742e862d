"""Every door through which a state could be jumped or content slipped in: each is shut, with a reason."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app.rules.states import MACHINES
from nastavnik_app.system_moves import StateJumped, move
from nastavnik_app.tests.builders import (
	SchoolTestCase,
	as_user,
	consent_for,
	make_user,
	record_consent,
)
from nastavnik_app.workflow import ContentLocked


class TestDoors(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.pair = self.school.pair()
		self.order = self.school.order(self.pair)

	def assertStillDraft(self) -> None:
		self.assertEqual(
			frappe.db.get_value("Mentoring Order", self.order.name, ["workflow_state", "docstatus"]),
			("Draft", 0),
		)
		self.assertEqual(frappe.db.get_value("Pair", self.pair.name, "workflow_state"), "Draft")

	def test_plain_write_of_the_state(self) -> None:
		for user in (self.school.curator, self.school.director, "Administrator"):
			with as_user(user):
				order = frappe.get_doc("Mentoring Order", self.order.name)
				order.workflow_state = "Signed"
				with self.assertRefused(order.heading):
					order.save()
		self.assertStillDraft()

	def test_client_set_value(self) -> None:
		with as_user(self.school.director), self.assertRefused(self.order.heading):
			frappe.client.set_value("Mentoring Order", self.order.name, "workflow_state", "Signed")
		self.assertStillDraft()

	def test_client_save(self) -> None:
		with as_user(self.school.director), self.assertRefused(self.order.heading):
			frappe.client.save({**self.order.as_dict(), "workflow_state": "Signed", "docstatus": 1})
		self.assertStillDraft()

	def test_client_submit_of_a_draft(self) -> None:
		for user in (self.school.curator, self.school.director):
			with as_user(user), self.assertRefused(self.order.heading):
				frappe.client.submit(self.order.as_dict())
		self.assertStillDraft()

	def test_submit_of_an_order_on_approval(self) -> None:
		self.school.sent(self.order)
		with as_user(self.school.director), self.assertRefused(self.order.heading):
			frappe.get_doc("Mentoring Order", self.order.name).submit()

	def test_insert_already_signed(self) -> None:
		values = {"order_number": "1", "order_date": getdate(), "workflow_state": "Signed", "docstatus": 1}
		for given in (values, {"docstatus": 1}, {"workflow_state": "On Approval"}):
			with as_user(self.school.director), self.assertRefused(error=StateJumped):
				self.school.order(self.pair, organization=self.school.organization, **given)

	def test_import_in_a_later_state(self) -> None:
		with as_user(self.school.curator), self.assertRefused(error=StateJumped):
			frappe.client.insert({**_importable(self.pair), "workflow_state": "Assigned"})

	def test_direct_cancel(self) -> None:
		order = self.school.signed(self.order)
		with as_user(self.school.director):
			with self.assertRefused(order.heading):
				frappe.get_doc("Mentoring Order", order.name).cancel()
			with self.assertRefused(order.heading):
				frappe.client.cancel("Mentoring Order", order.name)
		self.assertEqual(frappe.db.get_value("Mentoring Order", order.name, "docstatus"), 1)

	def test_discard(self) -> None:
		order = frappe.get_doc("Mentoring Order", self.order.name)
		if not hasattr(order, "discard"):
			self.skipTest("this Frappe has no discard")
		with as_user(self.school.curator), self.assertRefused(order.heading):
			order.discard()

	def test_edit_and_delete_on_approval(self) -> None:
		self.school.sent(self.order)
		for user in (self.school.curator, self.school.director):
			with as_user(user):
				order = frappe.get_doc("Mentoring Order", self.order.name)
				order.heading = "О другом"
				with self.assertRefused(error=ContentLocked):
					order.save()
		with as_user(self.school.curator), self.assertRefused(error=ContentLocked):
			frappe.delete_doc("Mentoring Order", self.order.name)

	def test_rows_slipped_into_an_order_on_approval(self) -> None:
		self.school.sent(self.order)
		order = frappe.get_doc("Mentoring Order", self.order.name)
		order.append("pairs", {"pair": self.school.pair().name})
		with self.assertRefused(error=ContentLocked):
			order.save()

	def test_edit_of_a_signed_order(self) -> None:
		order = self.school.signed(self.order)
		order.heading = "О другом"
		with self.assertRefused(error=(ContentLocked, frappe.UpdateAfterSubmitError)):
			order.save()
		order.reload()
		with self.assertRefused():
			frappe.delete_doc("Mentoring Order", order.name)

	def test_acknowledgement_is_dated_on_a_signed_order(self) -> None:
		order = frappe.get_doc("Mentoring Order", self.order.name)
		order.append("acknowledgements", {"person_name": "Ясенев Пример"})
		order.save()
		order = self.school.signed(order)
		order = frappe.get_doc("Mentoring Order", order.name)
		order.acknowledgements[-1].acknowledged_on = getdate()
		order.save()
		order.acknowledgements[-1].person_name = "Другой"
		with self.assertRefused(error=(ContentLocked, frappe.UpdateAfterSubmitError)):
			order.save()

	def test_a_new_surname_locks_neither_the_pair_nor_the_signed_order(self) -> None:
		order = self.school.signed(self.order)
		mentor = frappe.get_doc("Mentor", self.pair.mentor)
		mentor.last_name = "Новофамильная"
		mentor.save()
		with as_user(self.school.curator):
			pair = frappe.get_doc("Pair", self.pair.name)
			pair.first_meeting_on = "2026-09-20"
			pair.save()
			order = frappe.get_doc("Mentoring Order", order.name)
			order.acknowledgements[0].acknowledged_on = getdate()
			order.save()
		self.assertEqual(str(frappe.db.get_value("Pair", pair.name, "first_meeting_on")), "2026-09-20")
		self.assertEqual(order.acknowledgements[0].acknowledged_on, getdate())

	def test_rename_and_merge(self) -> None:
		other = self.school.order(self.pair)
		with self.assertRefused():
			frappe.rename_doc("Mentoring Order", self.order.name, other.name, merge=True, force=True)

	def test_author_cannot_be_changed(self) -> None:
		order = frappe.get_doc("Mentoring Order", self.order.name)
		order.owner = self.school.curator
		with self.assertRefused(error=ContentLocked):
			order.save()

	def test_what_the_signature_writes_is_not_taken_from_a_caller(self) -> None:
		other = self.school.signed(self.school.order(self.school.pair()), number="31")
		order = frappe.get_doc("Mentoring Order", self.order.name)
		order.journal_key = other.journal_key
		order.save()
		pair = frappe.get_doc("Pair", self.pair.name)
		pair.order = other.name
		pair.save()
		self.assertEqual((order.journal_key, pair.order), (None, None))

	def test_pair_is_assigned_by_an_order_alone(self) -> None:
		for user in (self.school.curator, self.school.director, "Administrator"):
			with as_user(user):
				pair = frappe.get_doc("Pair", self.pair.name)
				pair.workflow_state = "Assigned"
				with self.assertRefused(error=(frappe.ValidationError, frappe.PermissionError)):
					pair.save()
		with self.assertRefused(error=StateJumped):
			move(frappe.get_doc("Pair", self.pair.name), "Assigned", because=self.order)

	def test_plan_is_approved_by_an_order_alone(self) -> None:
		plan = self.school.plan(self.pair)
		apply_workflow(plan, "Declare Ready")
		plan = frappe.get_doc("Individual Plan", plan.name)
		plan.workflow_state = "Approved"
		with self.assertRefused():
			plan.save()

	def test_signed_consent_is_neither_cancelled_nor_deleted(self) -> None:
		consent = record_consent(self.school.mentee())
		with self.assertRefused():
			consent.cancel()
		with self.assertRefused():
			frappe.delete_doc("Consent", consent.name)
		consent = frappe.get_doc("Consent", consent.name)
		consent.workflow_state = "Expired"
		with self.assertRefused():
			consent.save()

	def test_consent_is_not_signed_by_a_bare_submit(self) -> None:
		consent = consent_for(self.school.mentee())
		with as_user(self.school.curator), self.assertRefused(error=StateJumped):
			consent.submit()


class TestWhatTheAppAloneWrites(SchoolTestCase):
	"""Read-only fields are shown so in a form alone; another door would take them."""

	def test_a_plan_does_not_name_the_order_that_would_have_approved_it(self) -> None:
		pair = self.school.pair()
		plan, order = self.school.plan(pair), self.school.signed(self.school.order(pair))
		with as_user(self.school.curator):
			frappe.client.set_value("Individual Plan", plan.name, "order", order.name)
			self.school.plan(pair, order=order.name)
		self.assertFalse(frappe.db.exists("Individual Plan", {"order": order.name}))

	def test_a_draft_does_not_name_its_signatory_nor_take_a_number(self) -> None:
		signed = self.school.signed(self.school.order(self.school.pair()))
		forged = {
			field: signed.get(field) for field in ("signed_by", "signed_at", "signatory_name", "journal_key")
		}
		with as_user(self.school.curator):
			order = self.school.order(self.school.pair(), **forged)
			order.update({"sent_by": self.school.director, **forged})
			order.save()
		order.reload()
		self.assertFalse(any(order.get(field) for field in ("sent_by", *forged)))

	def test_a_program_does_not_name_an_order_that_appointed_a_curator(self) -> None:
		order = self.school.signed(self.school.order(self.school.pair()))
		with as_user(self.school.curator):
			program = frappe.get_doc("Mentoring Program", self.school.program)
			program.append("curators", {"user": self.school.curator, "order": order.name})
			program.save()
		program.reload()
		self.assertEqual([row.order for row in program.curators], [None])

	def test_rows_are_written_with_their_document_alone(self) -> None:
		pair = self.school.pair()
		row = frappe.get_doc("Pair Mentee", pair.mentees[0].name)
		row.mentee = self.school.mentee().name
		with self.assertRefused(error=ContentLocked):
			row.save()
		with self.assertRefused(error=ContentLocked):
			frappe.delete_doc("Pair Mentee", row.name)
		with self.assertRefused(error=ContentLocked):
			values = {
				"parent": pair.name,
				"parenttype": "Pair",
				"parentfield": "mentees",
				"mentee": row.mentee,
			}
			frappe.get_doc({"doctype": "Pair Mentee", **values}).insert()


class TestRoadmapTaskStates(SchoolTestCase):
	def task(self, **values):
		return frappe.get_doc(
			{
				"doctype": "Roadmap Task",
				"program": self.school.program,
				"title": "Сформировать банк наставников",
				"due_date": "2026-10-31",
				**values,
			}
		).insert()

	def test_a_card_dragged_on_the_board_follows_the_table(self) -> None:
		task = self.task()
		with as_user(self.school.curator):
			for status in ("In Progress", "Done"):
				task = frappe.get_doc("Roadmap Task", task.name)
				task.status = status
				task.save()
		self.assertEqual(task.completed_on, getdate())
		with as_user(self.school.curator):
			task.status = "Cancelled"
			task.cancel_reason = "Поздно"
			with self.assertRefused():
				task.save()

	def test_done_task_is_locked(self) -> None:
		task = apply_workflow(self.task(), "Complete")
		task.title = "Другое"
		with self.assertRefused(error=ContentLocked):
			task.save()

	def test_cancelling_asks_for_a_reason(self) -> None:
		with self.assertRefused():
			apply_workflow(self.task(), "Cancel Task")


class TestStateTable(SchoolTestCase):
	def test_every_machine_has_its_workflow(self) -> None:
		for machine in MACHINES.values():
			workflow = frappe.get_doc("Workflow", {"document_type": machine.doctype, "is_active": 1})
			self.assertEqual(workflow.workflow_state_field, machine.field)
			# a state of a later version stands last where the site was upgraded
			self.assertCountEqual(
				[row.state for row in workflow.states], [state.name for state in machine.states]
			)
			ways = {(row.state, row.action, row.next_state, row.allowed) for row in workflow.transitions}
			expected = {
				(edge.state, edge.action, edge.next_state, role)
				for edge in machine.edges
				for role in edge.roles
			}
			self.assertEqual(ways, expected)

	def test_no_role_takes_an_edge_that_is_not_its_own(self) -> None:
		for machine in MACHINES.values():
			for role in ("Mentoring Specialist", "Mentoring Municipal Officer"):
				for edge in machine.edges:
					if edge.by_person and role not in edge.roles:
						workflow = frappe.get_doc(
							"Workflow", {"document_type": machine.doctype, "is_active": 1}
						)
						self.assertNotIn(
							(edge.state, edge.action, role),
							[(row.state, row.action, row.allowed) for row in workflow.transitions],
						)

	def test_a_site_may_run_a_workflow_of_its_own(self) -> None:
		pair = self.school.pair()
		order = self.school.order(pair)
		self.run_longer_workflow()
		with as_user(self.school.curator):
			order = apply_workflow(frappe.get_doc("Mentoring Order", order.name), "Ask the Methodist")
		self.assertEqual(order.workflow_state, "With the Methodist")
		methodist = make_user("methodist", "Mentoring Curator")
		self.join(methodist)
		with as_user(methodist):
			order = frappe.get_doc("Mentoring Order", order.name)
			with self.assertRefused():
				apply_workflow(order, "Sign at Once")
		with as_user(self.school.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			with self.assertRefused(order.heading):
				apply_workflow(order, "Sign at Once")
			order = frappe.get_doc("Mentoring Order", order.name)
			order.order_number, order.order_date = "99", getdate()
			order.save()
			apply_workflow(order, "Sign at Once")
		pair.reload()
		self.assertEqual(pair.workflow_state, "Assigned")

	def join(self, user: str) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": user})
		organization.save()

	def run_longer_workflow(self) -> None:
		"""A Workflow with one state more, whose last step knows none of our conditions."""
		frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": "With the Methodist"}).insert()
		for action in ("Ask the Methodist", "Sign at Once"):
			frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert()
		states = (("Draft", 0), ("With the Methodist", 0), ("Signed", 1), ("Cancelled", 2))
		frappe.get_doc(
			{
				"doctype": "Workflow",
				"workflow_name": "Orders of this school",
				"document_type": "Mentoring Order",
				"workflow_state_field": "workflow_state",
				"is_active": 1,
				"states": [
					{"state": state, "doc_status": str(docstatus), "allow_edit": "All"}
					for state, docstatus in states
				],
				"transitions": [
					{
						"state": "Draft",
						"action": "Ask the Methodist",
						"next_state": "With the Methodist",
						"allowed": "Mentoring Curator",
					},
					*(
						{
							"state": "With the Methodist",
							"action": "Sign at Once",
							"next_state": "Signed",
							"allowed": role,
							"allow_self_approval": 1,
						}
						for role in ("Mentoring Curator", "Mentoring Director")
					),
				],
			}
		).insert()
		self.addCleanup(frappe.clear_cache, doctype="Mentoring Order")
		frappe.clear_cache(doctype="Mentoring Order")


def _importable(pair) -> dict:
	record = pair.as_dict()
	for field in ("name", "workflow_state", "order", "creation", "modified", "owner", "modified_by"):
		record.pop(field, None)
	record["mentees"] = [{"mentee": row["mentee"]} for row in record["mentees"]]
	return record
