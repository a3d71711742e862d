"""What waits for whose decision: one table for the workspace and for the message that each gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe

from nastavnik_app.people.office import approver_of
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.states import CURATOR, DIRECTOR, OFFICER


@dataclass(frozen=True)
class Awaited:
	"""Records of a DocType on which a role decides next. `title`: the field that names one; `note`: what is to be done,
	where the kind of the record does not say it."""

	role: str
	doctype: str
	filters: dict[str, Any]
	title: str = "title"
	note: Message | None = None

	def rows(self) -> list[Any]:
		"""Those that wait for the reader: `name`, `organization` and the title's field, the oldest first."""
		rows = frappe.get_list(
			self.doctype,
			filters=self.filters,
			fields=["name", "organization", self.title],
			order_by="creation asc",
			limit_page_length=0,
		)
		if self.role != DIRECTOR:
			return rows
		# several directors may share the role: the one in office today signs
		approvers = {name: approver_of(name).user for name in {row.organization for row in rows}}
		return [row for row in rows if approvers[row.organization] == frappe.session.user]


AWAITED = (
	Awaited(DIRECTOR, "Mentoring Order", {"workflow_state": "On Approval"}, "heading", _("to sign")),
	Awaited(
		CURATOR,
		"Mentoring Order",
		{"workflow_state": "Draft", "remark": ["is", "set"]},
		"heading",
		_("came back with a remark"),
	),
	Awaited(CURATOR, "Individual Plan", {"workflow_state": "Ready"}),
	Awaited(CURATOR, "Mentoring Award", {"workflow_state": "Proposed"}),
	Awaited(DIRECTOR, "Data Destruction Act", {"workflow_state": "On Approval"}, "name", _("to approve")),
	Awaited(DIRECTOR, "Program Return", {"workflow_state": "On Approval"}, note=_("to approve")),
	Awaited(
		CURATOR,
		"Program Return",
		{"workflow_state": "Draft", "remark": ["is", "set"]},
		note=_("came back with a remark"),
	),
	Awaited(CURATOR, "Program Return", {"workflow_state": "Sent Back"}, note=_("sent back by the authority")),
	Awaited(OFFICER, "Program Return", {"workflow_state": "Sent"}, note=_("to accept or send back")),
)


def awaited_by_reader() -> list[Awaited]:
	"""The lines of the table that are of the reader's roles."""
	roles = frappe.get_roles()
	return [one for one in AWAITED if one.role in roles]
