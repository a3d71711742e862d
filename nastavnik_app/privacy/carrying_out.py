"""An approved act is carried out in the background: its records die in one transaction, its files after that.

What a worker leaves undone is taken up again: nothing of the records is gone then, or all of it, and the files that are
still to leave the disk stand in the act.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from nastavnik_app.desk.notices import ask, settle
from nastavnik_app.failures import reason_of
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.people.office import approver_of
from nastavnik_app.privacy import records
from nastavnik_app.privacy.destruction import carry_out
from nastavnik_app.privacy.holds import people_on, refusal
from nastavnik_app.privacy.kept import ACT
from nastavnik_app.rules.machines import SUBMITTED
from nastavnik_app.transactions import keep, undo

WAITING, RUNNING, DONE, FAILED = "Waiting", "Running", "Done", "Failed"
UNDER_WAY = (WAITING, RUNNING)
LONGEST_RUN = 2 * 3600  # seconds: every file of the site is read
STEP = "destruction"  # savepoint


def queue(act: Document) -> None:
	"""Hands an approved act to a worker; one about paper alone asks for nothing."""
	if not people_on(act):
		return
	act.db_set({"destruction_state": WAITING, "destruction_note": None}, notify=True)
	frappe.enqueue(
		"nastavnik_app.privacy.carrying_out.run",
		queue="long",
		timeout=LONGEST_RUN,
		enqueue_after_commit=True,
		job_id=f"nastavnik_app-destruction-{act.name}",
		act=act.name,
	)


def try_again(act: str) -> None:
	"""Queues an act that failed."""
	doc = frappe.get_doc(ACT, act, for_update=True)
	doc.check_permission("submit")
	if doc.destruction_state != FAILED:
		frappe.throw(_("Only a destruction that failed is tried again."))
	queue(doc)


def take_up() -> None:
	"""Queues again what no worker can have any more; called hourly."""
	given_up = {
		"docstatus": SUBMITTED,
		"destruction_state": ["in", UNDER_WAY],
		"modified": ["<", now_datetime() - timedelta(seconds=LONGEST_RUN)],
	}
	for name in frappe.get_all(ACT, filters=given_up, pluck="name"):
		queue(frappe.get_doc(ACT, name))


def run(act: str) -> None:
	"""Carries out an act that waits, or that a stopped worker left behind; one that is done stays as it is."""
	if not frappe.db.exists(ACT, act):
		return
	with on_behalf_of("Administrator"):  # who approved is told as well
		doc = frappe.get_doc(ACT, act, for_update=True)
		if doc.docstatus != SUBMITTED or doc.destruction_state not in UNDER_WAY:
			return
		doc.db_set("destruction_state", RUNNING, notify=True)
		keep()
		# of two workers the second waits here, and finds it done
		doc = frappe.get_doc(ACT, act, for_update=True)
		if doc.destruction_state == RUNNING:
			_run(doc)


def _run(act: Document) -> None:
	frappe.db.savepoint(STEP)
	try:
		if not _is_destroyed(act):
			if refused := refusal(act):
				raise frappe.ValidationError(refused)
			places = carry_out(act)
			act.db_set({"files_to_remove": frappe.as_json(places), "destroyed_on": getdate()})
			keep()
			frappe.clear_cache()
			frappe.db.savepoint(STEP)
		records.remove(frappe.parse_json(act.files_to_remove or "[]"))
		act.db_set(
			{"destruction_state": DONE, "destruction_note": None, "files_to_remove": None}, notify=True
		)
		_tell(
			act,
			lambda lang: _(
				"The data that the act of destruction “{0}” names are destroyed. Print the act with its annex and have the commission sign it.",
				lang,
			),
		)
		keep()
	except Exception as error:
		_fail(act, error)


def _is_destroyed(act: Document) -> bool:
	return all(row.destroyed_at for row in act.persons if row.party_type and row.party)


def _fail(act: Document, error: Exception) -> None:
	undo(STEP)
	frappe.log_error(title=f"Destruction by the act {act.name} failed")
	act = frappe.get_doc(ACT, act.name, for_update=True)
	reason = reason_of(error)
	if _is_destroyed(act):
		remedy = _(
			"The records are destroyed, but files are still on the disk. Free them and press “Try Again”."
		)
	else:
		remedy = _(
			"Nothing is destroyed yet. Remove the cause and press “Try Again”; the administrator finds the details in the Error Log."
		)
	act.db_set({"destruction_state": FAILED, "destruction_note": f"{reason}\n{remedy}"}, notify=True)
	_tell(
		act,
		lambda lang: _(
			"The destruction by the act “{0}” failed. Open the act: it says why and what to do.", lang
		),
	)
	keep()


def _tell(act: Document, text: Callable[[str], str]) -> None:
	"""The director and who sent the act are told."""
	settle(act)
	for user in dict.fromkeys((approver_of(act.organization).user, act.sent_by)):
		if user:
			ask(act, user, text)
