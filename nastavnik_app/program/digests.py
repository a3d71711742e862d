"""Reports by mail: to each reader what the reader may see, one message a person."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from nastavnik_app.documents import report_files
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.people.office import approver_of
from nastavnik_app.rules.states import CURATOR, DIRECTOR

# name of the report, filters beside the organization
WEEKLY = (("Roadmap Fulfilment", {}), ("Consent Coverage", {"only_missing": 1}))


def send_all() -> None:
	"""Queues a message for each curator and director of each organization with a running programme.

	Each is a job of its own, so that one failure stops no other.
	"""
	running = frappe.get_all(
		"Mentoring Program", filters={"workflow_state": "Running"}, pluck="organization", distinct=True
	)
	for organization in running:
		for user in readers_of(organization):
			frappe.enqueue(
				"nastavnik_app.program.digests.send",
				queue="long",
				job_id=f"nastavnik-digest-{organization}-{user}-{getdate()}",
				deduplicate=True,
				enqueue_after_commit=True,
				organization=organization,
				user=user,
			)


def readers_of(organization: str) -> list[str]:
	"""Enabled users who answer for the programme: the director, the acting one of today, the curators."""
	record = frappe.get_doc("Educational Organization", organization)
	members = [row.user for row in record.members]
	candidates = dict.fromkeys([record.director, approver_of(organization).user, *members])
	return [
		user
		for user in candidates
		if frappe.db.get_value("User", user, "enabled") and {CURATOR, DIRECTOR} & set(frappe.get_roles(user))
	]


def send(organization: str, user: str) -> None:
	"""Sends the weekly reports of an organization to a reader, made with the reader's rights and language."""
	with on_behalf_of(user):
		reports = [report_files.run(name, {"organization": organization, **more}) for name, more in WEEKLY]
		title = frappe.db.get_value("Educational Organization", organization, "title")
		message = frappe.render_template(
			"nastavnik_app/templates/emails/weekly_digest.html", {"title": title, "reports": reports}
		)
		frappe.sendmail(
			recipients=[user],
			subject=_("{0}: mentoring program, {1}").format(title, formatdate(getdate())),
			message=message,
			attachments=[file for report in reports for file in report_files.attachments(report)],
		)
