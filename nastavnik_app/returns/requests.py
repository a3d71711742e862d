"""An authority asks its schools for their returns: drafts for them, reminders before the day and after it."""

from __future__ import annotations

from datetime import date
from html import escape

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import add_days, formatdate, get_url, getdate

from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.people.office import staff_of
from nastavnik_app.permissions import subordinates_of
from nastavnik_app.returns import way
from nastavnik_app.returns.stored import period_of, titles_of
from nastavnik_app.rules.states import ARRIVED_RETURNS, CURATOR

REQUEST, RETURN = "Program Return Request", "Program Return"
REMINDED_AFTER = 30  # days after the term


def list_schools(request: Document) -> None:
	"""Asks everybody directly below where nobody is named."""
	if not request.schools:
		for name in titles_of(subordinates_of({request.organization})):
			request.append("schools", {"school": name})


def ask_schools(request: Document) -> None:
	"""A draft for each school that works on this site, and a message to each; once."""
	asked = set(frappe.get_all(RETURN, filters={"request": request.name}, pluck="organization"))
	for row in request.schools:
		if row.school not in asked and not _on_another_site(request, row.school):
			_draft_for(request, row.school)
	for name in frappe.get_all(RETURN, filters={"request": request.name}, pluck="name"):
		frappe.db.set_value(RETURN, name, "due_date", request.due_date)


def _on_another_site(request: Document, school: str) -> bool:
	return bool(way.partner_of(request.organization, school))


def _draft_for(request: Document, school: str) -> None:
	days = {
		"organization": school,
		"authority": request.organization,
		"period_start": request.period_start,
		"period_end": request.period_end,
	}
	known = frappe.db.exists(
		RETURN, {**days, "direction": "Own", "workflow_state": ["in", (*way.AT_SCHOOL, *way.AT_AUTHORITY)]}
	)
	if known:
		return
	doc = frappe.get_doc(
		{"doctype": RETURN, **days, "request": request.name, "due_date": request.due_date}
	).insert(ignore_permissions=True)
	for user in staff_of(school, CURATOR):
		# the officer who asks may not see a school's draft
		with on_behalf_of(user):
			assign_to.add(
				{
					"assign_to": [user],
					"doctype": RETURN,
					"name": doc.name,
					"date": request.due_date,
					"description": _text(request, get_user_lang(user)),
				},
				ignore_permissions=True,
			)


def _text(request: Document, lang: str) -> str:
	text = _("The authority asks for the return for {0} – {1} by {2}.", lang).format(
		formatdate(request.period_start), formatdate(request.period_end), formatdate(request.due_date)
	)
	return "<br>".join(escape(line) for line in (text, *(request.message or "").splitlines()))


def not_sent(request: Document) -> list[str]:
	"""The schools asked whose return has not arrived."""
	arrived = frappe.get_all(
		RETURN,
		filters={**period_of(request).filters, "workflow_state": ["in", ARRIVED_RETURNS]},
		pluck="organization",
	)
	return [row.school for row in request.schools if row.school not in arrived]


def remind(request: Document) -> int:
	"""Writes to the curators of each school that has not sent, or to the school where it has none here; a school at
	most once a day. How many schools were written to."""
	# whoever else reminds at the same time waits, and sees who has been written to
	request = frappe.get_doc(REQUEST, request.name, for_update=True)
	waiting, today, reminded = set(not_sent(request)), getdate(), 0
	for row in request.schools:
		if row.school not in waiting or (row.reminded_on and getdate(row.reminded_on) == today):
			continue
		if _write_to(request, row.school):
			row.db_set("reminded_on", today, update_modified=False)
			reminded += 1
	return reminded


def _write_to(request: Document, school: str) -> bool:
	users = staff_of(school, CURATOR)
	readers = {user: get_user_lang(user) for user in users}
	if not readers:
		email = frappe.db.get_value("Educational Organization", school, "email")
		readers = {email: get_user_lang("Guest")} if email else {}
	draft = frappe.db.get_value(RETURN, {"request": request.name, "organization": school, "docstatus": 0})
	for address, lang in readers.items():
		text = _text(request, lang)
		if users and draft:
			url, opening = get_url(f"/app/program-return/{draft}"), escape(_("Open the return", lang))
			text += f'<p><a href="{url}">{opening}</a></p>'
		# each alone in the header
		frappe.sendmail(
			recipients=[address],
			subject=_("Reminder: the return is due on {0}", lang).format(formatdate(request.due_date)),
			message=text,
			reference_doctype=REQUEST,
			reference_name=request.name,
		)
	return bool(readers)


def remind_all(today: date | None = None) -> None:
	"""Once a day: from some days before the term on, until a month after it."""
	today = today or getdate()
	days = frappe.db.get_single_value("Mentoring Settings", "return_reminder_days") or 0
	due = [
		["due_date", "<=", add_days(today, days)],
		["due_date", ">=", add_days(today, -REMINDED_AFTER)],
	]
	for name in frappe.get_all(REQUEST, filters=due, pluck="name"):
		frappe.enqueue(
			"nastavnik_app.returns.requests.remind_by_name",
			queue="long",
			job_id=f"nastavnik-returns-{name}-{today}",
			deduplicate=True,
			enqueue_after_commit=True,
			name=name,
		)


def remind_by_name(name: str) -> int:
	return remind(frappe.get_doc(REQUEST, name))
