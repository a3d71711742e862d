"""A site's states, transitions and who may take them."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.data import cint


class Workflow(Document):
	def validate(self) -> None:
		status = {row.state: cint(row.doc_status) for row in self.states}
		for row in self.transitions:
			for state in (row.state, row.next_state):
				if state not in status:
					frappe.throw(_("{0} not a valid State").format(state))
			if status[row.state] == 2:
				frappe.throw(_("Cannot change state of Cancelled Document ({0} State)").format(row.state))
			if (status[row.state], status[row.next_state]) in ((1, 0), (0, 2)):
				frappe.throw(_("Impossible change of docstatus. See Transition {0}").format(row.idx))
		if self.is_active:
			others = {"document_type": self.document_type, "is_active": 1, "name": ("!=", self.name)}
			frappe.db.set_value("Workflow", others, "is_active", 0)

	def on_update(self) -> None:
		if not frappe.get_meta(self.document_type).has_field(self.workflow_state_field):
			raise NotImplementedError(f"{self.document_type} has no field {self.workflow_state_field}")
		# documents without a state get the first one of their docstatus
		table, field = f"`tab{self.document_type}`", f"`{self.workflow_state_field}`"
		first = {cint(row.doc_status): row.state for row in reversed(self.states)}
		for status, state in first.items():
			query = f"update {table} set {field} = %s where ifnull({field}, '') = '' and docstatus = %s"
			frappe.db.sql(query, (state, status))
