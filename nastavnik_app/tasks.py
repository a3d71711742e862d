"""What runs by the clock."""

from __future__ import annotations

import frappe

from nastavnik_app.desk import digests as personal_digests
from nastavnik_app.desk import notices
from nastavnik_app.documents import print_jobs
from nastavnik_app.people import acting, consents, publicity
from nastavnik_app.program import digests, measures


def daily() -> None:
	consents.expire_ended()
	publicity.look_for_ended_consents()
	acting.give_and_take_roles()
	notices.ask_who_signs_today()
	print_jobs.clean_up()
	measures.measure_all()


def send_weekly_digests() -> None:
	if frappe.db.get_single_value("Mentoring Settings", "send_weekly_digest"):
		digests.send_all()


def send_personal_digests() -> None:
	personal_digests.send_due()
