"""The guard at every door, and the Workflow records that Desk shows.

What may follow what stands in `rules/states.py`; what must hold on the way stands in `conditions.py`.
A site may run a Workflow of its own with more states: then its transitions count too, but the
milestones of the table (docstatus, approver, consent, capacity) hold all the same.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name
from frappe.utils import cint, cstr, flt

from nastavnik_app.conditions import CONDITIONS
from nastavnik_app.rules.machines import CANCELLED, Machine
from nastavnik_app.rules.states import MACHINES
from nastavnik_app.system_moves import StateJumped, label

NUMERIC = ("Check", "Int", "Float", "Currency", "Percent", "Rating")
LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Fold", "Image")
TABLES = ("Table", "Table MultiSelect")


class ContentLocked(frappe.ValidationError):
	"""Content was changed in a state in which it stands."""


def guard(doc: Document, event: str, *args) -> None:
	"""Refuses whatever the state table does not allow; called by Frappe's document events (see hooks)."""
	machine = MACHINES[doc.doctype]
	if event == "before_validate":
		_put_back_what_the_app_writes(doc, machine)
	elif event == "on_trash":
		_refuse_deleting(doc, machine)
	elif event == "before_rename":
		frappe.throw(_("{0} cannot be renamed or merged: other records refer to it.").format(label(doc)))
	elif event == "before_discard":
		frappe.throw(
			_("{0} cannot be discarded. Delete it while it is a draft, or use its actions.").format(
				label(doc)
			),
			StateJumped,
		)
	elif doc.is_new():
		_begin(doc, machine)
	else:
		_follow(doc, machine)


def guard_row(row: Document, event: str, *args) -> None:
	"""Refuses a row written by itself, past the document it stands in, whose rules would not be asked."""
	frappe.throw(
		_("A row of {0} is saved only with its document. Save the document.").format(_(row.doctype)),
		ContentLocked,
	)


def _put_back_what_the_app_writes(doc: Document, machine: Machine) -> None:
	"""Who signed, which order: whatever a caller sent there, what is stored stays. A form shows these read-only,
	which Frappe does not enforce."""
	if doc.flags.ignore_permissions:  # the app itself saves
		return
	before = doc.get_doc_before_save() or frappe._dict()
	for df in _kept_by_app(doc.meta):
		if df.fieldname not in (machine.field, "amended_from"):
			doc.set(df.fieldname, before.get(df.fieldname))
	for table in doc.meta.get_table_fields():
		rows = doc.get(table.fieldname)
		kept = _kept_by_app(frappe.get_meta(table.options)) if rows else ()
		if not kept:
			continue
		stored = {row.name: row for row in before.get(table.fieldname) or ()}
		for row in rows:
			for df in kept:
				row.set(df.fieldname, stored.get(row.name, {}).get(df.fieldname))


def _kept_by_app(meta) -> list:
	fields = [df for df in _content_fields(meta) if df.read_only or df.hidden]
	return [df for df in fields if df.no_copy or meta.istable]


def _begin(doc: Document, machine: Machine) -> None:
	initial = machine.initial
	if not doc.get(machine.field):
		doc.set(machine.field, initial.name)
	if doc.get(machine.field) != initial.name or cint(doc.docstatus) != initial.docstatus:
		frappe.throw(
			_("A new {0} begins in the state “{1}”. Save it in that state and use its actions.").format(
				_(doc.doctype), _(initial.name)
			),
			StateJumped,
		)


def _follow(doc: Document, machine: Machine) -> None:
	before = doc.get_doc_before_save()
	state, next_state = before.get(machine.field), doc.get(machine.field)
	_refuse_locked_content(doc, before, machine)
	if (state, cint(before.docstatus)) == (next_state, cint(doc.docstatus)):
		return
	told = None
	for conditions in _ways(doc, before, machine):
		refusal = _first_refusal(conditions, doc)
		if not refusal:
			return
		told = told or refusal
	frappe.throw(told)


def _first_refusal(conditions: tuple[str, ...], doc: Document) -> str | None:
	for name in conditions:
		refusal = CONDITIONS[name](doc)
		if refusal:
			return refusal
	return None


def _ways(doc: Document, before: Document, machine: Machine) -> list[tuple[str, ...]]:
	"""The conditions of each way that this person may take (signing, registering paper); a refusal where there is
	none. One way is enough; of several that are shut the first says why."""
	state, next_state = before.get(machine.field), doc.get(machine.field)
	milestone = machine.milestone(cint(before.docstatus), cint(doc.docstatus))
	if _docstatus_fits(doc, machine, next_state) and not machine.reached_by_system_alone(next_state):
		roles = set(frappe.get_roles())
		edges = [edge for edge in machine.edges_between(state, next_state) if edge.by_person]
		open_edges = [
			edge for edge in edges if roles & set(edge.roles) or frappe.session.user == "Administrator"
		]
		if open_edges:
			return [edge.conditions for edge in open_edges]
		if not edges and _site_transition(doc.doctype, state, next_state, roles):
			return [milestone]
		if edges:
			frappe.throw(
				_("{0}: the step from “{1}” to “{2}” is taken by: {3}.").format(
					label(doc), _(state), _(next_state), ", ".join(_(role) for role in edges[0].roles)
				),
				frappe.PermissionError,
			)
	frappe.throw(
		_(
			"{0} is in the state “{1}”; no action leads from there to “{2}”. Use the actions of the form."
		).format(label(doc), _(state), _(next_state) if state != next_state else _docstatus_word(doc)),
		StateJumped,
	)


def _docstatus_fits(doc: Document, machine: Machine, name: str) -> bool:
	state = machine.state(name)
	if state:
		return state.docstatus == cint(doc.docstatus)
	workflow = get_workflow_name(doc.doctype)
	rows = frappe.get_cached_doc("Workflow", workflow).states if workflow else []
	return any(row.state == name and cint(row.doc_status) == cint(doc.docstatus) for row in rows)


def _site_transition(doctype: str, state: str, next_state: str, roles: set[str]) -> bool:
	"""Whether the site's own active Workflow leads a person with these roles from one state to the next."""
	workflow = get_workflow_name(doctype)
	rows = frappe.get_cached_doc("Workflow", workflow).transitions if workflow else []
	return any((row.state, row.next_state) == (state, next_state) and row.allowed in roles for row in rows)


def _refuse_locked_content(doc: Document, before: Document, machine: Machine) -> None:
	if before.owner != doc.owner:
		frappe.throw(_("{0}: the creator of a record cannot be changed.").format(label(doc)), ContentLocked)
	state = before.get(machine.field)
	open_fields = machine.open_fields(state)
	if open_fields is None:
		return
	locked = [
		name for name in changed_fields(before, doc) if name != machine.field and name not in open_fields
	]
	if locked:
		names = dict.fromkeys(name.partition(".")[0] for name in locked)
		labels = ", ".join(_(doc.meta.get_label(name), context=doc.doctype) for name in names)
		frappe.throw(
			_(
				"{0} is in the state “{1}”: “{2}” cannot be changed. Reload the form and use its actions."
			).format(label(doc), _(state), labels),
			ContentLocked,
		)


def _refuse_deleting(doc: Document, machine: Machine) -> None:
	# what a person moved stays on file; what was only written down may go
	if doc.get(machine.field) != machine.initial.name or cint(doc.docstatus) == CANCELLED:
		frappe.throw(
			_(
				"{0} is in the state “{1}” and stays on file. Only records in the state “{2}” can be deleted."
			).format(label(doc), _(doc.get(machine.field)), _(machine.initial.name)),
			ContentLocked,
		)


def changed_fields(before: Document, after: Document) -> list[str]:
	"""Names of the fields whose content differs; a column of a table as `table.column`, or `table` alone where
	rows were added, removed or replaced."""
	changed = []
	for df in _content_fields(after.meta):
		if df.fieldtype in TABLES:
			changed += _changed_columns(df, before.get(df.fieldname), after.get(df.fieldname))
		elif _value(before, df) != _value(after, df):
			changed.append(df.fieldname)
	return changed


def _changed_columns(df, before: list[Document], after: list[Document]) -> list[str]:
	if [row.name for row in before] != [row.name for row in after]:
		return [df.fieldname]
	return [
		f"{df.fieldname}.{column.fieldname}"
		for column in _content_fields(frappe.get_meta(df.options))
		if any(_value(old, column) != _value(new, column) for old, new in zip(before, after, strict=True))
	]


def _content_fields(meta) -> list:
	"""Fields that a person or the app writes; what the framework fetches from a link follows the link."""
	return [df for df in meta.fields if df.fieldtype not in LAYOUT and not _is_fetched(df)]


def _is_fetched(df) -> bool:
	return bool(df.fetch_from and df.read_only and not df.fetch_if_empty)


def _value(doc: Document, df) -> float | str:
	value = doc.get(df.fieldname)
	is_number = df.fieldtype in NUMERIC and math.isfinite(flt(value))
	return flt(value, 9) if is_number else cstr(value)


def _docstatus_word(doc: Document) -> str:
	return (_("Draft"), _("Submitted"), _("Cancelled"))[cint(doc.docstatus)]


def seed_workflows(doctypes: Collection[str] = tuple(MACHINES)) -> None:
	"""Inserts a Workflow for each of these DocTypes that has no active one; never changes one."""
	for machine in (MACHINES[doctype] for doctype in doctypes):
		if not get_workflow_name(machine.doctype) and not frappe.db.exists(
			"Workflow", _workflow_name(machine)
		):
			_insert_missing_states(machine)
			_insert_missing_actions(machine)
			frappe.get_doc(workflow_record(machine)).insert(ignore_permissions=True)


def add_states(doctype: str) -> None:
	"""Adds to the app's own Workflow of a DocType the states that came with a later version; a school's stays."""
	machine = MACHINES[doctype]
	if not frappe.db.exists("Workflow", _workflow_name(machine)):
		return
	_insert_missing_states(machine)
	_insert_missing_actions(machine)
	stored = frappe.get_doc("Workflow", _workflow_name(machine))
	known = {row.state for row in stored.states}
	for row in workflow_record(machine)["states"]:
		if row["state"] not in known:
			stored.append("states", row)
	if len(stored.states) > len(known):
		stored.save(ignore_permissions=True)


def _workflow_name(machine: Machine) -> str:
	return f"{machine.doctype} (nastavnik_app)"


def _insert_missing_states(machine: Machine) -> None:
	for state in machine.states:
		if not frappe.db.exists("Workflow State", state.name):
			record = {"doctype": "Workflow State", "workflow_state_name": state.name, "style": state.style}
			frappe.get_doc(record).insert(ignore_permissions=True)


def _insert_missing_actions(machine: Machine) -> None:
	for action in {edge.action for edge in machine.edges if edge.by_person}:
		if not frappe.db.exists("Workflow Action Master", action):
			record = {"doctype": "Workflow Action Master", "workflow_action_name": action}
			frappe.get_doc(record).insert(ignore_permissions=True)


def workflow_record(machine: Machine) -> dict:
	"""The Workflow document of a machine: what Desk needs to show its states and buttons.

	A state takes one role in "allow edit", a plan is edited by several: the permissions and the guard decide.
	"""
	return {
		"doctype": "Workflow",
		"workflow_name": _workflow_name(machine),
		"document_type": machine.doctype,
		"workflow_state_field": machine.field,
		"is_active": 1,
		"send_email_alert": 0,
		# tasks are shown by what is computed (overdue), which the state alone would hide
		"override_status": int(machine.field == "status"),
		"states": [
			{"state": state.name, "doc_status": str(state.docstatus), "allow_edit": "All"}
			for state in machine.states
		],
		"transitions": [
			{
				"state": edge.state,
				"action": edge.action,
				"next_state": edge.next_state,
				"allowed": role,
				"allow_self_approval": 1,
			}
			for edge in machine.edges
			for role in edge.roles
		],
	}
