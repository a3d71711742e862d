"""States of a document under its DocType's active Workflow, with Frappe's own order and gaps."""

from typing import Any

import frappe
from frappe import _
from frappe.utils.data import cint


class WorkflowStateError(frappe.ValidationError):
	pass


class WorkflowTransitionError(frappe.ValidationError):
	pass


class WorkflowPermissionError(frappe.ValidationError):
	pass


def get_workflow_name(doctype: str) -> str:
	"""The active Workflow of a DocType, or an empty text."""
	known = frappe.local.cache.hget("workflow", doctype)
	if known is None:
		known = frappe.db.get_value("Workflow", {"document_type": doctype, "is_active": 1}, "name") or ""
		frappe.local.cache.hset("workflow", doctype, known)
	return known


def get_workflow(doctype: str) -> Any:
	return frappe.get_cached_doc("Workflow", get_workflow_name(doctype))


@frappe.whitelist()
def get_transitions(doc: Any) -> list[dict]:
	"""What the session's user may do with the document now."""
	if not hasattr(doc, "load_from_db"):
		doc = frappe.get_doc(frappe.parse_json(doc)).load_from_db()
	if doc.is_new():
		return []
	doc.check_permission("read")
	workflow = get_workflow(doc.doctype)
	state, roles = doc.get(workflow.workflow_state_field), frappe.get_roles()
	if not state:
		frappe.throw(_("Workflow State not set"), WorkflowStateError)
	rows = [row for row in workflow.transitions if row.state == state and row.allowed in roles]
	return [row.as_dict() for row in rows if not row.condition or _is_met(row.condition, doc)]


def _is_met(condition: str, doc: Any) -> bool:
	"""A condition may name the document, the session, a few dates, and look values up."""
	utils = {
		name: getattr(frappe.utils, name) for name in ("now_datetime", "add_to_date", "get_datetime", "now")
	}
	db = frappe._dict(get_value=frappe.db.get_value, get_list=frappe.get_list)
	names = frappe._dict(db=db, session=frappe.session, utils=frappe._dict(utils))
	return bool(frappe.safe_eval(condition, {"frappe": names}, {"doc": doc.as_dict()}))


@frappe.whitelist()
def apply_workflow(doc: Any, action: str) -> Any:
	"""Takes an action on the stored document: state, then save, submit or cancel."""
	doc = frappe.get_doc(frappe.parse_json(doc)).load_from_db()
	workflow = get_workflow(doc.doctype)
	transition = next((row for row in reversed(get_transitions(doc)) if row.action == action), None)
	if not transition:
		frappe.throw(_("Not a valid Workflow Action"), WorkflowTransitionError)
	user = frappe.session.user
	if user != "Administrator" and user == doc.owner and not transition.allow_self_approval:
		frappe.throw(_("Self approval is not allowed"))
	doc.set(workflow.workflow_state_field, transition.next_state)
	state = next(row for row in workflow.states if row.state == transition.next_state)
	if state.update_field:
		doc.set(state.update_field, state.update_value)
	step = (int(doc.docstatus), cint(state.doc_status))
	verb = {(0, 0): doc.save, (1, 1): doc.save, (0, 1): doc.submit, (1, 2): doc.cancel}.get(step)
	if not verb:
		frappe.throw(_("Illegal Document Status for {0}").format(state.state))
	verb()
	doc.add_comment("Workflow", _(state.state))
	return doc


def validate_workflow(doc: Any) -> None:
	"""Runs inside a save, after `validate`: the change of state must be a transition open to the user."""
	workflow, before = get_workflow(doc.doctype), doc.get_doc_before_save()
	field, first = workflow.workflow_state_field, workflow.states[0].state
	current = (before.get(field) if before else None) or first
	if not doc.get(field):
		doc.set(field, first)
	if not any(row.state == current for row in workflow.states):
		text = _("{0} is not a valid Workflow State. Please update your Workflow and try again.")
		frappe.throw(text.format(frappe.bold(current)))
	wanted = doc.get(field)
	if current == wanted or (before and any(row.next_state == wanted for row in get_transitions(before))):
		return
	text = _("Workflow State transition not allowed from {0} to {1}")
	frappe.throw(text.format(frappe.bold(current), frappe.bold(wanted)), WorkflowPermissionError)


def set_workflow_state_on_action(doc: Any, action: str) -> None:
	"""A direct submit or cancel moves to the first state of that docstatus, unless the present one has it."""
	status = {"update_after_submit": 1, "submit": 1, "cancel": 2}.get(action)
	workflow = get_workflow(doc.doctype)
	fitting = [row.state for row in workflow.states if cint(row.doc_status) == status]
	if fitting and doc.get(workflow.workflow_state_field) not in fitting:
		doc.set(workflow.workflow_state_field, fitting[0])
