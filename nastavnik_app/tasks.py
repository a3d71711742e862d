"""What runs by the clock."""

from __future__ import annotations

from collections.abc import Callable

import frappe

from nastavnik_app.desk import digests as personal_digests
from nastavnik_app.desk import notices
from nastavnik_app.documents import print_jobs
from nastavnik_app.mailings import sending
from nastavnik_app.orders import signed_copies
from nastavnik_app.people import acting, consents, publicity, roster_import
from nastavnik_app.privacy import access_log, blocking, carrying_out
from nastavnik_app.program import measures
from nastavnik_app.returns import requests
from nastavnik_app.transactions import keep, undo

STEP = "clock_step"  # savepoint


def hourly() -> None:
	_each(carrying_out.take_up, print_jobs.give_up, roster_import.give_up)


def daily() -> None:
	_each(
		consents.expire_ended,
		publicity.look_for_ended_consents,
		blocking.block_ended,
		access_log.clear_old,
		acting.give_and_take_roles,
		notices.ask_approvers_of_today,
		print_jobs.clean_up,
		roster_import.clean_up,
		signed_copies.ask_for_missing,
		measures.measure_all,
		requests.remind_all,
	)


def _each(*steps: Callable[[], None]) -> None:
	"""Every step for itself: one that fails is written down, done the next time, and stops no other."""
	for step in steps:
		frappe.db.savepoint(STEP)
		try:
			step()
		except Exception:
			undo(STEP)
			frappe.log_error(title=f"Work by the clock failed: {step.__module__}.{step.__name__}")
		keep()


def send_reports() -> None:
	sending.look()


def send_personal_digests() -> None:
	personal_digests.send_due()
