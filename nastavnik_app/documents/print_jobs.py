"""Many documents printed into one file, in the background, by whoever may print each of them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app import left_behind
from nastavnik_app.attachments import attach
from nastavnik_app.documents.binding import OUTPUTS, file_name
from nastavnik_app.failures import reason_of
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.transactions import keep

JOB = "Mentoring Print Job"
MOST_AT_ONCE = 500  # half a minute for a hundred sheets; as Word they come near Frappe's 25 MB for one file
SHOWN_EVERY = 10  # documents between two steps of the progress bar
LONGEST_RUN = 3600  # seconds
KEPT_DAYS = 30
STEP = "keep_file"  # savepoint


def print_many(
	doctype: str, names: list[str], print_format: str | None = None, output: str = "One PDF"
) -> Document:
	"""A queued Mentoring Print Job for documents of one organization; it is run as the user who asks.

	Refused where a document may not be printed, where they belong to several organizations, and for more than
	500 at once.
	"""
	frappe.has_permission(JOB, "write", throw=True)
	if output not in OUTPUTS:
		frappe.throw(_("{0}: choose one of {1}.").format(output, ", ".join(_(name) for name in OUTPUTS)))
	_refuse_if_the_file_is_open_wider(doctype)
	names = list(dict.fromkeys(names))
	if not 0 < len(names) <= MOST_AT_ONCE:
		frappe.throw(_("Choose from 1 to {0} documents, not {1}.").format(MOST_AT_ONCE, len(names)))
	organization = _organization_of(doctype, names)
	print_format = format_of(doctype, print_format)
	job = frappe.get_doc(
		{
			"doctype": JOB,
			"organization": organization,
			"title": f"{_(print_format)} ({len(names)})",
			"document_type": doctype,
			"print_format": print_format,
			"output": output,
			"total": len(names),
			"documents": frappe.as_json(names),
		}
	)
	job.insert(ignore_permissions=True)
	frappe.enqueue(
		"nastavnik_app.documents.print_jobs.run",
		queue="long",
		timeout=LONGEST_RUN,
		enqueue_after_commit=True,
		print_job=job.name,
	)
	return job


def format_of(doctype: str, print_format: str | None = None) -> str:
	"""The Print Format asked for, or the DocType's own one; refused where it prints something else."""
	name = print_format or frappe.get_meta(doctype).default_print_format
	if not name or frappe.db.get_value("Print Format", name, ["doc_type", "disabled"]) != (doctype, 0):
		frappe.throw(_("{0} has no print format “{1}”. Choose another.").format(_(doctype), name or ""))
	return name


def _refuse_if_the_file_is_open_wider(doctype: str) -> None:
	"""Whoever may read a job opens its file, so what fewer people may print is not printed together."""
	readers = _roles(JOB, "read")
	if not readers <= _roles(doctype, "print"):
		frappe.throw(
			_(
				"{0} is printed one at a time: not everyone who sees a print job may see these documents."
			).format(_(doctype)),
			frappe.PermissionError,
		)


def _roles(doctype: str, right: str) -> set[str]:
	return {row.role for row in frappe.get_meta(doctype).permissions if row.get(right) and not row.if_owner}


def _organization_of(doctype: str, names: list[str]) -> str:
	if doctype not in SCOPE_FIELD:
		frappe.throw(_("{0} is not printed here.").format(_(doctype)), frappe.PermissionError)
	frappe.has_permission(doctype, "print", throw=True)
	field = SCOPE_FIELD[doctype]
	rows = frappe.get_list(
		doctype, filters={"name": ["in", names]}, fields=["name", field], limit_page_length=0
	)
	if len(rows) < len(names):
		frappe.throw(
			_("{0} of the chosen documents do not exist, or you may not print them.").format(
				len(names) - len(rows)
			),
			frappe.PermissionError,
		)
	organizations = {row[field] for row in rows}
	if len(organizations) > 1:
		frappe.throw(_("Print the documents of one organization at a time."))
	return organizations.pop()


def run(print_job: str) -> None:
	"""Prints what a queued job lists; a job that has been begun is left alone.

	A document that fails is named in `problems` with the reason and stops no other.
	"""
	if not frappe.db.exists(JOB, print_job):  # deleted while it waited
		return
	job = frappe.get_doc(JOB, print_job, for_update=True)
	if job.status != "Queued":
		return
	with on_behalf_of(job.owner):  # a worker that tries again has forgotten whose job it is
		try:
			_show(job, {"status": "Running"})
			_show(job, _print(job))
		except Exception as error:
			frappe.log_error(title=f"Print job {job.name} failed")
			_show(job, {"status": "Failed", "problems": reason_of(error)})


def _print(job: Document) -> dict[str, str | int]:
	"""What the job came to. Printing writes nothing, so a document that fails leaves nothing to undo."""
	names, problems = frappe.parse_json(job.documents), []
	file = OUTPUTS[job.output]()
	for number, name in enumerate(names, 1):
		title = _title(job.document_type, name)
		try:
			file.add(title, frappe.get_print(job.document_type, name, job.print_format))
		except Exception as error:
			problems.append(f"{title}: {reason_of(error)}")
		if number % SHOWN_EVERY == 0:
			_show(job, {"printed": number - len(problems)})
	printed = len(names) - len(problems)
	return {
		"printed": printed,
		"problems": "\n".join(problems),
		"status": "Finished" if printed else "Failed",
		"file": _keep(job, file_name(job.title, file.extension), file.content()) if printed else None,
	}


def _keep(job: Document, name: str, content: bytes) -> str:
	"""The address of a private file of the job."""
	frappe.db.savepoint(STEP)
	try:
		return attach(name, content, JOB, job.name, "file").file_url
	except Exception:
		frappe.db.rollback(save_point=STEP)
		raise


def _title(doctype: str, name: str) -> str:
	return frappe.db.get_value(doctype, name, frappe.get_meta(doctype).title_field or "name") or name


def _show(job: Document, values: dict) -> None:
	"""Writes how far the job has come where everybody sees it at once."""
	job.db_set(values, notify=True)
	keep()


def clean_up() -> None:
	"""Deletes old jobs with their files; called daily."""
	left_behind.delete_old(JOB, KEPT_DAYS)


def give_up() -> None:
	"""Tells of the jobs that a stopped worker left behind; called hourly."""
	left_behind.give_up(JOB, _("The server stopped while it printed. Print the documents again."))
