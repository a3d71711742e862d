"""The framework's own requests for deletion: they redact a user's rows, so a participant's data go by an act first."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.desk.notices import ask_curators
from nastavnik_app.rules.scope import PEOPLE

REQUEST = "Personal Data Deletion Request"
APPROVED_BY_PERSON = "Pending Approval"


def people_with(user: str) -> list[Document]:
	"""Mentors and mentees with a login whose data are still held."""
	still_held = {"user": user, "destroyed_on": ["is", "not set"]}
	return [
		frappe.get_doc(doctype, name)
		for doctype in PEOPLE
		for name in frappe.get_all(doctype, filters=still_held, pluck="name")
	]


def tell_curators(request: Document, event: str) -> None:
	"""Who confirms such a request has withdrawn the consent: the curators record that."""
	if request.status != APPROVED_BY_PERSON or not request.has_value_changed("status"):
		return
	for person in people_with(request.email):
		ask_curators(
			person,
			person.organization,
			lambda lang: _(
				"“{0}” asks for the deletion of all personal data. Record the withdrawal and draw up the act.",
				lang,
			),
		)


def refuse_before_act(user: Document, event: str) -> None:
	"""Refuses the framework's deletion of a participant, which begins with the login, until an act is approved."""
	if user.is_new() or user.enabled or not user.has_value_changed("enabled"):
		return
	if not frappe.db.table_exists(REQUEST):
		return
	if frappe.db.exists(REQUEST, {"email": user.name, "status": APPROVED_BY_PERSON}) and people_with(
		user.name
	):
		frappe.throw(
			_(
				"{0} takes part in the mentoring program. The data are destroyed by an approved act of destruction, which takes the login away as well."
			).format(user.full_name)
		)
