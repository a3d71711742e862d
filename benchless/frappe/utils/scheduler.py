"""Scheduled functions (`scheduler_events` of the apps) and when each is due."""

import datetime
from typing import Any

import frappe
from croniter import croniter
from frappe.utils.background_jobs import attempt
from frappe.utils.data import get_datetime, now_datetime

_CRON = {"monthly": "0 0 1 * *", "weekly": "0 0 * * 0", "daily": "0 0 * * *", "hourly": "0 * * * *"}


def sync_jobs() -> None:
	"""Scheduled Job Type follows the apps' hooks."""
	wanted: dict[str, tuple[str, str]] = {}
	for frequency, events in frappe.get_hooks("scheduler_events", {}).items():
		if frequency == "cron":
			wanted.update({method: ("Cron", cron) for cron, methods in events.items() for method in methods})
		else:
			wanted.update({method: (frequency.title(), "") for method in events})
	frappe.db.delete("Scheduled Job Type", {"method": ["not in", list(wanted)]})
	for method, (frequency, cron) in wanted.items():
		values = {"frequency": frequency, "cron_format": cron}
		if name := frappe.db.get_value("Scheduled Job Type", {"method": method}, "name"):
			frappe.db.set_value("Scheduled Job Type", name, values, update_modified=False)
		else:
			job = frappe.get_doc(doctype="Scheduled Job Type", method=method, **values)
			job.insert(ignore_permissions=True, set_name=".".join(method.split(".")[-2:]))


def _is_due(job: Any) -> bool:
	"""Whether the job's next time after its last run (or its creation) has come."""
	last = get_datetime(job.last_execution or job.creation)
	cron = job.cron_format or _CRON[frappe.scrub(job.frequency)]
	return croniter(cron, last).get_next(datetime.datetime) <= now_datetime()


def run_due_jobs() -> dict[str, str]:
	"""Runs what is due, each in a transaction of its own; method → `Complete` or `Failed`."""
	jobs = frappe.get_all("Scheduled Job Type", fields=["*"], filters={"stopped": 0}, order_by="creation")
	return {job.method: _run(job) for job in jobs if _is_due(job)}


def _run(job: Any) -> str:
	frappe.set_user("Administrator")
	outcome, details = attempt(lambda: frappe.get_attr(job.method)(), f"Scheduled job failed: {job.method}")
	status = "Complete" if outcome == "finished" else "Failed"
	values = {"last_execution": now_datetime()}
	frappe.db.set_value("Scheduled Job Type", job.name, values, update_modified=False)
	log = {"scheduled_job_type": job.name, "status": status, "details": details}
	frappe.get_doc(doctype="Scheduled Job Log", **log).insert()
	frappe.db.commit()
	return status
