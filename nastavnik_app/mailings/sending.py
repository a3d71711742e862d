"""By the clock: which mailings are due, each sent once and tried again after a failure. The log is the queue."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, formatdate, get_fullname, getdate, now_datetime

from nastavnik_app.desk import notices
from nastavnik_app.failures import reason_of
from nastavnik_app.mailings import message
from nastavnik_app.mailings.kinds import KINDS, Kind
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.rules.report_days import last_due

LOG = "Mentoring Report Mailing"
QUEUED, SENT, NOTHING, FAILED, GIVEN_UP = "Queued", "Sent", "Nothing to Tell", "Failed", "Given Up"
WAITING = (QUEUED, FAILED)


def look() -> None:
	"""Writes down what has become due since the last look, and queues what waits, failures too: each a job of its own,
	so that one failure stops no other."""
	today = getdate()
	settings = frappe.get_doc("Mentoring Settings")
	looked_on = getdate(settings.reports_looked_on) if settings.reports_looked_on else None
	if looked_on != today:
		for kind in KINDS.values():
			if settings.get(kind.setting):
				_write_down(kind, last_due(partial(kind.is_due, settings=settings), looked_on, today))
		frappe.db.set_single_value("Mentoring Settings", "reports_looked_on", today, update_modified=False)
	for name in frappe.get_all(
		LOG, filters={"status": ["in", WAITING]}, order_by="creation asc", pluck="name"
	):
		_queue(name)


def _write_down(kind: Kind, day: date | None) -> None:
	"""A row of the log for each reader of each organization, where this day's has none yet."""
	if not day:
		return
	known = set(frappe.get_all(LOG, filters={"kind": kind.name, "for_day": day}, pluck="mailing_key"))
	for organization in kind.organizations():
		for user in kind.readers_of(organization):
			key = f"{kind.name}|{organization}|{user}|{day}"
			if key not in known:
				_row(kind, organization, user, day, key).insert(ignore_permissions=True)


def _row(kind: Kind, organization: str, user: str, day: date, key: str) -> Document:
	return frappe.get_doc(
		{
			"doctype": LOG,
			"title": f"{_(kind.name)}: {get_fullname(user)}, {formatdate(day)}",
			"organization": organization,
			"kind": kind.name,
			"recipient": user,
			"for_day": day,
			"status": QUEUED,
			"mailing_key": key,
		}
	)


def _queue(mailing: str) -> None:
	frappe.enqueue(
		"nastavnik_app.mailings.sending.send",
		queue="long",
		job_id=f"nastavnik-report-mailing-{mailing}",
		deduplicate=True,
		enqueue_after_commit=True,
		mailing=mailing,
	)


def send(mailing: str) -> None:
	"""Sends one mailing. Twice sends once: the row is locked until the message stands in the queue of mail."""
	row = frappe.get_doc(LOG, mailing, for_update=True)
	if row.status not in WAITING:
		return
	frappe.db.savepoint("before_mailing")
	try:
		outcome = _mail(row)
	except Exception as failure:
		frappe.db.rollback(save_point="before_mailing")
		frappe.log_error(title=f"{LOG} {row.name}")
		outcome = _failed(row, failure)
	row.db_set({"attempts": row.attempts + 1, **outcome})
	if row.status == GIVEN_UP:
		notices.tell_not_sent(row)
	elif row.status in (SENT, NOTHING):
		notices.settle(row)


def _mail(row: Document) -> dict[str, Any]:
	kind = KINDS[row.kind]
	if row.recipient not in kind.readers_of(row.organization):
		frappe.throw(_("{0} does not read these reports any more.").format(get_fullname(row.recipient)))
	with on_behalf_of(row.recipient):
		written = message.compose(kind, row.organization, row.recipient)
		if not written:
			return {"status": NOTHING, "problem": None}
		frappe.sendmail(
			recipients=[row.recipient],
			subject=written.subject,
			message=written.body,
			attachments=written.attachments,
		)
	return {
		"status": SENT,
		"sent_at": now_datetime(),
		"reports": "\n".join(written.reports),
		"problem": "\n".join(written.left_out),
	}


def _failed(row: Document, failure: Exception) -> dict[str, Any]:
	most = cint(frappe.db.get_single_value("Mentoring Settings", "report_attempts"))
	return {"status": FAILED if row.attempts + 1 < most else GIVEN_UP, "problem": reason_of(failure)}


def send_again(row: Document) -> None:
	"""Has a mailing tried once more, or sent a second time to the same reader; its attempts are counted anew."""
	if row.status == QUEUED:
		frappe.throw(_("{0} is waiting to be sent already.").format(row.title))
	row.db_set({"status": QUEUED, "attempts": 0})
	_queue(row.name)
