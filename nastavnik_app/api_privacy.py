"""What Desk's buttons call about the life of personal data: thin doors, each with the rights of the caller."""

import frappe
from frappe import _
from frappe.utils import getdate
from werkzeug.wrappers import Response

from nastavnik_app.arguments import pairs_in
from nastavnik_app.documents.binding import file_name
from nastavnik_app.downloads import sent
from nastavnik_app.privacy import acts, blocking, carrying_out, due
from nastavnik_app.privacy.export import export_of_person
from nastavnik_app.rules.scope import PEOPLE


@frappe.whitelist(methods=["POST"])
def block_person(doctype: str, name: str, reason: str) -> None:
	"""Blocks a mentor or a mentee; `reason`: Consent Withdrawn, Purpose Achieved, Term Ended, Unlawful Processing."""
	_require_person(doctype)
	person = frappe.get_doc(doctype, name, for_update=True)
	person.check_permission("write")
	blocking.block(person, reason)


@frappe.whitelist(methods=["POST"])
def draw_up_destruction_act(people: list | str, reason: str | None = None) -> str:
	"""Drafts an act about people, [[DocType, name]]; its name."""
	chosen = pairs_in(people)
	for doctype, name in chosen:
		_require_person(doctype)
		frappe.get_doc(doctype, name).check_permission("read")
	return acts.draw_up(chosen, reason or due.reason_of(chosen)).name


@frappe.whitelist(methods=["POST"])
def destroy_again(act: str) -> None:
	"""Queues the destruction of an approved act that failed."""
	carrying_out.try_again(act)


@frappe.whitelist(methods=["GET"])
def download_personal_data(doctype: str, name: str) -> Response:
	"""All that is held about a mentor or a mentee, as a ZIP."""
	_require_person(doctype)
	content = export_of_person(doctype, name)
	person = frappe.db.get_value(doctype, name, "full_name")
	return sent(content, file_name(_("Personal data of {0}, {1}").format(person, getdate()), "zip"))


def _require_person(doctype: str) -> None:
	if doctype not in PEOPLE:
		frappe.throw(_("{0} is no participant.").format(_(doctype)), frappe.PermissionError)
