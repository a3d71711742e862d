"""One message of a mailing: its reports as its reader sees them, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import frappe
from frappe import _
from frappe.utils import formatdate, get_fullname, get_url, getdate

from nastavnik_app.documents import report_files
from nastavnik_app.documents.binding import file_name
from nastavnik_app.documents.report_files import ReportRun
from nastavnik_app.failures import reason_of
from nastavnik_app.mailings.kinds import Kind

TEMPLATE = "nastavnik_app/templates/emails/report_mailing.html"


@dataclass(frozen=True)
class Message:
	"""What `frappe.sendmail` takes, the titles of the reports in it, and what was left out with the reason."""

	subject: str
	body: str
	attachments: list[dict[str, Any]]
	reports: list[str]
	left_out: list[str]


def compose(kind: Kind, organization: str, user: str) -> Message | None:
	"""The message of today with the rights and in the language of the session; None where no report has a row.

	Raises PermissionError where the reader may run none of them.
	"""
	told, left_out, is_readable = [], [], False
	for name, filters in kind.runs(organization):
		try:
			run = _run(name, filters)
		except frappe.PermissionError as refusal:
			left_out.append(f"{_(name)}: {reason_of(refusal)}")
			continue
		is_readable = True
		if run.rows:
			told.append((run, filters))
	if left_out and not is_readable:
		raise frappe.PermissionError("\n".join(left_out))
	return _written(kind, organization, user, told, left_out) if told else None


def _run(report: str, filters: dict[str, Any]) -> ReportRun:
	if frappe.db.get_value("Report", report, "disabled") != 0:
		raise frappe.PermissionError(_("this site has no such report"))
	return report_files.run(report, filters)


def _written(
	kind: Kind, organization: str, user: str, told: list[tuple[ReportRun, dict]], left_out: list[str]
) -> Message:
	title = frappe.db.get_value("Educational Organization", organization, "title")
	subject = _subject(kind.name).format(title, formatdate(getdate()))
	sections = [
		{
			"title": run.title,
			"figures": run.summary,
			"rows": len(run.rows),
			"url": _address(run.name, filters),
		}
		for run, filters in told
	]
	body = frappe.render_template(
		TEMPLATE,
		{
			"reader": get_fullname(user),
			"organization": title,
			"kind": kind.name,
			"today": formatdate(getdate()),
			"sections": sections,
			"left_out": left_out,
			"figure_text": report_files.figure_text,
		},
	)
	runs = [run for run, _filters in told]
	return Message(subject, body, _files(subject, title, runs), [run.title for run in runs], left_out)


def _subject(kind: str) -> str:
	return {
		"Weekly to Curators": _("Mentoring, the week: {0}, {1}"),
		"Monthly to Directors": _("Mentoring, the month: {0}, {1}"),
		"To the Authority": _("Mentoring in the schools: {0}, {1}"),
	}[kind]


def _files(subject: str, title: str, runs: list[ReportRun]) -> list[dict[str, Any]]:
	return [
		{"fname": file_name(subject, "pdf"), "fcontent": report_files.to_pdf(*runs, about=title)},
		{"fname": file_name(subject, "xlsx"), "fcontent": report_files.to_xlsx(*runs)},
	]


def _address(report: str, filters: dict[str, Any]) -> str:
	return get_url(f"/app/query-report/{quote(report)}?{urlencode(filters)}")
