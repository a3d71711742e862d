"""Notices to the one who must act, and to that one alone: an assignment that is closed when it is done."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.translate import get_user_lang

from nastavnik_app.people.office import approver_of, can_log_in, staff_of
from nastavnik_app.permissions import subordinates_of
from nastavnik_app.rules.states import CURATOR
from nastavnik_app.system_moves import label

# DocTypes on which the director decides → what is asked
# nosemgrep: frappe-breaks-multitenancy (a lambda translates when it is called)
APPROVALS: dict[str, Callable[[str], str]] = {
	"Mentoring Order": lambda lang: _("Sign the order “{0}”, or return it with a remark.", lang),
	"Program Return": lambda lang: _("Approve the return “{0}”, or send it back with a remark.", lang),
	"Data Destruction Act": lambda lang: _(
		"Approve the act of destruction “{0}”, or return it with a remark. Approval destroys the data.", lang
	),
}


def ask_to_approve(doc: Document) -> None:
	"""The director, or who acts for the director today, is asked to approve a document or to return it."""
	settle(doc)
	ask(doc, approver_of(doc.organization).user, APPROVALS[doc.doctype])


def ask_approvers_of_today(organization: str | None = None) -> None:
	"""Where an acting director's term has begun or ended, documents wait for somebody else than was asked; who was, is
	let off."""
	waiting = {"workflow_state": "On Approval", **({"organization": organization} if organization else {})}
	for doctype in APPROVALS:
		for name in frappe.get_all(doctype, filters=waiting, pluck="name"):
			doc = frappe.get_doc(doctype, name)
			approver = approver_of(doc.organization).user
			if approver and not frappe.db.exists("ToDo", {**_open_about(doc), "allocated_to": approver}):
				ask_to_approve(doc)


def tell_returned(order: Document) -> None:
	"""Who sent an order is asked to correct it; nobody where the sender recalled it himself."""
	settle(order)
	if order.remark:
		ask(
			order,
			order.sent_by,
			lambda lang: _("The order “{0}” came back with a remark. Correct it and send it again.", lang),
		)


def ask_to_acknowledge(order: Document) -> None:
	"""Who sent a signed order collects the acknowledgements; workers with a login are asked for their own."""
	settle(order)
	if not order.acknowledgements:
		return
	ask(
		order,
		order.sent_by,
		lambda lang: _("The order “{0}” is signed. Have the people it names read it.", lang),
	)
	for row in order.acknowledgements:
		if row.user and row.user != order.sent_by:
			ask(order, row.user, lambda lang: _("Read the order “{0}” and acknowledge it.", lang))


def settle_acknowledged(order: Document) -> None:
	"""Closes the assignments of those who have read an order; of its sender when everybody has."""
	for row in order.acknowledgements:
		if row.user and row.acknowledged_on and row.user != order.sent_by:
			settle(order, row.user)
	if all(row.acknowledged_on for row in order.acknowledgements):
		settle(order)


def ask_for_plans_order(plan: Document) -> None:
	"""The curator of the programme takes a plan that is ready into an order."""
	curator = frappe.get_doc("Mentoring Program", plan.program).curators[:1]
	if curator:
		ask(
			plan,
			curator[0].user,
			lambda lang: _(
				"The plan “{0}” is ready. Include it in an order, or return it with a remark.", lang
			),
		)


def tell_plan_returned(plan: Document) -> None:
	settle(plan)
	ask(plan, plan.owner, lambda lang: _("The plan “{0}” came back with a remark. Correct it.", lang))


def ask_for_mentor(pair: Document) -> None:
	"""The curators of the other school name the mentor of a pair between schools."""
	ask_curators(
		pair,
		pair.mentor_organization,
		lambda lang: _("Name your school's mentor of the pair “{0}” between two schools.", lang),
	)


def tell_not_sent(mailing: Document) -> None:
	"""The curators of the organization and those who keep the site up are told of reports that could not be sent."""
	curators = staff_of(mailing.organization, CURATOR)
	keepers = frappe.get_all(
		"Has Role", filters={"role": "System Manager", "parenttype": "User"}, pluck="parent", distinct=True
	)
	enabled = {"name": ["in", [*curators, *keepers, ""]], "enabled": 1}
	for user in frappe.get_all("User", filters=enabled, order_by="name asc", pluck="name"):
		ask(
			mailing,
			user,
			lambda lang: _("“{0}” could not be sent. See what went wrong, and send it again.", lang),
		)


def tell_handed_down(program: Document) -> None:
	"""The curators of a school look at what its authority has added to the roadmap."""
	ask_curators(
		program,
		program.organization,
		lambda lang: _("The authority has added tasks to the roadmap of “{0}”. Look at them.", lang),
	)


def tell_given(material: Document) -> None:
	"""The curators of the organizations directly below take what their authority gives them."""
	for organization in sorted(subordinates_of({material.organization})):
		ask_curators(
			material,
			organization,
			lambda lang: _("“{0}”: the authority has given this material. Read it.", lang),
		)


def settle(doc: Document, user: str | None = None) -> None:
	"""Closes what was asked about a document, of one person or of everybody."""
	filters = _open_about(doc)
	if user:
		filters["allocated_to"] = user
	for name in frappe.get_all("ToDo", filters=filters, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Closed"
		todo.save(ignore_permissions=True)


def _open_about(doc: Document) -> dict[str, str]:
	return {"reference_type": doc.doctype, "reference_name": doc.name, "status": "Open"}


def ask_curators(doc: Document, organization: str, text: Callable[[str], str]) -> None:
	for user in staff_of(organization, CURATOR):
		ask(doc, user, text)


def ask(doc: Document, user: str | None, text: Callable[[str], str]) -> None:
	"""Assigns a document to a user who can log in and may read it, in the user's language; where nobody may, whoever
	is at work is told."""
	if user == frappe.session.user:
		return
	if not (user and can_log_in(user) and frappe.has_permission(doc.doctype, "read", doc=doc, user=user)):
		frappe.msgprint(
			_(
				"{0}: nobody could be notified, because the person has no working login or no right to read it."
			).format(label(doc))
		)
		return
	assign_to.add(
		{
			"assign_to": [user],
			"doctype": doc.doctype,
			"name": doc.name,
			"description": text(get_user_lang(user)).format(doc.get_title() or doc.name),
		},
		ignore_permissions=True,
	)
