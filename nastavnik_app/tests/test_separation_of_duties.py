"""Who prepares a document never approves it: every document that somebody approves, through every door."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app.rules.states import CURATOR, DIRECTOR, MACHINES, OFFICER
from nastavnik_app.tests.builders import School, as_user, make_user
from nastavnik_app.tests.builders_authority import (
	AuthorityTestCase,
	draft_return,
	sent,
	step,
)
from nastavnik_app.tests.doors import asked

# DocType → a draft of a school, by whoever is in session
DRAFTS: dict[str, Callable[[School], Document]] = {
	"Mentoring Order": lambda school: school.order(school.draft),
	"Data Destruction Act": lambda school: school.destruction_act(),
	"Program Return": lambda school: draft_return(school),
}
CONDITION, SENT = "approved_by_another", "On Approval"


class TestSeparation(AuthorityTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.school.draft = cls.school.pair()
		cls.deputy = make_user("deputy", CURATOR, DIRECTOR)
		organization = frappe.get_doc("Educational Organization", cls.school.organization)
		organization.append("members", {"user": cls.deputy})
		organization.save()

	def test_every_document_with_an_approval_is_tried(self) -> None:
		approved = {
			machine.doctype
			for machine in MACHINES.values()
			if any(CONDITION in edge.conditions for edge in machine.edges)
		}
		self.assertEqual(approved, set(DRAFTS))
		for doctype in approved:
			held = MACHINES[doctype].milestone(0, 1)
			self.assertTrue({CONDITION, "approved_or_registered"} & set(held), doctype)

	def awaiting(self, doctype: str, preparer: str) -> Document:
		"""A document that the preparer has drafted and sent."""
		with as_user(preparer):
			doc = DRAFTS[doctype](self.school)
			doc.db_set("owner", preparer)
			doc = apply_workflow(frappe.get_doc(doctype, doc.name), "Send for Approval")
		self.assertEqual(doc.sent_by, preparer)
		if doctype == "Mentoring Order":
			doc.db_set({"order_number": frappe.generate_hash(length=6), "order_date": getdate()})
		return doc

	def doors(self, doc: Document, user: str) -> dict[str, Callable[[], object]]:
		state = MACHINES[doc.doctype].edges_between(SENT, self.approved(doc))
		action = next(edge.action for edge in state if CONDITION in edge.conditions)
		approved = {"workflow_state": self.approved(doc), "docstatus": 1}
		stored = frappe.get_doc(doc.doctype, doc.name).as_dict()
		path = f"/api/resource/{doc.doctype}/{doc.name}"
		return {
			"the button": lambda: apply_workflow(frappe.get_doc(doc.doctype, doc.name), action),
			"submit": lambda: frappe.get_doc(doc.doctype, doc.name).submit(),
			"client.submit": lambda: frappe.client.submit({**stored, **approved}),
			"client.save": lambda: frappe.client.save({**stored, **approved}),
			"client.set_value": lambda: frappe.client.set_value(
				doc.doctype, doc.name, "workflow_state", approved["workflow_state"]
			),
			"client.bulk_update": lambda: self.bulk(doc, approved),
			"REST": lambda: self.refused_by(asked(user, "PUT", path, **approved)),
			"REST with its own author": lambda: self.refused_by(
				asked(user, "PUT", path, **approved, owner="Administrator", sent_by="Administrator")
			),
		}

	def approved(self, doc: Document) -> str:
		return next(edge.next_state for edge in MACHINES[doc.doctype].edges if CONDITION in edge.conditions)

	def bulk(self, doc: Document, values: dict) -> None:
		item = {"doctype": doc.doctype, "docname": doc.name, **values}
		if frappe.client.bulk_update(frappe.as_json([item]))["failed_docs"]:
			raise frappe.ValidationError("refused")

	def refused_by(self, answer: tuple[int, str]) -> None:
		if answer[0] >= 400:
			frappe.throw(answer[1])

	def assertCannotApprove(self, doctype: str, preparer: str) -> int:
		frappe.db.savepoint("duties")
		doc = self.awaiting(doctype, preparer)
		doors = self.doors(doc, preparer)
		for door, attempt in doors.items():
			with (
				self.subTest(door, doctype=doctype, preparer=preparer),
				as_user(preparer),
				self.assertRefused(error=(frappe.ValidationError, frappe.PermissionError)),
			):
				attempt()
			kept = frappe.db.get_value(doctype, doc.name, ["workflow_state", "docstatus"])
			self.assertEqual(kept, (SENT, 0), (doctype, door, preparer))
		frappe.db.rollback(save_point="duties")
		return len(doors)

	def test_neither_the_curator_nor_a_deputy_with_the_directors_role(self) -> None:
		tried = sum(
			self.assertCannotApprove(doctype, preparer)
			for doctype in DRAFTS
			for preparer in (self.school.curator, self.deputy)
		)
		self.assertEqual(tried, len(DRAFTS) * 2 * 8)

	def test_nor_whoever_stands_in_for_the_director_on_that_day(self) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		days = {"from_date": add_days(getdate(), -1), "to_date": add_days(getdate(), 1)}
		acting = {"user": self.deputy, "person_name": "Калинова Пример", "post": "И. о. директора", **days}
		organization.append("acting_directors", acting)
		organization.save()
		for doctype in DRAFTS:
			self.assertCannotApprove(doctype, self.deputy)
		with self.subTest("what another has prepared he does approve"):
			doc = self.awaiting("Program Return", self.school.curator)
			with as_user(self.deputy):
				apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Approve")

	def test_no_officer_decides_about_the_return_that_he_has_sent(self) -> None:
		both = make_user("both", CURATOR, OFFICER)
		for name in (self.authority, self.school.organization):
			organization = frappe.get_doc("Educational Organization", name)
			organization.append("members", {"user": both})
			organization.save()
		frappe.db.set_value("Mentoring Program", self.school.program, "workflow_state", "Running")
		name = sent(self.school)
		frappe.db.set_value("Program Return", name, "sent_by", both)
		with self.assertRefused("prepared by you", error=(frappe.ValidationError, frappe.PermissionError)):
			step(name, both, "Accept")
		step(name, self.officer, "Accept")
		self.assertEqual(frappe.db.get_value("Program Return", name, "workflow_state"), "Accepted")
