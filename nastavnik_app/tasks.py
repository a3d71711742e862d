"""What runs by the clock."""

from __future__ import annotations

from nastavnik_app.desk import digests as personal_digests
from nastavnik_app.desk import notices
from nastavnik_app.documents import print_jobs
from nastavnik_app.mailings import sending
from nastavnik_app.people import acting, consents, publicity, roster_import
from nastavnik_app.privacy import access_log, blocking, carrying_out
from nastavnik_app.program import measures
from nastavnik_app.returns import requests


def daily() -> None:
	consents.expire_ended()
	publicity.look_for_ended_consents()
	blocking.block_ended()
	access_log.clear_old()
	acting.give_and_take_roles()
	notices.ask_approvers_of_today()
	print_jobs.clean_up()
	roster_import.clean_up()
	measures.measure_all()
	requests.remind_all()


def hourly() -> None:
	carrying_out.take_up()


def send_reports() -> None:
	sending.look()


def send_personal_digests() -> None:
	personal_digests.send_due()
