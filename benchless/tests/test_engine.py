"""benchless's own ground: one file, several writers, jobs, the outbox, installation and the command line."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from email import message_from_bytes, policy
from pathlib import Path

import frappe
import pytest
from freezegun import freeze_time

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about benchless itself")

WRITERS, ROUNDS = 6, 15


def in_threads(work: object, count: int, commit: bool = True) -> list[BaseException]:
	"""Runs `work(number)` in threads with connections of their own; returns what went wrong."""
	site, sites_path, errors = frappe.local.site, frappe.local.sites_path, []

	def run(number: int) -> None:
		frappe.init(site, sites_path=sites_path)
		frappe.connect()
		try:
			work(number)
		except BaseException as error:
			errors.append(error)
		finally:
			frappe.destroy()

	if commit:
		frappe.db.commit()
	threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	if commit:
		frappe.db.rollback()
	return errors


def test_writers_queue_and_none_is_lost() -> None:
	def work(number: int) -> None:
		for round_ in range(ROUNDS):
			frappe.get_doc(doctype="ToDo", description=f"w{number}-{round_}").insert()
			frappe.db.commit()

	assert in_threads(work, WRITERS) == []
	assert frappe.db.count("ToDo", {"description": ["like", "w%-%"]}) == WRITERS * ROUNDS
	assert frappe.db.sql("PRAGMA integrity_check")[0][0] == "ok"
	frappe.db.delete("ToDo")
	frappe.db.commit()


def test_a_locking_count_gives_the_last_place_once() -> None:
	def take(number: int) -> None:
		note = frappe.qb.DocType("Note")
		rows = frappe.qb.from_(note).select(note.name).where(note.title.like("place-%")).for_update().run()
		if len(rows) < 3:
			frappe.get_doc(doctype="Note", title=f"place-{number}").insert()
		frappe.db.commit()

	assert in_threads(take, WRITERS) == []
	assert frappe.db.count("Note", {"title": ["like", "place-%"]}) == 3
	frappe.db.delete("Note")
	frappe.db.commit()


def test_readers_see_one_moment() -> None:
	before = frappe.db.count("Note")
	assert in_threads(lambda _number: _write_note(), 1, commit=False) == []
	assert frappe.db.count("Note") == before
	frappe.db.rollback()
	assert frappe.db.count("Note") == before + 1
	frappe.db.delete("Note")
	frappe.db.commit()


def _write_note() -> None:
	frappe.get_doc(doctype="Note", title="meanwhile").insert()
	frappe.db.commit()


def test_mail_leaves_after_the_commit() -> None:
	outbox = Path(frappe.get_site_path("outbox"))
	before = set(outbox.glob("*.eml"))
	frappe.sendmail(recipients=["a@b.example"], subject="Не уйдёт", message="x")
	frappe.db.rollback()
	assert set(outbox.glob("*.eml")) == before
	frappe.sendmail(recipients=["a@b.example"], subject="Уйдёт", message="<p>Да</p>")
	frappe.db.commit()
	(path,) = set(outbox.glob("*.eml")) - before
	mail = message_from_bytes(path.read_bytes(), policy=policy.default)
	assert (mail["Subject"], mail["To"]) == ("Уйдёт", "a@b.example")


def test_jobs_wait_for_the_commit_and_fail_alone() -> None:
	from frappe.utils.background_jobs import is_job_enqueued, run_pending

	run_pending()  # what other tests have left
	frappe.enqueue("frappe.client.insert", doc={"doctype": "ToDo", "description": "lost"})
	frappe.db.rollback()
	frappe.enqueue("frappe.client.insert", doc={"doctype": "No Such DocType"}, job_id="bad")
	frappe.enqueue("frappe.client.insert", doc={"doctype": "ToDo", "description": "kept"})
	frappe.db.commit()
	assert is_job_enqueued("bad")
	assert run_pending() == {"finished": 1, "failed": 1}
	assert frappe.db.count("ToDo", {"description": "kept"}) == 1
	assert frappe.db.exists("Error Log", {"method": ["like", "Job failed%"]})
	frappe.db.delete("ToDo")
	frappe.db.commit()


def test_a_job_whose_worker_was_killed_is_failed_and_may_be_asked_for_again() -> None:
	from frappe.utils.background_jobs import _alone, is_job_enqueued, run_pending

	run_pending()
	asked = {"doctype": "ToDo", "description": "kept"}
	frappe.enqueue("frappe.client.insert", doc=asked, job_id="left", deduplicate=True)
	frappe.db.sql("update `__Job` set status = 'started' where job_id = 'left'")
	frappe.db.commit()
	with _alone():  # somebody is at work on it
		run_pending()
		assert is_job_enqueued("left")
	run_pending()
	assert not is_job_enqueued("left")
	said = frappe.db.sql("select status, error from `__Job` where job_id = 'left'")
	assert [(status, "stopped" in error) for status, error in said] == [("failed", True)]
	frappe.enqueue("frappe.client.insert", doc=asked, job_id="left", deduplicate=True)
	frappe.db.commit()
	assert run_pending() == {"finished": 1, "failed": 0}
	assert frappe.db.count("ToDo", {"description": "kept"}) == 1
	frappe.db.delete("ToDo")
	frappe.db.commit()


def test_a_letter_whose_sending_was_not_written_down_leaves_once() -> None:
	from frappe.email.queue import flush
	from frappe.utils import add_days, now_datetime

	queued = frappe.sendmail(recipients=["a@b.example"], subject="Один раз", message="x")
	frappe.db.commit()
	frappe.db.set_value("Email Queue", queued.name, "status", "Not Sent")
	with freeze_time(add_days(now_datetime(), 1)):
		flush()
	assert len(list(Path(frappe.get_site_path("outbox")).glob(f"*-{queued.name}.eml"))) == 1
	assert frappe.db.get_value("Email Queue", queued.name, "status") == "Sent"


@pytest.mark.parametrize("asked", ["/api/method/login", "/login"])
def test_a_database_that_does_not_answer_is_said_so(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
	from frappe import auth
	from werkzeug.test import Client

	from benchless.desk.app import Desk

	def busy(*_arguments: object) -> None:
		raise frappe.QueryTimeoutError("database is locked")

	monkeypatch.setattr(auth, "login", busy)
	monkeypatch.setattr("frappe.database.database.BUSY_TIMEOUT", 0.05)
	site, sites_path = frappe.local.site, frappe.local.sites_path
	frappe.db.commit()
	holder = sqlite3.connect(frappe.get_site_path("site.db"), isolation_level=None)
	holder.execute("BEGIN IMMEDIATE")
	answers = []
	form = {"usr": "Administrator", "pwd": "admin"}

	def ask() -> None:
		client = Client(Desk(site, sites_path))
		if asked == "/login":
			form["token"] = re.search(r'name="token"[^>]*value="([^"]+)"', client.get(asked).text)[1]
		answers.append(client.post(asked, data=form))

	thread = threading.Thread(target=ask)
	thread.start()
	thread.join()
	holder.close()
	assert (answers[0].status_code, "minute" in answers[0].text) == (503, True), answers[0].text


def test_scheduled_functions_run_when_due(monkeypatch: pytest.MonkeyPatch) -> None:
	from frappe.utils import add_days, now_datetime
	from frappe.utils.scheduler import run_due_jobs

	job = frappe.get_doc(doctype="Scheduled Job Type", method="frappe.utils.nowdate", frequency="Daily")
	job.insert(set_name="conformance.nowdate")
	frappe.db.set_value("Scheduled Job Type", job.name, "last_execution", add_days(now_datetime(), -2))
	frappe.db.commit()
	# those of the app that are due at this hour run as well
	assert run_due_jobs()["frappe.utils.nowdate"] == "Complete"
	assert run_due_jobs() == {}
	frappe.db.delete("Scheduled Job Log")
	job.delete()
	frappe.db.commit()


def test_command_line(tmp_path: Path) -> None:
	root = Path(__file__).resolve().parents[2]
	command = [sys.executable, "-m", "benchless"]
	for arguments in (["--help"], *([name, "--help"] for name in ("migrate", "serve", "tick", "demo"))):
		done = subprocess.run([*command, *arguments], cwd=root, capture_output=True, text=True, timeout=60)
		assert done.returncode == 0 and "Usage" in done.stdout
