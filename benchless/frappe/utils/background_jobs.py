"""Jobs: rows of a table, written in the transaction that asks for them and run in order by `tick`; what went wrong."""

import fcntl
import json
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import utils

_STOPPED = "The worker stopped in the middle; nothing of the job was kept."


def get_traceback() -> str:
	"""The exception being handled, as text; empty when there is none."""
	return traceback.format_exc() if sys.exc_info()[1] else ""


def log_error(title: str | None = None, message: str | None = None) -> Any:
	"""Writes an Error Log; without a message the trace back of the exception being handled."""
	trace = message or get_traceback()
	method = str(title or (trace.strip().splitlines() or ["Error"])[-1])[:140]
	return frappe.get_doc(doctype="Error Log", method=method, error=trace).insert(ignore_permissions=True)


def note_failure(error: Exception, title: str) -> str | None:
	"""Notes an error that nobody foresaw; what to tell, where it is the database that does not answer now."""
	gone = (frappe.QueryTimeoutError, frappe.db.OperationalError)
	try:
		log_error(title=title)
		frappe.db.commit()
	except gone:  # a full disk, or a writer that holds it for long
		frappe.db.rollback()
	if isinstance(error, gone):
		return frappe._("The database does not answer now, and nothing was changed. Try again in a minute.")
	return None


def enqueue(
	method: str | Callable[..., Any],
	queue: str = "default",
	timeout: int | None = None,
	now: bool = False,
	enqueue_after_commit: bool = False,
	*,
	job_id: str | None = None,
	deduplicate: bool = False,
	**kwargs: Any,
) -> Any:
	"""Runs a function after the commit, as the present user; at once with `now`. Arguments must be JSON. One
	worker runs them one after another: `queue` and `timeout` say nothing here."""
	if now:
		return frappe.call(method, **kwargs)
	name = method if isinstance(method, str) else f"{method.__module__}.{method.__qualname__}"
	if not (deduplicate and is_job_enqueued(job_id)):
		query = "insert into `__Job` (job_id, user, method, arguments, created) values (%s, %s, %s, %s, %s)"
		frappe.db.sql(
			query, (job_id, frappe.session.user, name, json.dumps(kwargs, default=str), utils.now())
		)
	return None


def is_job_enqueued(job_id: str) -> bool:
	query = "select 1 from `__Job` where job_id = %s and status in ('queued', 'started')"
	return bool(frappe.db.sql(query, (job_id,)))


def run_pending() -> dict[str, int]:
	"""Runs queued jobs, those they queue too, each in its own transaction: {"finished": n, "failed": n}."""
	with _alone() as alone:
		return _run_pending(alone)


def _run_pending(alone: bool) -> dict[str, int]:
	out, asked_by = {"finished": 0, "failed": 0}, frappe.session.user
	if alone:  # what another worker has begun and nobody runs any more
		frappe.db.sql(
			"update `__Job` set status = 'failed', error = %s where status = 'started'", (_STOPPED,)
		)
		frappe.db.commit()
	query = "select id, user, method, arguments from `__Job` where status = 'queued' order by id limit 1 for update"
	while rows := frappe.db.sql(query):
		job, user, method, arguments = rows[0]
		frappe.db.sql("update `__Job` set status = 'started' where id = %s", (job,))
		frappe.db.commit()
		frappe.set_user(user)
		status, error = attempt(lambda: frappe.call(method, **json.loads(arguments)), f"Job failed: {method}")  # noqa: B023
		frappe.set_user(asked_by)
		frappe.db.sql("update `__Job` set status = %s, error = %s where id = %s", (status, error, job))
		frappe.db.commit()
		out[status] += 1
	frappe.db.rollback()
	return out


@contextmanager
def _alone() -> Generator[bool, None, None]:
	"""Whether no other worker of the site is at work; the system lets the lock go when a process dies."""
	with open(frappe.get_site_path("worker.lock"), "w") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			yield False
		else:
			yield True


def attempt(work: Callable[[], Any], title: str) -> tuple[str, str]:
	"""("finished", "") after a commit, or ("failed", trace back) after a rollback and an Error Log."""
	try:
		work()
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		trace = get_traceback()
		log_error(title=title, message=trace)
		return "failed", trace
	return "finished", ""
